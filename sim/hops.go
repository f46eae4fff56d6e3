package sim

import (
	"fmt"

	"sealab/sim/exact"
	"sealab/sim/notice"
)

// This file makes trips of several hops: short-sea voyages with transhipment, a sea voyage and a train behind it, a
// port city's trucks from yard to yard. Between two hops the box waits ashore for the next vessel, train or truck.
//
// A service that boxes join in mid-trip has no first and last departure: its voyages are numbered from a fixed moment
// long before the world, and each is made from its own dice when the first box takes it. So whoever else travels, a
// voyage is the same.

// Hop is one part of a trip before its last: to a place, by a carriage. The last part is the lane's own To and By.
type Hop struct {
	To string // node id, another one for each hop of a lane
	By Carriage
}

// service is what carries boxes over one hop.
type service struct {
	lane   Lane            // its own From, To, By and track
	made   map[int64]int32 // vehicles by the number of their voyage; empty on the road, where each box has its own
	period int64           // ms between two departures
}

// Periods between two departures of a connecting service: short-sea loops sail several times a week, block trains run
// daily (assumed).
const (
	seaPeriodMs  = 36 * hourMs
	railPeriodMs = 24 * hourMs
	servedMs     = 400 * 24 * hourMs // voyages are numbered from so long before the world
)

// ride is one hop as it went.
type ride struct {
	to   int32 // place
	by   Carriage
	v    *vehicle
	load int64 // when the box leaves the yard, and when it comes into the next
	off  int64
}

// openHops finds the services of a lane's hops, opening those that no lane has used before.
func (w *World) openHops(l *Lane) {
	if l.hops != nil {
		return
	}
	from := l.From
	for _, h := range append(l.Via[:len(l.Via):len(l.Via)], Hop{l.To, l.By}) {
		l.hops = append(l.hops, w.service(from, h))
		from = h.To
	}
	l.from, l.to = w.nodeSpot(l.From), w.nodeSpot(l.To)
}

func (w *World) service(from string, h Hop) *service {
	for _, s := range w.services {
		if s.lane.From == from && s.lane.To == h.To && s.lane.By == h.By {
			return s
		}
	}
	s := &service{lane: Lane{From: from, To: h.To, By: h.By}, made: map[int64]int32{}, period: seaPeriodMs}
	if h.By == ByRail {
		s.period = railPeriodMs
	}
	s.lane.track = newTrack(from, h.To, h.By.modes())
	s.lane.from, s.lane.to = w.nodeSpot(from), w.nodeSpot(h.To)
	w.services = append(w.services, s)
	return s
}

// next gives the first voyage that departs at or after t.
func (w *World) next(s *service, t int64) *vehicle {
	base := w.start - servedMs
	for k := (t-base)/s.period - 1; ; k++ {
		d := exact.NewDice(w.seed, fmt.Sprintf("voyage/%s-%s-%s/%d", s.lane.By.modeName(), s.lane.From, s.lane.To, k))
		at := base + exact.Round((float64(k)+float64(0.8*d.Float64()))*float64(s.period))
		if at < t {
			continue
		}
		if made, ok := s.made[k]; ok {
			return w.vehicles[made]
		}
		journey := w.sail
		if s.lane.By == ByRail {
			journey = w.roll
		}
		v := journey(&s.lane, &d, at)
		w.christen(v, &s.lane, fmt.Sprintf("c%03d", k))
		s.made[k] = v.index
		return v
	}
}

// hopTrip takes a box over all hops of its lane.
func (w *World) hopTrip(s *Seal, l *Lane, d *exact.Dice) {
	w.openHops(l)
	long := int64(0)
	for _, h := range l.hops {
		long += nominalMs(&h.lane) + exact.Round(hourMs*w.places[h.lane.to].node.DwellH)
	}
	long -= exact.Round(hourMs * w.places[l.to].node.DwellH)
	ready := w.start - long + marginMs
	ready += exact.Round(d.Float64() * float64(w.end-marginMs-ready))
	rides, start := w.travel(s, l, ready, d)
	if w.onlySea(s.legs) {
		s.legs = nil
		rides, start = w.travel(s, l, w.start+marginMs, d)
	}
	at := rides[len(rides)-1].to
	from := rides[len(rides)-1].off
	end := from + w.stayMs(at, d)
	s.legs = append(s.legs, w.yard(at, from, end, d))
	w.writeHops(s, rides, start, end)
}

