package quorum_test

import (
	"testing"
	"time"

	"sealab/sim/event"
	"sealab/sim/seal"
)

// TestComparingAllocatesNothing: a reading of a seal among known neighbours costs no memory.
func TestComparingAllocatesNothing(t *testing.T) {
	y := opened(t, 6)
	y.hours(4, 0)
	r := y.as(0).Draw()
	b := event.Batch{Now: y.Now, Events: []event.Event{{N: 99, Message: &r}}}
	if n := testing.AllocsPerRun(200, func() {
		b.Now = b.Now.Add(59 * time.Second)
		r.Val[seal.Seq]++
		r.Val[seal.TS] += 59_000
		r.Val[seal.Sent] = r.Val[seal.TS]
		y.Hear(b)
	}); n != 0 || len(*y.said) != 0 {
		t.Errorf("%g allocations a reading and %d findings, want none", n, len(*y.said))
	}
}
