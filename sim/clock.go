package sim

import (
	"time"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is clocks that are wrong: one that goes wrong between two fixes, and the step with which the next one sets
// it; and those that are off at all times.

// SkewSetting is the name of the setting by how much clocks are off at all times.
const SkewSetting = "clock_skew_s"

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

// skewMs draws by how much the clock of the device of that name is off at all times. Dice of its own leave all others as
// they are.
func (w *World) skewMs(device string) int64 {
	most := w.set[SkewSetting]
	if most == 0 {
		return 0
	}
	d := exact.NewDice(w.seed, device+"/skew")
	return exact.Round(1000 * d.Range(-most, most))
}
