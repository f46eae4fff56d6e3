package attacks

import (
	"time"

	"sealab/sim"
)

// DelayedAlarm: the radio is held down while the bolt is cut, until the box is far away.
var DelayedAlarm = sim.Kind{
	Name:    "delayed_alarm",
	Hostile: true,
	Doc: "A jammer of the mobile network beside the parked box holds the seal's radio down; then the bolt is cut and the box " +
		"emptied. The jammer travels along for hours: when the alarm comes, the place of the act lies far behind.",
	Observables: "Silence in a place with coverage; hours later CELL_LOST and a backlog with buffered = true, in it ROPE_CUT, " +
		"DOOR_OPEN and LIGHT_ALARM with an old ts, status tampered; satellites were there all the time. First heard: " +
		"the report that is missed.",
	Source: "seal model, section d row 13",
	Effort: sim.Effort{MoneyUSD: 250, Minutes: 30, Skill: "trained"},
	When:   inStay(2 * time.Hour),
	Attack: mount(delayAlarm),
}

func delayAlarm(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := hours(w, sim.DelayedMinH, sim.DelayedMaxH)
	lead := ms(60_000 * d.Range(2, 20))
	shut, how := cutAndEmpty(w, s, at.Add(lead))
	end := onTrip(w, s, at.Add(length))
	if end.Before(shut) {
		end = shut
	}
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) { sc.WeakDB = 45 })
	w.Block(s, at, end)
	how["lead_min"], how["held_h"] = lead.Minutes(), end.Sub(at).Hours()
	return &sim.Incident{End: end, Params: how}
}
