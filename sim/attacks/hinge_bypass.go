package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// HingeBypass: the rivets or hinges of a door are taken off and put back; the seal is never touched.
var HingeBypass = sim.Kind{
	Name:    "hinge_bypass",
	Hostile: true,
	Doc: "While the box stands, the rivets of the handle or the pins of the hinges are drilled out or driven out, and " +
		"the door is swung open on the wrong side with its seal still on. Afterwards new rivets are set and painted; the " +
		"door never sits quite as before.",
	Observables: "seal_state.status stays armed and the door contact shut. SHOCK where the tool hits hard; env.gRms and " +
		"env.gPeak up in the first report after; then LIGHT_ALARM, unless they work in the dark; in a report " +
		"that falls into the opening env.lux, env.tC and env.rh towards the air outside, env.magMT down by millitesla; a small rest of that stays. First heard: the SHOCK, " +
		"else the first report with the door ajar or badly hung.",
	Source: "seal model, section d row 3 (hinge or handle bypass); tools at the hasp and light, section c3",
	Effort: sim.Effort{MoneyUSD: 150, Minutes: 60, Skill: "trained"},
	When:   inStay(3 * time.Hour),
	Attack: mount(bypassHinges),
}

// alarmLx is from how much light on a device says LIGHT_ALARM, and shockG from what peak on SHOCK (reference b3).
const (
	alarmLx = 10
	shockG  = 2.5
)

func bypassHinges(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	open := minutes(w, sim.HingeMin, sim.HingeMax)
	tool := ms(60_000 * d.Range(2, 10))
	peak, rms := d.Range(w.Assumed(sim.CutGMin), w.Assumed(sim.CutGMax)), d.Range(0.3, 1.5)
	dark := d.Chance(w.Assumed(sim.HingeDark))
	light, gape, rest := d.Float64(), d.Range(3, 9), d.Range(0.4, 1.5)
	ajar, end := at.Add(tool), at.Add(tool+open)
	shown := 0.0
	w.Since(s, at, ajar, func(sc *sim.Scene, part, whole time.Duration) { sc.Shake(peak, rms, part, whole) })
	w.Since(s, ajar, end, func(sc *sim.Scene, part, _ time.Duration) { sc.Aired += part })
	w.Around(s, ajar, end, func(sc *sim.Scene, _ time.Time) {
		sc.Exposed, sc.MagMT = true, -gape
		sc.GRms += 0.05
		sc.Lux = doorLux(sc.Night, light)
		if dark {
			sc.Lux = 1 + float64(7*light)
		}
	})
	if peak >= shockG {
		w.Say(s, at.Add(tool/2), sim.Saying{Code: seal.CodeShock, Sev: seal.SevWarn, GPeakG: peak})
		shown = 1
	}
	if !dark {
		w.Say(s, ajar.Add(2*time.Second), sim.Saying{Code: seal.CodeLightAlarm, Sev: seal.SevWarn})
	}
	w.Around(s, end, tripEnd(w, s), func(sc *sim.Scene, _ time.Time) { sc.MagMT = -rest })
	return &sim.Incident{End: end, Params: map[string]float64{
		"tool_min": tool.Minutes(), "open_min": open.Minutes(), "peak_g": peak, "dark": asNumber(dark), "shock_said": shown,
		"magnet_rest_mt": rest,
	}}
}
