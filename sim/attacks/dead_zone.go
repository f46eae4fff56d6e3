package attacks

import (
	"time"

	"sealab/sim"
)

// DeadZone: no network for hours on land, then everything at once. At sea geography brings it by itself.
var DeadZone = sim.Kind{
	Name: sim.DeadZone,
	Doc: "The box is out of reach of any network, on land between cells or behind a hill, at sea beyond the coastal " +
		"network; when it is back, the backlog comes in one burst, oldest first.",
	Observables: "Silence; then CELL_LOST and readings with buffered = true and old ts, 5–20 a second; CELL_BACK.",
	Source:      "seal model, section e row 5 and section c2 (off line, reconnect)",
	When:        anyTime,
	Attack:      mount(loseNetwork),
}

func loseNetwork(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	length := ms(3600_000 * w.Dice().Range(1, 8))
	end := at.Add(length)
	w.Silence(s, at, end)
	return &sim.Incident{End: end, Params: map[string]float64{"hours": length.Hours()}}
}
