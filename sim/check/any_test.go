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

// anyWorld draws a small world: its attacks, look-alikes, radio and up to five assumptions are anything that is allowed.
func anyWorld(t *rapid.T) (*sim.Scenario, sim.Settings, uint64) {
	sc := &worlds.All[rapid.IntRange(0, len(worlds.All)-1).Draw(t, "scenario")]
	set := sim.Settings{
		"seals": 40, "span_days": 8, "attacks": rapid.SampledFrom([]float64{0, 1}).Draw(t, "attacks"),
		"attack_rate": rapid.SampledFrom([]float64{0, 2000, 10000}).Draw(t, "attack_rate"),
		"lookalikes":  rapid.SampledFrom([]float64{0, 1, 6}).Draw(t, "lookalikes"),
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

// TestOneWarningTwin plays the world in which two readings of a reefer were made at the same moment, above its limit: the
// seal said TEMP_HIGH twice and its twin once, so that an attack was heard a day before it began.
func TestOneWarningTwin(t *testing.T) {
	set := sim.Settings{"seals": 40, "span_days": 8, "attacks": 0, "attack_rate": 2000, "lookalikes": 6}
	sc := sim.Find(worlds.All, "mixed")
	w, err := sim.New(*sc, set, 2)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := World(sc, w, func(float64) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if r := rows[truth]; r.Violations > 0 {
		t.Errorf("%+v", r.First)
	}
}
