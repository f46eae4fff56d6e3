package experiment

import (
	"math"
	"slices"
	"testing"
)

func num(v float64) *float64 { return &v }

func TestPair(t *testing.T) {
	a := map[uint64]*float64{1: num(5), 2: num(7), 3: nil, 4: num(1), 5: num(0.1 + 0.2), 8: num(9), 9: num(math.NaN())}
	b := map[uint64]*float64{1: num(3), 2: num(8), 3: num(2), 4: nil, 5: num(0.3), 7: nil, 9: num(1)}
	p := Pair(a, b)
	if !slices.Equal(p.Seeds, []uint64{1, 2, 5}) || !slices.Equal(p.Diff, []float64{2, -1, 0}) {
		t.Errorf("pairs: got seeds %v, differences %v", p.Seeds, p.Diff)
	}
	if !slices.Equal(p.Null, []uint64{3, 4, 9}) {
		t.Errorf("nulls: got %v, want 3, 4, 9", p.Null)
	}
	if !slices.Equal(p.OnlyA, []uint64{8}) || !slices.Equal(p.OnlyB, []uint64{7}) {
		t.Errorf("unmatched: got %v and %v, want 8 and 7", p.OnlyA, p.OnlyB)
	}
}

func TestMeanAndDeviation(t *testing.T) {
	if got := Mean(darwin); !near(got, 314.0/15) {
		t.Errorf("mean: got %v, want %v", got, 314.0/15)
	}
	if got := Deviation(darwin); math.Abs(got-37.744) > 0.001 {
		t.Errorf("deviation: got %v, want 37.744", got)
	}
	if Mean(nil) == Mean(nil) || Deviation([]float64{1}) == Deviation([]float64{1}) {
		t.Error("mean of none and deviation of one are not NaN")
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(1, math.Abs(b)) }

func negated(d []float64) []float64 {
	out := make([]float64, len(d))
	for i, v := range d {
		out[i] = -v
	}
	return out
}
