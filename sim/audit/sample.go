package audit

import (
	"math"
	"slices"
)

// This file keeps samples in bounded memory and takes their figures.

// Stat is which figure of a sample a row judges.
type Stat string

// The figures.
const (
	Median Stat = "median"
	Mean   Stat = "mean"
	P95    Stat = "95 % point"
	P99    Stat = "99 % point"
	Most   Stat = "largest"
	All    Stat = "all"          // from the least to the largest
	Middle Stat = "central 90 %" // from the 5 % to the 95 % point
	Share  Stat = "share"        // of the cases in which it was so
	Rate   Stat = "rate"         // how often in the time there was
)

// sample holds values: all of them up to mostKept, then every second, every fourth …
type sample struct {
	kept        []float64
	step        int
	n           int
	sum         float64
	least, most float64
	exposure    float64
	sorted      bool
}

// mostKept bounds what one sample keeps; its quantiles are then good to some thousandths of its range of ranks.
const mostKept = 1 << 18

func newSample() *sample { return &sample{step: 1, least: math.Inf(1), most: math.Inf(-1)} }

func (s *sample) add(v float64) {
	if s.n%s.step == 0 {
		s.kept = append(s.kept, v)
		s.sorted = false
	}
	s.n++
	s.sum += v
	s.least, s.most = min(s.least, v), max(s.most, v)
	if len(s.kept) > mostKept {
		for i := range mostKept / 2 {
			s.kept[i] = s.kept[2*i]
		}
		s.kept = s.kept[:mostKept/2]
		s.step *= 2
	}
}

// quantile gives the value below which that share of the sample lies.
func (s *sample) quantile(q float64) float64 {
	if !s.sorted {
		slices.Sort(s.kept)
		s.sorted = true
	}
	return s.kept[min(int(q*float64(len(s.kept))), len(s.kept)-1)]
}

// measure gives a figure as a range; both ends are the same for a single number.
func (s *sample) measure(stat Stat) (from, to float64) {
	one := 0.0
	switch stat {
	case Median:
		one = s.quantile(0.5)
	case P95:
		one = s.quantile(0.95)
	case P99:
		one = s.quantile(0.99)
	case Most:
		one = s.most
	case Mean, Share:
		one = s.sum / float64(s.n)
	case Rate:
		one = s.sum / s.exposure
	case All:
		return s.least, s.most
	case Middle:
		return s.quantile(0.05), s.quantile(0.95)
	}
	return one, one
}

// slack is three standard errors of a share or rate that lies at the bound: what chance alone may put outside.
func (s *sample) slack(stat Stat, bound float64) float64 {
	switch stat {
	case Share:
		return 3 * math.Sqrt(float64(bound*max(0, 1-bound))/float64(s.n))
	case Rate:
		return 3 * math.Sqrt(bound/s.exposure)
	}
	return 0
}
