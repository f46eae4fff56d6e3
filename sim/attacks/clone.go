package attacks

import (
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// Clone: a second device sends under the same id.
var Clone = sim.Kind{
	Name:    "clone",
	Hostile: true,
	Doc: "A second device is made that sends under the same seal, container and trip number from another place, with " +
		"the counters it overheard, so that a box without its seal looks sealed, or two boxes look like one.",
	Observables: "The same (boot, seq) with other content; two places at once; battery and temperature of another device. " +
		"First heard: the clone's first report.",
	Source: "seal model, section d row 5; section b1 (duplicates: same key, other hash)",
	Effort: sim.Effort{MoneyUSD: 500, Minutes: 30, Skill: "expert"},
	When:   inStay(2 * time.Hour),
	Attack: mount(cloneSeal),
}

func cloneSeal(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	life := ms(3600_000 * d.Range(w.Assumed(sim.CloneMinH), w.Assumed(sim.CloneMaxH)))
	dist, angle := d.Range(3000, 40000), d.Range(0, 2*math.Pi)
	end := at.Add(life)
	if _, to := w.Within(s); end.After(to) {
		end = to
	}
	w.Clone(s, at, end, dist*exact.Sin(angle), dist*exact.Cos(angle))
	return &sim.Incident{End: end, Params: map[string]float64{"distance_km": dist / 1000, "life_h": end.Sub(at).Hours()}}
}
