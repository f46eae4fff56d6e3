package sim

import (
	"math"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file makes a reading: what the sensors see of the scene, rounded to the wire's fixed units on the spot.
//
// The number of draws never depends on what an attack changes, so that a seal and its honest twin, who roll the same
// dice, agree on every message that the attack leaves alone.

// sight is one reading in the making.
type sight struct {
	s          *Seal
	l          *leg
	r          *seal.Reading
	t, now     int64 // when it is made, and when it is sent
	lat, lon   float64
	speed      float64 // m/s
	squeeze    float64 // cosine of the latitude
	scene      Scene
	hour, warm float64 // solar hour; cosine of it, 1 at 14:00
	u, clockN  float64 // draws for the fix and for the clock it sets, rolled whether or not there is a fix
	shakeA     float64 // draws of the motion
	shakeB     float64
	fixed      bool
	alike      int32 // a look-alike that shapes the scene, or −1
}

// compose fills r with what seal s says at time t, sent at now; say is nil for a scheduled report. It returns the
// look-alike that shows in it, or −1.
func (w *World) compose(s *Seal, t, now int64, say *saying, r *seal.Reading) int32 {
	s.applyTouches(t)
	if say != nil && say.anew { // it is another device that speaks, with a cell and a clock of its own
		s.skewMs = w.skewMs("swap/" + s.id)
		say.change(&s.Device, t+s.shiftMs+s.skewMs)
	}
	l := s.legAt(t)
	g := &w.sight // kept in the world: one on the stack would escape through the scene's shapers
	*g = sight{s: s, l: l, r: r, t: t, now: now, alike: -1}
	g.lat, g.lon, g.speed, g.squeeze = w.place(s, l, t)
	*r = seal.Reading{Seal: s.id, Container: s.container, Trip: s.trip}
	g.hour = solarHour(t, g.lon)
	g.warm = exact.Cos((g.hour - 14) * math.Pi / 12)
	w.shake(g)
	w.look(g)
	if say != nil && say.gPeak > 0 {
		g.scene.GPeak = say.gPeak
	}
	w.fix(g)
	w.climate(g)
	w.power(g)
	w.network(g)
	w.head(g, say)
	return g.alike
}

// solarHour is the local solar time in hours, 0–24, at time t (ms since 1970) and longitude lon (degrees).
func solarHour(t int64, lon float64) float64 {
	h := float64(t%86400_000)/3600_000 + lon/15
	return h - float64(24*math.Floor(h/24))
}

// shake sets the scene's motion from what the box is doing.
func (w *World) shake(g *sight) {
	d := &g.s.sense
	a, b, craned := d.Float64(), d.Float64(), d.Range(w.a[CraneGMin], w.a[CraneGMax])
	g.shakeA, g.shakeB = a, b
	sc := &g.scene
	switch {
	case g.l.pace == atSea:
		sc.GPeak, sc.GRms = w.a[SeaG]*(0.6+float64(0.8*a)), 0.05+float64(0.07*b)
	case g.l.pace == onRail && g.speed > 0:
		sc.GPeak, sc.GRms = w.a[RailG]*(0.5+a), 0.05+float64(0.15*b)
	case g.l.pace == onRoad && g.speed > 0:
		sc.GPeak, sc.GRms = w.a[TruckG]*(0.5+a), 0.05+float64(0.3*b)
	default:
		sc.GPeak, sc.GRms = restG(a, b)
	}
	if leg := g.s.leg; int(g.s.seenLeg) != leg {
		was := &g.s.legs[min(int(g.s.seenLeg), len(g.s.legs)-1)]
		if g.l.pace == atSea || was.pace == atSea {
			sc.GPeak = craned // the box was lifted since the last reading
		}
		g.s.seenLeg = int32(leg)
	}
	sc.Lux = w.a[LightShutLx] * 2 * d.Float64()
	sc.Night = g.hour < 6 || g.hour > 18
}

// fix finds the position: a correlated error (first-order Gauss-Markov), outliers under cranes, and often none in a
// stack or hold (reference c1).
func (w *World) fix(g *sight) {
	s, d, sc := g.s, &g.s.sense, &g.scene
	w.wander(g)
	g.u, g.clockN = d.Float64(), d.Normal()
	kind := g.l.sky
	if sc.Shielded {
		kind = inStack
	}
	view := views[kind]
	sigma, none := w.under(kind)
	lost := d.Chance(none)
	e, n := sigma*s.errE, sigma*s.errN
	if kind == underCranes && d.Chance(w.a[CraneOutlierShare]) {
		e, n = w.a[CraneOutlierScaleM]*d.StudentT3(), w.a[CraneOutlierScaleM]*d.StudentT3()
	}
	u, v := d.Float64(), d.Normal()
	sats := view.satsMin + int64(u*float64(view.satsMax-view.satsMin+1))
	hdop := view.hdopMin + float64(u*(view.hdopMax-view.hdopMin))
	cn0, cn0sd := view.cn0+float64(0.8*v), view.cn0sd+float64(0.4*v)
	if kind == inStack && !lost {
		hdop = 4 + float64(u*(w.a[StackHDOPMax]-4))
	}
	if lost {
		cellE, cellN, got := w.cellError(d)
		if !sc.Spoofed {
			w.noFix(g, u, v, cellE, cellN, got)
			return
		}
	}
	if (sc.JamDB > 0 || sc.Covered) && !sc.Spoofed {
		w.noFix(g, u, v, 0, 0, false)
		return
	}
	if sc.Spoofed {
		sats, hdop, cn0, cn0sd = 10+int64(4*u), 0.8+float64(0.3*u), 45+float64(0.3*v), w.a[SpoofCN0SDdB]+float64(0.05*v)
		sigma, e, n = 2.1, float64(2.1*s.errE)+sc.BiasE, float64(2.1*s.errN)+sc.BiasN
	}
	w.writeFix(g, e, n)
	r := g.r
	r.Set(seal.AccM, clamp(exact.Round(10*sigma*1.51*(0.85+float64(0.3*u))), 1, 200000))
	r.Set(seal.Fix, seal.Fix3D)
	r.Set(seal.Sats, sats)
	r.Set(seal.HDOP, exact.Round(100*hdop))
	r.Set(seal.CN0, exact.Round(10*cn0))
	r.Set(seal.CN0SD, clamp(exact.Round(100*cn0sd), 5, 1500))
	r.Set(seal.AgeS, 0)
	r.Set(seal.Jam, int64(12*u))
}

// under gives the position's error in metres per axis under one kind of sky, and the chance that there is no fix.
func (w *World) under(kind sky) (sigma, none float64) {
	switch kind {
	case underCranes:
		return w.a[CraneErrP50M] / rayleighP50, views[kind].noFix
	case inStack:
		return w.a[StackErrP50M] / rayleighP50, w.a[StackNoFix]
	case inHold:
		return w.a[StackErrP50M] / rayleighP50, w.a[HoldNoFix]
	}
	return 2.1, views[kind].noFix
}

// rayleighP50 is the median of a 2-D normal error in units of σ per axis: √(2·ln 2).
const rayleighP50 = 1.1774100225154747

// view is what a receiver reports under one kind of sky.
type view struct {
	noFix            float64
	satsMin, satsMax int64
	hdopMin, hdopMax float64
	cn0, cn0sd       float64 // dB-Hz, dB: clear 42/4, partial 30/6 (reference c1)
}

var views = [...]view{
	openSky:     {0.005, 8, 14, 0.8, 1.6, 42, 4},
	underCranes: {0.02, 5, 9, 1.5, 3, 37, 5},
	inStack:     {0, 4, 5, 4, 12, 30, 6},
	inHold:      {0, 4, 5, 4, 12, 30, 6},
}

// wander advances the correlated error by the time since the last reading.
func (w *World) wander(g *sight) {
	s, d := g.s, &g.s.sense
	tau := w.a[GNSSTauMovingS]
	if g.l.pace.atRest() {
		tau = w.a[GNSSTauRestS]
	}
	phi := 0.0
	if dt := float64(max(0, g.t-s.errAt)) / 1000; dt < 12*tau {
		phi = exact.Exp(-dt / tau)
	}
	keep := math.Sqrt(1 - float64(phi*phi))
	a, b := d.Normal(), d.Normal()
	s.errE = float64(phi*s.errE) + float64(keep*a)
	s.errN = float64(phi*s.errN) + float64(keep*b)
	s.errAt = max(s.errAt, g.t)
}

// writeFix writes a satellite position that is e metres east and n metres north of the true one.
func (w *World) writeFix(g *sight, e, n float64) {
	s, r, u := g.s, g.r, g.u
	lat, lon, squeeze, sc := g.lat, g.lon, g.squeeze, &g.scene
	if sc.Placed {
		lat, lon, squeeze = sc.falsePlace()
	}
	lat += n / metresPerDeg
	lon = wrapLon(lon + e/(metresPerDeg*squeeze))
	s.lat, s.lon, s.fixAt = exact.Round(1e6*lat), exact.Round(1e6*lon), g.t
	r.Set(seal.Lat, s.lat)
	r.Set(seal.Lon, s.lon)
	speed := max(g.speed, sc.SpeedMS)
	if sc.Placed {
		speed = sc.SpeedMS
	}
	r.Set(seal.SpdKn, exact.Round(10*max(0, float64(speed*knPerMS)+float64(0.3*(u-0.3)))))
	course := -1.0
	switch {
	case sc.Placed && sc.SpeedMS > 0:
		course = sc.CourseDeg
	case sc.Placed: // who stands has no course
	case g.l.vehicle >= 0 && g.speed > 0.5:
		course = w.vehicles[g.l.vehicle].course(g.t, &s.cur)
	case g.l.drive:
		p, q := &w.places[g.l.place], &w.places[g.l.dest]
		course = bearing(p.lat, p.lon, q.lat, q.lon)
	}
	if course >= 0 {
		r.Set(seal.COG, (exact.Round(10*(course+float64(2*(u-0.5))))+3600)%3600)
	}
	g.fixed = true
}

const knPerMS = 1.9438444924406 // 3600 / 1852

// cellError draws how far a cell position is off, and whether there is one.
func (w *World) cellError(d *exact.Dice) (e, n float64, got bool) {
	got = d.Chance(w.a[CellFallback])
	dist, angle := d.Range(w.a[CellErrMinM], w.a[CellErrMaxM]), d.Range(0, 2*math.Pi)
	return dist * exact.Cos(angle), dist * exact.Sin(angle), got
}

// noFix writes what is known without satellites: a cell position where the network gives one, else nothing.
func (w *World) noFix(g *sight, u, v, cellE, cellN float64, cell bool) {
	r, s := g.r, g.s
	r.Set(seal.Sats, int64(3.99*u))
	r.Set(seal.CN0, exact.Round(10*(22+float64(1.5*v))))
	r.Set(seal.CN0SD, exact.Round(100*clampF(3+v, 0.2, 15)))
	r.Set(seal.AgeS, clamp((g.t-s.fixAt)/1000, 0, 86400))
	r.Set(seal.Jam, int64(20*u))
	r.Set(seal.Fix, seal.FixNone)
	if cell && g.now-g.t <= 60_000 {
		r.Set(seal.Fix, seal.FixCell)
		r.Set(seal.Lat, exact.Round(1e6*(g.lat+cellN/metresPerDeg)))
		r.Set(seal.Lon, exact.Round(1e6*wrapLon(g.lon+cellE/(metresPerDeg*g.squeeze))))
		r.Set(seal.AccM, exact.Round(10*w.a[CellErrMaxM]))
	}
	switch {
	case g.scene.JamDB > 0:
		w.jam(g, u, v)
	case g.scene.Covered:
		r.Set(seal.Sats, 0)
		r.Set(seal.CN0, exact.Round(10*clampF(9+v, 0, 60)))
	}
}

// wrapLon brings an unwrapped longitude back to −180 … 180.
func wrapLon(lon float64) float64 { return lon - float64(360*math.Floor((lon+180)/360)) }

func clamp(v, lo, hi int64) int64 { return max(lo, min(hi, v)) }

func clampF(v, lo, hi float64) float64 { return max(lo, min(hi, v)) }
