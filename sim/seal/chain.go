package seal

// This file follows the chain that a seal's messages make: each has the hash of the one made just before.

// chainKept is how many of its newest messages a chain is checked against: two days of hourly reports.
const chainKept = 64

// Chain follows one seal. The zero value has heard nothing.
type Chain struct {
	top   place // the newest message
	known [chainKept]joint
}

// place is a message's number.
type place struct{ boot, seq uint32 }

// joint is one message: its own link, and the one that it has as prev. The halves kept are enough: to meet one takes
// 2^128 tries, and the message would still have to be signed.
type joint struct {
	place
	own, prev [16]byte
}

// Hear takes in a message whose signature is good, in any order, and says whether it joins the chain:
//
//	Good        it follows from the message before, or was heard before, word for word (again is true then)
//	ChainBreak  it contradicts a neighbour, or its number was given to another message
//	Undecided   the message before is missing; nothing is wrong with the one after
//
// A break is answered once, at the message that shows it. A message without prev breaks the chain.
func (c *Chain) Hear(r *Reading) (answer Answer, again bool) {
	if r.Proof == nil || !r.Proof.Linked {
		return ChainBreak, false
	}
	j := joint{place: place{uint32(r.Val[Boot]), uint32(r.Val[Seq])}}
	link := r.Link()
	copy(j.own[:], link[:])
	copy(j.prev[:], r.Proof.Prev[:])
	slot := &c.known[j.seq%chainKept]
	if slot.place == j.place {
		if slot.own == j.own {
			return Good, true
		}
		return ChainBreak, false
	}
	answer = c.follows(&j)
	if next := c.at(place{j.boot, j.seq + 1}); next != nil && next.prev != j.own {
		answer = ChainBreak
	}
	if slot.place.before(j.place) {
		*slot = j
	}
	if c.top.before(j.place) {
		c.top = j.place
	}
	return answer, false
}

// follows compares a message with the one before it.
func (c *Chain) follows(j *joint) Answer {
	first := j.prev == [16]byte{} // says that it is the first ever
	if j.seq > 1 {
		switch last := c.at(place{j.boot, j.seq - 1}); {
		case first, last != nil && last.own != j.prev:
			return ChainBreak
		case last == nil:
			return Undecided
		}
		return Good
	}
	// The first message of a boot follows from the last of the boot before; which one that was, nobody says.
	switch last := c.at(c.top); {
	case j.boot == 1 && !first, j.boot > 1 && first:
		return ChainBreak
	case j.boot == 1, last != nil && last.boot == j.boot-1 && last.own == j.prev:
		return Good
	}
	return Undecided
}

// at finds a message that is remembered.
func (c *Chain) at(p place) *joint {
	if j := &c.known[p.seq%chainKept]; p.seq != 0 && j.place == p {
		return j
	}
	return nil
}

func (p place) before(q place) bool { return p.boot < q.boot || p.boot == q.boot && p.seq < q.seq }
