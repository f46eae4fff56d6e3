package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// RadioWrap: a bag of foil over the seal takes satellites and network away at once.
var RadioWrap = sim.Kind{
	Name:    "radio_wrap",
	Hostile: true,
	Doc: "A shielding bag is put over the seal of a parked box, so that it neither hears satellites nor reaches a network; " +
		"under it half of the boxes are opened. Sometimes the door contact is shimmed and what was recorded meanwhile " +
		"wiped, so that the backlog does not tell.",
	Observables: "The last message is an ordinary one; then none comes, in a place with coverage. Afterwards CELL_LOST, a " +
		"backlog with buffered = true, pos.fix none, pos.sats 0, pos.cn0 next to nothing, with or without DOOR_OPEN, " +
		"env.lux and env.doorOpen in it, and CELL_BACK. First heard: the report that is missed.",
	Source: "seal model, section d row 12",
	Effort: sim.Effort{MoneyUSD: 5, Minutes: 3, Skill: "anyone"},
	When:   inStay(3 * time.Hour),
	Attack: mount(wrapRadio),
}

func wrapRadio(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := longEnough(w, s, at, stretch(d, w.Assumed(sim.WrapMin), 60*w.Assumed(sim.WrapMaxH)))
	opens, wiped, light := d.Chance(w.Assumed(sim.WrapOpens)), d.Chance(0.5), d.Float64()
	after, open := d.Range(0.05, 0.3), d.Range(0.2, 0.6)
	end := onTrip(w, s, at.Add(length))
	doorAt := at.Add(ms(after * float64(length.Milliseconds())))
	shut := doorAt.Add(min(time.Hour, ms(open*float64(length.Milliseconds()))))
	if opens {
		w.Around(s, doorAt, shut, func(sc *sim.Scene, _ time.Time) {
			sc.DoorOpen, sc.Exposed = !wiped, true
			sc.Lux = doorLux(sc.Night, light)
			sc.GRms += 0.1
		})
	}
	switch {
	case opens && wiped:
		w.Swallow(s, doorAt, shut)
	case opens:
		w.Say(s, doorAt.Add(time.Second), sim.Saying{Code: seal.CodeDoorOpen, Sev: seal.SevAlarm, Change: latchOpened})
		w.Say(s, shut, sim.Saying{Code: seal.CodeDoorClose, Sev: seal.SevInfo})
	}
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) { sc.Covered, sc.WeakDB = true, 45 })
	w.Block(s, at, end)
	return &sim.Incident{End: end, Params: map[string]float64{
		"hours": end.Sub(at).Hours(), "opened": asNumber(opens), "wiped": asNumber(opens && wiped),
	}}
}
