package sim

import (
	"time"

	"sealab/sim/seal"
)

// This file is a cell that fails: what it can hold shrinks, the device warns, saves, and stops.

// cell is what an old or cold battery holds; the zero value is a sound one.
type cell struct {
	inc   int32
	from  int64
	days  float64 // in which the capacity falls to nothing; 0: the cell is sound
	warns int     // how many of its warnings have been said
}

// The charge left at which the device warns (reference b3) and, at the second, reports less often.
const (
	batLow  = 0.2
	batCrit = 0.05
)

// frugal is how much longer the time between two reports is once the charge is critical.
const frugal = 4

// Weaken lets the capacity of the seal's cell fall, from a moment on, to nothing in so many days. The device says BAT_LOW
// at 20 % and BAT_CRIT at 5 %, reports less often from there on, and stops when nothing is left.
func (w *World) Weaken(s *Seal, from time.Time, days float64) {
	s.cell = cell{inc: w.mounting, from: from.UnixMilli(), days: days}
}

// capacityMAh is what the cell holds at time t.
func (c *cell) capacityMAh(t int64) float64 {
	if c.days == 0 || t <= c.from {
		return batteryMAh
	}
	return max(1, batteryMAh*(1-float64(t-c.from)/(86400_000*c.days)))
}

// stretch is the factor on the report interval.
func (c *cell) stretch() int64 {
	if c.warns >= 2 {
		return frugal
	}
	return 1
}

// worry has the device warn of what is left of a failing cell's charge, and die with it.
func (w *World) worry(g *sight, left float64) {
	s, c := g.s, &g.s.cell
	if c.days == 0 || g.t <= c.from {
		return
	}
	g.alike = c.inc
	if c.warns == 0 && left <= batLow {
		c.warns = 1
		s.add(saying{at: g.t + 1000, inc: c.inc, kind: seal.EventMsg, code: seal.CodeBatLow, sev: seal.SevWarn})
	}
	if c.warns == 1 && left <= batCrit {
		c.warns = 2
		s.add(saying{at: g.t + 2000, inc: c.inc, kind: seal.EventMsg, code: seal.CodeBatCrit, sev: seal.SevFault})
	}
	if left <= 0.001 && (s.deadAt == 0 || g.now < s.deadAt) {
		s.deadAt = g.now // this message is its last
	}
}
