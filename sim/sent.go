package sim

import (
	"time"

	"sealab/sim/seal"
)

// This file is for whoever checks or measures a world: what each device truly sent, and what the radio did to it. It is
// the truth, and nothing that a detector can reach.

// Sent is one message at its source, as the device hands it to the radio.
type Sent struct {
	Reading   *seal.Reading // valid during the call only
	Made, At  time.Time     // true times: when it was made, and when it was first tried to send it
	Attack    string        // the incident that touched it, or empty
	LookAlike string        // the innocent incident that shows in it, or empty
	Foreign   bool          // sent by a device that an attack has set up, not by the seal
	Attempts  int           // on the air within the world's span
	Lost      int           // how many of these were lost
}

// Watch has f see every message at its source, in the order in which they are sent, while Batches plays the world.
func (w *World) Watch(f func(Sent)) { w.watch = f }

// report tells the watcher of the message in a slot. Ask before anyone else can be given the slot.
func (w *World) report(s *Seal, slot int32, attempts, lost int) {
	m := w.slot(slot)
	attack, alike := w.shownIn(m)
	w.watch(Sent{
		Reading: &m.r, Made: w.time(m.made), At: w.time(m.sent), Attack: attack, LookAlike: alike,
		Foreign: int(s.index) >= w.born, Attempts: attempts, Lost: lost,
	})
}

// Origin gives the true times at which the message of event i of the present batch was made and first sent; both are
// zero for what is no reading. Ask while the batch is valid.
func (w *World) Origin(i int) (made, sent time.Time) {
	m := w.slot(w.spent[i])
	if m.other != nil {
		return time.Time{}, time.Time{}
	}
	return w.time(m.made), w.time(m.sent)
}
