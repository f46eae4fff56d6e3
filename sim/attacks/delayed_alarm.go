package attacks

import (
	"slices"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// DelayedAlarm: the radio is held down while the bolt is cut, until the box is far away where it goes on by land.
var DelayedAlarm = sim.Kind{
	Name:    "delayed_alarm",
	Hostile: true,
	Doc: "Before the box goes on, a jammer of the mobile network beside it holds the seal's radio down; then the bolt is cut " +
		"and the box emptied. The jammer travels along for hours: when the alarm comes, the place of the act lies far behind. " +
		"A box that only sails is held down where it stands.",
	Observables: "Silence in a place with coverage; hours later CELL_LOST and a backlog with buffered = true, in it ROPE_CUT, " +
		"DOOR_OPEN and LIGHT_ALARM with an old ts, status tampered; satellites were there all the time. First heard: " +
		"the report that is missed.",
	Source: "seal model, section d row 13",
	Effort: sim.Effort{MoneyUSD: 250, Minutes: 30, Skill: "trained"},
	When:   beforeLeaving,
	Attack: mount(delayAlarm),
}

// beforeLeaving takes the last hours of a stay after which the box goes on by road or rail, so that it is far away when the
// radio is let go; of a trip without one, a moment in a stay.
func beforeLeaving(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	var leaves []time.Time
	for _, stay := range w.Stays(s) {
		goes := slices.ContainsFunc(w.Runs(s), func(r sim.Run) bool { return r.From.Equal(stay.To) })
		if goes && stay.Length() >= 3*time.Hour {
			leaves = append(leaves, stay.To)
		}
	}
	if len(leaves) == 0 {
		return inStay(2*time.Hour)(w, s, d)
	}
	return leaves[d.IntN(len(leaves))].Add(-ms(60_000 * d.Range(90, 150)))
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
