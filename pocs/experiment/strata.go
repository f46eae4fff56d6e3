// The interval for a mean over several strata.

package experiment

import (
	"math"
	"slices"

	"sealab/sim/exact"
)

// leastInStratum is how many values each stratum must have to be resampled by itself.
const leastInStratum = 6

// StratifiedInterval gives the ends of a 95 % interval for the mean of all values, each stratum resampled by itself:
// Interval's studentised bootstrap with the standard error of a stratified mean, s² = Σ n_h·s_h² / n² (Davison and
// Hinkley, Bootstrap Methods and their Application, 1997, section 3.2; Cochran 1977, section 5.4). What the strata
// differ by is no error. Where there is one stratum, or one with fewer than six values, it is Interval of all values,
// which is the wider of the two.
func StratifiedInterval(strata [][]float64) (low, high float64, ok bool) {
	all := slices.Concat(strata...)
	if len(strata) < 2 {
		return Interval(all)
	}
	for _, h := range strata {
		if len(h) < leastInStratum {
			return Interval(all)
		}
	}
	mean, se := Mean(all), stratifiedError(strata)
	if !slices.ContainsFunc(strata, func(h []float64) bool { return !flat(h) }) {
		return mean, mean, true
	}
	half := float64(stratifiedQuantile(strata, mean, se) * se)
	return mean - half, mean + half, true
}

// stratifiedError is the standard error of the mean over all values of the strata.
func stratifiedError(strata [][]float64) float64 {
	var sum, n float64
	for _, h := range strata {
		s := Deviation(h)
		sum += float64(float64(len(h)) * float64(s*s))
		n += float64(len(h))
	}
	return math.Sqrt(sum) / n
}

func stratifiedQuantile(strata [][]float64, mean, se float64) float64 {
	dice := exact.NewDice(streamSeed, "bootstrap/strata/"+nameOf(slices.Concat(strata...)))
	drawn := make([][]float64, len(strata))
	for i, h := range strata {
		drawn[i] = make([]float64, len(h))
	}
	t := make([]float64, resamples)
	least := float64(thin * se)
	for b := range t {
		var sum float64
		n := 0
		for i, h := range strata {
			for k := range drawn[i] {
				v := h[dice.IntN(len(h))]
				drawn[i][k] = v
				sum += v
			}
			n += len(h)
		}
		t[b] = math.Abs(sum/float64(n)-mean) / max(stratifiedError(drawn), least)
	}
	slices.Sort(t)
	return t[(resamples+1)*95/100-1]
}
