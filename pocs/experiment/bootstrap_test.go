package experiment

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sealab/sim/exact"
)

// All 6^6 resamples of six differences give the quantile exactly; what is drawn must come near it.
func TestIntervalAgainstAllResamples(t *testing.T) {
	d := []float64{-2, 1, 3, 4, 8, 11}
	mean, se := Mean(d), standardError(d)
	all := make([]float64, 0, 46_656)
	drawn := make([]float64, 6)
	for k := range 46_656 {
		for i := range drawn {
			drawn[i], k = d[k%6], k/6
		}
		all = append(all, math.Abs(Mean(drawn)-mean)/max(standardError(drawn), thin*se))
	}
	slices.Sort(all)
	lowest, highest := all[len(all)*94/100]*se, all[len(all)*96/100]*se
	low, high, ok := Interval(d)
	if !ok || !near((low+high)/2, mean) {
		t.Fatalf("interval: got %v … %v, %v, want it around %v", low, high, ok, mean)
	}
	if half := (high - low) / 2; half < lowest || half > highest {
		t.Errorf("half length: got %v, want between %v and %v", half, lowest, highest)
	}
}

func TestIntervalAtTheEdges(t *testing.T) {
	if _, _, ok := Interval([]float64{3}); ok {
		t.Error("one seed has an interval")
	}
	for _, v := range []float64{0, 3, -0.1} {
		if low, high, ok := Interval([]float64{v, v, v, v, v, v, v}); !ok || !near(low, v) || low != high {
			t.Errorf("all %v: got %v … %v, %v", v, low, high, ok)
		}
	}
	// Two seeds, Student's t with one degree of freedom: 2 ± 12.706·√2/√2.
	if low, high, _ := Interval([]float64{1, 3}); !near(low, 2-12.706) || !near(high, 2+12.706) {
		t.Errorf("two seeds: got %v … %v", low, high)
	}
	// Five: 3 ± 2.776·√2.5/√5.
	half := 2.776 * math.Sqrt(0.5)
	if low, high, _ := Interval([]float64{1, 2, 3, 4, 5}); !near(low, 3-half) || !near(high, 3+half) {
		t.Errorf("five seeds: got %v … %v", low, high)
	}
	// One seed apart from many: resamples without it have no variance; the interval stays finite.
	d := make([]float64, 20)
	d[4] = 1
	if low, high, ok := Interval(d); !ok || !(low < 0.05 && high > 0.05 && high-low < 1) {
		t.Errorf("one of twenty: got %v … %v, %v", low, high, ok)
	}
}

// The same data give the same interval, and the swapped comparison the same with the sign turned.
func TestIntervalMirrors(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := rapid.SliceOfN(rapid.Float64Range(-100, 100), 2, 25).Draw(rt, "d")
		low, high, _ := Interval(d)
		again, _, _ := Interval(d)
		l, h, _ := Interval(negated(d))
		if low != again || l != -high || h != -low || low > high {
			rt.Fatalf("got %v … %v, again %v, turned %v … %v", low, high, again, l, h)
		}
	})
}

// Golden: the interval for Darwin's maize, the same in every build (GOAMD64=v1 and v3, wasm).
func TestIntervalGolden(t *testing.T) {
	low, high, _ := Interval(darwin)
	const wantLow, wantHigh = -3.26489481643409, 45.131561483100754
	if low != wantLow || high != wantHigh {
		t.Errorf("got %v … %v, want %v … %v", low, high, wantLow, wantHigh)
	}
}

func BenchmarkInterval40(b *testing.B) {
	dice := exact.NewDice(1, "bench/bootstrap")
	d := make([]float64, 40)
	for i := range d {
		d[i] = dice.Normal()
	}
	for b.Loop() {
		Interval(d)
	}
}
