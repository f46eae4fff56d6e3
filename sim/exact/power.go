// Powers: x to the y as exp(y·log x), the logarithm carried in two doubles so that large exponents keep their digits.

package exact

import "math"

// Pow is x to the power y, within 2 units in the last place. Zeros, infinities, NaN and negative bases are treated as
// by math.Pow.
func Pow(x, y float64) float64 {
	if v, done := powEdge(x, y); done {
		return v
	}
	sign := 1.0
	if x < 0 {
		if y != math.Trunc(y) {
			return math.NaN()
		}
		if odd(y) {
			sign = -1
		}
		x = -x
	}
	hi, lo := logTwo(x)
	if rough := float64(y * hi); rough > 800 || rough < -800 {
		return float64(sign * Exp(rough)) // over or under by far; y may be too large to split
	}
	p, rest := product(y, hi)
	return float64(sign * expTwo(p, rest+float64(y*lo)))
}

// powEdge answers where no logarithm is needed: ones, zeros, infinities and NaN.
func powEdge(x, y float64) (v float64, done bool) {
	switch {
	case y == 0 || x == 1:
		return 1, true
	case y == 1:
		return x, true
	case x != x || y != y:
		return math.NaN(), true
	case math.IsInf(y, 0):
		switch {
		case x == -1:
			return 1, true
		case (math.Abs(x) > 1) == (y > 0):
			return math.Inf(1), true
		}
		return 0, true
	case x == 0 || math.IsInf(x, 0):
		v = 0
		if (x == 0) == (y < 0) {
			v = math.Inf(1)
		}
		if math.Signbit(x) && odd(y) {
			v = -v
		}
		return v, true
	}
	return 0, false
}

// odd says whether y is an odd integer; from 2^53 on every double is even.
func odd(y float64) bool {
	return math.Abs(y) < 1<<53 && y == math.Trunc(y) && int64(y)&1 != 0
}

// 2/3 as a double and the rest.
const (
	twoThirds     = 0x1.5555555555555p-1
	twoThirdsRest = 0x1.5555555555555p-55
)

// logTwo is the natural logarithm of a finite x > 0 as hi + lo with about 62 correct bits: the series of Log with its
// first two terms carried in two doubles.
func logTwo(x float64) (hi, lo float64) {
	k, f := fraction(x)
	den := 2 + f
	denRest := (2 - den) + f
	s := f / den
	p, pRest := product(s, den)
	sRest := (((f - p) - pRest) - float64(s*denRest)) / den
	z, zRest := product(s, s)
	zRest += float64(2 * float64(s*sRest))
	c, cRest := product(s, z)
	cRest += float64(s*zRest) + float64(sRest*z)
	t, tRest := product(c, twoThirds)
	tRest += float64(c*twoThirdsRest) + float64(cRest*twoThirds)
	tail := float64(float64(c*z) * atanhTail(z))

	hi, lo = sum(float64(k*ln2Hi), float64(2*s))
	hi, more := sum(hi, t)
	lo += more + (float64(k*ln2Lo) + (float64(2*sRest) + (tRest + tail)))
	return sum(hi, lo)
}

// sum is a + b as a double and its rounding error (Knuth's two-sum).
func sum(a, b float64) (s, lost float64) {
	s = a + b
	back := s - a
	return s, (a - (s - back)) + (b - back)
}

// product is a·b as a double and its rounding error, after T. J. Dekker, Numerische Mathematik 18 (1971): the factors
// are cut after 26 bits, so that the partial products are exact.
func product(a, b float64) (p, lost float64) {
	p = float64(a * b)
	aHi, bHi := cut(a), cut(b)
	aLo, bLo := a-aHi, b-bHi
	lost = float64(aHi*bHi) - p
	lost = (lost + float64(aHi*bLo)) + float64(aLo*bHi)
	return p, lost + float64(aLo*bLo)
}

// cut keeps the leading 26 bits of a.
func cut(a float64) float64 {
	return math.Float64frombits(math.Float64bits(a) &^ (1<<27 - 1))
}
