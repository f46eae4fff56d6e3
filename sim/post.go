package sim

import (
	"time"

	"sealab/sim/event"
)

// Post has a message be heard at time at, whatever kind it is of: how a scenario speaks of more than seals and notices.
// Its Build calls it; what lies outside the world's span is never heard. The message is handed on as it is and must not
// be changed any more. It touches no incident.
func (w *World) Post(at time.Time, m event.Message) {
	slot := w.take()
	w.slot(slot).other = m
	w.deliver(at.UnixMilli(), slot)
}
