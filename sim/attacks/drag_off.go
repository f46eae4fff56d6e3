package attacks

import (
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// DragOff: a spoofer near the box captures the receiver and pulls the position away without a jump.
var DragOff = sim.Kind{
	Name:    "drag_off",
	Hostile: true,
	Doc: "A transmitter beside the parked box captures its GNSS receiver and pulls the position away, from nothing to " +
		"the speed of a truck, along a plausible false road; it holds the false place for hours and lets go. Whoever " +
		"watches the map believes the box has driven off, or looks for it where it is not.",
	Observables: "The position's bias grows from 0 at 0.1–1 m/s² (no single jump at a fine interval); satellites and HDOP " +
		"good, spread of C/N0 below 1 dB; serving cell unchanged and env.gRms at rest while the position moves. First " +
		"heard: the first report after the pull has begun.",
	Source: "seal model, section d row 11 and section c1 (spoofed); acceleration check, section f",
	Effort: sim.Effort{MoneyUSD: 2000, Minutes: 60, Skill: "expert"},
	When:   whenParkedLong,
	Attack: mount(dragOff),
}

// holdReports is for how many of the lane's default intervals the false place is held.
const holdReports = 4

// whenParkedLong needs a stay with room for the pull and the hold.
func whenParkedLong(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	return inStay(3*time.Hour)(w, s, d)
}

func dragOff(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	pull := minutes(w, sim.DragPullMin, sim.DragPullMax)
	acc := d.Range(w.Assumed(sim.DragAccMin), w.Assumed(sim.DragAccMax))
	top := d.Range(8, 16) // m/s: a truck on an ordinary road
	angle := d.Range(0, 2*math.Pi)
	east, north := exact.Sin(angle), exact.Cos(angle)
	hold := holdReports * w.IntervalAt(s, at)
	end := at.Add(pull + hold)
	w.Around(s, at, end, func(sc *sim.Scene, t time.Time) {
		gone := min(t.Sub(at), pull).Seconds()
		dist, speed := pulled(gone, acc, top)
		if t.Sub(at) > pull {
			speed = 0
		}
		sc.Spoofed, sc.SpeedMS = true, speed
		sc.BiasE, sc.BiasN = float64(dist*east), float64(dist*north)
	})
	return &sim.Incident{End: end, Params: map[string]float64{
		"pull_min": pull.Minutes(), "acc_ms2": acc, "top_ms": top, "hold_min": hold.Minutes(),
	}}
}

// pulled is how far, in metres, and how fast, in m/s, the false position has gone after so many seconds: constant
// acceleration up to the top speed, which is then kept.
func pulled(s, acc, top float64) (dist, speed float64) {
	rise := top / acc
	if s <= rise {
		return acc * s * s / 2, acc * s
	}
	return float64(top*rise/2) + float64(top*(s-rise)), top
}
