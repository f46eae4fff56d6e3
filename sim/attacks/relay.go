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
		"left standing where the box was while that travels, and is brought after it by car when the work is done; of a box " +
		"that stays in its yard it is carried off and back. What it says is truly its own, and goes to the network over the " +
		"attacker's way, until it is put on again.",
	Observables: "Counters and signature valid. Left standing: env.gRms and env.gPeak at rest while the position moves; " +
		"net.cell stays that of the place left, then follows far behind. Carried off: env.gRms of a ride and a far net.cell " +
		"while the position rests. Latency up and steadier. First heard: the first report after the two are parted.",
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

// The seal is still for stillShare of the act; then it is brought after its box, along the same road. Carried off, it rides
// for rideMin at most each way. rideG is what it feels on the road while its box stands, below restG; both rms in g.
const (
	stillShare = 0.4
	rideMin    = 90 * time.Minute
	rideG      = 0.2
	restG      = 0.03
)

func relay(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := hours(w, sim.RelayMinH, sim.RelayMaxH)
	delay := ms(1000 * d.Range(w.Assumed(sim.RelayDelayMinS), w.Assumed(sim.RelayDelayMaxS)))
	far, angle := d.Range(20, 60), d.Range(0, 2*math.Pi)
	travels := slices.ContainsFunc(w.Runs(s), func(r sim.Run) bool { return r.From.Equal(at) })
	if !travels {
		length = max(length, 2*w.IntervalAt(s, at))
	}
	end := onTrip(w, s, at.Add(length))
	var own way
	if travels {
		own = comeAfter(w, s, at, end)
	} else {
		lat, lon := w.PlaceAt(s, at)
		lat, lon = off(lat, lon, 1000*far, angle)
		own = carryOff(w.MastAt(s, at), lat, lon, end.Sub(at))
	}
	w.Around(s, at, end, func(sc *sim.Scene, t time.Time) {
		p := own.at(t.Sub(at))
		sc.Held, sc.Still = &p.mast, !p.rides
		if p.rides && sc.GRms < restG {
			sc.GRms, sc.GPeak = sc.GRms+rideG, sc.GPeak+2*rideG
		}
	})
	w.Delay(s, at, end, delay, 200*time.Millisecond)
	return &sim.Incident{End: end, Params: map[string]float64{
		"hours": end.Sub(at).Hours(), "delay_s": delay.Seconds(), "left_standing": asNumber(travels),
	}}
}

// way is where a seal is that is parted from its box, every wayStep of the act.
type way []waypoint

type waypoint struct {
	mast  sim.Mast // that serves it
	rides bool
}

const wayStep = 5 * time.Minute

// at is where the seal is so long after they were parted.
func (y way) at(since time.Duration) *waypoint { return &y[min(int(since/wayStep), len(y)-1)] }

// comeAfter leaves the seal standing and then brings it along its box's road, fast enough to catch up at the end.
func comeAfter(w *sim.World, s *sim.Seal, at, end time.Time) way {
	whole := end.Sub(at)
	still := ms(stillShare * float64(whole.Milliseconds()))
	var y way
	for t := time.Duration(0); t <= whole; t += wayStep {
		gone := ms(float64(max(0, t-still).Milliseconds()) / (1 - stillShare))
		y = append(y, waypoint{*w.MastAt(s, at.Add(gone)), t > still})
	}
	return y
}

// carryOff drives the seal to a place, leaves it there and brings it back.
func carryOff(from *sim.Mast, lat, lon float64, whole time.Duration) way {
	ride := min(rideMin, whole/3)
	var y way
	for t := time.Duration(0); t <= whole; t += wayStep {
		share := min(1, float64(min(t, whole-t))/float64(ride))
		m := sim.Mast{Lat: from.Lat + float64(share*(lat-from.Lat)), Lon: from.Lon + float64(share*(lon-from.Lon)), MCC: from.MCC}
		y = append(y, waypoint{m, share < 1})
	}
	return y
}
