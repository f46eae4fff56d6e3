package senses

import (
	"fmt"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file sets what the seal feels beside where it says it is: who moves is shaken, and who is shaken for long moves.

// ride counts the reports in a row in which motion and position, or the way of the messages, are not as they should be.
type ride struct {
	unfelt, unmoved int64
	lat, lon        int64     // of the first of those unmoved
	first           [2]uint64 // deliveries of the first unfelt, and of the first unmoved
	lags            [steadyOf]int64
	lagged          int   // messages whose lag was noted
	shakenMs        int64 // when it was last shaken and unmoved; 0: never
}

// Over so many messages a steady lag is looked for, and over so many where it was shaken too.
const (
	steadyOf   = 7
	steadyWith = 3
)

// hear takes in the next report with a fix of its own from satellites that look true; lagMs is how long it was under way.
func (d *ride) hear(r *seal.Reading, n uint64, lagMs int64, l *Limits) Verdict {
	rms, felt := r.Get(seal.GRms)
	if !felt || !r.Is(seal.MsgKind, seal.Tele) {
		return Verdict{}
	}
	d.unfelt = run(d.unfelt, r.Val[seal.SpdKn] > l.rideKn && float64(rms) < l.restMilliG)
	if d.unfelt == 1 {
		d.first[0] = n
	}
	d.move(r, n, rms, l)
	d.lags[d.lagged%steadyOf] = lagMs
	d.lagged++
	switch {
	case d.unfelt == l.rideReports:
		return Verdict{Kind: parts.Relay, Level: levelFused, Sense: Unfelt, with: [4]uint64{d.first[0]}}
	case d.unmoved == l.shakenReports:
		return Verdict{Kind: parts.Relay, Level: levelRepeat, Sense: Unmoved, with: [4]uint64{d.first[1]}}
	case d.steady(steadyOf, l), d.shakenMs > r.Val[seal.TS]-l.shakenForMs && d.steady(steadyWith, l):
		d.lagged = 0
		return Verdict{Kind: parts.Relay, Level: levelCUSUM, Sense: Steady, with: [4]uint64{d.first[1]}}
	}
	return Verdict{}
}

// move counts the reports in which it is shaken as on a ride and stands where it stood.
func (d *ride) move(r *seal.Reading, n uint64, rms int64, l *Limits) {
	shaken := rms > l.shakenMilliG && stands(r)
	if d.unmoved > 0 && parts.DistanceM(r.Val[seal.Lat], r.Val[seal.Lon], d.lat, d.lon) > l.stillM {
		d.unmoved = 0
	}
	if d.unmoved = run(d.unmoved, shaken); d.unmoved == 1 {
		d.first[1], d.lat, d.lon = n, r.Val[seal.Lat], r.Val[seal.Lon]
	}
	if shaken {
		d.shakenMs = r.Val[seal.TS]
	}
}

// steady reports whether the last messages, so many, were under way for equally long, and for longer than usual.
func (d *ride) steady(of int, l *Limits) bool {
	if d.lagged < of {
		return false
	}
	least, most := d.lags[(d.lagged-1)%steadyOf], int64(0)
	for i := 1; i <= of; i++ {
		lag := d.lags[(d.lagged-i)%steadyOf]
		least, most = min(least, lag), max(most, lag)
	}
	return least > l.steadyFromMs && most-least <= l.steadyMs
}

func whySteady(*seal.Reading, oddity) string {
	return "Its messages have been under way for equally long, as over somebody's own link, and not as in a network."
}

func whyUnfelt(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("The position goes at %s kn, and the seal feels no motion (%s g rms): it is not where its signals come from.",
		seal.Format(seal.SpdKn, r.Val[seal.SpdKn]), seal.Format(seal.GRms, r.Val[seal.GRms]))
}

func whyUnmoved(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("The seal is shaken as on a ride (%s g rms), and its position rests: it is not where its signals come from.",
		seal.Format(seal.GRms, r.Val[seal.GRms]))
}
