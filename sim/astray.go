package sim

import (
	"slices"
	"time"

	"sealab/sim/exact"
	"sealab/sim/geo"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// This file leads a box, or its seal, off the booked way. The legs are written anew, so that the honest twin keeps its
// own; and the planned motion that maps show stays the booked one.

// Detour has a truck take the box at a moment to a yard so many metres east and north, at so many m/s on a straight way,
// lets it stand there and brings it back to where it left. A stay takes the time that costs; what a stay cannot take
// makes the rest of the drive later. It tells when the box is at the yard, leaves it, and is back.
func (w *World) Detour(s *Seal, at time.Time, eastM, northM, speedMS float64, stay time.Duration) (there, leaves, back time.Time) {
	t := at.UnixMilli()
	left := *s.legAt(t)
	i := s.leg
	lat, lon, _, squeeze := w.place(s, &left, t)
	mcc := w.mccAt(s, t)
	here := w.newSpot(spot{lat: lat, lon: lon, mcc: mcc})
	yard := w.newSpot(spot{lat: lat + northM/metresPerDeg, lon: lon + eastM/(metresPerDeg*squeeze), mcc: mcc})
	y := &w.places[yard]
	drive := max(60_000, exact.Round(1000*geo.DistanceM(lat, lon, y.lat, y.lon)/speedMS))
	in := t + drive
	out := in + stay.Milliseconds()
	home := out + drive
	legs := slices.Clone(s.legs[:i])
	if t > left.from {
		legs = append(legs, left)
		legs[i].to = t
	}
	legs = append(legs,
		leg{from: t, to: in, vehicle: -1, place: here, drive: true, dest: yard, pace: onRoad},
		leg{from: in, to: out, vehicle: -1, place: yard, pace: roadStop},
		leg{from: out, to: home, vehicle: -1, place: yard, drive: true, dest: here, pace: onRoad},
	)
	rest := slices.Clone(s.legs[i:])
	late := max(0, home-left.to)
	switch {
	case left.pace == onRoad:
		late = home - t
		rest[0].from = t
	case late > 0:
		rest = rest[1:]
	default:
		rest[0].from = home
	}
	w.leaveBooked(s, append(legs, w.postpone(rest, late)...))
	w.postponePapers(s, t, late)
	return w.time(in), w.time(out), w.time(home)
}

// postpone makes legs later by late ms, from the first one's start on. Each stay at a place takes up to half its length
// of that, the last of all the whole: it lasts a day at least.
func (w *World) postpone(legs []leg, late int64) []leg {
	var out []leg
	copies := map[int32]int32{}
	for i, l := range legs {
		length := l.to - l.from
		if l.vehicle >= 0 && late > 0 {
			v, ok := copies[l.vehicle]
			if !ok {
				v = w.delayed(w.vehicles[l.vehicle], l.from, late)
				copies[l.vehicle] = v
			}
			l.vehicle, l.to = v, l.to+late
		} else if late > 0 {
			l.to += late
			taken := min(late, length/2)
			if i == len(legs)-1 {
				taken = late
			}
			l.to -= taken
			l.from, late = l.from+late, late-taken
			if l.to > l.from {
				out = append(out, l)
			}
			continue
		}
		l.from += late
		if l.to > l.from {
			out = append(out, l)
		}
	}
	return out
}

// delayed copies a vehicle that stands still for late ms at time t; the copy is on no map.
func (w *World) delayed(v *vehicle, t, late int64) int32 {
	c := *v
	c.covered, c.hidden, c.knots = [coverClasses][]span{}, true, nil
	d, _ := v.when(t, &cursor{})
	for _, k := range v.knots {
		if k.t <= t {
			c.knots = append(c.knots, k)
		}
	}
	c.knots = append(c.knots, knot{t, d}, knot{t + late, d})
	for _, k := range v.knots {
		if k.t > t {
			c.knots = append(c.knots, knot{k.t + late, k.d})
		}
	}
	w.board(&c)
	return c.index
}

// postponePapers moves what the carrier tells of its coming and going after time t.
func (w *World) postponePapers(s *Seal, t, late int64) {
	for i := range s.papers {
		if p := &s.papers[i]; p.inc < 0 && p.ts > t && (p.what == notice.Departure || p.what == notice.Arrival) {
			p.ts, p.at = p.ts+late, p.at+late
		}
	}
}

// afterlifeMs is for how long a seal that was left behind goes on reporting after its box's trip has ended.
const afterlifeMs = 48 * hourMs

// StayBehind leaves the seal where it is, on another box so many metres east and north, while its own travels on: it
// stands there until two days after the trip, and nobody disarms it.
func (w *World) StayBehind(s *Seal, at time.Time, eastM, northM float64) {
	t := at.UnixMilli()
	l := *s.legAt(t)
	i := s.leg
	lat, lon, _, squeeze := w.place(s, &l, t)
	box := w.newSpot(spot{lat: lat + northM/metresPerDeg, lon: lon + eastM/(metresPerDeg*squeeze), mcc: w.mccAt(s, t)})
	legs := append(slices.Clone(s.legs[:i]), l)
	legs[i].to = t
	s.end += afterlifeMs
	w.leaveBooked(s, append(legs, leg{from: t, to: s.end, vehicle: -1, place: box, sky: l.sky, pace: l.pace}))
	s.todo = slices.DeleteFunc(s.todo, func(say saying) bool {
		return say.inc < 0 && say.at > t && (say.kind == seal.Death || say.code == seal.CodeDisarmed)
	})
}

// leaveBooked gives the seal other legs than those that were booked.
func (w *World) leaveBooked(s *Seal, legs []leg) {
	if s.booked == nil {
		s.booked = s.legs
	}
	s.legs, s.leg, s.cur = legs, 0, cursor{}
}

// planned are the legs as they were booked.
func (s *Seal) planned() []leg {
	if s.booked != nil {
		return s.booked
	}
	return s.legs
}
