package experiment

import (
	"math"
	"testing"
)

func TestCohenDz(t *testing.T) {
	// Darwin's maize: 20.9333/37.7442.
	if got := CohenDz(darwin); math.Abs(got-0.55461) > 1e-5 {
		t.Errorf("d_z: got %v, want 0.55461", got)
	}
	if got := CohenDz([]float64{0, 0, 0}); got != 0 {
		t.Errorf("d_z of no difference: got %v, want 0", got)
	}
	for _, d := range [][]float64{nil, {1}, {2, 2, 2}} {
		if got := CohenDz(d); !math.IsNaN(got) {
			t.Errorf("d_z of %v: got %v, want NaN", d, got)
		}
	}
}

// Darwin's maize: the losses −48 and −67 have the ranks 10 and 14 of 15, so W is 96 and 24 (Wilcoxon's known V = 96)
// and r (96 − 24)/120. The others by hand.
func TestRankBiserial(t *testing.T) {
	for _, c := range []struct {
		d    []float64
		want float64
	}{
		{darwin, 0.6},
		{nil, 0},
		{[]float64{0, 0}, 0},
		{[]float64{5, -1, 3, 2, -4, 0}, 5.0 / 15},  // + 2, 3, 5; − 1, 4
		{[]float64{1, -1, 2}, 3.0 / 6},             // ranks 1.5, −1.5, 3
		{[]float64{-2, -3}, -1},                    // all against
		{[]float64{0.3, -(0.1 + 0.2), 1}, 3.0 / 6}, // equal but for rounding
	} {
		if got := RankBiserial(c.d); !near(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.d, got, c.want)
		}
	}
}

func TestTally(t *testing.T) {
	if above, at, below := Tally([]float64{1, 0, -2, 3, 0, 0}); above != 2 || at != 3 || below != 1 {
		t.Errorf("got %d, %d, %d, want 2, 3, 1", above, at, below)
	}
}
