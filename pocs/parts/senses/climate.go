package senses

import (
	"fmt"

	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file watches boxes that are held at a temperature. Defrosting warms the air at the sensor for less than an hour; a
// machine that was switched off or set warmer does it for longer, and lets the air grow damper where it stands still.

// climate is what a box holds, by exponentially weighted means, and for how long it has not.
type climate struct {
	tC, rh float64 // m°C and 0.1 %
	spread float64 // mean absolute deviation of the temperature, m°C
	heard  int64   // reports
	warm   int64   // reports in a row that are too warm, and since when
	warmMs int64
	damp   int64     // reports in a row that are damper than usual and a little warmer
	excuse bool      // it was said, or the door was open, and it has not been well since
	n      [2]uint64 // deliveries of the last report that was well, and of the first that was not
}

// climateWeight is that of one report in the means, and climateNeeds how many they are taken from.
const (
	climateWeight = 0.1
	climateNeeds  = 8
)

// hear takes in the next report of an armed seal whose door contact is shut.
func (c *climate) hear(r *seal.Reading, n uint64, l *Limits) Verdict {
	tC, told := r.Get(seal.TC)
	rh, also := r.Get(seal.RH)
	if !told || !also || !r.Is(seal.MsgKind, seal.Tele) {
		return Verdict{}
	}
	up, damper := float64(tC)-c.tC, float64(rh)-c.rh
	if c.heard < climateNeeds || c.spread > l.heldSpread || c.rh < l.heldRH {
		c.learn(up, damper)
		c.n[0] = n
		return Verdict{} // a dry box follows the day
	}
	c.warm, c.damp = run(c.warm, up > l.warm), run(c.damp, damper > l.damp && up > l.warm/3)
	if c.warm == 0 && c.damp == 0 {
		c.excuse, c.n = false, [2]uint64{n}
		c.learn(up, damper)
		return Verdict{}
	}
	if c.n[1] == 0 {
		c.n[1] = n
	}
	if c.warm == 1 {
		c.warmMs = r.Val[seal.TS]
	}
	lasts := c.warm >= l.warmReports && r.Val[seal.TS]-c.warmMs >= l.warmMs
	if c.excuse || !lasts && c.damp < l.dampReports {
		return Verdict{}
	}
	c.excuse = true
	return Verdict{Kind: parts.TempAbuse, Level: levelRepeat, Sense: Warm, with: [4]uint64{c.n[0], c.n[1]}}
}

// aired says that the box was opened rightfully: it may be warm until it is well again.
func (c *climate) aired() { c.excuse, c.warm, c.damp = true, 0, 0 }

// learn takes a report, as it lies off the means, into them.
func (c *climate) learn(up, damper float64) {
	c.heard++
	weight := max(climateWeight, 1/float64(c.heard))
	if c.heard > 1 {
		c.spread += float64(weight * (max(up, -up) - c.spread))
	}
	c.tC += float64(weight * up)
	c.rh += float64(weight * damper)
}

func whyWarm(r *seal.Reading, _ oddity) string {
	return fmt.Sprintf("A box that was held cool shows %s °C and %s %% for longer than a defrosting takes.",
		seal.Format(seal.TC, r.Val[seal.TC]), seal.Format(seal.RH, r.Val[seal.RH]))
}
