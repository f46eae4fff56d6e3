package attacks

import (
	"time"

	"sealab/sim"
)

// ClockStep: the clock has drifted without satellites, and the next fix sets it.
var ClockStep = sim.Kind{
	Name: "clock_step",
	Doc: "The box stands under a roof for a day or two, without one satellite; the clock runs on its quartz alone and goes wrong " +
		"by seconds. The first fix afterwards sets it.",
	Observables: "clk.src rtc, pos.fix none, pos.sats 0; then CLOCK_STEP, and ts steps by some seconds, once, backwards or " +
		"forwards: 5 s a day at most since the last fix.",
	Source: "seal model, section e row 9; section c2 (clock)",
	When:   inStay(24 * time.Hour),
	Attack: mount(driftOff),
}

func driftOff(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	ppm := d.Range(w.Assumed(sim.DriftMinPPM), w.Assumed(sim.DriftMaxPPM))
	if d.Chance(0.5) {
		ppm = -ppm
	}
	end := at.Add(hours(w, sim.DriftMinH, sim.DriftMaxH))
	if stop := w.StayEnd(s, at); end.After(stop) {
		end = stop
	}
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) { sc.Covered = true })
	w.Drift(s, at, ppm)
	return &sim.Incident{End: end, Params: map[string]float64{"hours": end.Sub(at).Hours(), "drift_ppm": ppm}}
}
