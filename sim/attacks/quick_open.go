package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// QuickOpen: the lock is picked or shimmed, the box opened for some minutes and closed again as if nothing had been.
var QuickOpen = sim.Kind{
	Name:    "quick_open",
	Hostile: true,
	Doc: "One trained person with simple tools picks or shims the lock, opens the door for some minutes and closes it " +
		"again; the seal looks whole. Price of the seal hardly matters.",
	Observables: "A short DOOR_OPEN/DOOR_CLOSE pair where the contact is not shimmed too; a spike of env.lux if a report " +
		"falls into the opening; seal_state.openedAt latched. Where the contact is shimmed only the latch shows it, in " +
		"the next report.",
	Source: "seal model, section d row 2; vulnerability assessments of seals by Argonne National Laboratory",
	Effort: sim.Effort{MoneyUSD: 100, Minutes: 5, Skill: "trained"},
	When:   inStay(3 * time.Hour),
	Attack: mount(openQuickly),
}

func openQuickly(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := minutes(w, sim.QuickMin, sim.QuickMax)
	end := at.Add(length)
	shimmed := d.Chance(0.5)
	light := d.Float64()
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) {
		sc.DoorOpen, sc.Exposed = !shimmed, true
		sc.Lux = doorLux(sc.Night, light)
		sc.GRms += 0.05
	})
	latch := sim.Saying{Code: seal.CodeDoorOpen, Sev: seal.SevAlarm, Change: latchOpened}
	if shimmed {
		w.Touch(s, at, latchOpened)
	} else {
		w.Say(s, at.Add(time.Second), latch)
		w.Say(s, end, sim.Saying{Code: seal.CodeDoorClose, Sev: seal.SevInfo})
	}
	return &sim.Incident{End: end, Params: map[string]float64{"open_min": length.Minutes(), "shimmed": asNumber(shimmed)}}
}

func asNumber(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
