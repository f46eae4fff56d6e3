package sim

import "math/bits"

// This file is the agenda: what is to happen next, ordered by (time, request number).
//
// It is a wheel of wheels (G. Varghese, T. Lauck 1987): level 0 has a slot for each tick, level 1 one for 256 ticks,
// level 2 for 65,536. Entries are nodes of one arena, 32 bytes each, so a million entities cost no allocation and a
// slot is sorted only when its tick comes.

const (
	wheelBits  = 8
	wheelSlots = 1 << wheelBits
	wheelMask  = wheelSlots - 1
	levels     = 3
)

// item is one entry: at is in ms since the agenda's origin.
type item struct {
	at   int64
	req  uint64
	who  int32
	what int32
}

type node struct {
	item
	next int32
	_    int32
}

type agenda struct {
	tickMs int64
	tick   int64 // the tick that is open: (tick−1)·tickMs < at ≤ tick·tickMs
	req    uint64
	nodes  []node
	free   int32
	heads  [levels][wheelSlots]int32
	cur    []item // the open tick, sorted
	pos    int
	late   []item // asked for while the tick was open: a binary heap
	spare  []item
}

func newAgenda(tickMs int64) *agenda {
	a := &agenda{tickMs: tickMs, free: -1}
	for l := range a.heads {
		for s := range a.heads[l] {
			a.heads[l][s] = -1
		}
	}
	return a
}

// tickOf is the tick in which a time falls: ticks are open at their start and closed at their end.
func (a *agenda) tickOf(at int64) int64 { return (at + a.tickMs - 1) / a.tickMs }

// add asks for (who, what) at the time at; a time already past is taken as the open tick's next.
func (a *agenda) add(at int64, who, what int32) {
	a.req++
	it := item{at, a.req, who, what}
	if a.tickOf(at) <= a.tick {
		a.late = pushItem(a.late, it)
		return
	}
	i := a.free
	if i >= 0 {
		a.free = a.nodes[i].next
	} else {
		i = int32(len(a.nodes))
		a.nodes = append(a.nodes, node{})
	}
	a.nodes[i].item = it
	a.file(i)
}

// file puts a node into the slot of the lowest level that reaches its tick.
func (a *agenda) file(i int32) {
	t := a.tickOf(a.nodes[i].at)
	level := 0
	if diff := uint64(t ^ a.tick); diff != 0 {
		level = min((bits.Len64(diff)-1)/wheelBits, levels-1)
	}
	slot := (t >> (level * wheelBits)) & wheelMask
	a.nodes[i].next = a.heads[level][slot]
	a.heads[level][slot] = i
}

// open moves on to the next tick and sorts what is to happen in it. What was left of the tick before is dropped.
func (a *agenda) open() {
	a.tick++
	for l := levels - 1; l > 0; l-- {
		if a.tick&(1<<(l*wheelBits)-1) == 0 {
			a.cascade(l)
		}
	}
	a.cur, a.pos, a.late = a.cur[:0], 0, a.late[:0]
	slot := a.tick & wheelMask
	for i := a.heads[0][slot]; i >= 0; {
		a.cur = append(a.cur, a.nodes[i].item)
		next := a.nodes[i].next
		a.nodes[i].next = a.free
		a.free = i
		i = next
	}
	a.heads[0][slot] = -1
	a.sortOpen()
}

// cascade files the nodes of a coarse slot anew. The list is turned round first, so that every slot keeps its newest
// entry in front and the order of requests is never lost.
func (a *agenda) cascade(level int) {
	slot := (a.tick >> (level * wheelBits)) & wheelMask
	oldest := int32(-1)
	for i := a.heads[level][slot]; i >= 0; {
		next := a.nodes[i].next
		a.nodes[i].next = oldest
		oldest, i = i, next
	}
	a.heads[level][slot] = -1
	for i := oldest; i >= 0; {
		next := a.nodes[i].next
		a.file(i)
		i = next
	}
}

// sortOpen orders the open tick by (at, req). The list comes newest first, so turning it round gives the order of
// requests, and a stable sort by time does the rest: two passes of eight bits, since a tick has at most 65,536 ms.
func (a *agenda) sortOpen() {
	n := len(a.cur)
	for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
		a.cur[i], a.cur[j] = a.cur[j], a.cur[i]
	}
	if n < 48 || a.tickMs > 1<<16 {
		insertionSort(a.cur)
		return
	}
	if cap(a.spare) < n {
		a.spare = make([]item, 2*n)
	}
	from, to := a.cur, a.spare[:n]
	base := (a.tick - 1) * a.tickMs
	for shift := 0; shift < 16; shift += 8 {
		var count [257]int
		for i := range from {
			count[(from[i].at-base)>>shift&255+1]++
		}
		for k := 1; k < 257; k++ {
			count[k] += count[k-1]
		}
		for i := range from {
			k := (from[i].at - base) >> shift & 255
			to[count[k]] = from[i]
			count[k]++
		}
		from, to = to, from
	}
}

func insertionSort(list []item) {
	for i := 1; i < len(list); i++ {
		it := list[i]
		j := i
		for ; j > 0 && it.before(&list[j-1]); j-- {
			list[j] = list[j-1]
		}
		list[j] = it
	}
}

func (it item) before(o *item) bool { return it.at < o.at || it.at == o.at && it.req < o.req }

// pop takes the next item of the open tick; false when it has no more.
func (a *agenda) pop() (item, bool) {
	switch {
	case len(a.late) > 0 && (a.pos == len(a.cur) || a.late[0].before(&a.cur[a.pos])):
		var it item
		it, a.late = popItem(a.late)
		return it, true
	case a.pos < len(a.cur):
		a.pos++
		return a.cur[a.pos-1], true
	}
	return item{}, false
}

func pushItem(h []item, it item) []item {
	h = append(h, it)
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !it.before(&h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = it
	return h
}

func popItem(h []item) (item, []item) {
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	if len(h) == 0 {
		return top, h
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= len(h) {
			break
		}
		if down+1 < len(h) && h[down+1].before(&h[down]) {
			down++
		}
		if !h[down].before(&last) {
			break
		}
		h[i] = h[down]
		i = down
	}
	h[i] = last
	return top, h
}
