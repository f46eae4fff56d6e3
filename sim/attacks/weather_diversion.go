package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/geo"
)

// WeatherDiversion: a vessel goes round a storm, with every box aboard.
var WeatherDiversion = sim.Kind{
	Name: "weather_diversion",
	Doc: "The master alters course on the open sea to pass a storm at a distance, for one to five days, and comes back to " +
		"the track. Every box aboard goes along; each has this look-alike for itself.",
	Observables: "pos.lat and pos.lon leave the booked track smoothly, by some miles to 24, and return, for all seals of the vessel " +
		"alike; speed and shaking as ever. First heard: with the backlog off the next coast.",
	Source: "seal model, section e row 13 (weather diversion)",
	Needs:  sim.NeedsSea,
	Shared: true,
	When:   onOpenSea,
	Attack: mount(weather),
}

// leastStorm is the shortest way round a storm.
const leastStorm = 24 * time.Hour

// onOpenSea chooses a moment on the open sea with room for a storm; none where the voyage has no such water in the world.
func onOpenSea(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	list := w.OpenSea(s, leastStorm)
	if len(list) == 0 {
		return time.Time{}
	}
	sea := list[d.IntN(len(list))]
	return sea.From.Add(ms(d.Float64() * float64((sea.Length() - leastStorm).Milliseconds())))
}

func weather(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	end := at.Add(ms(3600_000 * d.Range(24, 120)))
	for _, sea := range w.OpenSea(s, leastStorm) {
		if !at.Before(sea.From) && at.Before(sea.To) && end.After(sea.To) {
			end = sea.To
		}
	}
	aside := geo.NauticalMileM * d.Range(w.Assumed(sim.StormMinNM), w.Assumed(sim.StormMaxNM))
	if d.Chance(0.5) {
		aside = -aside
	}
	aside = w.Bend(s, at, end, aside)
	w.Around(s, at, end, func(*sim.Scene, time.Time) {})
	return &sim.Incident{End: end, Params: map[string]float64{"aside_nm": aside / geo.NauticalMileM, "hours": end.Sub(at).Hours()}}
}
