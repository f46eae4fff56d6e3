// How large a difference is, beside whether there is one.

package experiment

import (
	"cmp"
	"math"
	"slices"
)

// CohenDz is the mean of the paired differences by their sample standard deviation (Cohen, Statistical Power Analysis,
// 1988, section 2.3.5; Lakens, Frontiers in Psychology 4:863, 2013). It is 0 where all are 0, and not defined, NaN,
// for fewer than two or where all are equal to a number other than 0.
func CohenDz(d []float64) float64 {
	switch {
	case len(d) < 2:
		return math.NaN()
	case flat(d) && Mean(d) == 0:
		return 0
	case flat(d):
		return math.NaN()
	}
	return Mean(d) / Deviation(d)
}

// RankBiserial is the matched-pairs rank-biserial correlation by the simple difference formula, (W₊ − W₋)/(W₊ + W₋):
// the sizes of the differences other than 0 are ranked, ties sharing their mean rank, and W are the sums of the ranks
// of each sign (Kerby, Comprehensive Psychology 3, 2014). It runs from −1 to 1, and is 0 where all differences are 0.
func RankBiserial(d []float64) float64 {
	d = slices.DeleteFunc(slices.Clone(d), func(v float64) bool { return v == 0 })
	slices.SortFunc(d, func(a, b float64) int { return cmp.Compare(math.Abs(a), math.Abs(b)) })
	var plus, minus float64
	for i := 0; i < len(d); {
		j := i + 1
		for j < len(d) && math.Abs(d[j])-math.Abs(d[i]) <= float64(rounding*math.Abs(d[j])) {
			j++
		}
		rank := float64(i+1+j) / 2 // the mean of i+1 … j
		for ; i < j; i++ {
			if d[i] > 0 {
				plus += rank
			} else {
				minus += rank
			}
		}
	}
	if plus+minus == 0 {
		return 0
	}
	return (plus - minus) / (plus + minus)
}

// Tally counts the differences above, at and below 0.
func Tally(d []float64) (above, at, below int) {
	for _, v := range d {
		switch {
		case v > 0:
			above++
		case v < 0:
			below++
		default:
			at++
		}
	}
	return above, at, below
}
