package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// SealTheft: the seal itself is stolen, for its battery.
var SealTheft = sim.Kind{
	Name:    "seal_theft",
	Hostile: true,
	Doc: "The seal is torn off a parked truck by night and its battery taken out: no crime against the cargo, and one that " +
		"asks for another answer. The box goes on without a seal.",
	Observables: "ROPE_CUT or DETACHED, status tampered, POWER_LOST within minutes, then silence for good; env.gRms up for a " +
		"moment, no DOOR_OPEN and no light before the end. First heard: ROPE_CUT or DETACHED.",
	Source: "seal model, section d row 16; thefts of cargo tracking seals reported from Kenya",
	Effort: sim.Effort{MoneyUSD: 20, Minutes: 3, Skill: "anyone"},
	When:   whenParkedByNight,
	Attack: mount(stealSeal),
}

// whenParkedByNight takes a stay beside the road by night where the trip has one, else any stay by night, else any.
func whenParkedByNight(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	var stops, yards []time.Time
	for _, stay := range w.Stays(s) {
		for at := stay.From; at.Before(stay.To); at = at.Add(time.Hour) {
			switch {
			case !w.NightAt(s, at):
			case stay.Port:
				yards = append(yards, at)
			default:
				stops = append(stops, at)
			}
		}
	}
	if len(stops) == 0 {
		stops = yards
	}
	if len(stops) == 0 {
		return inStay(time.Hour)(w, s, d)
	}
	return stops[d.IntN(len(stops))].Add(ms(3600_000 * d.Float64()))
}

func stealSeal(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := minutes(w, sim.TheftMin, sim.TheftMax)
	torn, peak := d.Chance(0.5), d.Range(w.Assumed(sim.CutGMin), w.Assumed(sim.CutGMax))
	end := at.Add(length)
	code := int64(seal.CodeRopeCut)
	if torn {
		code = seal.CodeDetached
	}
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) { sc.GPeak, sc.GRms = peak, peak/8 })
	w.Say(s, at.Add(length/2), sim.Saying{Code: code, Sev: seal.SevAlarm, Change: latchTampered})
	w.Say(s, end, sim.Saying{Code: seal.CodePowerLost, Sev: seal.SevFault})
	w.Kill(s, end)
	return &sim.Incident{End: end, Params: map[string]float64{
		"minutes": length.Minutes(), "torn_off": asNumber(torn), "by_night": asNumber(w.NightAt(s, at)),
	}}
}
