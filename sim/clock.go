package sim

import (
	"time"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is a clock that goes wrong between two fixes, and the step with which the next one sets it.

// drift is a quartz that runs fast or slow from a moment until the next fix.
type drift struct {
	inc  int32
	from int64
	ppm  float64
	over bool
}

// Drift lets the device's clock run fast (ppm above 0) or slow from a moment until the next fix, which sets it: the
// device says CLOCK_STEP. While it runs so, no network time mends it.
func (w *World) Drift(s *Seal, from time.Time, ppm float64) {
	s.drifts = append(s.drifts, drift{inc: w.mounting, from: from.UnixMilli(), ppm: ppm})
}

// step adds what the clock has drifted to its error in ms, and ends the drift at a fix.
func (w *World) step(g *sight, off, src int64) (int64, int64) {
	for i := range g.s.drifts {
		d := &g.s.drifts[i]
		switch {
		case d.over || g.t <= d.from:
		case g.fixed:
			d.over = true
			g.s.add(saying{at: g.t + 1000, inc: d.inc, kind: seal.EventMsg, code: seal.CodeClockStep, sev: seal.SevInfo})
		default:
			g.alike = d.inc
			off += exact.Round(d.ppm * float64(g.t-d.from) / 1e6)
			src = seal.ClockRTC
		}
	}
	return off, src
}
