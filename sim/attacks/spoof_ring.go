package attacks

import (
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// SpoofRing: a false satellite signal leads the receiver round in a circle.
var SpoofRing = sim.Kind{
	Name:    "spoof_ring",
	Hostile: true,
	Doc: "A transmitter near the parked box plays a recorded or computed circle: the position goes round a point at a " +
		"constant speed for hours, as was seen of whole fleets. What happens to the box meanwhile is not on the map.",
	Observables: "pos.spdKn constant and pos.cog turning evenly, on a ring of 50–500 m; pos.sats and pos.hdop good, " +
		"pos.cn0sd below 1 dB; env.gRms at rest, net.cell unchanged. First heard: the first report on the ring.",
	Source: "seal model, section d row 10 (spoof: ring) and section c1 (spoofed; mass spoof, rings)",
	Effort: sim.Effort{MoneyUSD: 1500, Minutes: 15, Skill: "expert"},
	When:   inStay(3 * time.Hour),
	Attack: mount(circle),
}

func circle(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := longEnough(w, s, at, stretch(d, w.Assumed(sim.RingMin), w.Assumed(sim.RingMax)))
	end := whileParked(w, s, at, length)
	radius, speed := d.Range(50, 500), d.Range(w.Assumed(sim.RingMinMS), w.Assumed(sim.RingMaxMS))
	first := d.Range(0, 2*math.Pi)
	lat, lon := w.PlaceAt(s, at)
	w.Around(s, at, end, func(sc *sim.Scene, t time.Time) {
		angle := first + float64(speed/radius*t.Sub(at).Seconds())
		sc.Spoofed, sc.Placed, sc.FalseLat, sc.FalseLon = true, true, lat, lon
		sc.BiasE, sc.BiasN = float64(radius*exact.Sin(angle)), float64(radius*exact.Cos(angle))
		sc.SpeedMS, sc.CourseDeg = speed, turn(angle*180/math.Pi+90)
	})
	return &sim.Incident{End: end, Params: map[string]float64{
		"minutes": end.Sub(at).Minutes(), "radius_m": radius, "speed_ms": speed, "round_s": 2 * math.Pi * radius / speed,
	}}
}

// turn brings an angle in degrees to 0 … 360.
func turn(deg float64) float64 { return deg - float64(360*math.Floor(deg/360)) }
