package senses

import (
	"cmp"
	"slices"

	"sealab/pocs/parts"
	"sealab/sim/event"
	"sealab/sim/seal"
)

// This file takes the readings of a batch seal by seal, in the order of their counters, whatever order they came in.

// Watch is the senses of all seals.
type Watch struct {
	limits Limits
	tracks []*track // by the seal's slot
	roads  roads
	queue  []queued // readings of the present batch
	mixed  bool     // the queue is not in order
	found  []Verdict
}

// NewWatch sets up the senses with their thresholds, by the names of Thresholds and parts.DeskThresholds.
func NewWatch(v parts.Values) *Watch { return &Watch{limits: newLimits(v)} }

// queued is a reading that waits for its turn.
type queued struct {
	number int64 // boot and seq
	slot   int32 // of the seal
	order  int32 // in the batch
}

// Queue takes down a reading that is the batch's event number order, for Try. slot is the seal's running number from 0 in
// the order of first hearing, box the container that it is on; nil: none, and then there is nothing to try.
func (w *Watch) Queue(slot int, box *parts.Box, r *seal.Reading, order int, nowMs int64) {
	if slot == len(w.tracks) {
		w.tracks = append(w.tracks, &track{})
	}
	if box == nil {
		return
	}
	t, number := w.tracks[slot], r.Val[seal.Boot]<<32|r.Val[seal.Seq]
	w.mixed = w.mixed || t.queuedMs == nowMs && number < t.queued
	t.box, t.queuedMs, t.queued = box, nowMs, number
	w.queue = append(w.queue, queued{number, int32(slot), int32(order)})
}

// Try asks the senses about the queued readings of a batch, and says what they find, with the reading's place in the
// batch and its seal's slot. The verdict is valid during the call only.
func (w *Watch) Try(b event.Batch, say func(order, slot int, box *parts.Box, v *Verdict)) {
	if w.mixed {
		slices.SortStableFunc(w.queue, compare)
		w.mixed = false
	}
	nowMs := b.Now.UnixMilli()
	for i := range w.queue {
		q := &w.queue[i]
		t, e := w.tracks[q.slot], &b.Events[q.order]
		r := e.Message.(*seal.Reading)
		w.found = t.hear(w.found[:0], &report{r, e.N, e.At.UnixMilli() - r.Val[seal.Sent], nowMs, &t.box.Papers, &w.roads, &w.limits})
		for k := range w.found {
			v := &w.found[k]
			if v.Kind == parts.Clone && t.copied(r) { // said before; it stays so until the box is sealed anew
				t.box.Mark(parts.Clone, nowMs)
				continue
			}
			say(int(q.order), int(q.slot), t.box, v)
		}
	}
	w.queue = w.queue[:0]
}

// compare puts the readings of each seal in the order of their counters. Arrival order means nothing, least of all in a
// backlog that comes in a burst.
func compare(a, b queued) int {
	return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.number, b.number))
}
