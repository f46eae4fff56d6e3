package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// LowBattery: an old or cold cell fails, and the seal falls silent.
var LowBattery = sim.Kind{
	Name: "low_battery",
	Doc: "The cell is old, or too cold: what it can hold shrinks day by day. The device warns, reports less often to save, and " +
		"stops when nothing is left; nobody is there to change it.",
	Observables: "pwr.pct falls over days while pwr.mAhUsed hardly grows, pwr.mV falls with the last tenth; BAT_LOW at 20 %, " +
		"BAT_CRIT at 5 %, four times the interval from there on, then silence for good.",
	Source: "seal model, section e row 7; sections b3 and c3 (cell)",
	When:   whenEarly,
	Ends:   true,
	Attack: mount(fade),
}

// whenEarly leaves the cell time to fail within the trip.
func whenEarly(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	from, to := w.Within(s)
	return from.Add(ms(d.Range(0.03, 0.4) * float64(to.Sub(from).Milliseconds())))
}

func fade(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	_, to := w.Within(s)
	left := to.Sub(at).Hours() / 24
	days := min(d.Range(w.Assumed(sim.CellFadeMinD), w.Assumed(sim.CellFadeMaxD)), d.Range(0.7, 1.2)*left)
	w.Weaken(s, at, days)
	end := onTrip(w, s, at.Add(ms(86400_000*days)))
	return &sim.Incident{End: end, Params: map[string]float64{"days": days}}
}
