package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// RestStop: the driver pauses or sleeps where drivers do.
var RestStop = sim.Kind{
	Name: "rest_stop",
	Doc: "The driver makes the pause or the night that the law asks for, or waits at a border, at a place where many trucks " +
		"stand. Nothing is wrong with it.",
	Observables: "The position stands still for 45 minutes to 11 hours, longer at a border, on the planned way; env.gRms " +
		"at rest, reports at the parked interval.",
	Source: "seal model, section e row 12 and section c4 (truck: rests and nights)",
	Needs:  sim.NeedsRoad,
	When:   atPause,
	Attack: mount(rest),
	Bare:   true,
}

// atPause takes one of the truck's stops from its beginning; none where they lie outside the world.
func atPause(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	list := w.Pauses(s)
	if len(list) == 0 {
		return time.Time{}
	}
	return list[d.IntN(len(list))].From
}

func rest(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	end := w.StayEnd(s, at)
	w.Around(s, at, end, func(*sim.Scene, time.Time) {})
	return &sim.Incident{End: end, Params: map[string]float64{"minutes": end.Sub(at).Minutes()}}
}
