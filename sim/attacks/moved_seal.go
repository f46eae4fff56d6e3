package attacks

import (
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// MovedSeal: the armed seal is taken off with its mount and put on another box.
var MovedSeal = sim.Kind{
	Name:    "moved_seal",
	Hostile: true,
	Doc: "In a yard the armed seal is taken off together with its mount, bolt and handle, and put on another box near by. " +
		"That one stays; the box that the papers speak of travels on without a seal, and nobody disarms the seal at its " +
		"destination.",
	Observables: "SHOCK and TILT, env.tilt and env.gRms while it is carried; DETACHED where the device has a sensor on its " +
		"mount; afterwards env.magMT and env.tilt differ for good. The position stays in the yard while notices tell of " +
		"departure, arrival and gate_out of the container. First heard: DETACHED or SHOCK.",
	Source: "seal model, section d row 15 (moved to other container)",
	Effort: sim.Effort{MoneyUSD: 200, Minutes: 20, Skill: "trained"},
	When:   inStay(3 * time.Hour),
	Attack: mount(moveSeal),
}

func moveSeal(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := minutes(w, sim.MoveMin, sim.MoveMax)
	end := at.Add(length)
	sensed := d.Chance(w.Assumed(sim.MoveSensed))
	peak, held := d.Range(shockG, 4), d.Range(20, 120)
	magnet, tilt := d.Range(0.5, 3), d.Range(0, 4)
	if d.Chance(0.5) {
		magnet = -magnet
	}
	dist, angle := d.Range(15, 300), d.Range(0, 2*math.Pi)
	if sensed {
		w.Say(s, at.Add(time.Second), sim.Saying{Code: seal.CodeDetached, Sev: seal.SevAlarm, Change: func(dev *sim.Device, ms int64) {
			dev.Status, dev.TamperedAt = seal.Tampered, ms
		}})
	}
	w.Say(s, at.Add(3*time.Second), sim.Saying{Code: seal.CodeShock, Sev: seal.SevWarn, GPeakG: peak})
	w.Say(s, at.Add(10*time.Second), sim.Saying{Code: seal.CodeTilt, Sev: seal.SevWarn})
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) {
		sc.TiltDeg, sc.MagMT = held, -12
	})
	w.Since(s, at, end, func(sc *sim.Scene, part, whole time.Duration) { sc.Shake(peak, 0.2, part, whole) })
	w.StayBehind(s, end, dist*exact.Sin(angle), dist*exact.Cos(angle))
	w.Around(s, end, tripEnd(w, s), func(sc *sim.Scene, _ time.Time) { sc.MagMT, sc.TiltDeg = magnet, tilt })
	return &sim.Incident{End: end, Params: map[string]float64{
		"minutes": length.Minutes(), "detached_said": asNumber(sensed), "peak_g": peak, "distance_m": dist,
		"magnet_mt": magnet, "tilt_deg": tilt,
	}}
}
