package sim

import "math/bits"

// This file is the agenda: what is to happen next, ordered by (time, request number).
//
// It is a wheel of wheels (G. Varghese, T. Lauck 1987): level 0 has a slot for each tick, level 1 one for 256 ticks,
// level 2 for 65,536. A slot is a chain of chunks that is only ever appended to, so its order is that of the requests,
// memory is written and read in one direction, and a tick is sorted, by a stable sort, only when it is opened.

const (
	wheelBits  = 8
	wheelSlots = 1 << wheelBits
	wheelMask  = wheelSlots - 1
	levels     = 3
	chunkItems = 62 // with its links a chunk fills 1,008 bytes
)

// item is one entry: at is in ms since the agenda's origin.
type item struct {
	at   int64
	who  int32
	what int32
}

type chunk struct {
	items [chunkItems]item
	next  *chunk
	n     int
}

// chain is a slot: chunks from the first request to the last.
type chain struct{ first, last *chunk }

type agenda struct {
	tickMs int64
	tick   int64 // the tick that is open: (tick−1)·tickMs < at ≤ tick·tickMs
	slots  [levels][wheelSlots]chain
	free   *chunk
	cur    []item // the open tick, sorted
	pos    int
	late   []lateItem // asked for while the tick was open: a binary heap
	asked  uint64     // numbers the late ones
	spare  []item
}

// lateItem is an item with its request number: all of them came after those of the sorted tick.
type lateItem struct {
	item
	req uint64
}

func newAgenda(tickMs int64) *agenda { return &agenda{tickMs: tickMs} }

// tickOf is the tick in which a time falls: ticks are open at their start and closed at their end.
func (a *agenda) tickOf(at int64) int64 { return (at + a.tickMs - 1) / a.tickMs }

// add asks for (who, what) at the time at; a time already past is taken as the open tick's next.
func (a *agenda) add(at int64, who, what int32) {
	it := item{at, who, what}
	tick := a.tickOf(at)
	if tick <= a.tick {
		a.asked++
		a.late = pushLate(a.late, lateItem{it, a.asked})
		return
	}
	a.file(it, tick)
}

// file puts an item into the slot of the lowest level that reaches its tick.
func (a *agenda) file(it item, tick int64) {
	level := 0
	if diff := uint64(tick ^ a.tick); diff != 0 {
		level = min((bits.Len64(diff)-1)/wheelBits, levels-1)
	}
	c := &a.slots[level][(tick>>(level*wheelBits))&wheelMask]
	if c.last == nil || c.last.n == chunkItems {
		fresh := a.free
		if fresh != nil {
			a.free = fresh.next
			fresh.next, fresh.n = nil, 0
		} else {
			fresh = &chunk{}
		}
		if c.last == nil {
			c.first = fresh
		} else {
			c.last.next = fresh
		}
		c.last = fresh
	}
	c.last.items[c.last.n] = it
	c.last.n++
}

// open moves on to the next tick and sorts what is to happen in it. What was left of the tick before is dropped.
func (a *agenda) open() {
	a.tick++
	for l := levels - 1; l > 0; l-- {
		if a.tick&(1<<(l*wheelBits)-1) == 0 {
			a.drain(l, func(it item) { a.file(it, a.tickOf(it.at)) })
		}
	}
	a.cur, a.pos, a.late = a.cur[:0], 0, a.late[:0]
	c := &a.slots[0][a.tick&wheelMask]
	for b := c.first; b != nil; b = b.next {
		a.cur = append(a.cur, b.items[:b.n]...)
	}
	a.reuse(c)
	a.sortOpen()
}

// drain empties the present slot of a coarse level, oldest request first, so that no order is lost.
func (a *agenda) drain(level int, put func(item)) {
	c := &a.slots[level][(a.tick>>(level*wheelBits))&wheelMask]
	old := *c
	*c = chain{}
	for b := old.first; b != nil; b = b.next {
		for i := range b.items[:b.n] {
			put(b.items[i])
		}
	}
	a.reuse(&old)
}

// reuse gives a chain's chunks back.
func (a *agenda) reuse(c *chain) {
	if c.last != nil {
		c.last.next = a.free
		a.free = c.first
	}
	*c = chain{}
}

// sortOpen orders the open tick by time and keeps the order of requests among equal times: two stable passes of eight
// bits, since a tick has at most 65,536 ms.
func (a *agenda) sortOpen() {
	n := len(a.cur)
	if n < 48 || a.tickMs > 1<<16 {
		insertionSort(a.cur)
		return
	}
	if cap(a.spare) < n {
		a.spare = make([]item, n+n/4)
	}
	from, to := a.cur, a.spare[:n]
	base := (a.tick - 1) * a.tickMs
	for shift := 0; shift < 16; shift += 8 {
		var count [257]int32
		for i := range from {
			count[int(uint8((from[i].at-base)>>shift))+1]++
		}
		for k := 1; k < 257; k++ {
			count[k] += count[k-1]
		}
		for i := range from {
			k := uint8((from[i].at - base) >> shift)
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
		for ; j > 0 && it.at < list[j-1].at; j-- {
			list[j] = list[j-1]
		}
		list[j] = it
	}
}

// pop takes the next item of the open tick; false when it has no more.
func (a *agenda) pop() (item, bool) {
	switch {
	case len(a.late) > 0 && (a.pos == len(a.cur) || a.late[0].at < a.cur[a.pos].at):
		var it item
		it, a.late = popLate(a.late)
		return it, true
	case a.pos < len(a.cur):
		a.pos++
		return a.cur[a.pos-1], true
	}
	return item{}, false
}
