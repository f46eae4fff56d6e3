package parts

import (
	"slices"

	"sealab/sim/exact"
)

// Tail says how rare a value is among all that were heard, also far beyond the largest: the share of larger ones up to the
// 98 % quantile, and from there on a Pareto tail whose index is estimated from the values beyond it (B. M. Hill, A simple
// general approach to inference about the tail of a distribution, Annals of Statistics 3, 1975; that quantile as in A.
// Siffer and others, Anomaly detection in streams with extreme value theory, KDD 2017). The values measure how odd
// something is, so that they are not negative; what is odd once a day in one series is so once a year in another.
type Tail struct {
	Floor float64 // above 0; no value below it is rare
	heard int
	top   []float64 // the largest, ascending
}

const (
	tailShare = 0.02 // of the values, from which the tail is estimated
	tailMost  = 512  // so many of them at most,
	tailLeast = 8    // and at least
	tailNeeds = 100  // values before anything is rare
)

// Rarity is −ln p of a value, p being the chance of one at least as large, and 0 for all that is not rare. Then it takes
// the value in.
func (t *Tail) Rarity(v float64) float64 {
	rarity := t.rarity(v)
	t.heard++
	at, _ := slices.BinarySearch(t.top, v)
	if t.top = slices.Insert(t.top, at, v); len(t.top) > tailMost {
		t.top = slices.Delete(t.top, 0, 1)
	}
	return rarity
}

func (t *Tail) rarity(v float64) float64 {
	n := min(max(int(float64(tailShare*float64(t.heard))), tailLeast), tailMost-1)
	if t.heard < tailNeeds {
		return 0
	}
	beyond := t.top[len(t.top)-n:]
	base := max(t.top[len(t.top)-n-1], t.Floor)
	if v <= base {
		return 0
	}
	sum := 0.5 // as of one more value, a little beyond: the index of equal values is not 0
	for _, x := range beyond {
		sum += exact.Log(max(x, base) / base)
	}
	return exact.Log(float64(t.heard)/float64(n)) + float64(exact.Log(v/base)*float64(n+1))/sum
}
