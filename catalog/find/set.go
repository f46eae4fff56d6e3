// Sets of items as bits.

package find

import "math/bits"

// set holds places of items, one bit each.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

// fullSet holds the first n places.
func fullSet(n int) set {
	s := newSet(n)
	for i := range n {
		s.add(i)
	}
	return s
}

func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

// or adds what another set holds.
func (s set) or(o set) {
	for i := range s {
		s[i] |= o[i]
	}
}

// and gives what both hold.
func (s set) and(o set) set {
	out := make(set, len(s))
	for i := range s {
		out[i] = s[i] & o[i]
	}
	return out
}

func (s set) count() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// common is how many both hold.
func (s set) common(o set) (n int) {
	for i := range s {
		n += bits.OnesCount64(s[i] & o[i])
	}
	return n
}
