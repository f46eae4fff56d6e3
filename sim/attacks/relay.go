package attacks

import (
	"math"
	"slices"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// Relay: seal and box are parted, and the seal's signals are carried between them.
var Relay = sim.Kind{
	Name:    "relay",
	Hostile: true,
	Doc: "The seal is taken off with its mount, and a link carries the satellites' signals from the box to it. Mostly it is " +
		"left standing where the box was while that travels; of a box that stays in its yard it is carried off. What it " +
		"says is truly its own, and goes to the network over the attacker's way, until it is put on again.",
	Observables: "Counters and signature valid. Left standing: env.gRms and env.gPeak at rest while the position moves; " +
		"net.cell stays that of the place left. Carried off: env.gRms of a ride and a far net.cell while the position " +
		"rests. Latency up and steadier. First heard: the first report after the two are parted.",
	Source: "seal model, section d row 7 (left behind or ahead)",
	Effort: sim.Effort{MoneyUSD: 3000, Minutes: 60, Skill: "expert"},
	Needs:  sim.NeedsLand,
	When:   whenLeaving,
	Attack: mount(relay),
}

// whenLeaving takes the beginning of one of the trip's runs by road or rail, the longer the likelier; of a trip that only
// stands within the world, a moment in a stay.
func whenLeaving(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	runs := w.Runs(s)
	var total time.Duration
	for _, r := range runs {
		total += r.To.Sub(r.From)
	}
	draw := ms(d.Float64() * float64(total.Milliseconds()))
	for _, r := range runs {
		if draw <= r.To.Sub(r.From) {
			return r.From
		}
		draw -= r.To.Sub(r.From)
	}
	return inStay(3*time.Hour)(w, s, d)
}

// rideMin is how long a seal that is carried off is on the road, and rideG what it feels there, rms in g.
const (
	rideMin = 90
	rideG   = 0.2
)

func relay(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := hours(w, sim.RelayMinH, sim.RelayMaxH)
	delay := ms(1000 * d.Range(w.Assumed(sim.RelayDelayMinS), w.Assumed(sim.RelayDelayMaxS)))
	far, angle := d.Range(20, 60), d.Range(0, 2*math.Pi)
	travels := slices.ContainsFunc(w.Runs(s), func(r sim.Run) bool { return r.From.Equal(at) })
	mast := w.MastAt(s, at)
	if !travels {
		length = max(length, 2*w.IntervalAt(s, at))
		mast.Lat += float64(far * exact.Cos(angle) / kmPerDeg)
		mast.Lon += float64(far * exact.Sin(angle) / (kmPerDeg * exact.Cos(mast.Lat*math.Pi/180)))
	}
	end := onTrip(w, s, at.Add(length))
	w.Around(s, at, end, func(sc *sim.Scene, t time.Time) {
		sc.Held, sc.Still = mast, travels
		if !travels && t.Sub(at) < rideMin*time.Minute {
			sc.GRms, sc.GPeak = sc.GRms+rideG, sc.GPeak+2*rideG
		}
	})
	w.Delay(s, at, end, delay, 200*time.Millisecond)
	return &sim.Incident{End: end, Params: map[string]float64{
		"hours": end.Sub(at).Hours(), "delay_s": delay.Seconds(), "left_standing": asNumber(travels),
	}}
}

// kmPerDeg is the length of a degree of latitude in kilometres.
const kmPerDeg = 111.2
