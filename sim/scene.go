package sim

import (
	"math"
	"time"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is what surrounds a seal at one moment, and how attacks and look-alikes change that. A scene takes effect
// after every draw has been made, so that a seal and its honest twin stay in step.

// Scene is what surrounds the seal at one moment, before its sensors see it. Motion, light, set point, operator and
// hour are those of the moment when an effect sees it; all else is zero until an effect sets it.
type Scene struct {
	DoorOpen  bool
	Exposed   bool          // outside air reaches the sensor
	Aired     time.Duration // for so long of the time since the last report outside air came in, whether it does so still or not
	Lux       float64       // lx
	GPeak     float64       // g
	GRms      float64       // g
	Still     bool          // the accelerometer is at rest, whatever the box does
	Night     bool          // no daylight
	SolarHour float64       // local solar time, 0–24 h
	MagMT     float64       // mT added to the field of the door magnet
	TiltDeg   float64       // degrees added to the tilt against the armed attitude

	Shielded bool    // deep under steel
	Covered  bool    // no sky at all: in a tunnel, the hold of a ferry, a hall or a bag
	WeakDB   float64 // dB by which the cell network is weaker
	JamDB    float64 // dB by which a jammer drowns the satellites; 0: nobody jams. Above 0 no fix is found
	HoldsFix bool    // without a fix the receiver repeats its last one, as fix "dr" with a growing age

	Spoofed            bool    // a false satellite signal drowns the true one
	BiasE, BiasN       float64 // metres a spoofer pulls the position to the east and to the north
	SpeedMS            float64 // m/s that a spoofer's signal shows
	Placed             bool    // the pull starts from FalseLat and FalseLon, not from the true place; speed and course are the spoofer's
	FalseLat, FalseLon float64 // degrees
	CourseDeg          float64 // course that a placed spoofer's signal shows, where SpeedMS is above 0

	Held *Mast // the serving cell does not follow the box: the one of this place is kept
	MNC  int64 // mobile network code of the operator

	ClockShiftMs int64 // ms by which a false time moves the device's clock; it stays moved until a true fix

	OffsetC   float64 // °C that this sensor shows above another's
	SetTempC  float64 // °C, the set point of a reefer
	ReeferOff bool    // a reefer without power

	Fault *SensorFault // one channel is broken
}

// Mast is a place that serves a seal with its cell.
type Mast struct {
	Lat, Lon float64 // degrees
	MCC      uint16  // mobile country code
}

// SensorFault is one broken channel of the sensors inside the box. A channel that sticks keeps what it showed when an
// effect first brought this very SensorFault; one that spikes adds to what it would have shown.
type SensorFault struct {
	Channel seal.Field
	Sticks  bool
	SpikeBy int64 // in the field's integers

	stuck   bool
	stuckAt int64
}

// effect changes the scene for a while.
type effect struct {
	from, to int64
	inc      int32
	shape    func(*Scene, int64)                        // of a moment, or nil:
	since    func(sc *Scene, part, whole time.Duration) // of the time since the last report
}

// Around changes what surrounds the seal in (from, to]. Shape may be called again for the same moment, for the honest
// twin: it must answer by the moment alone.
func (w *World) Around(s *Seal, from, to time.Time, shape func(*Scene, time.Time)) {
	s.around = append(s.around, effect{from: from.UnixMilli(), to: to.UnixMilli(), inc: w.mounting, shape: func(sc *Scene, ms int64) {
		shape(sc, w.time(ms))
	}})
}

// Since changes what the seal has felt since its last report, in each report in whose time some of (from, to] lies: part
// is how long of it, whole how long the last report was ago. Shape must answer by these alone.
func (w *World) Since(s *Seal, from, to time.Time, shape func(sc *Scene, part, whole time.Duration)) {
	s.around = append(s.around, effect{from: from.UnixMilli(), to: to.UnixMilli(), inc: w.mounting, since: shape})
}

// Shake adds a shaking to what the accelerometer felt since the last report, for a part of that time, peak and rms in g.
func (sc *Scene) Shake(peakG, rmsG float64, part, whole time.Duration) {
	share := part.Seconds() / whole.Seconds()
	sc.GPeak = max(sc.GPeak, peakG)
	sc.GRms = math.Sqrt(float64((1-share)*sc.GRms*sc.GRms) + float64(share*rmsG*rmsG))
}

// look lets what happens around the seal change the scene.
func (w *World) look(g *sight) {
	sc, list := &g.scene, g.s.around
	sc.SolarHour, sc.SetTempC, sc.MNC = g.hour, g.s.cargo.setC, 1
	for i := range list {
		e := &list[i]
		part := min(e.to, g.t) - max(e.from, g.s.tempAt)
		if e.since != nil && part <= 0 || e.since == nil && (g.t <= e.from || g.t > e.to) {
			continue
		}
		e.change(sc, g, part)
		if !w.incidents[e.inc].Hostile {
			g.alike = e.inc
		}
	}
	if sc.Still {
		sc.GPeak, sc.GRms = restG(g.shakeA, g.shakeB)
	}
}

// change lets an effect change the scene; part is how many ms of the time since the last report it takes up.
func (e *effect) change(sc *Scene, g *sight, part int64) {
	if e.since == nil {
		e.shape(sc, g.t)
		return
	}
	e.since(sc, time.Duration(part)*time.Millisecond, time.Duration(g.t-g.s.tempAt)*time.Millisecond)
}

// restG is what the accelerometer of a box at rest shows, peak and rms in g, by two draws.
func restG(a, b float64) (peak, rms float64) { return 0.02 + float64(0.06*a), 0.005 + float64(0.015*b) }

// jam writes what a jammed receiver says (reference c1: sats 0–3, C/N0 10–25 dB down, indicator above 150, the fix lost
// or the last one repeated) over a reading without a fix; u and v are the fix's draws.
func (w *World) jam(g *sight, u, v float64) {
	r, s := g.r, g.s
	r.Set(seal.CN0, exact.Round(10*clampF(views[g.l.sky].cn0-g.scene.JamDB+float64(0.8*v), 0, 60)))
	r.Set(seal.Jam, 151+int64(104*u))
	if g.scene.HoldsFix && (s.lat != 0 || s.lon != 0) {
		r.Set(seal.Fix, seal.FixDR)
		r.Set(seal.Lat, s.lat)
		r.Set(seal.Lon, s.lon)
		r.Set(seal.AccM, exact.Round(10*w.a[CellErrMaxM]))
	}
}

// falsePlace is where a placed spoofer's signal is before its pull, with the cosine of the latitude.
func (sc *Scene) falsePlace() (lat, lon, squeeze float64) {
	return sc.FalseLat, sc.FalseLon, exact.Cos(sc.FalseLat * radPerDeg)
}

// spoil lets a broken channel have its way with the reading.
func (f *SensorFault) spoil(r *seal.Reading) {
	v, _ := r.Get(f.Channel)
	if f.Sticks && !f.stuck {
		f.stuck, f.stuckAt = true, v
	}
	if f.Sticks {
		v = f.stuckAt
	}
	r.Set(f.Channel, f.Channel.Clamp(v+f.SpikeBy))
}

// MastAt is the mast that serves the seal at a moment.
func (w *World) MastAt(s *Seal, at time.Time) *Mast {
	t := at.UnixMilli()
	lat, lon, _, _ := w.place(s, s.legAt(t), t)
	return &Mast{Lat: lat, Lon: lon, MCC: w.mccAt(s, t)}
}

// PlaceAt is where the box truly is at a moment, in degrees (the longitude between −180 and 180).
func (w *World) PlaceAt(s *Seal, at time.Time) (lat, lon float64) {
	t := at.UnixMilli()
	lat, lon, _, _ = w.place(s, s.legAt(t), t)
	return lat, wrapLon(lon)
}

// cellOf is the serving cell of a place: one of a grid of some 15 km.
func cellOf(lat, lon float64, mcc uint16) int64 {
	row, col := int64(math.Floor(lat*7)), int64(math.Floor(lon*7))
	return int64((uint64(row)*0x9E3779B1 ^ uint64(col)*0x85EBCA77 ^ uint64(mcc)*0xC2B2AE3D) & 0xFFFFFFF)
}
