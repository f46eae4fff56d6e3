package nab

// This file holds what the score must be for any series: its two ends, and which way it may move.

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// draw makes a series with windows; those in probation are not rare.
func draw(t *rapid.T) *Series {
	n := rapid.IntRange(1, 400).Draw(t, "rows")
	r := &rows{values: make([]float64, n)}
	for i := range n {
		r.at = append(r.at, time.Date(2026, 1, 1, 0, 5*i, 0, 0, time.UTC))
	}
	var windows []Window
	for at := rapid.IntRange(0, n/2).Draw(t, "first window"); at < n && len(windows) < 6; {
		last := min(n-1, at+rapid.IntRange(0, 40).Draw(t, "length"))
		windows = append(windows, Window{r.at[at], r.at[last]})
		at = last + rapid.IntRange(1, 60).Draw(t, "gap")
	}
	s, err := newSeries("drawn", r, windows)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func drawScores(t *rapid.T, s *Series) []float64 {
	few := rapid.SampledFrom([]float64{0, 0.25, 0.5, 0.75, 1})
	return rapid.SliceOfN(few, len(s.At), len(s.At)).Draw(t, "scores")
}

func drawProfile(t *rapid.T) Profile { return rapid.SampledFrom(Profiles).Draw(t, "profile") }

// TestEnds: silence is 0 and the first row of every window is 100, exactly, as far as one may be alarmed there.
func TestEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, p := draw(t), drawProfile(t)
		silent := s.Score(make([]float64, len(s.At)), 0.5, p)
		perfect, late := make([]float64, len(s.At)), false
		for _, w := range s.Windows[s.Early:] {
			perfect[w.First] = 1
			late = late || w.First < s.Probation
		}
		full := s.Score(perfect, 0.5, p)
		zero, ok := p.Normalize(silent.Score, silent.Windows)
		hundred, _ := p.Normalize(full.Score, full.Windows)
		switch {
		case ok != (s.Counted() > 0):
			t.Fatalf("a scale for %d windows: %v", s.Counted(), ok)
		case !ok:
			return
		case zero != 0:
			t.Errorf("silence: got %v", zero)
		case !late && math.Abs(hundred-100) > 1e-9:
			t.Errorf("perfect: got %v", hundred)
		case late && hundred >= 100:
			t.Errorf("a window that begins in probation: got %v", hundred)
		}
	})
}

// TestMonotone: an alarm that comes earlier in its window is never worse, and one more outside all windows never better;
// in probation nothing matters.
func TestMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, p := draw(t), drawProfile(t)
		scores := drawScores(t, s)
		before := s.Score(scores, 0.5, p)
		row := rapid.IntRange(0, len(scores)-1).Draw(t, "row")
		in := slices.IndexFunc(s.Windows, func(w Span) bool { return row >= w.First && row <= w.Last })
		more := slices.Clone(scores)
		more[row] = 1
		after := s.Score(more, 0.5, p)
		switch {
		case row < s.Probation:
			if after != before {
				t.Errorf("an alarm in probation: %+v, then %+v", before, after)
			}
		case in < 0 && after.Score > before.Score:
			t.Errorf("a false alarm in row %d: %v, then %v", row, before.Score, after.Score)
		case in >= 0 && after.Score < before.Score:
			t.Errorf("an alarm in a window, row %d: %v, then %v", row, before.Score, after.Score)
		}
		if sum := after.TP + after.TN + after.FP + after.FN; sum != len(scores)-s.Probation {
			t.Errorf("%d rows are counted of %d", sum, len(scores)-s.Probation)
		}
		if top, ok := p.Normalize(after.Score, after.Windows); ok && top > 100 {
			t.Errorf("better than perfect: %v", top)
		}
	})
}

// TestSweep: the best threshold is the best of all that there are, also with a series left out.
func TestSweep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		series := []*Series{draw(t), draw(t)}
		scores := [][]float64{drawScores(t, series[0]), drawScores(t, series[1])}
		p, without := drawProfile(t), rapid.IntRange(none, 1).Draw(t, "without")
		sum := func(threshold float64) (out float64) {
			for i, s := range series {
				if i != without {
					out += s.Score(scores[i], threshold, p).Score
				}
			}
			return out
		}
		got, top := newSweep(series, scores).best(p, without), math.Inf(-1)
		for _, threshold := range []float64{Silence, 1, 0.75, 0.5, 0.25, 0} {
			top = max(top, sum(threshold))
		}
		if sum(got) < top-1e-9 {
			t.Errorf("at %v: got %v; the best is %v", got, sum(got), top)
		}
	})
}

// TestWindowBorders: a window's rows are those at and between its times, where the clock is set back too; a window that
// ends in probation does not count, but what is false is measured from its end.
func TestWindowBorders(t *testing.T) {
	r := &rows{values: make([]float64, 60)}
	for i := range 60 {
		r.at = append(r.at, time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC))
	}
	r.at[30] = r.at[28]
	at := func(minute, second int) time.Time { return time.Date(2026, 1, 1, 0, minute, second, 0, time.UTC) }
	s, err := newSeries("borders", r, []Window{{at(2, 0), at(4, 30)}, {at(27, 30), at(32, 0)}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Span{{2, 4}, {28, 32}}; !slices.Equal(s.Windows, want) || s.Early != 1 || s.Probation != 9 {
		t.Fatalf("got %+v, %d early, probation %d", s.Windows, s.Early, s.Probation)
	}
	worth, _ := s.worth()
	for row, want := range map[int]float64{0: -1, 2: 1, 6: sigmoid(1), 10: sigmoid(3), 11: -1, 28: 1, 32: sigmoid(-0.2) / earliest, 33: sigmoid(0.25)} {
		if math.Abs(worth[row]-want) > 1e-15 {
			t.Errorf("row %d is worth %v, want %v", row, worth[row], want)
		}
	}
	for _, bad := range [][]Window{{{at(58, 30), at(58, 40)}}, {{at(10, 0), at(28, 0)}, {at(28, 10), at(29, 0)}}} {
		if s, err := newSeries("borders", r, bad); err == nil {
			t.Errorf("windows %v: got %+v", bad, s.Windows)
		}
	}
}

func TestProbation(t *testing.T) {
	for rows, want := range map[int]int{1: 0, 20: 3, 4032: 604, 4999: 749, 5000: 750, 22695: 750} {
		if got := probation(rows); got != want {
			t.Errorf("%d rows: got %d, want %d", rows, got, want)
		}
	}
}

// TestSigmoid against the same curve, written otherwise: σ(y) = −tanh(5y/2).
func TestSigmoid(t *testing.T) {
	for y := -1.0; y <= 3; y += 0.01 {
		if got, want := sigmoid(y), -math.Tanh(2.5*y); math.Abs(got-want) > 1e-15 {
			t.Errorf("σ(%v): got %v, want %v", y, got, want)
		}
	}
	for _, y := range []float64{3.0000001, math.Inf(1), math.NaN()} {
		if got := sigmoid(y); got != -1 {
			t.Errorf("σ(%v): got %v, want −1", y, got)
		}
	}
}
