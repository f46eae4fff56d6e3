// The threshold that does best over a corpus, as the benchmark has each detector choose one for each profile.

package nab

import (
	"cmp"
	"math"
	"slices"
)

// alarm is one row that counts, as the sweep meets it.
type alarm struct {
	score  float64
	worth  float64
	series int
	window int // over all series; −1: in none
}

// sweep is all rows beyond probation, the highest anomaly scores first.
type sweep struct {
	rows    []alarm
	windows int
}

// newSweep takes a detector's anomaly scores, by series and row.
func newSweep(list []*Series, scores [][]float64) *sweep {
	w := &sweep{}
	for n, s := range list {
		worth, window := s.worth()
		for i := s.Probation; i < len(s.At); i++ {
			a := alarm{scores[n][i], worth[i], n, -1}
			if window[i] >= 0 {
				a.window = w.windows + window[i]
			}
			w.rows = append(w.rows, a)
		}
		w.windows += len(s.Windows)
	}
	slices.SortStableFunc(w.rows, func(a, b alarm) int { return cmp.Compare(b.score, a.score) })
	return w
}

// none is no series.
const none = -1

// best finds the threshold under which the sum of scores over all series but one (or none) is greatest: one of the anomaly
// scores, or Silence. Of equals it is the highest, which gives the fewest alarms.
func (w *sweep) best(p Profile, without int) float64 {
	best := make([]float64, w.windows)
	for i := range best {
		best[i] = math.Inf(-1)
	}
	sum, top, threshold := 0.0, 0.0, float64(Silence) // sum: beyond what silence gets
	for i, a := range w.rows {
		switch {
		case a.series == without:
		case a.window < 0:
			sum += float64(p.FP * a.worth)
		case math.IsInf(best[a.window], -1):
			sum += p.FN + float64(p.TP*a.worth)
			best[a.window] = a.worth
		case a.worth > best[a.window]:
			sum += float64(p.TP * (a.worth - best[a.window]))
			best[a.window] = a.worth
		}
		if last := i+1 == len(w.rows) || w.rows[i+1].score < a.score; last && sum > top {
			top, threshold = sum, a.score
		}
	}
	return threshold
}
