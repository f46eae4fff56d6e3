package sim

import (
	"sealab/sim/exact"
	"sealab/sim/geo"
)

// This file sails: vessels with a speed of their own, approaches, the convoy through Suez, and the boxes' stays in
// the yards at both ends.

const hourMs = 3600_000

// approachM is how far before and after a port a vessel goes at approach speed.
const approachM = 30 * geo.NauticalMileM

// sail makes one voyage of a lane that departs at time t.
func (w *World) sail(l *Lane, d *exact.Dice, t int64) *vehicle {
	const kn = geo.NauticalMileM / 3600
	v := &vehicle{track: l.track}
	j := begin(v, t)
	speed := kn * clampF(16.5+float64(1.5*d.Normal()), 12, 21) // reference c4: N(16.5, 1.5) kn, cut 12–21
	slow := kn * w.a[ApproachKn]
	length := l.track.path.LengthM()
	j.run(min(approachM, length/3), slow)
	for i, e := range l.track.route.Edges {
		if e.Mode != geo.Canal {
			continue
		}
		j.run(l.track.path.NodeDistM(i), speed)
		j.wait(exact.Round(hourMs * d.Range(w.a[SuezWaitMinH], w.a[SuezWaitMaxH])))
		j.run(l.track.path.NodeDistM(i+1), e.LengthM/(3600*d.Range(11, 16))) // 11–16 h (reference c4)
	}
	j.run(length-min(approachM, length/3), speed)
	j.wait(exact.Round(hourMs * d.Range(0, w.a[AnchorageMaxH])))
	j.run(length, slow)
	return v
}

// shipTrip takes a box from the gate of one port over the sea to the gate of another.
func (w *World) shipTrip(s *Seal, l *Lane, d *exact.Dice) {
	v := w.vehicles[l.voyages[d.IntN(len(l.voyages))]]
	load := v.depart() - exact.Round(hourMs*d.Range(2, 20))
	unload := v.arrive() + exact.Round(hourMs*d.Range(2, 20))
	start, end := load-w.dwellMs(l.from, d), unload+w.dwellMs(l.to, d)
	offE, offN := spread(d, 60), spread(d, 60)
	s.legs = append(s.legs, leg{from: start, to: load, vehicle: -1, place: l.from, offE: spread(d, 400), offN: spread(d, 400), sky: underCranes, pace: inPort})
	w.aboard(s, v, l, load, unload, offE, offN)
	s.legs = append(s.legs, leg{from: unload, to: end, vehicle: -1, place: l.to, offE: spread(d, 400), offN: spread(d, 400), sky: underCranes, pace: inPort})
	w.write(s, v, v, start, end)
}

// aboard adds the legs of a box on a vessel, from its loading to its unloading, at one slot of the ship.
func (w *World) aboard(s *Seal, v *vehicle, l *Lane, load, unload int64, offE, offN int16) {
	sky := openSky
	if s.deep {
		sky = inHold
	}
	s.legs = append(s.legs,
		leg{from: load, to: v.depart(), vehicle: -1, place: l.from, offE: offE, offN: offN, sky: sky, pace: inPort},
		leg{from: v.depart(), to: v.arrive(), vehicle: v.index, place: -1, offE: offE, offN: offN, sky: sky, pace: atSea},
		leg{from: v.arrive(), to: unload, vehicle: -1, place: l.to, offE: offE, offN: offN, sky: sky, pace: inPort},
	)
}

// spread draws metres about a point.
func spread(d *exact.Dice, sigmaM float64) int16 {
	return int16(exact.Round(clampF(sigmaM*d.Normal(), -2000, 2000)))
}

// darkFrom is when, at or after a covered moment t, a vessel's leg next loses the network; the leg's end if never.
func (w *World) darkFrom(s *Seal, l *leg, t int64) int64 {
	limit := w.coverLimitNM(s)
	for _, c := range w.vehicles[l.vehicle].coverage(s.coverClass, limit) {
		if t < c.to {
			return min(c.to, l.to)
		}
	}
	return l.to
}
