package attacks

import (
	"time"

	"sealab/sim"
)

// Duplicates: a network that loses acknowledgements makes the seal repeat itself.
var Duplicates = sim.Kind{
	Name: "duplicates",
	Doc: "For some hours the network loses the acknowledgements of what it delivers: the seal sends it again, and messages " +
		"that were held up are overtaken by later ones.",
	Observables: "The same (boot, seq) with the same bytes up to four times within minutes; seq goes backwards, ts is minutes " +
		"old; no hole stays.",
	Source: "seal model, section e row 6; sections b1 (duplicates) and c2",
	When:   anyTime,
	Attack: mount(stutter),
}

func stutter(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	end := onTrip(w, s, at.Add(hours(w, sim.StutterMinH, sim.StutterMaxH)))
	w.Stutter(s, at, end, w.Assumed(sim.StutterRepeated), w.Assumed(sim.StutterHeld))
	return &sim.Incident{End: end, Params: map[string]float64{"hours": end.Sub(at).Hours()}}
}
