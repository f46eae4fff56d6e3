// The test that decides the words: sign-flip permutation of paired differences, exact wherever that can be counted.

package experiment

import (
	"math"
	"slices"
	"sync"

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
// Up to 40 pairs every pattern is counted: where few are as far out one by one, else by the sums of two halves laid
// against each other (Horowitz and Sahni, Journal of the ACM 21, 1974). Beyond, 19,999 patterns are drawn from a stream named by the data, and p is
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
		if p, few := countFar(sizes, (all-bar)/2); few {
			return p
		}
		return countPatterns(sizes, bar)
	}
	return drawPatterns(sizes, bar, nameOf(d))
}

// farSteps is how many steps it may take to count the far patterns one by one: about as long as laying the halves of 26
// pairs against each other.
const farSteps = 100_000

// countFar gives the share of sign patterns that are as far out as the one seen, by going through the sets of sizes that
// may be turned around before the sum has fallen by twice spare. few is false where there are too many of them.
func countFar(sizes []float64, spare float64) (p float64, few bool) {
	rising := slices.Sorted(slices.Values(sizes))
	rest := make([]float64, len(rising)+1) // the sum of all sizes from i on
	for i := len(rising) - 1; i >= 0; i-- {
		rest[i] = rest[i+1] + rising[i]
	}
	steps := 0
	var sets func(from int, left float64) float64
	sets = func(from int, left float64) float64 {
		if steps++; steps > farSteps {
			return 0
		}
		if rest[from] <= left { // whatever is turned around fits
			return float64(uint64(1) << (len(rising) - from))
		}
		n := 1.0 // nothing more is turned around
		for i := from; i < len(rising) && rising[i] <= left; i++ {
			n += sets(i+1, left-rising[i])
		}
		return n
	}
	n := sets(0, spare)
	return min(1, 2*n/float64(uint64(1)<<len(sizes))), steps <= farSteps
}

// countPatterns gives the share of sign patterns whose sum is at least bar, which is above 0, in either direction.
func countPatterns(sizes []float64, bar float64) float64 {
	room := rooms.Get().(*[4][]float64)
	defer rooms.Put(room)
	left, right := signedSums(sizes[:len(sizes)/2], room[:2]), signedSums(sizes[len(sizes)/2:], room[2:])
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

// rooms are used again: at 40 pairs the sums take 32 MB, and asking the system for them takes longer than the counting.
var rooms = sync.Pool{New: func() any { return new([4][]float64) }}

// signedSums gives the sums of all sign patterns in rising order. Each size merges two copies of what went before, one
// moved down and one up; the sums lie the same on both sides of 0, so that the lower half is merged and then mirrored.
// They lie in one of the two rooms.
func signedSums(sizes []float64, room [][]float64) []float64 {
	for i := range room {
		if len(room[i]) < 1<<len(sizes) {
			room[i] = make([]float64, 1<<len(sizes))
		}
	}
	sums, next := room[0][:1], room[1]
	sums[0] = 0
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
		sums, next = next, sums[:cap(sums)]
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
