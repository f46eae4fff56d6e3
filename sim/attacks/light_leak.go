package attacks

import (
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// LightLeak: a worn gasket lets the low sun in, at the same time each day.
var LightLeak = sim.Kind{
	Name: "light_leak",
	Doc: "The gasket of the door is worn, and while the box stands with that side to the sun, some light falls in when the " +
		"sun is low: at the same solar time each day, for an hour or more.",
	Observables: "env.lux 1–8 at the same solar time each day, below the device's alarm; env.gRms quiet, door contact and " +
		"magnet as always.",
	Source: "seal model, section e row 11 and section c3 (light, door shut: pinhole or worn gasket)",
	When:   stayLong,
	Attack: mount(leak),
}

// stayLong begins with a stay of at least a day; none where the trip has none within the world.
func stayLong(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	stay, ok := w.PickStay(s, d, 24*time.Hour)
	if !ok || stay.Length() < 24*time.Hour {
		return time.Time{}
	}
	return stay.From
}

func leak(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	hour, hours, bright := d.Range(6.5, 8), d.Range(1, 3), d.Range(2, 8)
	if d.Chance(0.5) {
		hour = 24 - hour - hours
	}
	end := w.StayEnd(s, at)
	if _, last := w.Within(s); end.After(last) {
		end = last
	}
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) {
		if into := (sc.SolarHour - hour) / hours; into > 0 && into < 1 {
			sc.Lux += float64(bright * exact.Sin(math.Pi*into))
		}
	})
	return &sim.Incident{End: end, Params: map[string]float64{"solar_hour": hour, "hours_a_day": hours, "lux": bright}}
}