// onlySea reports whether a trip shows nothing but open sea in the world.
func (w *World) onlySea(legs []leg) bool {
	for i := range legs {
		if l := &legs[i]; l.pace == atSea && l.from < w.start+marginMs && l.to > w.end-marginMs {
			return true
		}
	}
	return false
}

// travel takes a box over all hops of its lane, from when it is ready to leave the first yard, and tells when it came
// there.
func (w *World) travel(s *Seal, l *Lane, ready int64, d *exact.Dice) (rides []ride, start int64) {
	start = ready - w.stayMs(l.from, d)
	from, at := start, l.from
	for i, h := range l.hops {
		if i > 0 {
			ready += w.stayMs(at, d)
		}
		r := w.hop(s, h, from, ready, d)
		rides = append(rides, r)
		from, at, ready = r.off, r.to, r.off
	}
	return rides, start
}

// hop waits in the yard at the hop's beginning from one moment until the box is ready and its vehicle leaves, and rides.
func (w *World) hop(s *Seal, h *service, from, ready int64, d *exact.Dice) ride {
	l := &h.lane
	r := ride{to: l.to, by: l.By}
	if l.By == ByRoad {
		r.v = w.drive(l, d)
		r.v.shift(ready)
		r.v.kind, r.v.name = "truck", fmt.Sprintf("truck %s %s–%s", s.trip, l.From, l.To)
		r.v.id = fmt.Sprintf("truck-%s-%s", s.trip, l.To)
		w.board(r.v)
		r.load, r.off = r.v.depart(), r.v.arrive()
		s.legs = append(s.legs, w.yard(l.from, from, r.load, d))
		w.ride(s, r.v, r.load, r.off, onRoad, roadStop, 0)
		return r
	}
	before, after := exact.Round(hourMs*d.Range(2, 12)), exact.Round(hourMs*d.Range(2, 12))
	r.v = w.next(h, ready+before)
	r.load, r.off = r.v.depart()-before, r.v.arrive()+after
	s.legs = append(s.legs, w.yard(l.from, from, r.load, d))
	if l.By == ByRail {
		w.ride(s, r.v, r.load, r.off, onRail, railStop, spread(d, 120))
		return r
	}
	w.aboard(s, r.v, l, r.load, r.off, spread(d, 60), spread(d, 60))
	return r
}

// yard is a stay ashore: under the cranes of a port or terminal, or on its chassis in a yard of the city.
func (w *World) yard(place int32, from, to int64, d *exact.Dice) leg {
	l := leg{from: from, to: to, vehicle: -1, place: place, offE: spread(d, 300), offN: spread(d, 300), sky: underCranes, pace: inPort}
	if w.places[place].node.Kind == cityYard {
		l.sky, l.pace = openSky, roadStop
	}
	return l
}

// cityYard is the kind of node at which boxes stand on wheels.
const cityYard = "yard"

// stayMs draws how long a box stays between hops or at their ends: log-normal about the place's typical dwell, from a
// third of it to thrice.
func (w *World) stayMs(place int32, d *exact.Dice) int64 {
	h := w.places[place].node.DwellH
	return exact.Round(hourMs * clampF(d.LogNormal(h, w.a[DwellSigma]), h/3, 3*h))
}

// writeHops plans the notices of a trip of several hops: as an ordinary trip's, with a departure and an arrival for each.
func (w *World) writeHops(s *Seal, rides []ride, start, end int64) {
	from := s.lane.From
	s.route = []notice.Stop{{Place: from, ETA: start, ETD: rides[0].v.depart()}}
	for i, r := range rides {
		stop := notice.Stop{Place: w.places[r.to].node.ID, Mode: r.by.modeName(), ETA: r.v.arrive(), ETD: end}
		if i+1 < len(rides) {
			stop.ETD = rides[i+1].v.depart()
		}
		s.route = append(s.route, stop)
	}
	w.write(s, rides[0].v, rides[len(rides)-1].v, start, end)
	for i, r := range rides {
		if i > 0 {
			w.file(s, notice.Departure, r.v.depart(), from, r.v)
		}
		from = w.places[r.to].node.ID
		if i+1 < len(rides) {
			w.file(s, notice.Arrival, r.v.arrive(), from, r.v)
		}
	}
}
