// Whatever is set: a world of any scenario, seed and settings, with assumptions at their ends, keeps every invariant.
package check

import (
	"errors"
	"flag"
	"testing"

	"pgregory.net/rapid"

	"sealab/sim"
	"sealab/sim/worlds"
)

// anyWorld draws a small world: its attacks, look-alikes, signatures, clocks, link and up to five assumptions are
// anything that is allowed.
func anyWorld(t *rapid.T) (*sim.Scenario, sim.Settings, uint64) {
	sc := &worlds.All[rapid.IntRange(0, len(worlds.All)-1).Draw(t, "scenario")]
	set := sim.Settings{
		"seals": 40, "span_days": 8, "attacks": rapid.SampledFrom([]float64{0, 1}).Draw(t, "attacks"),
		"attack_rate": rapid.SampledFrom([]float64{0, 2000, 10000}).Draw(t, "attack_rate"),
		"lookalikes":  rapid.SampledFrom([]float64{0, 1, 6}).Draw(t, "lookalikes"),

		sim.SignatureSetting: rapid.SampledFrom([]float64{sim.Unsigned, sim.Signed, sim.Chained}).Draw(t, sim.SignatureSetting),
		sim.SkewSetting:      rapid.SampledFrom([]float64{0, 1, 3600}).Draw(t, sim.SkewSetting),
		sim.PartitionSetting: rapid.SampledFrom([]float64{0, 6, 720}).Draw(t, sim.PartitionSetting),
	}
	for range rapid.IntRange(0, 5).Draw(t, "assumptions") {
		s := rapid.SampledFrom(sc.Settings).Draw(t, "assumption")
		if s.Low != 0 || s.High != 0 {
			set[s.Name] = rapid.SampledFrom([]float64{s.Low, s.High}).Draw(t, s.Name)
		}
	}
	return sc, set, rapid.Uint64Range(1, 999).Draw(t, "seed")
}

// holds plays the world and fails where an invariant does not hold.
func holds(t *rapid.T) {
	sc, set, seed := anyWorld(t)
	w, err := sim.New(*sc, set, seed)
	if bad := (*sim.BadSetting)(nil); errors.As(err, &bad) {
		return // too few trips for the attacks that were drawn: refused, as it should be
	} else if err != nil {
		t.Fatal(err)
	}
	rows, err := World(sc, w, func(float64) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		for _, v := range r.First {
			t.Errorf("%s: %s: %s at %v: %s; allowed is %s", sc.Name, r.Name, v.Seal, v.At, v.Found, v.Allowed)
		}
	}
}

// fewer has rapid draw so many worlds, unless whoever runs the test asks for another number.
func fewer(t *testing.T, n string) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if was := f.Value.String(); was == f.DefValue {
		if err := f.Value.Set(n); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Value.Set(was) })
	}
}

func TestAnyWorldHolds(t *testing.T) {
	fewer(t, "12")
	rapid.Check(t, holds)
}

// TestDrawnBefore plays worlds that did not hold when they were first drawn.
func TestDrawnBefore(t *testing.T) {
	for _, row := range []struct {
		name string
		set  sim.Settings
		seed uint64
	}{
		// Of two readings made at the same moment above a reefer's limit, the seal said TEMP_HIGH twice and its twin once:
		// the attack was heard a day before it began.
		{"one warning of the twin", sim.Settings{"attacks": 0, "attack_rate": 2000, "lookalikes": 6}, 2},
		// A forced silence ended far out at sea: what waited was sent before older readings of the sea's own backlog were
		// made, and time ran backwards for battery, climate and the receiver's error.
		{"a forced silence within a dead zone", sim.Settings{"attacks": 1, "attack_rate": 10000, "lookalikes": 0}, 9},
		// Two storms on one voyage together led the vessel farther aside than the chart knows of land.
		{"two storms", sim.Settings{"attacks": 0, "attack_rate": 0, "lookalikes": 6, "span_days": 21}, 0x325},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.set["seals"] = 40
			if row.set["span_days"] == 0 {
				row.set["span_days"] = 8
			}
			sc := sim.Find(worlds.All, "mixed")
			w, err := sim.New(*sc, row.set, row.seed)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := World(sc, w, func(float64) error { return nil })
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if r.Violations > 0 {
					t.Errorf("%s: %+v", r.Name, r.First)
				}
			}
		})
	}
}
