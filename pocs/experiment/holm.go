// Holm's correction: what a p-value is worth when several were looked at.

package experiment

import (
	"cmp"
	"slices"
)

// Holm gives the adjusted p-values, in the order given: the i-th smallest of m becomes the largest of
// (m − j + 1)·p₍ⱼ₎ for j ≤ i, at most 1 (Holm, Scandinavian Journal of Statistics 6, 1979, 65–70). It holds the chance
// of any false word to the level, however the measures hang together.
func Holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(p[i], p[j]) })
	adjusted := make([]float64, len(p))
	var last float64
	for rank, i := range order {
		last = max(last, min(1, float64(len(p)-rank)*p[i]))
		adjusted[i] = last
	}
	return adjusted
}
