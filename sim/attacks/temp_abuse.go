package attacks

import (
	"time"

	"sealab/sim"
)

// TempAbuse: a reefer is switched off, or its set point changed.
var TempAbuse = sim.Kind{
	Name:    "temp_abuse",
	Hostile: true,
	Doc: "To save fuel, or to have a reason for an open door, the reefer is switched off for hours or set warmer; before " +
		"the destination it is put right again and the goods cool down.",
	Observables: "env.tC slopes towards the air outside, or steps to the other set point, and recovers; without power " +
		"env.rh rises at once and the defrostings stop; TEMP_HIGH once it is too warm by the trip's limit. First heard: the first report after the switch whose temperature " +
		"or humidity differs.",
	Source: "seal model, section d row 18 (temperature abuse)",
	Effort: sim.Effort{MoneyUSD: 0, Minutes: 2, Skill: "anyone"},
	Needs:  sim.NeedsReefer,
	When:   ashore,
	Attack: mount(warmUp),
}

func warmUp(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := longEnough(w, s, at, ms(3600_000*d.Range(w.Assumed(sim.WarmMinH), w.Assumed(sim.WarmMaxH))))
	end := at.Add(length)
	off, by := d.Chance(0.5), d.Range(4, 12)
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) {
		if off {
			sc.ReeferOff = true
		} else {
			sc.SetTempC += by
		}
	})
	params := map[string]float64{"hours": length.Hours(), "switched_off": asNumber(off)}
	if !off {
		params["set_point_up_c"] = by
	}
	return &sim.Incident{End: end, Params: params}
}
