package sim

import (
	"time"

	"sealab/sim/seal"
)

// This file is silence by force: a network that an attacker holds down, reports that never come, a device that is
// destroyed.
//
// The seal goes on as it would have, and rolls the same dice for its radio, so that it stays in step with its honest
// twin; what it says is held back. A report is missed from some time (setting overdue_min) after the twin's copy of it
// would have been heard.

// hush holds reports back.
type hush struct {
	span
	inc     int32
	swallow bool // what falls into it never comes; else it waits for the end
	noticed bool // the device has noted that its network is gone
}

// waiting is a message that is due and held back; say is nil for a scheduled report.
type waiting struct {
	at    int64
	inc   int32 // the incident that holds it back
	say   *saying
	never bool // it is swallowed, but must wait its turn to be made
}

// Block takes the network away by force in (from, to]. The device notes CELL_LOST when it first fails to send; some time
// after to it is attached again and sends what waited, oldest first.
func (w *World) Block(s *Seal, from, to time.Time) {
	back := to.UnixMilli() + w.attachMs(&w.incidents[w.mounting].radio)
	s.hushes = append(s.hushes, hush{span: span{from.UnixMilli(), back}, inc: w.mounting})
	w.ask(back+1, s.index, doResume)
}

// Swallow lets no report come that was made up to the moment to and not sent by from: whoever took it in says that it
// arrived, or the device is gone with what it remembered.
func (w *World) Swallow(s *Seal, from, to time.Time) {
	s.hushes = append(s.hushes, hush{span: span{from.UnixMilli(), to.UnixMilli()}, inc: w.mounting, swallow: true})
}

// Kill destroys the device: what it has not sent by then, and all after it, never comes.
func (w *World) Kill(s *Seal, at time.Time) { s.deadAt = at.UnixMilli() }

// dead reports whether the device is destroyed at time now.
func (s *Seal) dead(now int64) bool { return s.deadAt != 0 && now > s.deadAt }

// holds reports whether a message made at t and sent at now falls into it.
func (h *hush) holds(t, now int64) bool {
	if h.swallow {
		return now > h.from && t <= h.to
	}
	return h.from < now && now <= h.to
}

// withheld reports whether what was made at t and would be sent at now is kept from being heard in time.
func (s *Seal) withheld(t, now int64) bool {
	for i := range s.hushes {
		if s.hushes[i].holds(t, now) {
			return true
		}
	}
	return s.dead(now)
}

// hush holds back what is due at t where something does, and reports whether it did.
func (w *World) hush(s *Seal, t, now int64, say *saying) bool {
	for i := range s.hushes {
		h := &s.hushes[i]
		if !h.holds(t, now) {
			continue
		}
		w.fly(w.air(s, say), say == nil, now)
		if h.swallow && len(s.waiting) == 0 {
			w.release(w.voice(s, t, now, say))
			return true
		}
		s.waiting = append(s.waiting, waiting{t, h.inc, say, h.swallow})
		if !h.swallow && !h.noticed {
			h.noticed = true
			lost := &saying{at: now, inc: h.inc, kind: seal.EventMsg, code: seal.CodeCellLost, sev: seal.SevInfo}
			s.waiting = append(s.waiting, waiting{now, h.inc, lost, false})
		}
		return true
	}
	return false
}

// catchUp sends what was held back, from now on, and tells when it is through.
func (w *World) catchUp(s *Seal, now int64) int64 {
	air := &w.incidents[s.waiting[0].inc].radio
	for _, x := range s.waiting {
		if x.never {
			w.release(w.voice(s, x.at, now, x.say))
			continue
		}
		w.utter(s, x.at, now, x.say, air)
		now += w.burstGapMs(air)
	}
	s.waiting = nil
	return now
}

// resume sends what was held back, once there is a network. A seal that is in a dead zone besides sends it itself, before
// what it has to say of its own.
func (w *World) resume(s *Seal, now int64) {
	if len(s.waiting) == 0 || s.dead(now) || s.offline {
		return
	}
	inc := s.waiting[0].inc
	air := &w.incidents[inc].radio
	if lit := w.coveredFrom(s, now); lit > now {
		w.ask(lit+w.attachMs(air), s.index, doResume)
		return
	}
	at := w.catchUp(s, now)
	back := &saying{at: at, inc: inc, kind: seal.EventMsg, code: seal.CodeCellBack, sev: seal.SevInfo}
	w.utter(s, at, at, back, air)
}
