package sim

import (
	"time"

	"sealab/sim/exact"
)

// This file tells attacks and look-alikes where a trip gives them an occasion. What it tells depends on the trip alone.

// Stay is a while in which the box stands still within the world.
type Stay struct {
	From, To time.Time
	Port     bool          // in a port or terminal, under cranes
	Interval time.Duration // the lane's default report interval there
}

// Length is how long the stay lasts.
func (s Stay) Length() time.Duration { return s.To.Sub(s.From) }

// stayMarginMs is kept free at the world's start and before its end, so that what happens can still be heard.
const (
	stayHeadMs = 1 * hourMs
	stayTailMs = 6 * hourMs
)

// Stays lists the trip's stays of at least an hour that lie within the world, ashore or beside a road or track.
func (w *World) Stays(s *Seal) []Stay {
	var list []Stay
	for i := range s.legs {
		l := &s.legs[i]
		from, to := max(l.from, w.start+stayHeadMs, s.start+stayHeadMs), min(l.to, w.end-stayTailMs, s.end-stayTailMs)
		if !l.pace.atRest() || l.sky == inHold || to-from < hourMs {
			continue
		}
		list = append(list, Stay{
			From: w.time(from), To: w.time(to), Port: l.pace == inPort,
			Interval: time.Duration(paceIntervalMs[l.pace]) * time.Millisecond,
		})
	}
	return list
}

// PickStay draws one of the stays that last at least need, the longer the likelier; if none does, it gives the longest.
// Every trip has one: ok is false only for a world too short for its trips.
func (w *World) PickStay(s *Seal, d *exact.Dice, need time.Duration) (stay Stay, ok bool) {
	var total time.Duration
	var best Stay
	list := w.Stays(s)
	for _, st := range list {
		if st.Length() >= need {
			total += st.Length()
		}
		if st.Length() > best.Length() {
			best = st
		}
	}
	draw := time.Duration(d.Float64() * float64(total))
	for _, st := range list {
		if st.Length() < need {
			continue
		}
		if draw < st.Length() {
			return st, true
		}
		draw -= st.Length()
	}
	return best, best.Length() > 0
}

// Lifts lists the moments within the world at which a crane sets the box down; on the road, where it is put on the
// truck and taken off.
func (w *World) Lifts(s *Seal) []time.Time {
	var list []time.Time
	for i := 1; i < len(s.legs); i++ {
		a, b := &s.legs[i-1], &s.legs[i]
		moved := a.pace == inPort || b.pace == inPort
		if moved && b.from > w.start+stayHeadMs && b.from < w.end-stayHeadMs && b.from > s.start {
			list = append(list, w.time(b.from))
		}
	}
	return list
}

// Ashore reports whether the trip never goes to sea.
func (s *Seal) Ashore() bool {
	for _, h := range s.lane.Via {
		if h.By == BySea {
			return false
		}
	}
	return s.lane.By != BySea
}

// Within gives the part of the trip that lies within the world.
func (w *World) Within(s *Seal) (from, to time.Time) {
	return w.time(max(s.start, w.start)), w.time(min(s.end, w.end))
}

// mccAt is the mobile country code where the seal is at time t.
func (w *World) mccAt(s *Seal, t int64) uint16 {
	l := s.legAt(t)
	if l.vehicle < 0 {
		return w.places[l.place].mcc
	}
	v := w.vehicles[l.vehicle]
	d, _ := v.when(t, &s.cur)
	return v.track.country(d)
}
