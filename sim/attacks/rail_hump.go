package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// RailHump: wagons are shunted over a hump and run into each other.
var RailHump = sim.Kind{
	Name: "rail_hump",
	Doc: "In a marshalling yard the wagon is pushed over a hump and runs into others, several times within an hour; " +
		"conventional wagons take up to 4 g, intermodal ones much less.",
	Observables: "Several SHOCK events with env.gPeak up to 4 g within 10–90 minutes, at a yard of the railway; nothing else.",
	Source:      "seal model, section e row 3 and section c3 (rail hump)",
	Needs:       sim.NeedsRail,
	When:        inYard,
	Attack:      mount(shunt),
}

// inYard takes one of the stops of the train; none where they lie outside the world.
func inYard(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	list := w.Pauses(s)
	if len(list) == 0 {
		return time.Time{}
	}
	stop := list[d.IntN(len(list))]
	return stop.From.Add(ms(d.Range(0.05, 0.4) * float64(stop.Length().Milliseconds())))
}

func shunt(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := ms(60_000 * d.Range(10, 90))
	hits := 2 + d.IntN(5)
	hardest := 0.0
	for i := range hits {
		peak := d.Range(shockG, w.Assumed(sim.HumpGMax))
		hardest = max(hardest, peak)
		when := at.Add(ms((float64(i) + float64(0.8*d.Float64())) / float64(hits) * float64(length.Milliseconds())))
		w.Say(s, when, sim.Saying{Code: seal.CodeShock, Sev: seal.SevWarn, GPeakG: peak})
	}
	return &sim.Incident{End: at.Add(length), Params: map[string]float64{
		"hits": float64(hits), "peak_g": hardest, "minutes": length.Minutes(),
	}}
}
