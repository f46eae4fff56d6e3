package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// ClockRollback: a false time signal sets the device back, so that an opening looks older than the arming.
var ClockRollback = sim.Kind{
	Name:    "clock_rollback",
	Hostile: true,
	Doc: "False satellite or network time sets the device's clock back to before it was armed; then the lock is picked " +
		"and the box opened for some minutes. Whoever reads the record finds an opening that seems to be of the " +
		"loading, before the seal was armed. When the false signal ends the next fix puts the clock right.",
	Observables: "CLOCK_STEP; ts and sent fall by days while seq rises, so latency seems huge; DOOR_OPEN or the latch " +
		"seal_state.openedAt with a time before seal_state.armedAt; then CLOCK_STEP back. First heard: the CLOCK_STEP.",
	Source: "seal model, section d row 14 (clock rollback)",
	Effort: sim.Effort{MoneyUSD: 2000, Minutes: 30, Skill: "expert"},
	When:   inStay(3 * time.Hour),
	Attack: mount(rollBack),
}

func rollBack(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	lead, open, tail := ms(60_000*d.Range(2, 10)), minutes(w, sim.QuickMin, sim.QuickMax), ms(60_000*d.Range(2, 10))
	back := at.Sub(w.Began(s)) + ms(3600_000*d.Range(w.Assumed(sim.RollbackMinH), w.Assumed(sim.RollbackMaxH)))
	shimmed, light := d.Chance(0.5), d.Float64()
	opened := at.Add(lead)
	shut := opened.Add(open)
	end := shut.Add(tail)
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) { sc.ClockShiftMs = -back.Milliseconds() })
	w.Say(s, at.Add(time.Second), sim.Saying{Code: seal.CodeClockStep, Sev: seal.SevInfo})
	w.Around(s, opened, shut, func(sc *sim.Scene, _ time.Time) {
		sc.DoorOpen, sc.Exposed = !shimmed, true
		sc.Lux = doorLux(sc.Night, light)
		sc.GRms += 0.05
	})
	if shimmed {
		w.Touch(s, opened, func(dev *sim.Device, ms int64) { latchOpened(dev, ms-back.Milliseconds()) })
	} else {
		w.Say(s, opened.Add(time.Second), sim.Saying{Code: seal.CodeDoorOpen, Sev: seal.SevAlarm, Change: latchOpened})
		w.Say(s, shut, sim.Saying{Code: seal.CodeDoorClose, Sev: seal.SevInfo})
	}
	w.Say(s, end.Add(time.Second), sim.Saying{Code: seal.CodeClockStep, Sev: seal.SevInfo})
	return &sim.Incident{End: end, Params: map[string]float64{
		"back_h": back.Hours(), "open_min": open.Minutes(), "shimmed": asNumber(shimmed),
	}}
}
