// The test that decides the words: sign-flip permutation of paired differences, exact wherever that can be counted.

package experiment

import (
	"math"

	"sealab/sim/exact"
)

const (
	// exactPairs is up to how many differences other than 0 every one of the 2^n sign patterns is counted.
	exactPairs = 40
	// patterns is how many are drawn beyond that.
	patterns = 19_999
)

// SignFlip is the two-sided p-value of the paired differences d under the hypothesis that each might as well have had
// the other sign: the share of the 2^n sign patterns whose sum is at least as far from 0 as the sum seen (Fisher, The
// Design of Experiments, 1935, section 21). Differences of 0 change nothing and are left out; none left gives 1.
//
// Up to 40 pairs every pattern is counted, by the sums of two halves laid against each other (Horowitz and Sahni,
// Journal of the ACM 21, 1974). Beyond, 19,999 patterns are drawn from a stream named by the data, and p is
// (b + 1)/(B + 1), never 0 (Phipson and Smyth, Statistical Applications in Genetics and Molecular Biology 9, 2010).
// Fewer than six pairs cannot reach 0.05: the least p is 2/2^n.
func SignFlip(d []float64) float64 {
	var sizes []float64
	var sum, all float64
	for _, v := range d {
		if v != 0 {
			sizes = append(sizes, math.Abs(v))
			sum += v
			all += math.Abs(v)
		}
	}
	// Patterns whose sums are equal on paper must count as equal, whatever rounding made of them.
	bar := math.Abs(sum) - float64(1e-9*all)
	switch {
	case bar <= 0:
		return 1
	case len(sizes) <= exactPairs:
		return countPatterns(sizes, bar)
	}
	return drawPatterns(sizes, bar, nameOf(d))
}

// countPatterns gives the share of sign patterns whose sum is at least bar, which is above 0, in either direction.
func countPatterns(sizes []float64, bar float64) float64 {
	left, right := signedSums(sizes[:len(sizes)/2]), signedSums(sizes[len(sizes)/2:])
	var count uint64
	r := len(right)
	for _, l := range left { // rising, so that ever more of right is enough
		for r > 0 && l+right[r-1] >= bar {
			r--
		}
		count += uint64(len(right) - r)
	}
	return min(1, 2*float64(count)/float64(uint64(1)<<len(sizes)))
}

// signedSums gives the sums of all sign patterns in rising order. Each size merges two copies of what went before, one
// moved down and one up; the sums lie the same on both sides of 0, so that the lower half is merged and then mirrored.
func signedSums(sizes []float64) []float64 {
	sums, next := make([]float64, 1, 1<<len(sizes)), make([]float64, 1<<len(sizes))
	for _, s := range sizes {
		n := len(sums)
		next = next[:2*n]
		down := 0
		for i := range n {
			low, high := sums[down]-s, sums[i-down]+s
			next[i] = min(low, high)
			next[2*n-1-i] = -next[i]
			taken := 0 // without a branch, which nobody could predict
			if low <= high {
				taken = 1
			}
			down += taken
		}
		sums, next = next, sums
	}
	return sums
}

// drawPatterns estimates the same share from drawn patterns, a bit of the dice a sign.
func drawPatterns(sizes []float64, bar float64, name string) float64 {
	dice := exact.NewDice(streamSeed, "permute/"+name)
	beyond := 0
	for range patterns {
		var sum float64
		var bits uint64
		for i, s := range sizes {
			if i%64 == 0 {
				bits = dice.Uint64()
			}
			if bits&1 == 0 {
				s = -s
			}
			bits >>= 1
			sum += s
		}
		if math.Abs(sum) >= bar {
			beyond++
		}
	}
	return float64(beyond+1) / float64(patterns+1)
}
