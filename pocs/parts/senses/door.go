package senses

import (
	"fmt"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file feels for a door that was opened on the wrong side of its seal, and for a seal that left its door: by the
// magnet, the tilt and the shaking of tools. One channel alone may be broken: two must agree, or one shift and stay so
// without sticking.

// door is what the seal's door magnet shows when all is well, and how far it has left that.
type door struct {
	usual float64 // 0.01 mT, mean of the reports that fitted
	heard int64   // so many, up to longLearnt
	last  int64   // field of the newest report
	sums  parts.CUSUM
	first uint64 // delivery of the last report that fitted
}

// learnt is after how many reports the usual field is known well enough, longLearnt how many it is the mean of at most.
const (
	learnt     = 12
	longLearnt = 64
)

// settled is by how many σ two reports in a row differ at most where a door hangs still.
const settled = 4

// hear takes in the next reading of an armed seal whose door contact is shut.
func (d *door) hear(r *seal.Reading, n uint64, l *Limits) Verdict {
	if v := toolsOrLoose(r, l); v.Sense != 0 {
		if v.Kind == parts.MovedSeal {
			*d = door{} // it will hang on another
		}
		return v
	}
	field, ok := r.Get(seal.MagMT)
	if !ok {
		return Verdict{}
	}
	off, step := float64(field)-d.usual, float64(field-d.last)/l.magnetSD
	d.last = field
	restless := step == 0 || max(step, -step) > settled // a sensor that sticks or jumps about tells nothing
	switch {
	case d.heard == 0 || d.heard < learnt && !restless:
		d.learn(off, n)
	case d.heard < learnt:
	case -off > l.ajar && (r.Val[seal.Lux] > l.ajarLux || stands(r) && r.Val[seal.GRms] > l.ajarMilliG):
		return Verdict{Kind: parts.HingeBypass, Level: levelFused, Sense: Ajar}
	case restless:
	case d.sums.Add(clip(off/l.magnetSD), l.magnetK, l.magnetH):
		v := Verdict{Kind: parts.HingeBypass, Level: levelCUSUM, Sense: HungOtherwise, with: [4]uint64{d.first}}
		*d = door{} // it hangs so from now on
		return v
	case d.sums == parts.CUSUM{}:
		d.learn(off, n)
	}
	return Verdict{}
}

// learn takes a report, as it lies off the mean, into it.
func (d *door) learn(off float64, n uint64) {
	d.heard = min(d.heard+1, longLearnt)
	d.usual += off / float64(d.heard)
	d.first = n
}

// toolsOrLoose tries what one reading shows by itself.
func toolsOrLoose(r *seal.Reading, l *Limits) Verdict {
	field, told := r.Get(seal.MagMT)
	switch {
	case told && r.Val[seal.Tilt] > l.looseTilt && field < l.looseMagnet:
		return Verdict{Kind: parts.MovedSeal, Level: levelOrder, Sense: Loose}
	case r.Val[seal.GRms] > l.toolRms && r.Val[seal.GPeak] > l.toolPeak && stands(r):
		return Verdict{Kind: parts.HingeBypass, Level: levelCUSUM, Sense: Tools}
	}
	return Verdict{}
}

// slowKn is below which speed a box stands, in tenths of a knot.
const slowKn = 10

// stands reports whether a reading shows that the box stands.
func stands(r *seal.Reading) bool {
	speed, told := r.Get(seal.SpdKn)
	return told && ownFix(r) && speed < slowKn
}

// ownFix reports whether a reading has a position of the seal's own.
func ownFix(r *seal.Reading) bool {
	return r.Val[seal.Fix] == seal.Fix2D || r.Val[seal.Fix] == seal.Fix3D
}

func whyAjar(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("The door stands off its magnet (%s mT) under a shut contact, with light or shaking.",
		seal.Format(seal.MagMT, r.Val[seal.MagMT]))
}

func whyHungOtherwise(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("The door hangs otherwise than before: its magnet shows %s mT and stays there, while the seal says that it is whole.",
		seal.Format(seal.MagMT, r.Val[seal.MagMT]))
}

func whyLoose(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("The seal is tilted by %s° and away from the door's magnet while its contact is shut: it was taken off with its mount.",
		seal.Format(seal.Tilt, r.Val[seal.Tilt]))
}

func whyTools(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("The box stands and is shaken as by tools: %s g rms, up to %s g.",
		seal.Format(seal.GRms, r.Val[seal.GRms]), seal.Format(seal.GPeak, r.Val[seal.GPeak]))
}
