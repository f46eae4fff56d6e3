package parts_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sealab/pocs/parts"
	"sealab/sim/exact"
)

// TestFilterIsConsistent drives boxes with the filter's own noise: the normalised innovation must be χ² with 2 degrees
// of freedom, so 2 on average, and above 9.21 once in a hundred.
func TestFilterIsConsistent(t *testing.T) {
	const dt, q, sigma, n = 300.0, 0.25, 5.0, 20000
	dice := exact.NewDice(1, "filter")
	var f parts.Filter
	f.Start(0, 0, sigma*sigma, 400)
	var x, y, vx, vy, sum float64
	above := 0
	for range n {
		step := func(p, v *float64) { // white acceleration over dt, exactly: speed and place are correlated
			a, b := dice.Normal(), dice.Normal()
			dv := math.Sqrt(q*dt) * a
			*p += *v*dt + dv*dt/2 + math.Sqrt(q*dt*dt*dt/12)*b
			*v += dv
		}
		step(&x, &vx)
		step(&y, &vy)
		f.Predict(dt, q)
		nu := f.Innovate(x+sigma*dice.Normal(), y+sigma*dice.Normal(), sigma*sigma)
		sum += nu.NIS()
		if nu.NIS() > 9.21 {
			above++
		}
		f.Update(nu)
	}
	if mean := sum / n; mean < 1.95 || mean > 2.05 {
		t.Errorf("mean NIS: got %.3f, want 2", mean)
	}
	if share := float64(above) / n; share < 0.007 || share > 0.013 {
		t.Errorf("share of NIS above 9.21: got %.4f, want 0.01", share)
	}
}

// TestFilterStays says that updates never make the filter surer than the measurement allows, nor its variance negative.
func TestFilterStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var f parts.Filter
		f.Start(0, 0, 1, 1)
		for range rapid.IntRange(1, 60).Draw(t, "fixes") {
			if rapid.Bool().Draw(t, "rest") {
				f.Halt(rapid.Float64Range(0, 1e4).Draw(t, "wander"))
			} else {
				f.Predict(rapid.Float64Range(0, 1e6).Draw(t, "dt"), rapid.Float64Range(0, 1).Draw(t, "q"))
			}
			r := rapid.Float64Range(1, 1e6).Draw(t, "r")
			nu := f.Innovate(rapid.Float64Range(-1e5, 1e5).Draw(t, "east"), 0, r)
			if !(nu.Var >= r*(1-1e-9)) || nu.NIS() < 0 {
				t.Fatalf("innovation variance %g below the measurement's %g", nu.Var, r)
			}
			f.Update(nu)
		}
	})
}

func TestCUSUM(t *testing.T) {
	var c parts.CUSUM
	first := 0
	for i := 1; i <= 40 && first == 0; i++ {
		if c.Add(-1.5, 0.5, 12) {
			first = i
		}
	}
	if first != 13 { // each step adds 1, and 12 is not above 12
		t.Errorf("steady shift of 1.5: alarm at %d, want 13", first)
	}
	if c != (parts.CUSUM{}) {
		t.Errorf("after an alarm: got %v, want a new beginning", c)
	}
}

// TestCUSUMRunLength checks the published mean run length of k 0.5, h 5: 465 clean samples for two sides.
func TestCUSUMRunLength(t *testing.T) {
	dice := exact.NewDice(7, "cusum")
	var c parts.CUSUM
	const n = 2_000_000
	alarms := 0
	for range n {
		if c.Add(dice.Normal(), 0.5, 5) {
			alarms++
		}
	}
	if length := float64(n) / float64(alarms); length < 440 || length > 490 {
		t.Errorf("mean run length: got %.0f, want about 465", length)
	}
}

func TestGate(t *testing.T) {
	g := parts.Gate{MaxMps: 10, SkewS: 60}
	for _, c := range []struct {
		d, dt float64
		want  bool
	}{{0, 0, false}, {600, 0, false}, {700, 0, true}, {1600, 100, false}, {1700, -100, true}, {1600, -100, false}} {
		if got := g.Beyond(c.d, c.dt, 10, 5); got != c.want {
			t.Errorf("%g m in %g s: got %v, want %v", c.d, c.dt, got, c.want)
		}
	}
}

func TestPlane(t *testing.T) {
	p := parts.NewPlane(-1286389, 36817223)
	east, north := p.At(-1286389+8993, 36817223+8993) // a thousandth of 8.993° is about a kilometre here
	if math.Abs(north-1000) > 1 || math.Abs(east-999.7) > 1 {
		t.Errorf("a kilometre off: got %.1f m east, %.1f m north", east, north)
	}
	q := parts.NewPlane(0, 179_990_000)
	if east, _ := q.At(0, -179_990_000); math.Abs(east-2224) > 2 {
		t.Errorf("across the date line: got %.0f m east, want 2224", east)
	}
}
