package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// CraneShock: a crane sets the box down hard.
var CraneShock = sim.Kind{
	Name:        "crane_shock",
	Doc:         "A crane or reach stacker sets the box down hard, when it is lifted for the journey or moved in the yard.",
	Observables: "One SHOCK event with env.gPeak of 3–5 g; nothing else.",
	Source:      "seal model, section e row 2 and section c3 (crane set-down, hard)",
	When:        whenLifted,
	Attack:      mount(setDownHard),
}

// whenLifted takes one of the trip's lifts; a trip whose lifts lie outside the world is moved in its yard instead.
func whenLifted(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	lifts := w.Lifts(s)
	if len(lifts) == 0 {
		return inStay(time.Hour)(w, s, d)
	}
	return lifts[d.IntN(len(lifts))].Add(ms(1000 * d.Range(5, 600)))
}

func setDownHard(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	peak := w.Dice().Range(w.Assumed(sim.CraneHardGMin), w.Assumed(sim.CraneHardGMax))
	w.Say(s, at, sim.Saying{Code: seal.CodeShock, Sev: seal.SevWarn, GPeakG: peak})
	return &sim.Incident{End: at, Params: map[string]float64{"peak_g": peak}}
}
