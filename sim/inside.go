package sim

import (
	"math"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is what the seal feels inside the box and in itself: climate, light, door, battery, network, clock.

// openLagH is the lag in hours with which the air in the box follows the air outside while a door is open.
const openLagH = 0.3

// follow lets the box follow the air with a first-order lag: on deck and on land it warms in the sun, below deck it hardly
// moves (reference c3), and a reefer keeps its set point.
func (w *World) follow(g *sight) {
	s, sc := g.s, &g.scene
	air := ambientC(g.lat) + float64(g.swing()*g.warm)
	target := air
	lagH := w.a[BoxLagH]
	switch {
	case sc.Exposed && sc.Aired == 0:
		lagH = openLagH
	case s.cargo.reefer && !sc.ReeferOff:
		target, lagH = sc.SetTempC, w.a[ReeferLagH]
	case s.cargo.reefer:
		lagH = w.a[ReeferOffLagH]
	case s.deep && g.l.pace == atSea:
		target = ambientC(g.lat) + float64(w.a[HoldDailyC]*g.warm)
	case g.warm > 0:
		target = air + float64(w.a[BoxNoonC]*g.warm)
	default:
		target = air + float64(2*g.warm)
	}
	dt := float64(max(0, g.t-s.tempAt)) / 3600_000
	if open := sc.Aired.Hours(); open > 0 {
		s.tempC += float64((air - s.tempC) * (open / (open + openLagH)))
		dt = max(0, dt-open)
	}
	s.tempC += float64((target - s.tempC) * (dt / (dt + lagH))) // implicit Euler: stable for any step
	s.tempAt = max(s.tempAt, g.t)
}

// climate writes what the sensors inside the box show.
func (w *World) climate(g *sight) {
	s, d, sc, r := g.s, &g.s.sense, &g.scene, g.r
	w.follow(g)
	a, b := d.Normal(), d.Normal()
	rh := 60 - float64(0.6*(s.tempC-20)) + float64(2*b)
	shown := s.tempC
	if s.cargo.reefer {
		rh = w.a[ReeferRH] + float64(2*b)
		if sc.ReeferOff {
			rh += w.a[ReeferOffRH]
		} else {
			shown += s.cargo.defrostC(g.t)
		}
	}
	if sc.Exposed {
		rh = 70 + float64(2*b)
	}
	mag, tilt := 12+float64(0.1*a), math.Abs(0.8+float64(0.2*b))
	if sc.DoorOpen {
		mag = 0.5 + float64(0.05*math.Abs(a))
	}
	r.Set(seal.TC, clamp(exact.Round(1000*(shown+sc.OffsetC+float64(0.15*a))), -40000, 85000))
	r.Set(seal.RH, exact.Round(10*clampF(rh, 0, 100)))
	r.Set(seal.Lux, exact.Round(10*clampF(sc.Lux, 0, 120000)))
	r.SetBool(seal.DoorOpen, sc.DoorOpen)
	r.Set(seal.MagMT, exact.Round(100*clampF(mag+sc.MagMT, 0, 50)))
	r.Set(seal.Tilt, exact.Round(10*clampF(tilt+sc.TiltDeg, 0, 180)))
	r.Set(seal.GPeak, exact.Round(1000*clampF(sc.GPeak, 0, 16)))
	r.Set(seal.GRms, exact.Round(1000*clampF(sc.GRms, 0, 4)))
	if sc.Fault != nil {
		sc.Fault.spoil(r)
	}
}

// ambientC is a year's mean of the air in °C at a latitude in degrees: 27 at the equator, about 12 at 52° (a smooth
// stand-in, known in shape only).
func ambientC(lat float64) float64 { return 27 - float64(0.0055*lat*lat) }

// swing is half the air's daily range in °C: small over water.
func (g *sight) swing() float64 {
	if g.l.pace == atSea {
		return 1.5
	}
	return 5
}

// batteryMAh is the cell's charge (reference c3: 8000 mAh Li-SOCl2).
const batteryMAh = 8000

// power books the charge of sleeping, fixing and sending; the voltage stays flat until the last tenth.
func (w *World) power(g *sight) {
	s, r := g.s, g.r
	s.UsedMAh += float64(w.a[SleepMAhPerDay] * float64(max(0, g.t-s.usedAt)) / 86400_000)
	s.usedAt = max(s.usedAt, g.t)
	send := w.a[SendGoodMAh]
	if g.l.sky == inStack || g.l.sky == inHold {
		send = float64(0.7*send) + float64(0.3*w.a[SendPoorMAh])
	}
	s.UsedMAh += w.a[FixHotMAh] + send
	left := max(0, 1-s.UsedMAh/s.cell.capacityMAh(g.t))
	w.worry(g, left)
	mv := 3600.0
	if left < 0.1 {
		mv = 2800 + float64(8000*left)
	}
	r.Set(seal.Pct, exact.Round(1000*left))
	r.Set(seal.MV, exact.Round(mv))
	r.Set(seal.MAhUsed, exact.Round(1000*s.UsedMAh))
	r.SetBool(seal.Charging, false)
}

// network writes what the modem says: the serving cell is one of a grid of some 15 km, an independent hint of place.
func (w *World) network(g *sight) {
	s, r, l := g.s, g.r, g.l
	mcc := uint16(0)
	if l.vehicle >= 0 {
		v := w.vehicles[l.vehicle]
		d, _ := v.when(g.t, &s.cur)
		mcc = v.track.country(d)
	} else {
		mcc = w.places[l.place].mcc
	}
	level := -88.0
	switch l.sky {
	case underCranes:
		level = -94
	case inStack, inHold:
		level = -106
	}
	cell := cellOf(g.lat, g.lon, mcc)
	if m := g.scene.Held; m != nil {
		mcc, cell = m.MCC, cellOf(m.Lat, m.Lon, m.MCC)
	}
	r.Set(seal.RAT, seal.RATNBIoT)
	r.Set(seal.RSRP, clamp(exact.Round(level-g.scene.WeakDB+float64(4*s.sense.Normal())), -140, -44))
	r.Set(seal.MCC, int64(mcc))
	r.Set(seal.MNC, g.scene.MNC)
	r.Set(seal.Cell, cell)
	r.Set(seal.Backlog, max(0, (g.now-g.t)/w.interval[l.pace]))
}

// clock writes the times by the device's own clock and tells how wrong it is, in ms. A fix sets it; a false time moves
// it until then.
func (w *World) clock(g *sight) (off int64) {
	s, r := g.s, g.r
	off = s.clockOffMs + exact.Round(s.clockPPM*float64(g.t-s.clockAt)/1e6)
	wait := g.now - g.t
	src, errMs := int64(seal.ClockRTC), clamp((g.t-s.clockAt)/200_000, 50, 600000)
	switch {
	case g.fixed:
		src, errMs = seal.ClockGNSS, 50
		off = exact.Round(20 * g.clockN)
		s.clockAt, s.clockOffMs = g.t, off
	case wait < bufferedMs:
		src, errMs = seal.ClockNet, 500
	}
	if g.scene.ClockShiftMs != 0 {
		s.shiftMs = g.scene.ClockShiftMs
	} else if g.fixed {
		s.shiftMs = 0
	}
	off += s.shiftMs
	off, src = w.step(g, off, src)
	off += s.skewMs
	r.Set(seal.ClkSrc, src)
	r.Set(seal.ClkErrMs, errMs)
	r.Set(seal.TS, g.t+off)
	r.Set(seal.Sent, g.now+off)
	r.SetBool(seal.Buffered, wait >= bufferedMs)
	return off
}

// head writes identity, counters, clock and state, and the event where there is one.
func (w *World) head(g *sight, say *saying) {
	s, r := g.s, g.r
	off := w.clock(g)
	kind := int64(seal.Tele)
	if say != nil {
		kind = say.kind
		if say.change != nil && !say.anew {
			say.change(&s.Device, g.t+s.shiftMs+s.skewMs)
		}
	}
	s.Seq++
	r.Set(seal.MsgKind, kind)
	r.Set(seal.Boot, s.Boot)
	r.Set(seal.Seq, s.Seq)
	r.Set(seal.Status, s.Status)
	r.Set(seal.SealType, seal.TypeBLT)
	r.Set(seal.Source, seal.SourceSHI)
	setTime(r, seal.ArmedAt, s.ArmedAt)
	setTime(r, seal.OpenedAt, s.OpenedAt)
	setTime(r, seal.TamperedAt, s.TamperedAt)
	switch kind {
	case seal.EventMsg:
		r.Set(seal.Code, say.code)
		r.Set(seal.Sev, say.sev)
		r.CmdID = say.cmdID
	case seal.Birth:
		r.SetBool(seal.Online, true)
		r.Set(seal.Reason, seal.ReasonOK)
		r.Set(seal.NextReport, s.next+off)
	case seal.Death:
		r.SetBool(seal.Online, false)
		r.Set(seal.Reason, seal.ReasonSleep)
	}
}

// bufferedMs is from when on a message counts as having waited for coverage.
const bufferedMs = 5_000

func setTime(r *seal.Reading, f seal.Field, ms int64) {
	if ms != 0 {
		r.Set(f, ms)
	}
}
