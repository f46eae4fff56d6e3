package sim

import (
	"sealab/sim/exact"
	"sealab/sim/geo"
)

// This file rolls and drives: trains with their terminals and gauge changes, trucks with pauses, nights and borders.

// roll makes one train run of a lane that departs at time t: 40–60 km/h on the run, and stops that bring the whole to
// about 29 km/h (reference c4).
func (w *World) roll(l *Lane, d *exact.Dice, t int64) *vehicle {
	v := &vehicle{track: l.track}
	j := begin(v, t)
	speed := d.Range(46, 56) / 3.6
	nodes := l.track.route.Nodes
	for i := 1; i < len(nodes)-1; i++ {
		n, _ := geo.Find(nodes[i])
		j.run(l.track.path.NodeDistM(i), speed)
		j.wait(exact.Round(hourMs * w.railStopH(n, nodes[i-1], d)))
	}
	j.run(l.track.path.LengthM(), speed)
	return v
}

// railStopH is how long a train stands at a node, in hours: the far side of a border changes the gauge, the near side
// clears Customs, a terminal shunts.
func (w *World) railStopH(n geo.Node, before string, d *exact.Dice) float64 {
	switch prev, _ := geo.Find(before); {
	case n.Kind == "border" && prev.Kind == "border":
		return d.Range(w.a[GaugeMinH], w.a[GaugeMaxH])
	case n.Kind == "border":
		return d.Range(4, 12)
	case n.Kind == "rail_terminal":
		return d.Range(8, 18)
	}
	return 0
}

// trainTrip takes a box from one rail terminal to another.
func (w *World) trainTrip(s *Seal, l *Lane, d *exact.Dice) {
	v := w.vehicles[l.voyages[d.IntN(len(l.voyages))]]
	load := v.depart() - exact.Round(hourMs*d.Range(2, 12))
	unload := v.arrive() + exact.Round(hourMs*d.Range(2, 12))
	start, end := load-w.dwellMs(l.from, d), unload+w.dwellMs(l.to, d)
	s.legs = append(s.legs, leg{from: start, to: load, vehicle: -1, place: l.from, offE: spread(d, 250), offN: spread(d, 250), sky: underCranes, pace: inPort})
	w.ride(s, v, load, unload, onRail, railStop, spread(d, 120))
	s.legs = append(s.legs, leg{from: unload, to: end, vehicle: -1, place: l.to, offE: spread(d, 250), offN: spread(d, 250), sky: underCranes, pace: inPort})
	w.write(s, v, v, start, end)
}

// truckTrip takes a box from a port's gate by a truck of its own.
func (w *World) truckTrip(s *Seal, l *Lane, d *exact.Dice) {
	dwellFrom, dwellTo := w.dwellMs(l.from, d), w.dwellMs(l.to, d)
	v := w.drive(l, d)
	lo := w.start - (v.arrive() - v.depart()) - dwellTo + marginMs
	hi := w.end - marginMs
	v.shift(lo + exact.Round(d.Float64()*float64(hi-lo)))
	v.kind, v.id, v.name = "truck", "truck-"+s.trip, "truck "+s.trip
	w.board(v)
	start, end := v.depart()-dwellFrom, v.arrive()+dwellTo
	s.legs = append(s.legs, leg{from: start, to: v.depart(), vehicle: -1, place: l.from, offE: spread(d, 400), offN: spread(d, 400), sky: underCranes, pace: inPort})
	w.ride(s, v, v.depart(), v.arrive(), onRoad, roadStop, 0)
	s.legs = append(s.legs, leg{from: v.arrive(), to: end, vehicle: -1, place: l.to, offE: spread(d, 250), offN: spread(d, 250), sky: underCranes, pace: inPort})
	w.write(s, v, v, start, end)
}

// drive makes one truck's journey from time 0: 45–60 km/h, a pause after 4.5 h, a night after nine, and the borders
// (4–24 h, reference c4).
func (w *World) drive(l *Lane, d *exact.Dice) *vehicle {
	v := &vehicle{track: l.track}
	j := begin(v, 0)
	speed := d.Range(45, 60) / 3.6
	p := &driver{j: j, speed: speed, pause: exact.Round(60_000 * w.a[TruckRestMin])}
	nodes := l.track.route.Nodes
	for i := 1; i < len(nodes); i++ {
		p.to(l.track.path.NodeDistM(i), func() int64 {
			return exact.Round(hourMs * d.Range(w.a[TruckNightMinH], w.a[TruckNightMaxH]))
		})
		if n, _ := geo.Find(nodes[i]); n.Kind == "border" && i < len(nodes)-1 {
			j.wait(exact.Round(hourMs * d.Range(4, 24)))
			p.driven = 0
		}
	}
	return v
}

// driver keeps the hours at the wheel.
type driver struct {
	j      *journey
	speed  float64
	pause  int64
	driven float64 // seconds since the last night
}

// to drives on to the distance d, stopping where the hours ask for it.
func (p *driver) to(d float64, night func() int64) {
	const stint = 4.5 * 3600
	for p.j.d < d {
		left := stint
		if p.driven >= stint {
			left = 2*stint - p.driven
		} else {
			left = stint - p.driven
		}
		reach := min(d, p.j.d+float64(left*p.speed))
		p.driven += (reach - p.j.d) / p.speed
		p.j.run(reach, p.speed)
		switch {
		case reach >= d:
			return
		case p.driven >= 2*stint-1:
			p.j.wait(night())
			p.driven = 0
		default:
			p.driven = stint
			p.j.wait(p.pause)
		}
	}
}

// ride adds the legs of a box on a train or truck from one moment to another: running and standing in turn.
func (w *World) ride(s *Seal, v *vehicle, from, to int64, moving, standing pace, off int16) {
	add := func(a, b int64, p pace) {
		if b <= a {
			return
		}
		if n := len(s.legs); s.legs[n-1].vehicle == v.index && s.legs[n-1].pace == p {
			s.legs[n-1].to = b
			return
		}
		s.legs = append(s.legs, leg{from: a, to: b, vehicle: v.index, place: -1, offE: off, offN: off, sky: openSky, pace: p})
	}
	add(from, v.depart(), standing)
	for i := 1; i < len(v.knots); i++ {
		p := moving
		if v.knots[i].d == v.knots[i-1].d {
			p = standing
		}
		add(v.knots[i-1].t, v.knots[i].t, p)
	}
	add(v.arrive(), to, standing)
}
