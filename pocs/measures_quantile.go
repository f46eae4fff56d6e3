// Quantiles, defined once.

package pocs

import "math"

// Quantile is the q-quantile of numbers in rising order, by linear interpolation between order statistics: definition
// 7 of Hyndman and Fan, The American Statistician 50 (1996) 361–365, the usual one of R, NumPy and spreadsheets. With
// h = (n − 1)·q it is x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋ + 1] − x[⌊h⌋]), counted from 0. It is NaN for no numbers.
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	h := float64(float64(len(sorted)-1) * min(max(q, 0), 1))
	i := int(math.Floor(h))
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + float64((h-float64(i))*(sorted[i+1]-sorted[i]))
}
