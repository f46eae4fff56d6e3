// Series with their windows, and the rows that count in them.

package nab

import (
	"fmt"
	"math"
	"time"
)

// Span is a window as rows: the first and the last that are in it, from 0.
type Span struct{ First, Last int }

// Series is one file of the benchmark.
type Series struct {
	Name      string // as the windows call it, such as realTraffic/speed_6005.csv
	At        []time.Time
	Values    []float64
	Windows   []Span // in the order of time, apart from each other
	Early     int    // so many of them, the first, lie in probation and do not count
	Probation int    // so many rows at the beginning do not count
}

// mostProbation is the probation of a file of 5,000 rows and of all that are longer.
const mostProbation = 750

// probation gives the rows at the beginning that do not count: 15 %.
func probation(rows int) int { return min(rows*15/100, mostProbation) }

// newSeries lays windows over rows.
func newSeries(name string, rows *rows, windows []Window) (*Series, error) {
	s := &Series{Name: name, At: rows.at, Values: rows.values, Probation: probation(len(rows.at))}
	before := -1
	for i, w := range windows {
		span, ok := s.span(w)
		if !ok {
			return nil, fmt.Errorf("lay windows over %s: window %d, %s to %s, holds none of its %d rows", name, i+1,
				w.From.Format(timeForm), w.To.Format(timeForm), len(s.At))
		}
		if span.First <= before {
			return nil, fmt.Errorf("lay windows over %s: windows %d and %d share row %d: join them, or part them", name, i, i+1, span.First+1)
		}
		before = span.Last
		s.Windows = append(s.Windows, span)
		if span.Last < s.Probation {
			s.Early++
		}
	}
	return s, nil
}

// span finds the rows of a window. Times may run backwards once (a clock was set): between the two ends all rows are in.
func (s *Series) span(w Window) (Span, bool) {
	first, last := -1, -1
	for i, at := range s.At {
		if at.Before(w.From) || at.After(w.To) {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	return Span{first, last}, first >= 0
}

// Counted is how many windows count.
func (s *Series) Counted() int { return len(s.Windows) - s.Early }

// worth says what an alarm in each row is worth, before weights, and in which window the row lies (−1: in none).
func (s *Series) worth() (worth []float64, window []int) {
	worth, window = make([]float64, len(s.At)), make([]int, len(s.At))
	next := 0
	last, length := -1, 0.0 // of the window before
	for i := range worth {
		if next < len(s.Windows) && i > s.Windows[next].Last {
			last, length = s.Windows[next].Last, float64(s.Windows[next].Last-s.Windows[next].First)
			next++
		}
		switch {
		case next < len(s.Windows) && i >= s.Windows[next].First:
			w := s.Windows[next]
			window[i] = next
			worth[i] = sigmoid(-float64(w.Last-i+1)/float64(w.Last-w.First+1)) / earliest
		case last < 0:
			window[i], worth[i] = -1, -1
		default:
			window[i], worth[i] = -1, sigmoid(float64(i-last)/length)
		}
	}
	return worth, window
}

// Silence is a threshold that no anomaly score reaches.
const Silence = 2

// Result is how a detector did in one series or, added up, in several.
type Result struct {
	Score          float64 // before it is put on the scale from 0 to 100
	Windows, Hits  int     // and how many of the windows hold an alarm
	TP, TN, FP, FN int     // rows beyond probation: alarms in and outside windows, and silent rows
}

// add adds another series' result.
func (r *Result) add(o Result) {
	r.Score += o.Score
	r.Windows, r.Hits = r.Windows+o.Windows, r.Hits+o.Hits
	r.TP, r.TN, r.FP, r.FN = r.TP+o.TP, r.TN+o.TN, r.FP+o.FP, r.FN+o.FN
}

// Score judges anomaly scores, one a row, at a threshold.
func (s *Series) Score(scores []float64, threshold float64, p Profile) Result {
	worth, window := s.worth()
	r := Result{Windows: s.Counted()}
	best := make([]float64, len(s.Windows))
	for i := range best {
		best[i] = math.Inf(-1)
	}
	for i := s.Probation; i < len(scores); i++ {
		alarm, in := scores[i] >= threshold, window[i]
		switch {
		case alarm && in >= 0:
			r.TP++
			best[in] = max(best[in], worth[i])
		case alarm:
			r.FP++
			r.Score += float64(p.FP * worth[i])
		case in >= 0:
			r.FN++
		default:
			r.TN++
		}
	}
	for _, b := range best[s.Early:] {
		if math.IsInf(b, -1) {
			r.Score -= p.FN
			continue
		}
		r.Hits++
		r.Score += float64(p.TP * b)
	}
	return r
}
