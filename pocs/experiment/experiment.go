// Package experiment is where arms are laid side by side: it runs what is missing, pairs runs by seed, and says in
// words whether a difference can be told from chance.
//
// It is written over measures and knows no challenge. Two arms that share a seed share a world, so a comparison is
// paired: what one seed makes hard it makes hard for both, and the difference is taken before the mean. The words come
// from an exact permutation test alone; the interval beside them is a studentised bootstrap over seeds. Both draw from
// streams named by the data itself, so the same data give the same figures on every machine, and the swapped
// comparison gives the same figures with the sign turned.
//
// Trials may be played side by side (Missing), never a part of one, and measures worked out side by side, each by itself;
// nothing else here knows goroutines, and nothing a clock.
package experiment

// Alpha is the level of the test: two arms of equal worth are told apart in at most this share of comparisons.
const Alpha = 0.05
