package sim

import "math/bits"

// This file lets the seals take the slots of the counted attacks (victims.go says how and why).

// slot is the i-th counted attack of a kind.
type slot struct {
	kind *Kind
	i    int
}

// auction is the slots and who holds them.
type auction struct {
	slots  []slot
	holder []int // the seal, from 1; 0: nobody yet
	held   []uint64
	hash   func(slot, seal int) uint64
}

// chooseVictims gives the seal (1 … n) that holds each slot, 0 where nobody can. Slots are in the order of i.
func chooseVictims(n int, slots []slot, traits func(seal int) Traits, hash func(slot, seal int) uint64) []int {
	a := auction{slots, make([]int, len(slots)), make([]uint64, len(slots)), hash}
	picky := false
	for i := range slots {
		picky = picky || slots[i].kind.Needs != 0
	}
	of := func(seal int) Traits {
		if picky {
			return traits(seal)
		}
		return 0
	}
	for seal := 1; seal <= n; seal++ {
		a.join(seal, of)
	}
	return a.holder
}

// join offers a seal one i after the other: a free slot that asks for what few trips are, else the first slot whose
// holder it beats; and whoever is then without one, the loser or itself, takes a free slot.
func (a *auction) join(seal int, of func(int) Traits) {
	who, has, won := seal, of(seal), false
	for from, to := 0, 0; from < len(a.slots); from = to {
		to = from
		for to < len(a.slots) && a.slots[to].i == a.slots[from].i {
			to++
		}
		if a.settle(who, has, from, to, 1) {
			return
		}
		for s := from; s < to && !won; s++ {
			if a.holder[s] == 0 || !has.Has(a.slots[s].kind.Needs) {
				continue
			}
			if h := a.hash(s, who); h < a.held[s] {
				a.holder[s], who, a.held[s] = who, a.holder[s], h
				has, won = of(who), true
			}
		}
		if a.settle(who, has, from, to, 0) {
			return
		}
	}
}

// settle gives a seal of these traits the free slot among from … to−1 that asks for the most, the first of equals, and for
// so much at least.
func (a *auction) settle(who int, has Traits, from, to, least int) bool {
	best := -1
	for s := from; s < to; s++ {
		needs := a.slots[s].kind.Needs
		if a.holder[s] == 0 && has.Has(needs) && demand(needs) >= least && (best < 0 || demand(needs) > demand(a.slots[best].kind.Needs)) {
			best = s
		}
	}
	if best < 0 {
		return false
	}
	a.holder[best], a.held[best] = who, a.hash(best, who)
	return true
}

// demand is how many traits are asked for.
func demand(t Traits) int { return bits.OnesCount8(uint8(t)) }
