package sim

import (
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is the radio: who is in coverage, when a lost link comes back, and how late, often or never a message is
// heard. Losses and delays belong to the world: they are drawn from the seal's own dice.

// backoffMs is the wait before a seal tries again (assumed half to one and a half times this).
const backoffMs = 20_000

// coveredFrom gives the first moment at or after t at which the seal's place has a network.
func (w *World) coveredFrom(s *Seal, t int64) int64 {
	for range 64 { // each round leaves one gap or shadow behind
		was := t
		for i := range s.gaps {
			if g := &s.gaps[i]; g.from < t && t < g.to {
				t = g.to
			}
		}
		l := s.legAt(t)
		if l.vehicle >= 0 && l.pace == atSea && t < l.to {
			t = w.vesselCovered(s, l, t)
		}
		if t == was {
			return t
		}
	}
	return t
}

// coverLimitNM is how far off shore this seal still has a network: between 10 nm, where coverage is whole, and the
// assumed distance at which it is gone.
func (w *World) coverLimitNM(s *Seal) float64 {
	return 10 + float64(float64(s.coverClass)/(coverClasses-1)*(w.a[CoverageNoneNM]-10))
}

func (w *World) vesselCovered(s *Seal, l *leg, t int64) int64 {
	for _, c := range w.vehicles[l.vehicle].coverage(s.coverClass, w.coverLimitNM(s)) {
		if t < c.to {
			return min(max(t, c.from), l.to)
		}
	}
	return l.to
}

// attachMs draws how long a seal needs in coverage before it is attached again.
func (w *World) attachMs(d *exact.Dice) int64 {
	return exact.Round(1000 * d.Range(w.a[AttachMinS], w.a[AttachMaxS]))
}

// burstGapMs draws the pause between two messages of a backlog.
func (w *World) burstGapMs(d *exact.Dice) int64 {
	return max(1, exact.Round(1000/d.Range(w.a[BurstMinPerS], w.a[BurstMaxPerS])))
}

// latencyMs draws from a log-normal that is stretched between its 95 % and 99 % points, so that these and the median are
// the assumed ones: ln x is piecewise linear in the normal draw z, with knots at z = 1.645 and 2.326.
func (w *World) latencyMs(d *exact.Dice) int64 {
	const z95, z99 = 1.6448536269514722, 2.3263478740408408
	z := d.Normal()
	ln := w.lnP50 + float64(z*w.lnSlope)
	switch {
	case z > z99:
		ln = w.lnP99 + float64((z-z99)*w.lnSlope)
	case z > z95:
		ln = w.lnP95 + float64((z-z95)*(w.lnP99-w.lnP95)/(z99-z95))
	}
	return max(1, exact.Round(1000*exact.Exp(ln)))
}

// flight is what becomes of one message on the air; times are ms since 1970.
type flight struct {
	on     int64 // when an attempt got through
	at     int64 // when it is heard
	again  int64 // when its repeat is heard; 0: there is none
	lost   bool  // it never is
	tries  int   // attempts within the world's span
	failed int   // how many of these were lost
}

// fly draws a message's way over the air from the time now on. An event or status is repeated until it is through; a
// reading is tried twice and then lost, as when the flash is full.
func (w *World) fly(d *exact.Dice, tele bool, now int64) flight {
	f := flight{on: now}
	most := 2
	if !tele {
		most = 1 << 20
	}
	for f.on <= w.end {
		f.tries++
		if !d.Chance(w.a[RadioLoss]) {
			break
		}
		if f.failed++; f.failed == most {
			f.lost = true
			break
		}
		f.on += exact.Round(backoffMs * d.Range(0.5, 1.5))
	}
	f.at = f.on + w.latencyMs(d)
	if d.Chance(w.a[OutOfOrder]) {
		f.at += exact.Round(1000 * d.Range(30, 120))
	}
	if d.Chance(w.a[Duplicate]) {
		f.again = f.at + w.latencyMs(d)
	}
	return f
}

// transmit puts a message on the air and asks for its deliveries.
func (w *World) transmit(s *Seal, d *exact.Dice, slot int32) {
	m := w.slot(slot)
	f := w.fly(d, m.r.Val[seal.MsgKind] == seal.Tele, m.sent)
	w.stutter(s, slot, &f)
	if w.collect != nil {
		w.collect(m, f)
		w.release(slot)
		return
	}
	if w.watch != nil {
		w.report(s, slot, f.tries, f.failed)
	}
	if f.lost {
		w.release(slot)
		return
	}
	w.tunnel(s, m.sent, &f)
	if f.again != 0 {
		m.refs++
		w.send(f.again, slot)
	}
	w.send(f.at, slot)
}
