// Pairs: two arms' values of one measure, matched by seed.

package experiment

import (
	"maps"
	"math"
	"slices"
)

// Paired holds the values of one measure on the seeds that both arms have, in rising order of seed.
type Paired struct {
	Seeds []uint64
	A, B  []float64
	Diff  []float64 // A − B; exactly 0 where they differ by rounding only

	OnlyA, OnlyB []uint64 // seeds that the other arm lacks
	Null         []uint64 // seeds that both have, where the measure is null for one or both
}

// rounding is the relative difference up to which two values are one: a hundred times what a sum of a few thousand
// doubles may lose, and far below anything a measure can mean.
const rounding = 1e-12

// Pair matches two arms by seed. Where a value is nil (or not finite) the seed is left out and listed.
func Pair(a, b map[uint64]*float64) Paired {
	var p Paired
	for _, seed := range slices.Sorted(maps.Keys(a)) {
		x, y := a[seed], b[seed]
		if _, both := b[seed]; !both {
			p.OnlyA = append(p.OnlyA, seed)
			continue
		}
		if !finite(x) || !finite(y) {
			p.Null = append(p.Null, seed)
			continue
		}
		d := *x - *y
		if math.Abs(d) <= float64(rounding*max(math.Abs(*x), math.Abs(*y))) {
			d = 0
		}
		p.Seeds = append(p.Seeds, seed)
		p.A, p.B, p.Diff = append(p.A, *x), append(p.B, *y), append(p.Diff, d)
	}
	for _, seed := range slices.Sorted(maps.Keys(b)) {
		if _, both := a[seed]; !both {
			p.OnlyB = append(p.OnlyB, seed)
		}
	}
	return p
}

func finite(v *float64) bool { return v != nil && !math.IsNaN(*v) && !math.IsInf(*v, 0) }

// Mean is the arithmetic mean, NaN of nothing.
func Mean(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// Deviation is the sample standard deviation, divisor n − 1, NaN of fewer than two.
func Deviation(x []float64) float64 {
	if len(x) < 2 {
		return math.NaN()
	}
	mean := Mean(x)
	var sum float64
	for _, v := range x {
		e := v - mean
		sum += float64(e * e)
	}
	return math.Sqrt(sum / float64(len(x)-1))
}
