package sim

import (
	"math"
	"slices"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is the cargo as far as a seal feels it: most boxes are dry, some are reefers that hold a set point.

// cargo is what the box carries.
type cargo struct {
	reefer    bool
	setC      float64 // °C, the set point of a reefer
	defrostMs int64   // from one defrosting to the next
	phaseMs   int64   // when the first of the epoch began
	riseC     float64 // °C, how much a defrosting warms the air at the sensor
}

// loadCargo draws what seal id's box carries, by dice of its own, so that nobody else's trip depends on it.
func (w *World) loadCargo(id string, l *Lane) cargo {
	d := exact.NewDice(w.seed, "seal/"+id+"/cargo")
	if !d.Chance(l.Reefers) {
		return cargo{}
	}
	c := cargo{reefer: true}
	if frozen := d.Chance(w.a[ReeferFrozen]); frozen {
		c.setC = math.Floor(d.Range(-25, -17))
	} else {
		c.setC = math.Floor(d.Range(0, 15))
	}
	c.defrostMs = exact.Round(hourMs * d.Range(w.a[DefrostMinH], w.a[DefrostMaxH]))
	c.phaseMs = exact.Round(d.Float64() * float64(c.defrostMs))
	c.riseC = w.a[DefrostRiseC] * d.Range(0.5, 1.5)
	return c
}

// defrostLengthMs is how long the heater runs; the warmth then decays with defrostDecayMs.
const (
	defrostLengthMs = 30 * 60_000
	defrostDecayMs  = 20 * 60_000
)

// defrostC is how much warmer the air at the sensor is at time t because the coils are or were just being defrosted.
func (c *cargo) defrostC(t int64) float64 {
	since := (t - c.phaseMs) % c.defrostMs
	if since < defrostLengthMs {
		return c.riseC * float64(since) / defrostLengthMs
	}
	return c.riseC * exact.Exp(-float64(since-defrostLengthMs)/defrostDecayMs)
}

// limit lets the device of a reefer say TEMP_HIGH when a reading shows more than the trip allows above the set point, once
// until it is below again. What its honest twin says at the same time it says too, with its own dice; what only the
// attack brings about is the attack's.
func (w *World) limit(s *Seal, r *seal.Reading, t int64) {
	if !s.cargo.reefer {
		return
	}
	if float64(r.Val[seal.TC])/1000 <= s.cargo.setC+w.a[ReeferLimitC] {
		s.warned = false
		return
	}
	said := slices.Index(s.twinWarned, t)
	honest := said >= 0
	if s.warned && !honest {
		return
	}
	s.warned = true
	if honest { // of two readings made at that moment, the twin said it with the first
		s.twinWarned = slices.Delete(s.twinWarned, said, said+1)
	}
	inc := int32(-1)
	switch {
	case w.collect != nil:
		w.warnings = append(w.warnings, t)
	case s.twin != nil && !honest:
		inc = s.victimOf
	}
	s.add(saying{at: t + 1000, inc: inc, kind: seal.EventMsg, code: seal.CodeTempHigh, sev: seal.SevWarn})
}
