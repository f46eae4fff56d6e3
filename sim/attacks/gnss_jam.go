package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// GNSSJam: a cheap jammer near the box drowns the satellites.
var GNSSJam = sim.Kind{
	Name:    "gnss_jam",
	Hostile: true,
	Doc: "A jammer of the kind sold for a lighter socket is switched on near the box, in a yard or on the truck: the " +
		"seal's receiver hears noise in place of satellites. The cell network goes on working. Whoever does it wants " +
		"the next hours off the map.",
	Observables: "At the next attempt to fix: pos.sats 0–3, pos.cn0 10–25 dB down, pos.jam above 150, pos.fix none, or " +
		"the last place again as dr with growing pos.ageS; the radio works as before. Some devices say GNSS_JAM. First " +
		"heard: that event, else the first report without satellites.",
	Source: "seal model, section d row 8 (GNSS jam) and section c1 (jammed)",
	Effort: sim.Effort{MoneyUSD: 60, Minutes: 2, Skill: "anyone"},
	When:   ashore,
	Attack: mount(jamSatellites),
}

// ashore chooses any moment at which the box is not at sea, with some hours of the world left.
func ashore(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	if at, ok := w.PickAshore(s, d, 8*time.Hour); ok {
		return at
	}
	return inStay(3*time.Hour)(w, s, d)
}

func jamSatellites(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := longEnough(w, s, at, stretch(d, w.Assumed(sim.JamMin), w.Assumed(sim.JamMax)))
	end := at.Add(length)
	loss, held := d.Range(10, 25), d.Chance(0.5)
	noticed, after := d.Chance(w.Assumed(sim.JamNoticed)), ms(1000*d.Range(30, 180))
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) { sc.JamDB, sc.HoldsFix = loss, held })
	if noticed {
		w.Say(s, at.Add(after), sim.Saying{Code: seal.CodeGNSSJam, Sev: seal.SevWarn})
	}
	return &sim.Incident{End: end, Params: map[string]float64{
		"minutes": length.Minutes(), "loss_db": loss, "held": asNumber(held), "noticed": asNumber(noticed),
	}}
}
