package experiment

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sealab/sim/exact"
)

// darwin are the differences in height, in eighths of an inch, of Darwin's fifteen pairs of maize, crossed less
// self-fertilised, on which Fisher showed the test (The Design of Experiments, 1935, sections 17 and 21).
var darwin = []float64{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48}

// Fisher counted 863 of the 32,768 patterns with a sum of 314 or more: 5.267 per cent for both tails.
func TestSignFlipOnDarwin(t *testing.T) {
	want := 2 * 863.0 / 32768
	if got := SignFlip(darwin); got != want {
		t.Errorf("p: got %v, want %v", got, want)
	}
	if got := SignFlip(negated(darwin)); got != want {
		t.Errorf("p the other way round: got %v, want %v", got, want)
	}
	if got := SignFlip(append([]float64{0, 0, 0}, darwin...)); got != want {
		t.Errorf("p with zeros: got %v, want %v", got, want)
	}
}

func TestSignFlipByHand(t *testing.T) {
	for _, c := range []struct {
		d    []float64
		want float64
	}{
		{nil, 1},
		{[]float64{0, 0, 0}, 1},
		{[]float64{3}, 1},                      // +3, −3: both as far
		{[]float64{1, 2, 3}, 2.0 / 8},          // only all plus and all minus
		{[]float64{1, 2, -3}, 1},               // a sum of 0 is never beaten
		{[]float64{1, 1, 1, -1}, 10.0 / 16},    // sums ±4 once each, ±2 four times each
		{[]float64{1, 2, 3, 4, 5}, 2.0 / 32},   // the least that five pairs can give: above 0.05
		{[]float64{1, 1, 1, 1, 1, 1}, 2. / 64}, // and six
		{[]float64{0.1, 0.2, -0.3, 0.1, 0.2, 0.3}, 24.0 / 64},
	} {
		if got := SignFlip(c.d); got != c.want {
			t.Errorf("%v: got %v, want %v", c.d, got, c.want)
		}
	}
}

// Every pattern counted one by one gives the same p, on a coarse grid so that there are many ties.
func TestSignFlipAgainstCounting(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tenths := rapid.SliceOfN(rapid.IntRange(-30, 30), 1, 11).Draw(rt, "tenths")
		d, sum := make([]float64, len(tenths)), 0
		for i, v := range tenths {
			d[i] = float64(v) / 10
			sum += v
		}
		count := 0
		for pattern := range 1 << len(tenths) {
			s := 0
			for i, v := range tenths {
				if pattern>>i&1 == 0 {
					v = -v
				}
				s += v
			}
			if max(s, -s) >= max(sum, -sum) {
				count++
			}
		}
		want := float64(count) / float64(int(1)<<len(tenths))
		if got := SignFlip(d); got != want {
			rt.Fatalf("%v: got %v, want %v", d, got, want)
		}
	})
}

// Counted one by one and by halves there are as many patterns, also with ties.
func TestFarPatternsByBothWays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 22).Draw(rt, "pairs")
		sizes, all := make([]float64, n), 0.0
		for i := range sizes {
			sizes[i] = float64(rapid.IntRange(1, 40).Draw(rt, "tenths")) / 10
			all += sizes[i]
		}
		bar := all*rapid.Float64Range(0.3, 1).Draw(rt, "share") - 1e-9*all
		if p, few := countFar(sizes, (all-bar)/2); few && math.Abs(p-countPatterns(sizes, bar)) > 1e-15 {
			rt.Fatalf("%v at %v: one by one %v, by halves %v", sizes, bar, p, countPatterns(sizes, bar))
		}
	})
}

// What is drawn agrees with what is counted, within four standard errors, and is never 0.
func TestDrawnPatternsAgree(t *testing.T) {
	dice := exact.NewDice(1, "test/permute")
	for range 5 {
		d := make([]float64, 24)
		var sum float64
		sizes := make([]float64, len(d))
		for i := range d {
			d[i] = dice.Normal() + 0.4
			sizes[i] = math.Abs(d[i])
			sum += d[i]
		}
		p := SignFlip(d)
		got := drawPatterns(sizes, math.Abs(sum)-1e-9, nameOf(d))
		if math.Abs(got-p) > 4*math.Sqrt(p*(1-p)/patterns)+1e-4 {
			t.Errorf("drawn %v, counted %v", got, p)
		}
	}
	far := make([]float64, 60)
	for i := range far {
		far[i] = 1
	}
	if got := SignFlip(far); got != 1.0/(patterns+1) {
		t.Errorf("sixty wins of sixty: got %v, want %v", got, 1.0/(patterns+1))
	}
}

// Forty pairs, the standard report, are counted, not drawn: 2·(1 + 40)/2^40 for one loss among equal sizes.
func TestSignFlipCountsForty(t *testing.T) {
	d := make([]float64, 40)
	for i := range d {
		d[i] = 2.5
	}
	d[7] = -2.5
	if got, want := SignFlip(d), 2*41/math.Exp2(40); got != want {
		t.Errorf("p: got %v, want %v", got, want)
	}
}

func BenchmarkSignFlip40(b *testing.B) {
	dice := exact.NewDice(1, "bench/permute")
	d := make([]float64, 40)
	for i := range d {
		d[i] = dice.Normal()
	}
	for b.Loop() {
		SignFlip(d)
	}
}
