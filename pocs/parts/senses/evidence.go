package senses

import (
	"math"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file weighs what speaks against a fix: track, satellites, cell and speed.

// oddity is what does not fit about one fix. A sort of evidence alone can err; two together, or one that lasts, do not.
type oddity struct {
	pattern bool // all satellites equally strong
	leap    bool // does not fit the track
	cell    bool // does not fit the serving cell
}

// sorts counts the sorts of evidence.
func (o oddity) sorts() int {
	n := 0
	for _, b := range [...]bool{o.pattern, o.leap, o.cell} {
		if b {
			n++
		}
	}
	return n
}

// evidence is all that one fix gives to think.
type evidence struct {
	oddity
	beyond  bool // beyond the speed gate
	drift   bool // the CUSUM passed its limit
	hop     bool // it does not fit the track, and that is no wonder
	circles bool // false satellites move it, and it stays near
	next    parts.Filter
	nu      parts.Innovation
}

// weigh compares a fix with the track, the satellites and the cell.
func (t *track) weigh(r *seal.Reading, f fix, noise float64, l *Limits) evidence {
	e := evidence{next: t.filter}
	e.pattern = oneTransmitter(r, l)
	e.circles = e.pattern && r.Val[seal.SpdKn] > slowKn
	if t.still {
		e.next.Halt(l.wanderVar)
	} else {
		e.next.Predict(float64(max(0, f.atMs-t.last.atMs))/1000, noise)
	}
	east, north := t.plane.At(f.lat, f.lon)
	e.nu = e.next.Innovate(east, north, variance(f.accM))
	e.cell = t.offCell(f, l.cellM)
	t.leap(&e, f, l)
	e.circles = e.circles && square(e.nu.East)+square(e.nu.North) <= square(l.ringM)
	if t.still && !e.leap && !e.hop {
		sigma := math.Sqrt(e.nu.Var)
		a := t.sums[0].Add(clip(e.nu.East/sigma), l.cusumK, l.cusumH)
		b := t.sums[1].Add(clip(e.nu.North/sigma), l.cusumK, l.cusumH)
		e.drift = a || b
	}
	return e
}

// leap says whether the fix does not fit the track. Where nothing else speaks against it, it is a leap only of a box
// that felt no motion, under the same cell and not to a known place: on the move, drivers turn around; at rest, a box can
// be driven a few kilometres between two reports.
func (t *track) leap(e *evidence, f fix, l *Limits) {
	if e.nu.NIS() <= l.nis || t.still && square(e.nu.East)+square(e.nu.North) <= square(l.leapM) {
		return
	}
	alone := !e.pattern && !e.cell
	e.hop = alone && (!t.still || !f.sameCell(t.last) || parts.HandlingPlace(f.lat, f.lon, l.placeM))
	e.leap = !e.hop
}

// offCell says whether the fix lies too far from where its serving cell was first heard.
func (t *track) offCell(f fix, limitM float64) bool {
	if f.cell == 0 || t.cell.id != f.cell || t.cell.mcc != f.mcc || f.lat == t.cell.lat && f.lon == t.cell.lon {
		return false
	}
	e1, n1 := t.plane.At(f.lat, f.lon)
	e0, n0 := t.plane.At(t.cell.lat, t.cell.lon)
	return square(e1-e0)+square(n1-n0) > square(limitM)
}

// beyond tries the speed gate, first in the plane, then on the sphere.
func (t *track) beyond(f fix, g *parts.Gate) bool {
	dt := float64(f.atMs-t.last.atMs) / 1000
	e1, n1 := t.plane.At(f.lat, f.lon)
	e0, n0 := t.plane.At(t.last.lat, t.last.lon)
	d := math.Sqrt(square(e1-e0) + square(n1-n0))
	if !g.Beyond(d*1.5, dt, f.accM, t.last.accM) {
		return false
	}
	return g.Beyond(parts.DistanceM(f.lat, f.lon, t.last.lat, t.last.lon), dt, f.accM, t.last.accM)
}

// judge makes a Verdict of the evidence.
func (t *track) judge(e *evidence, f fix, l *Limits) Verdict {
	sorts, before := e.sorts(), t.oddN
	t.count(sorts, f.n)
	switch {
	case e.beyond && !e.pattern && (f.cell == 0 || !f.sameCell(t.last)):
		return Verdict{TwoPlaces, parts.Clone, levelGate, e.oddity, [4]uint64{t.last.n}}
	case e.beyond:
		return Verdict{TooFar, parts.SpoofTeleport, levelGate, e.oddity, [4]uint64{t.last.n}}
	case sorts > 1:
		return Verdict{Odd, parts.DragOff, levelFused, e.oddity, t.against(e)}
	case t.odd >= l.oddFixes:
		with := t.against(e)
		with[2], with[3] = before[0], before[1]
		if e.circles {
			return Verdict{Circling, parts.SpoofRing, levelRepeat, e.oddity, with}
		}
		return Verdict{OddRunning, parts.DragOff, levelRepeat, e.oddity, with}
	case e.drift:
		return Verdict{Drift, parts.DragOff, levelCUSUM, e.oddity, [4]uint64{t.last.n, t.sumsN}}
	}
	return Verdict{}
}

// count counts the odd fixes running, and remembers the first and the newest.
func (t *track) count(sorts int, n uint64) {
	if sorts == 0 {
		t.odd, t.oddN = 0, [2]uint64{}
		return
	}
	t.odd++
	if t.odd == 1 {
		t.oddN[0] = n
	}
	t.oddN[1] = n
}

// against are the fixes that an odd one does not fit: the last that was believed, and the first under its cell.
func (t *track) against(e *evidence) (with [4]uint64) {
	if e.leap {
		with[0] = t.last.n
	}
	if e.cell {
		with[1] = t.cell.n
	}
	return with
}
