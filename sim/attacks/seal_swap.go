package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// SealSwap: the seal is cut off and another hung in its place, with the number copied.
var SealSwap = sim.Kind{
	Name:    "seal_swap",
	Hostile: true,
	Doc: "The seal is cut off and destroyed, the box opened, and some minutes later another device with the same number is " +
		"hung in its place and armed. The new one has counters, a battery, sensors, a rhythm of reports and a key of its own.",
	Observables: "DETACHED, or nothing and a report that does not come; then a birth and ARMED without a command: boot and seq " +
		"out of line, pwr.pct and pwr.mAhUsed jump, env.tC shifts, reports fall on other minutes, seal_state.armedAt lies after " +
		"the departure, and a signature is another key's. First heard: DETACHED, else the new device's birth.",
	Source: "seal model, section d row 4",
	Effort: sim.Effort{MoneyUSD: 300, Minutes: 15, Skill: "trained"},
	When:   inStay(2 * time.Hour),
	Attack: mount(swapSeal),
}

// otherMAh is by how much of its charge the new device differs from the old at least: 5 % of a cell.
const otherMAh = 400

func swapSeal(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	gap := minutes(w, sim.SwapMin, sim.SwapMax)
	silent := d.Chance(w.Assumed(sim.SwapSilent))
	boot, key := int64(2+d.IntN(30)), 1+d.IntN(1<<20)
	used, offset := d.Range(100, 6500), d.Range(0.8, 2.5)
	if d.Chance(0.5) {
		offset = -offset
	}
	fresh := at.Add(gap)
	if !silent {
		w.Say(s, at.Add(time.Second), sim.Saying{Code: seal.CodeDetached, Sev: seal.SevAlarm, Change: latchTampered})
	}
	w.Swallow(s, at.Add(2*time.Second), fresh)
	w.Say(s, fresh.Add(time.Second), sim.Saying{Birth: true, Anew: true, Change: func(dev *sim.Device, ms int64) {
		other := sim.Device{Boot: boot, Status: seal.Unarmed, UsedMAh: used, Key: key}
		if used-dev.UsedMAh < otherMAh && dev.UsedMAh-used < otherMAh {
			other.UsedMAh += 2 * otherMAh
		}
		if boot == dev.Boot {
			other.Boot++
		}
		*dev = other
	}})
	w.Say(s, fresh.Add(4*time.Second), sim.Saying{Code: seal.CodeArmed, Sev: seal.SevInfo, Change: func(dev *sim.Device, ms int64) {
		dev.Status, dev.ArmedAt = seal.Armed, ms
	}})
	_, to := w.Within(s)
	w.Around(s, fresh, to, func(sc *sim.Scene, _ time.Time) { sc.OffsetC = offset })
	return &sim.Incident{End: fresh.Add(4 * time.Second), Params: map[string]float64{
		"gap_min": gap.Minutes(), "silent": asNumber(silent), "used_mah": used, "offset_c": offset,
	}}
}

// latchTampered is what a broken loop or mount leaves in the device until a signed command clears it.
func latchTampered(dev *sim.Device, ms int64) {
	dev.Status, dev.TamperedAt = seal.Tampered, ms
}
