package attacks

import (
	"time"

	"sealab/sim"
)

// PortStack: the box stands deep in a stack of steel and sees no satellites.
var PortStack = sim.Kind{
	Name:        "port_stack",
	Doc:         "The box is put deep into a stack in the yard: steel all around shields the antenna for hours or days.",
	Observables: "pos.fix mostly none, pos.sats 0–3, pos.cn0 low on all, pos.jam low; the cell still works, weaker.",
	Source:      "seal model, section e row 4 and section c1 (in a stack)",
	When:        inStay(6 * time.Hour),
	Attack:      mount(bury),
}

func bury(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	end := at.Add(ms(3600_000 * w.Dice().Range(6, 60)))
	if stop := w.StayEnd(s, at); end.After(stop) {
		end = stop
	}
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) { sc.Shielded = true })
	return &sim.Incident{End: end, Params: map[string]float64{"hours": end.Sub(at).Hours()}}
}
