package sim

import "time"

// This file is the small hand tools of attacks: a change in the device that no message announces, and questions about
// the place of an act.

// touch is a change in the device that nothing announces.
type touch struct {
	at     int64
	change func(*Device, int64)
}

// Touch changes the device at a moment without a message; the next one shows it.
func (w *World) Touch(s *Seal, at time.Time, change func(d *Device, ms int64)) {
	s.touches = append(s.touches, touch{at.UnixMilli(), change})
}

// applyTouches makes the unannounced changes up to time t.
func (s *Seal) applyTouches(t int64) {
	for len(s.touches) > 0 && s.touches[0].at <= t {
		s.touches[0].change(&s.Device, s.touches[0].at+s.skewMs)
		s.touches = s.touches[1:]
	}
}

// IntervalAt is the lane's default report interval where the seal is at a moment.
func (w *World) IntervalAt(s *Seal, at time.Time) time.Duration {
	return time.Duration(paceIntervalMs[s.legAt(at.UnixMilli()).pace]) * time.Millisecond
}

// StayEnd is when the leg that the seal is on at a moment ends.
func (w *World) StayEnd(s *Seal, at time.Time) time.Time {
	return w.time(s.legAt(at.UnixMilli()).to)
}
