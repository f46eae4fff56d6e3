// Exponential and logarithm: argument reduction by powers of two, then the series.

package exact

import "math"

// ln 2 in two pieces: the first has 40 bits, so that its products with any double's exponent are exact.
const (
	ln2Hi = 0x1.62e42fefa2p-1
	ln2Lo = 0x1.9ef35793c7673p-41
)

// Exp is e to the power x, within 1 unit in the last place; 0 below -745.14 and +Inf above 709.78.
func Exp(x float64) float64 {
	return expTwo(x, 0)
}

// expTwo is exp(x + rest) for a rest far below x: x = k·ln 2 + r, Taylor's series at r up to r¹³ (what is left out is
// below 2^-57), and a shift of the exponent by k.
func expTwo(x, rest float64) float64 {
	switch {
	case x != x:
		return x
	case x > 709.79:
		return math.Inf(1)
	case x < -745.2:
		return 0
	}
	k := math.Floor(float64(x*math.Log2E) + 0.5)
	a := x - float64(k*ln2Hi)
	b := float64(k * ln2Lo)
	d := a - b
	rest += (a - d) - b
	r := d + rest
	rest += d - r
	p := float64(r*(1.0/6227020800)) + 1.0/479001600
	p = float64(p*r) + 1.0/39916800
	p = float64(p*r) + 1.0/3628800
	p = float64(p*r) + 1.0/362880
	p = float64(p*r) + 1.0/40320
	p = float64(p*r) + 1.0/5040
	p = float64(p*r) + 1.0/720
	p = float64(p*r) + 1.0/120
	p = float64(p*r) + 1.0/24
	p = float64(p*r) + 1.0/6
	p = float64(p*r) + 1.0/2
	square := float64(r * r)
	return shift(1+(r+(float64(square*p)+(rest+float64(rest*r)))), int(k))
}

// shift is x·2^k for x near 1; where the result is subnormal, or its power of two has no double, it goes in two steps.
func shift(x float64, k int) float64 {
	switch {
	case k > 1023:
		return float64(float64(2*x) * power(k-1))
	case k < -1022:
		return float64(float64(x*power(k+54)) * 0x1p-54)
	}
	return float64(x * power(k))
}

// power is 2^k for -1022 ≤ k ≤ 1023.
func power(k int) float64 {
	return math.Float64frombits(uint64(1023+k) << 52)
}

// Log is the natural logarithm of x, within 1 unit in the last place; -Inf at 0, NaN below.
//
// x = 2^k·(1+f) with 1+f within √2 of 1; then log(1+f) = f - (f²/2 - s·(f²/2 + R)) with s = f/(2+f) and R the series
// of 2·artanh(s)/s - 2: the arrangement published with fdlibm, which loses no digits near 1.
func Log(x float64) float64 {
	switch {
	case x != x || x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case math.IsInf(x, 1):
		return x
	}
	k, f := fraction(x)
	s := f / (2 + f)
	z := float64(s * s)
	half := float64(0.5 * float64(f*f))
	r := float64(z * (2.0/3 + float64(z*atanhTail(z))))
	near := float64(s*(half+r)) + float64(k*ln2Lo)
	return float64(k*ln2Hi) - ((half - near) - f)
}

// fraction writes a finite x > 0 as 2^k·(1+f) with √½ ≤ 1+f < √2; f is exact.
func fraction(x float64) (k, f float64) {
	bits, offset := math.Float64bits(x), 1023
	if bits < 1<<52 { // subnormal
		bits, offset = math.Float64bits(x*0x1p54), 1023+54
	}
	e := int(bits>>52) - offset
	m := math.Float64frombits(bits&(1<<52-1) | 1023<<52)
	if m >= math.Sqrt2 {
		m, e = m/2, e+1
	}
	return float64(e), m - 1
}

// atanhTail is 2/5 + 2z/7 + 2z²/9 + … up to z⁸, what follows the first two terms of the series of 2·artanh(s)/s, z = s².
func atanhTail(z float64) float64 {
	p := float64(z*(2.0/21)) + 2.0/19
	p = float64(p*z) + 2.0/17
	p = float64(p*z) + 2.0/15
	p = float64(p*z) + 2.0/13
	p = float64(p*z) + 2.0/11
	p = float64(p*z) + 2.0/9
	p = float64(p*z) + 2.0/7
	return float64(p*z) + 2.0/5
}
