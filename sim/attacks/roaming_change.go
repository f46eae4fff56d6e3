package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// RoamingChange: behind a border the seal looks for another operator's network.
var RoamingChange = sim.Kind{
	Name: "roaming_change",
	Doc: "Truck or train crosses a border; the seal loses the old operator's network, searches, and is admitted by a new one. " +
		"Some hours later it changes to the operator with which its own has a contract.",
	Observables: "A silence of minutes; net.mcc changes, then net.mnc once more; CELL_LOST, a short burst with buffered = true, " +
		"CELL_BACK.",
	Source: "seal model, section e row 15; section c2 (reconnect)",
	Needs:  sim.NeedsLand,
	When:   whenCrossing,
	Attack: mount(roam),
}

// whenCrossing takes one of the borders of the trip; a trip that crosses none within the world has no such change.
func whenCrossing(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	borders := w.Borders(s)
	if len(borders) == 0 {
		return time.Time{}
	}
	return borders[d.IntN(len(borders))]
}

func roam(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	search := minutes(w, sim.BorderAttachMin, sim.BorderAttachMax)
	first, until := int64(2+d.IntN(9)), at.Add(search+ms(3600_000*d.Range(1, 6)))
	w.Silence(s, at, at.Add(search))
	w.Around(s, at, until, func(sc *sim.Scene, _ time.Time) { sc.MNC = first })
	return &sim.Incident{End: onTrip(w, s, until), Params: map[string]float64{
		"search_min": search.Minutes(), "first_mnc": float64(first),
	}}
}
