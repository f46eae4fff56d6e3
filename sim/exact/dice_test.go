// The draws: their moments and quantiles on fixed seeds, and that streams are private.

package exact

import (
	"math"
	"slices"
	"testing"
)

const draws = 400_000

// sample draws many values from a fixed stream and sorts them.
func sample(name string, draw func(*Dice) float64) []float64 {
	d := NewDice(1, name)
	values := make([]float64, draws)
	for i := range values {
		values[i] = draw(&d)
	}
	slices.Sort(values)
	return values
}

// moments gives mean and variance.
func moments(values []float64) (mean, variance float64) {
	for _, v := range values {
		mean += v / draws
	}
	for _, v := range values {
		variance += (v - mean) * (v - mean) / draws
	}
	return mean, variance
}

// checkShare fails unless the share of values below a point is p, within five standard errors.
func checkShare(t *testing.T, name string, values []float64, point, p float64) {
	t.Helper()
	below, _ := slices.BinarySearch(values, point)
	got := float64(below) / draws
	if most := 5 * math.Sqrt(p*(1-p)/draws); math.Abs(got-p) > most {
		t.Errorf("%s: share below %v: got %.5f, want %.5f within %.5f", name, point, got, p, most)
	}
}

func TestNormal(t *testing.T) {
	values := sample("normal", (*Dice).Normal)
	mean, variance := moments(values)
	if math.Abs(mean) > 5/math.Sqrt(draws) || math.Abs(variance-1) > 5*math.Sqrt(2.0/draws) {
		t.Errorf("Normal: got mean %.4f and variance %.4f, want 0 and 1", mean, variance)
	}
	for x := -4.5; x <= 4.5; x += 0.25 { // from the tail beyond the base layer, 3.65, to the top
		checkShare(t, "Normal", values, x, math.Erfc(-x/math.Sqrt2)/2)
	}
}

// TestZiggurat sees that the published area closes the stack: 255 layers of it end at the top of the bell.
func TestZiggurat(t *testing.T) {
	top := ziggurat[zigLayers-1]
	edge := top.scale * 0x1p52
	if got := edge * (1 - top.height); math.Abs(got/zigArea-1) > 1e-6 {
		t.Errorf("top layer: got area %v, want %v", got, zigArea)
	}
	for i := 1; i < zigLayers; i++ {
		if l := ziggurat[i]; !(l.height < l.above && l.scale < ziggurat[i-1].scale) {
			t.Errorf("layer %d: got %+v, want a rising and narrowing stack", i, l)
		}
	}
}

func TestOtherDraws(t *testing.T) {
	exponential := sample("exponential", (*Dice).Exponential)
	logNormal := sample("lognormal", func(d *Dice) float64 { return d.LogNormal(72, 0.5) })
	student := sample("student", (*Dice).StudentT3)
	uniform := sample("range", func(d *Dice) float64 { return d.Range(-2, 6) })
	for _, x := range []float64{0.01, 0.5, 1, 2, 5, 9} {
		checkShare(t, "Exponential", exponential, x, 1-math.Exp(-x))
	}
	for _, z := range []float64{-3, -1, 0, 0.5, 2, 3.8} {
		checkShare(t, "LogNormal", logNormal, 72*math.Exp(0.5*z), math.Erfc(-z/math.Sqrt2)/2)
	}
	for _, x := range []float64{-30, -5, -1, 0, 0.3, 2, 10} {
		u := x / math.Sqrt(3) // the distribution function of t with 3 degrees of freedom, in closed form
		checkShare(t, "StudentT3", student, x, 0.5+(u/(1+u*u)+math.Atan(u))/math.Pi)
	}
	for _, x := range []float64{-1.9, 0, 3, 5.5} {
		checkShare(t, "Range", uniform, x, (x+2)/8)
	}
	if uniform[0] < -2 || uniform[draws-1] > 6 {
		t.Errorf("Range(-2, 6): got %v to %v", uniform[0], uniform[draws-1])
	}
}

func TestIntNIsFair(t *testing.T) {
	d := NewDice(2, "integers")
	var seen [7]int
	for range draws {
		seen[d.IntN(7)]++
	}
	chi := 0.0
	for _, n := range seen {
		want := draws / 7.0
		chi += (float64(n) - want) * (float64(n) - want) / want
	}
	if chi > 22.5 { // 6 degrees of freedom, one in a thousand
		t.Errorf("IntN(7): got chi² %.1f from %v, want below 22.5", chi, seen)
	}
	large := 1<<62 + 1<<61 // a third of the 64-bit numbers would favour some: the redraw must run, and stay in range
	for range 1000 {
		if got := d.IntN(large); got < 0 || got >= large {
			t.Fatalf("IntN(%d): got %d", large, got)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("IntN(0): got an answer, want a panic")
		}
	}()
	d.IntN(0)
}

func TestChance(t *testing.T) {
	d := NewDice(3, "chance")
	hits := 0
	for range draws {
		if d.Chance(0) || !d.Chance(1) {
			t.Fatal("Chance: got 0 to happen or 1 to fail")
		}
		if d.Chance(0.03) {
			hits++
		}
	}
	if got := float64(hits) / draws; math.Abs(got-0.03) > 0.0015 {
		t.Errorf("Chance(0.03): got a share of %.4f", got)
	}
}

func TestStreamsArePrivate(t *testing.T) {
	a, b, c := NewDice(1, "seal/S0042/radio"), NewDice(1, "seal/S0042/radio"), NewDice(2, "seal/S0042/radio")
	if a.Uint64() != b.Uint64() {
		t.Error("two streams of one name: got different numbers, want the same")
	}
	if a.Uint64() == c.Uint64() {
		t.Error("two seeds: got the same number")
	}
	b.Uint64()
	twin := a
	for range 10 {
		twin.Uint64()
	}
	if got, want := a.Uint64(), b.Uint64(); got != want {
		t.Errorf("after a copy drew: got %d, want %d: a copy must leave the original alone", got, want)
	}
}

func TestHashKeepsPartsApart(t *testing.T) {
	if Hash(1, "ab", "c") == Hash(1, "a", "bc") || Hash(1, "a") == Hash(1, "a", "") || Hash(1, "a") == Hash(2, "a") {
		t.Error("Hash: got equal numbers for different parts")
	}
	if got := testing.AllocsPerRun(100, func() { Hash(7, "replay", "3", "S0042"); NewDice(7, "seal/S0042/radio") }); got != 0 {
		t.Errorf("Hash and NewDice: got %v allocations, want 0", got)
	}
}
