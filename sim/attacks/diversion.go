package attacks

import (
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// Diversion: the truck leaves the corridor, and goods are exchanged at a yard.
var Diversion = sim.Kind{
	Name:    "diversion",
	Hostile: true,
	Doc: "The driver leaves the corridor for a yard some kilometres off, where goods are taken out or exchanged, and comes " +
		"back to the road; the arrival is later by that. Often the box is opened there on the wrong side of the seal, and " +
		"sometimes a jammer keeps the way off the map.",
	Observables: "The position leaves the road, stands for half an hour to six hours where nobody stops, and comes back; " +
		"ROUTE_DEVIATION and LONG_STOP where the device computes them; where the box is opened env.lux, env.gRms, " +
		"env.magMT and env.tC as at a hinge bypass. Under a jammer pos.fix none, pos.jam above 150 and net.cell alone tells " +
		"where it is. First heard: the first report off the road.",
	Source: "seal model, section d row 17 (diversion with stop)",
	Effort: sim.Effort{MoneyUSD: 500, Minutes: 180, Skill: "anyone"},
	Needs:  sim.NeedsRoad,
	When:   onTheRoad,
	Attack: mount(divert),
}

// onTheRoad chooses a moment while the truck drives; a trip whose drives lie outside the world is fetched from its yard.
func onTheRoad(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	if at, ok := w.PickDrive(s, d, 10*time.Hour); ok {
		return at
	}
	return inStay(10*time.Hour)(w, s, d)
}

func divert(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	dist, angle := 1000*d.Range(w.Assumed(sim.DivertMinKm), w.Assumed(sim.DivertMaxKm)), d.Range(0, 2*math.Pi)
	speed := d.Range(6, 9.5)
	stay := minutes(w, sim.DivertMin, sim.DivertMax)
	computes, opens := d.Chance(w.Assumed(sim.DivertComputed)), d.Chance(w.Assumed(sim.DivertOpened))
	light, gape := d.Float64(), d.Range(3, 9)
	jammed, loss := d.Chance(w.Assumed(sim.DivertJammed)), d.Range(10, 25)
	there, leaves, end := w.Detour(s, at, dist*exact.Sin(angle), dist*exact.Cos(angle), speed, stay)
	if jammed {
		w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) { sc.JamDB = loss })
	}
	if computes && !jammed { // without a position there is nothing to compute
		w.Say(s, at.Add(ms(1000*min(600, 2000/speed))), sim.Saying{Code: seal.CodeRouteDeviation, Sev: seal.SevWarn})
		w.Say(s, there.Add(20*time.Minute), sim.Saying{Code: seal.CodeLongStop, Sev: seal.SevWarn})
	}
	if opens {
		ajar, shut := there.Add(5*time.Minute), leaves.Add(-2*time.Minute)
		w.Since(s, ajar, shut, func(sc *sim.Scene, part, whole time.Duration) {
			sc.Aired += part
			sc.Shake(0.8, 0.1, part, whole) // boxes and pallets are set down
		})
		w.Around(s, ajar, shut, func(sc *sim.Scene, _ time.Time) {
			sc.Exposed, sc.MagMT = true, -gape
			sc.Lux = doorLux(sc.Night, light) / 10
		})
	}
	return &sim.Incident{End: end, Params: map[string]float64{
		"distance_km": dist / 1000, "yard_min": stay.Minutes(), "computed": asNumber(computes && !jammed), "opened": asNumber(opens),
		"jammed": asNumber(jammed),
	}}
}
