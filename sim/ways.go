package sim

import "time"

// This file tells attacks and look-alikes where a trip moves, crosses borders and stands in the dark: by the trip alone.

// Run is a while in which the box is on its way by road or rail, within the world.
type Run struct{ From, To time.Time }

// runMs is how long a run is at least: a seal that comes from a yard may make its next report an hour later only.
const runMs = 75 * 60_000

// Runs lists the trip's runs of at least 75 minutes, away from the world's ends.
func (w *World) Runs(s *Seal) []Run {
	var list []Run
	for i := range s.legs {
		l := &s.legs[i]
		from, to := max(l.from, w.start+stayHeadMs), min(l.to, w.end-stayTailMs)
		if (l.pace == onRoad || l.pace == onRail) && to-from >= runMs {
			list = append(list, Run{w.time(from), w.time(to)})
		}
	}
	return list
}

// Borders lists the moments within the world at which a trip by road or rail comes under another country's network.
func (w *World) Borders(s *Seal) []time.Time {
	var list []time.Time
	for i := range s.legs {
		l := &s.legs[i]
		if l.pace != onRoad && l.pace != onRail {
			continue
		}
		v := w.vehicles[l.vehicle]
		var c cursor
		a, _ := v.when(l.from, &c)
		b, _ := v.when(l.to, &c)
		for k := int(a/countryStepM) + 1; float64(k)*countryStepM < b && k < len(v.track.countries); k++ {
			t := v.timeAt(float64(k) * countryStepM)
			if v.track.countries[k] != v.track.countries[k-1] && t > w.start+stayHeadMs && t < w.end-stayTailMs {
				list = append(list, w.time(t))
			}
		}
	}
	return list
}

// NightAt reports whether it is dark where the seal is at a moment: between 21 and 5 o'clock by the sun.
func (w *World) NightAt(s *Seal, at time.Time) bool {
	t := at.UnixMilli()
	_, lon, _, _ := w.place(s, s.legAt(t), t)
	h := solarHour(t, lon)
	return h >= 21 || h < 5
}
