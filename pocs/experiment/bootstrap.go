// The interval for a mean difference: a studentised bootstrap over seeds.

package experiment

import (
	"encoding/binary"
	"math"
	"slices"

	"sealab/sim/exact"
)

// resamples is B. With 4,999 the 95 % quantile is the 4,750th value itself (Davison and Hinkley 1997, 5.2.1), and the
// interval's ends move by about 1 % of its length from one stream to another.
const resamples = 4_999

// thin is the least standard error of a resample, as a share of the sample's own: a resample that happened to draw
// one value only has none, and would make the interval infinite (the smoothing after Polansky 2000, in its plainest form).
const thin = 0.3

// streamSeed is a constant: what parts the streams is the data.
const streamSeed = 1979

// studentT are the 97.5 % points of Student's t with 1 … 4 degrees of freedom.
var studentT = [...]float64{12.706, 4.303, 3.182, 2.776}

// Interval gives the ends of a 95 % interval for the mean of the paired differences d: m ± q·s/√n, where q is the
// 95 % quantile of |m* − m| / max(s*/√n, 0.3·s/√n) over 4,999 resamples of the seeds.
//
// This is the bootstrap-t of Efron and Tibshirani (An Introduction to the Bootstrap, 1993, chapter 12) in the
// symmetric form of Hall (Journal of the Royal Statistical Society B 50, 1988, 35–45). Measured in the soak test, 20
// seeds: it covers 95.2 % where the differences are normal, 94.9 % exponential, 96.3 % Student t3, 91.1 % where four in
// five are 0 (with ten seeds only 81 %: nothing covers what is hardly ever seen). The equal-tailed form, tried beside
// it, fell to 91 % under t3 and 87 % under mostly zeros, a plain percentile interval to 90–91 and 87 %.
//
// With fewer than six seeds there is too little to resample, and Student's t takes its place. Where all differences
// are equal there is no variance to judge by, and the interval is the mean itself. Of one seed there is none: ok false.
func Interval(d []float64) (low, high float64, ok bool) {
	n := len(d)
	if n < 2 {
		return 0, 0, false
	}
	mean, se := Mean(d), standardError(d)
	if flat(d) {
		return mean, mean, true
	}
	q := studentT[min(n-2, len(studentT)-1)]
	if n > 5 {
		q = studentisedQuantile(d, mean, se)
	}
	half := float64(q * se)
	return mean - half, mean + half, true
}

func standardError(d []float64) float64 { return Deviation(d) / math.Sqrt(float64(len(d))) }

// flat says whether the differences are all one number, but for rounding.
func flat(d []float64) bool {
	lo, hi := slices.Min(d), slices.Max(d)
	return hi-lo <= float64(rounding*max(math.Abs(lo), math.Abs(hi)))
}

func studentisedQuantile(d []float64, mean, se float64) float64 {
	dice := exact.NewDice(streamSeed, "bootstrap/"+nameOf(d))
	drawn := make([]float64, len(d))
	t := make([]float64, resamples)
	least := float64(thin * se)
	for b := range t {
		for i := range drawn {
			drawn[i] = d[dice.IntN(len(d))]
		}
		t[b] = math.Abs(Mean(drawn)-mean) / max(standardError(drawn), least)
	}
	slices.Sort(t)
	return t[(resamples+1)*95/100-1]
}

// nameOf makes the name of a stream from the differences: their bits, the sign turned so that the first that is not 0
// is positive. So the same data draw the same resamples, and so does the comparison the other way round.
func nameOf(d []float64) string {
	sign := 1.0
	if i := slices.IndexFunc(d, func(v float64) bool { return v != 0 }); i >= 0 && d[i] < 0 {
		sign = -1
	}
	name := make([]byte, 0, 8*len(d))
	for _, v := range d {
		name = binary.LittleEndian.AppendUint64(name, math.Float64bits(float64(sign*v)+0))
	}
	return string(name)
}
