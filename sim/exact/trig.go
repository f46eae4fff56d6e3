// Sine and cosine: Cody and Waite's reduction by quarter turns, then Taylor's series on ±45°.

package exact

import "math"

// π/2 in three pieces, after W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980), ch. 8: the
// first two have 33 bits, so that their products with a quarter-turn count below 2^20 are exact.
const (
	quarterA = 0x1.921fb544p+0
	quarterB = 0x1.0b4611a6p-34
	quarterC = 0x1.3198a2e037073p-69
)

// MaxAngle is the largest angle, in radians and either way, that Sin and Cos take: 1e6, about 160,000 turns.
// Beyond it the quarter-turn count outgrows the reduction, and they return NaN rather than a wrong angle.
const MaxAngle = 1e6

// Taylor's coefficients after the leading terms, in z = r²; what is left out is below 2^-60 on |r| ≤ π/4.
const (
	sin3, sin5, sin7, sin9 = -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880
	sin11, sin13, sin15    = -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000
	sin17                  = 1.0 / 355687428096000

	cos4, cos6, cos8, cos10 = 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800
	cos12, cos14, cos16     = 1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000
	cos18                   = -1.0 / 6402373705728000
)

// Sin is the sine of x radians, for |x| ≤ MaxAngle, within 1 unit in the last place; NaN outside.
func Sin(x float64) float64 {
	if !(math.Abs(x) <= MaxAngle) {
		return math.NaN()
	}
	quarter, r, tail := reduce(x)
	return quadrant(quarter, r, tail)
}

// Cos is the cosine of x radians, for |x| ≤ MaxAngle, within 1 unit in the last place; NaN outside.
func Cos(x float64) float64 {
	if !(math.Abs(x) <= MaxAngle) {
		return math.NaN()
	}
	quarter, r, tail := reduce(x)
	return quadrant(quarter+1, r, tail)
}

// reduce splits x into quarter turns and a rest r + tail within ±π/4 (and a hair).
func reduce(x float64) (quarter int64, r, tail float64) {
	if math.Abs(x) <= math.Pi/4 {
		return 0, x, 0
	}
	n := math.Floor(float64(x*(2/math.Pi)) + 0.5)
	a := x - float64(n*quarterA) // exact: the operands are within a factor of two
	b := float64(n * quarterB)
	d := a - b
	back := d - a // the rounding error of a - b, after D. Knuth, The Art of Computer Programming, vol. 2, 4.2.2
	lost := (a - (d - back)) - (b + back)
	c := float64(n*quarterC) - lost
	r = d - c
	return int64(n), r, (d - r) - c
}

// quadrant is sin(quarter·π/2 + r + tail).
func quadrant(quarter int64, r, tail float64) float64 {
	var v float64
	if quarter&1 == 0 {
		v = sinNear(r, tail)
	} else {
		v = cosNear(r, tail)
	}
	if quarter&2 != 0 {
		return -v
	}
	return v
}

// sinNear is sin(r + tail) for |r| ≤ π/4: Taylor's series at r, and tail·cos r to first order.
func sinNear(r, tail float64) float64 {
	z := float64(r * r)
	p := float64(sin17*z) + sin15
	p = float64(p*z) + sin13
	p = float64(p*z) + sin11
	p = float64(p*z) + sin9
	p = float64(p*z) + sin7
	p = float64(p*z) + sin5
	p = float64(p*z) + sin3
	cube := float64(r * z)
	return r + (float64(cube*p) + float64(tail*(1-float64(0.5*z))))
}

// cosNear is cos(r + tail) for |r| ≤ π/4; 1 - z/2 keeps its rounding error, for it is the largest.
func cosNear(r, tail float64) float64 {
	z := float64(r * r)
	p := float64(cos18*z) + cos16
	p = float64(p*z) + cos14
	p = float64(p*z) + cos12
	p = float64(p*z) + cos10
	p = float64(p*z) + cos8
	p = float64(p*z) + cos6
	p = float64(p*z) + cos4
	half := float64(0.5 * z)
	w := 1 - half
	lost := (1 - w) - half
	square := float64(z * z)
	return w + (lost + (float64(square*p) - float64(r*tail)))
}
