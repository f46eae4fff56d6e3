// The functions against package math, which is right to about one unit in the last place on any one machine.

package exact

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// ulps is the distance of got from want in units in the last place of want; 0 if both are NaN or equal.
func ulps(got, want float64) float64 {
	if got == want || got != got && want != want {
		return 0
	}
	next := math.Nextafter(math.Abs(want), math.Inf(1))
	return math.Abs(got-want) / (next - math.Abs(want))
}

// checkNear fails unless got is within most units in the last place of want.
func checkNear(t interface{ Errorf(string, ...any) }, name string, got, want, most float64) {
	if d := ulps(got, want); !(d <= most) {
		t.Errorf("%s: got %v, want %v (off by %.1f ulp, at most %g)", name, got, want, d, most)
	}
}

func TestSineAndCosine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-MaxAngle, MaxAngle).Draw(t, "x")
		checkNear(t, "Sin", Sin(x), math.Sin(x), 2)
		checkNear(t, "Cos", Cos(x), math.Cos(x), 2)
	})
	for k := -640000.0; k <= 640000; k += 997 { // near the zeros the reduction alone gives the digits
		x := k * math.Pi / 2
		if math.Abs(x) <= MaxAngle && math.Abs(Sin(x)-math.Sin(x)) > 1e-17+3e-16*math.Abs(math.Sin(x)) {
			t.Errorf("Sin(%v): got %v, want %v", x, Sin(x), math.Sin(x))
		}
	}
	for _, x := range []float64{MaxAngle * 1.001, -2e6, math.Inf(1), math.NaN()} {
		if got := Sin(x) + Cos(x); got == got {
			t.Errorf("Sin(%v) + Cos(%v): got %v, want NaN outside the domain", x, x, got)
		}
	}
}

func TestArcs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-1, 1).Draw(t, "x")
		y := rapid.Float64Range(-1e9, 1e9).Draw(t, "y")
		checkNear(t, "Asin", Asin(x), math.Asin(x), 4)
		if got, want := Acos(x), math.Acos(x); math.Abs(got-want) > 5e-16 { // math's is π/2 - asin, which loses digits near 1
			t.Errorf("Acos(%v): got %v, want %v", x, got, want)
		}
		if math.Abs(x) < 1e-200 || math.Abs(y) < 1e-200 {
			return // where the quotient underflows math.Atan2 loses the sign
		}
		checkNear(t, "Atan2(y, x)", Atan2(y, x), math.Atan2(y, x), 3)
		checkNear(t, "Atan2(x, y)", Atan2(x, y), math.Atan2(x, y), 3)
	})
	if got := Asin(1.5); got == got {
		t.Errorf("Asin(1.5): got %v, want NaN", got)
	}
}

func TestExpAndLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-708, 709).Draw(t, "x")
		checkNear(t, "Exp", Exp(x), math.Exp(x), 2)
		small := rapid.Float64Range(-1, 1).Draw(t, "small")
		checkNear(t, "Exp", Exp(small), math.Exp(small), 2)
		y := rapid.Float64Range(0x1p-1022, math.MaxFloat64).Draw(t, "y")
		checkNear(t, "Log", Log(y), math.Log(y), 2)
	})
	for _, x := range []float64{-800, -745.2, -745.1, -740, -710, 709.8, 800, math.Inf(1), math.Inf(-1), math.NaN()} {
		checkNear(t, "Exp", Exp(x), math.Exp(x), 2)
	}
	checkNear(t, "Exp near the top", Exp(709.7), 1.6549840276802644e308, 1)     // where math.Exp of amd64 is infinite
	checkNear(t, "Log of the least double", Log(5e-324), -744.4400719213812, 1) // where math.Log of amd64 is wrong
	for _, x := range []float64{0, 1, 1 - 1e-16, 1 + 3e-16, math.Sqrt2, -1, math.Inf(1), math.Inf(-1), math.NaN()} {
		checkNear(t, "Log", Log(x), math.Log(x), 2)
	}
}

func TestPow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(1e-10, 1e10).Draw(t, "x")
		y := rapid.Float64Range(-12, 12).Draw(t, "y")
		checkNear(t, "Pow", Pow(x, y), math.Pow(x, y), 64) // math's own error grows with the exponent, ours does not
		checkNear(t, "Pow by 0.5", Pow(x, 0.5), math.Sqrt(x), 1)
		checkNear(t, "Pow by 2", Pow(x, 2), x*x, 1)
		checkNear(t, "Pow by -1", Pow(x, -1), 1/x, 1)
	})
}

// TestEdges takes every pair of odd values through Pow and Atan2: what math says of them, we say.
func TestEdges(t *testing.T) {
	inf := math.Inf(1)
	values := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e150, -1e150, 1e-150, -1e-150, inf, -inf, math.NaN()}
	for _, a := range values {
		for _, b := range values {
			checkNear(t, "Atan2", Atan2(a, b), math.Atan2(a, b), 2)
			if math.Signbit(Atan2(a, b)) != math.Signbit(math.Atan2(a, b)) {
				t.Errorf("Atan2(%v, %v): got %v, want %v", a, b, Atan2(a, b), math.Atan2(a, b))
			}
			if got, want := Pow(a, b), math.Pow(a, b); ulps(got, want) > 2 || got == 0 && math.Signbit(got) != math.Signbit(want) {
				t.Errorf("Pow(%v, %v): got %v, want %v", a, b, got, want)
			}
		}
	}
}

func TestRound(t *testing.T) {
	for _, row := range []struct {
		x    float64
		want int64
	}{
		{0, 0}, {0.49999999999999994, 0}, {0.5, 1}, {-0.5, -1}, {2.5, 3}, {-2.5, -3}, {1e15 + 0.5, 1e15 + 1},
		{4503599627370497.5, 4503599627370498}, {1 << 62, 1 << 62}, {1e19, math.MaxInt64}, {-1e19, math.MinInt64},
		{-1 << 63, math.MinInt64}, {1 << 63, math.MaxInt64}, {math.Inf(1), math.MaxInt64}, {math.Inf(-1), math.MinInt64}, {math.NaN(), 0},
	} {
		if got := Round(row.x); got != row.want {
			t.Errorf("Round(%v): got %d, want %d", row.x, got, row.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-1e18, 1e18).Draw(t, "x")
		if got, want := Round(x), int64(math.Round(x)); got != want {
			t.Errorf("Round(%v): got %d, want %d", x, got, want)
		}
	})
}
