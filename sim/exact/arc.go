// Arc functions: a table of eight arc tangents, and a short series for what is left of the slope.

package exact

import "math"

// arcTan holds atan(k/8) as a double and what the double leaves out.
var arcTan = [9][2]float64{
	{0, 0},
	{0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
	{0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
	{0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
	{0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
	{0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
	{0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
	{0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
	{0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
}

// π/2 as a double and the rest; π is twice both.
const (
	halfPi     = 0x1.921fb54442d18p+0
	halfPiRest = 0x1.1a62633145c07p-54
)

// Asin is the arc sine of x in radians, by Atan2(x, √((1-x)(1+x))), within 2 units in the last place; NaN for |x| > 1.
func Asin(x float64) float64 {
	return Atan2(x, math.Sqrt(float64((1-x)*(1+x))))
}

// Acos is the arc cosine of x in radians, by Atan2(√((1-x)(1+x)), x), within 2 units in the last place; NaN for |x| > 1.
func Acos(x float64) float64 {
	return Atan2(math.Sqrt(float64((1-x)*(1+x))), x)
}

// Atan2 is the angle of the point (x, y) in radians, in [-π, π], within 2 units in the last place. Zeros, infinities
// and NaN are treated as by math.Atan2.
func Atan2(y, x float64) float64 {
	ax, ay := math.Abs(x), math.Abs(y)
	var angle float64
	switch {
	case x != x || y != y:
		return math.NaN()
	case ay == 0 && !math.Signbit(x):
		return y
	case ay == 0:
		angle = math.Pi
	case ay > ax || ax == 0:
		angle = steep(ax, ay, math.Signbit(x))
	default:
		angle = flat(ay, ax, math.Signbit(x))
	}
	return math.Copysign(angle, y)
}

// flat is the angle from the x axis, 0 < ay ≤ ax, mirrored to the far side where back is set.
func flat(ay, ax float64, back bool) float64 {
	t := ay / ax
	if math.IsInf(ay, 1) {
		t = 1
	}
	hi, lo := atan(t)
	if !back {
		return hi + lo
	}
	return 2*halfPi - (hi - (2*halfPiRest - lo))
}

// steep is the angle from the x axis where ay is the longer leg: a quarter turn less, or more, than the small angle.
func steep(ax, ay float64, back bool) float64 {
	hi, lo := atan(ax / ay)
	if back {
		return halfPi + (hi + (halfPiRest + lo))
	}
	return halfPi - (hi - (halfPiRest - lo))
}

// atan is the arc tangent of t in [0, 1] as a sum of two: atan c + atan((t-c)/(1+tc)) with c the nearest eighth (the
// addition theorem), the second by Gregory's series, of which 2^-60 of itself is left out.
func atan(t float64) (hi, lo float64) {
	k := int(float64(8*t) + 0.5)
	c := float64(float64(k) / 8) // a division by 8 is a product to the compiler
	u := (t - c) / (1 + float64(t*c))
	z := float64(u * u)
	p := float64(z*(1.0/13)) - 1.0/11
	p = float64(p*z) + 1.0/9
	p = float64(p*z) - 1.0/7
	p = float64(p*z) + 1.0/5
	p = float64(p*z) - 1.0/3
	p = float64(p * z)
	if k == 0 {
		return u, float64(u * p)
	}
	return arcTan[k][0], u + (float64(u*p) + arcTan[k][1])
}
