package sim

import (
	"sealab/sim/event"
	"sealab/sim/seal"
)

// This file keeps the messages that are on the air in slots that are used again, so that a reading costs no
// allocation.

// message is one message on the air.
type message struct {
	r       seal.Reading
	other   event.Message // a notice, or what Post was given; r is not used then
	made    int64         // ms since 1970, true time: when the reading was made
	sent    int64         // and when it was first tried to send it
	hostile int32         // the attack that touched it, or −1
	alike   int32         // the look-alike that shows in it, or −1
	refs    int32         // deliveries still to come
}

const slotChunk = 256

func (w *World) slot(i int32) *message { return &w.slots[i/slotChunk][i%slotChunk] }

// take gives an empty slot with one delivery to come.
func (w *World) take() int32 {
	if len(w.free) == 0 {
		base := int32(len(w.slots)) * slotChunk
		w.slots = append(w.slots, make([]message, slotChunk))
		for i := int32(slotChunk) - 1; i >= 0; i-- {
			w.free = append(w.free, base+i)
		}
	}
	i := w.free[len(w.free)-1]
	w.free = w.free[:len(w.free)-1]
	m := w.slot(i)
	m.other, m.hostile, m.alike, m.refs = nil, -1, -1, 1
	return i
}

// release gives one delivery's hold on a slot back.
func (w *World) release(i int32) {
	m := w.slot(i)
	m.refs--
	if m.refs == 0 {
		w.free = append(w.free, i)
	}
}
