package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// BoltCut: the bolt or cable is cut while the box stands, the door is opened and goods are taken.
var BoltCut = sim.Kind{
	Name:    "bolt_cut",
	Hostile: true,
	Doc: "The bolt or cable is cut with a cutter or grinder while the box stands still; the door is opened, goods are " +
		"taken, the door is pushed to again. Nobody restores the seal.",
	Observables: "ROPE_CUT at once and status tampered, latched; env.gRms and env.gPeak up for 20–90 s before; then " +
		"DOOR_OPEN, LIGHT_ALARM, env.lux, env.doorOpen, and env.tC moves towards the air outside. First heard: ROPE_CUT.",
	Source: "seal model, section d row 1; shock of tools at the hasp, section c3",
	Effort: sim.Effort{MoneyUSD: 50, Minutes: 5, Skill: "anyone"},
	When:   inStay(2 * time.Hour),
	Attack: mount(cutBolt),
}

func cutBolt(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	end, how := cutAndEmpty(w, s, at)
	return &sim.Incident{End: end, Params: how}
}

// cutAndEmpty cuts the bolt at a moment and gives when the door is pushed to again, and how it was done.
func cutAndEmpty(w *sim.World, s *sim.Seal, at time.Time) (end time.Time, how map[string]float64) {
	d := w.Dice()
	tool := ms(1000 * d.Range(20, 90))
	peak := d.Range(w.Assumed(sim.CutGMin), w.Assumed(sim.CutGMax))
	rms := d.Range(0.3, 1.5)
	open := minutes(w, sim.CutMin, sim.CutMax)
	light := d.Float64()
	cut := at.Add(tool)
	doorAt := cut.Add(ms(1000 * d.Range(15, 120)))
	end = cut.Add(open)
	w.Around(s, at, doorAt, func(sc *sim.Scene, _ time.Time) { sc.GPeak, sc.GRms = peak, rms })
	w.Around(s, doorAt, end, func(sc *sim.Scene, _ time.Time) {
		sc.DoorOpen, sc.Exposed = true, true
		sc.Lux = doorLux(sc.Night, light)
	})
	w.Say(s, cut, sim.Saying{Code: seal.CodeRopeCut, Sev: seal.SevAlarm, Change: func(dev *sim.Device, ms int64) {
		dev.Status, dev.TamperedAt = seal.Tampered, ms
	}})
	w.Say(s, doorAt.Add(time.Second), sim.Saying{Code: seal.CodeDoorOpen, Sev: seal.SevAlarm, Change: latchOpened})
	w.Say(s, doorAt.Add(3*time.Second), sim.Saying{Code: seal.CodeLightAlarm, Sev: seal.SevWarn})
	w.Say(s, end, sim.Saying{Code: seal.CodeDoorClose, Sev: seal.SevInfo})
	return end, map[string]float64{"tool_s": tool.Seconds(), "peak_g": peak, "open_min": open.Minutes()}
}

// latchOpened is what an opening leaves in the device until a signed command clears it.
func latchOpened(dev *sim.Device, ms int64) {
	if dev.OpenedAt == 0 {
		dev.OpenedAt = ms
	}
}
