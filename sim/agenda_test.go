// The agenda against a plain sorted list, and against the yardstick of its figure: container/heap with closures.
package sim

import (
	"cmp"
	"container/heap"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

const testTickMs = 60_000

// TestAgendaOrder asks for items at random, also while a tick is open, and expects them by (time, request number).
func TestAgendaOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := newAgenda(testTickMs)
		var want, got []item
		span := rapid.SampledFrom([]int64{200_000, 30_000_000, 5_000_000_000}).Draw(t, "span")
		ask := func(at int64) {
			a.add(at, int32(len(want)), 0)
			want = append(want, item{at: at, who: int32(len(want))})
		}
		for _, at := range rapid.SliceOfN(rapid.Int64Range(1, span), 1, 300).Draw(t, "at") {
			ask(at)
		}
		later := rapid.SliceOfN(rapid.Int64Range(0, span/4), 0, 60).Draw(t, "later")
		for len(got) < len(want) && a.tick*testTickMs <= 17*span { // what is asked for late may ask again, 60 times
			a.open()
			for it, ok := a.pop(); ok; it, ok = a.pop() {
				got = append(got, it)
				if len(later) > 0 {
					if at := it.at + later[0]; at <= span+span/4 { // beyond that no tick is opened
						ask(at)
					}
					later = later[1:]
				}
			}
		}
		slices.SortStableFunc(want, func(x, y item) int { return cmp.Compare(x.at, y.at) })
		if !slices.Equal(got, want) {
			t.Fatalf("agenda gave %v, want %v", got, want)
		}
	})
}

const benchSeals = 1_000_000

// BenchmarkAgenda lets a million seals report once an hour; an operation is one report taken and the next asked for.
func BenchmarkAgenda(b *testing.B) {
	a := newAgenda(testTickMs)
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range int32(benchSeals) {
		a.add(1+dice.Int64N(3600_000), i, 0)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for n := 0; n < b.N; {
		a.open()
		for it, ok := a.pop(); ok && n < b.N; it, ok = a.pop() {
			a.add(it.at+3600_000, it.who, 0)
			n++
		}
	}
	b.ReportMetric(a.bytes()/benchSeals, "B/seal")
}

// bytes is the memory the agenda holds: chunks in use and free, and the two sorting slices.
func (a *agenda) bytes() float64 {
	n := 0
	count := func(c *chunk) {
		for ; c != nil; c = c.next {
			n++
		}
	}
	count(a.free)
	for l := range a.slots {
		for s := range a.slots[l] {
			count(a.slots[l][s].first)
		}
	}
	return float64(n)*float64(unsafe.Sizeof(chunk{})) + float64(cap(a.cur)+cap(a.spare))*float64(unsafe.Sizeof(item{}))
}

// TestAgendaMemory holds the agenda to its figure: at most 40 bytes an entity beyond the entity's own state.
func TestAgendaMemory(t *testing.T) {
	const seals = 200_000
	a := newAgenda(testTickMs)
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range int32(seals) {
		a.add(1+dice.Int64N(3600_000), i, 0)
	}
	for range 200 {
		a.open()
		for it, ok := a.pop(); ok; it, ok = a.pop() {
			a.add(it.at+3600_000, it.who, 0)
		}
	}
	if per := a.bytes() / seals; per > 40 {
		t.Errorf("the agenda holds %.1f bytes an entity, want at most 40", per)
	}
}

// closure is an entry of the yardstick: what most simulators write first.
type closure struct {
	at  int64
	req uint64
	run func()
}

type closures []*closure

func (h closures) Len() int { return len(h) }
func (h closures) Less(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].req < h[j].req
}
func (h closures) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *closures) Push(x any)   { *h = append(*h, x.(*closure)) }
func (h *closures) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

// BenchmarkAgendaYardstick is the same with container/heap and a closure an entry.
func BenchmarkAgendaYardstick(b *testing.B) {
	h := make(closures, 0, benchSeals)
	dice := rand.New(rand.NewPCG(1, 2))
	var req uint64
	var report func(at int64, who int32)
	report = func(at int64, who int32) {
		req++
		heap.Push(&h, &closure{at, req, func() { report(at+3600_000, who) }})
	}
	for i := range int32(benchSeals) {
		report(1+dice.Int64N(3600_000), i)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		heap.Pop(&h).(*closure).run()
	}
}
