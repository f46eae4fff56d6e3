package sim

import (
	"fmt"
	"time"

	"sealab/sim/exact"
)

// This file tells attacks and look-alikes where else a trip gives them an occasion: under way, ashore, at one place with
// others. What it tells depends on the trip alone.

// PickAshore draws a moment of the trip, within the world, at which the box is not at sea, the time after it being at
// least tail. ok is false where the trip has none.
func (w *World) PickAshore(s *Seal, d *exact.Dice, tail time.Duration) (at time.Time, ok bool) {
	return w.pickLeg(s, d, tail, func(l *leg) bool { return l.pace != atSea && l.sky != inHold })
}

// PickDrive draws a moment of the trip, within the world, at which a truck drives, as PickAshore does.
func (w *World) PickDrive(s *Seal, d *exact.Dice, tail time.Duration) (at time.Time, ok bool) {
	return w.pickLeg(s, d, tail, func(l *leg) bool { return l.pace == onRoad })
}

// pickLeg draws a moment in the legs that fit, the longer the likelier; one draw is taken in any case.
func (w *World) pickLeg(s *Seal, d *exact.Dice, tail time.Duration, fits func(*leg) bool) (time.Time, bool) {
	lo, hi := max(w.start, s.start)+stayHeadMs, min(w.end, s.end)-max(stayTailMs, tail.Milliseconds())
	part := func(l *leg) (from, room int64) {
		from = max(l.from, lo)
		return from, max(0, min(l.to, hi, s.sailsAt(l.to)-sailMarginMs)-from)
	}
	total := int64(0)
	for i := range s.legs {
		if _, room := part(&s.legs[i]); fits(&s.legs[i]) {
			total += room
		}
	}
	draw := exact.Round(d.Float64() * float64(total))
	for i := range s.legs {
		from, room := part(&s.legs[i])
		if !fits(&s.legs[i]) || room == 0 {
			continue
		}
		if draw <= room {
			return w.time(from + draw), true
		}
		draw -= room
	}
	return time.Time{}, false
}

// sailMarginMs is how long before it goes to sea a box is left alone: what happens then would be heard weeks later.
const sailMarginMs = 3 * hourMs

// sailsAt is when the box first goes to sea at or after time t, loading apart; never if it does not.
func (s *Seal) sailsAt(t int64) int64 {
	for i := range s.legs {
		if l := &s.legs[i]; l.pace == atSea && l.from >= t {
			return l.from
		}
	}
	return never
}

// Pauses lists where the truck or train stands on its way, from its coming to its going, those of at least half an hour
// that lie within the world: a driver's pause and night, borders, terminals. A yard where the box is left is none.
func (w *World) Pauses(s *Seal) []Stay {
	var list []Stay
	for i := range s.legs {
		l := &s.legs[i]
		if l.vehicle < 0 || l.pace != roadStop && l.pace != railStop || l.to-l.from < hourMs/2 || l.from < w.start+stayHeadMs || l.to > w.end-stayTailMs {
			continue
		}
		list = append(list, Stay{
			From: w.time(l.from), To: w.time(l.to), Interval: time.Duration(paceIntervalMs[l.pace]) * time.Millisecond,
		})
	}
	return list
}

// Site is the place where the box stands, in degrees, the same for all who stand there, with dice that are the same for
// all of them too; what names what is drawn.
func (w *World) Site(s *Seal, at time.Time, what string) (lat, lon float64, d exact.Dice) {
	l := s.legAt(at.UnixMilli())
	lat, lon = w.PlaceAt(s, at)
	name := s.id
	switch {
	case l.vehicle >= 0:
		name = w.vehicles[l.vehicle].id
	case w.places[l.place].node.ID != "":
		p := &w.places[l.place]
		lat, lon, name = p.lat, p.lon, p.node.ID
	}
	return lat, lon, exact.NewDice(w.seed, fmt.Sprintf("site/%s/%s", what, name))
}

// Began is when the trip began and the seal was armed, also before the world's start.
func (w *World) Began(s *Seal) time.Time { return w.time(s.start) }
