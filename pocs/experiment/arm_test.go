package experiment

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim"
)

var start = time.Date(2031, 3, 1, 0, 0, 0, 0, time.UTC)

func mustRun(seed uint64, values map[string]*float64) *pocs.Run {
	return &pocs.Run{
		ID: "r", Challenge: "seals", Scenario: "asia-europe", Seed: seed, Carrier: "direct", WorldDigest: "sha256:1",
		Settings: sim.Settings{"seals": 100}, Score: pocs.Score{Values: values},
	}
}

func TestNewArm(t *testing.T) {
	failed := mustRun(3, nil)
	failed.Reason = "detector_timeout"
	a, err := NewArm("kalman", []*pocs.Run{
		mustRun(2, map[string]*float64{"recall": num(0.5)}), mustRun(1, map[string]*float64{"recall": nil}), failed,
		mustRun(4, map[string]*float64{"recall": num(1), "recall_relay": num(1)}),
	})
	if v, named := a.Values["recall_relay"][1]; !named || v != nil || len(a.Values["recall_relay"]) != 3 {
		t.Errorf("a measure that one run names: got %v", a.Values["recall_relay"])
	}
	if err != nil || !slices.Equal(a.Seeds, []uint64{1, 2, 4}) || !slices.Equal(a.Failed, []uint64{3}) {
		t.Fatalf("got %+v, %v", a, err)
	}
}

func TestNewArmRefuses(t *testing.T) {
	if _, err := NewArm("a", []*pocs.Run{mustRun(1, nil), mustRun(1, nil)}); err == nil || !strings.Contains(err.Error(), "two runs of seed 1") {
		t.Errorf("a seed twice: got %v", err)
	}
	other := mustRun(2, nil)
	other.Scenario = "kenya-uganda"
	if _, err := NewArm("a", []*pocs.Run{mustRun(1, nil), other}); err == nil {
		t.Error("two scenarios in one arm: no error")
	}
}

func TestSameWorld(t *testing.T) {
	cut := sim.Incident{ID: "bolt_cut/1", Kind: "bolt_cut", Hostile: true, Container: "C1", Start: start, End: start.Add(time.Hour)}
	shock := sim.Incident{ID: "shock/1", Kind: "crane_shock", Container: "C1", Start: start}
	change := func(f func(*pocs.Run)) *pocs.Run {
		r := mustRun(7, nil)
		r.Truth.Incidents = []sim.Incident{cut, shock}
		f(r)
		return r
	}
	base := change(func(*pocs.Run) {})
	later := cut
	later.Start = start.Add(time.Minute)
	heard := cut
	heard.HeardAt = start.Add(2 * time.Hour)
	for name, c := range map[string]struct {
		r    *pocs.Run
		same bool
	}{
		"the same":                          {change(func(*pocs.Run) {}), true},
		"other digest":                      {change(func(r *pocs.Run) { r.WorldDigest = "sha256:2" }), false},
		"other seed":                        {change(func(r *pocs.Run) { r.Seed = 8 }), false},
		"live":                              {change(func(r *pocs.Run) { r.WorldDigest, r.Carrier = "sha256:2", "live" }), true},
		"other settings, equal acts":        {change(func(r *pocs.Run) { r.Settings, r.WorldDigest = sim.Settings{"seals": 50}, "x" }), true},
		"other settings, heard otherwise":   {change(func(r *pocs.Run) { r.Settings, r.Truth.Incidents = nil, []sim.Incident{heard} }), true},
		"other settings, an act moved":      {change(func(r *pocs.Run) { r.Settings, r.Truth.Incidents = nil, []sim.Incident{later, shock} }), false},
		"other settings, an act is missing": {change(func(r *pocs.Run) { r.Settings, r.Truth.Incidents = nil, nil }), false},
	} {
		if err := SameWorld(base, c.r); (err == nil) != c.same {
			t.Errorf("%s: got %v, want same %v", name, err, c.same)
		}
		if err := CheckPairs([]*pocs.Run{base}, []*pocs.Run{c.r}); (err == nil) != (c.same || c.r.Seed != 7) {
			t.Errorf("%s, as pairs: got %v", name, err)
		}
	}
}
