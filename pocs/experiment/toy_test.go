package experiment

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/worlds"
)

// tapper speaks once in so many ticks; the toy challenge asks for few words on time, and knows no incident.
type tapper struct{ every, tick int }

func (c *tapper) Step(b event.Batch) ([]pocs.Finding, error) {
	if c.tick++; c.tick%c.every != 0 {
		return nil, nil
	}
	return []pocs.Finding{{Container: "TOYU0000001", Kind: "tap", Level: min(1000, len(b.Events))}}, nil
}

// toyChallenge has its own judge and measures, one of them without a better way, one null in half of the worlds.
func toyChallenge() Catalogue {
	judge := func(t sim.Truth, f []pocs.Finding, _ pocs.Terms) pocs.Score {
		words, heard := float64(len(f)), 0.0
		for i := range f {
			heard += float64(f[i].Level)
		}
		s := pocs.Score{Values: map[string]*float64{"words": &words, "heard": &heard, "echo": nil}, Findings: make([]pocs.Judged, len(f))}
		if len(t.Trips)%2 == 0 {
			s.Values["echo"] = &heard
		}
		return s
	}
	tap := pocs.PoC{Name: "tapper", Challenge: "toys", Claim: "words < 1000",
		Params: []pocs.Param{{Name: "every", Default: 10, Min: 1, Max: 1000, Whole: true}},
		New:    func(s pocs.Setup) (pocs.Detector, error) { return &tapper{every: int(s.Params["every"])}, nil }}
	return Catalogue{PoCs: []pocs.PoC{tap}, Challenges: []pocs.Challenge{{Name: "toys", Scenarios: worlds.All[:2], Judge: judge,
		Measures: []pocs.Measure{{Name: "words", Better: pocs.Neutral}, {Name: "heard", Better: pocs.Higher}, {Name: "echo", Better: pocs.Lower}}}}}
}

// TestToyChallenge: what is written over measures knows no challenge.
func TestToyChallenge(t *testing.T) {
	var scenarios []string
	for _, sc := range worlds.All[:2] {
		scenarios = append(scenarios, fmt.Sprintf("{name: %s, set: {seals: 10, span_days: 5}}", sc.Name))
	}
	f := mustParse(t, "scenarios: ["+strings.Join(scenarios, ", ")+"]\narms: [{poc: tapper, params: {every: [5, 50]}}]\nseeds: 1..6\n"+
		"thresholds: ['tapper every=50: words > 0', 'tapper: heard > 1e9']\n")
	d, err := f.Design(toyChallenge())
	if err != nil {
		t.Fatal(err)
	}
	out := mustPlay(t, Engine{Design: d, Workers: 2})
	r := mustConclude(t, d, out)
	if r.Headline != "heard" || r.Measures[0].Measure != "heard" || len(r.Measures) != 3 {
		t.Errorf("headline %s of %d measures", r.Headline, len(r.Measures))
	}
	if v := r.Measures[0].Arms[1].Versus; v.Words != Worse || v.Pairs != 12 {
		t.Errorf("speaking seldom hears less: %+v", v)
	}
	if v := r.Measures[1].Arms[1].Versus; v.Words != Lower {
		t.Errorf("words of a measure of which neither way is better: %q", v.Words)
	}
	if !r.Thresholds[0].Holds || r.Thresholds[1].Holds || len(r.Thresholds) != 3 || !r.Breached {
		t.Errorf("thresholds %+v", r.Thresholds)
	}
	b, err := Leaderboard(d, out, "heard")
	if err != nil || b.Places[0].Arm != "tapper every=5" || b.Places[1].Group != 2 {
		t.Errorf("board %+v (%v)", b, err)
	}
	if _, err := Pareto(d, out, "echo", "heard"); err != nil {
		t.Error(err)
	}
	if _, err := Leaderboard(d, out, "words"); err == nil {
		t.Error("a measure of which neither way is better is ranked")
	}
	if text, err := json.Marshal(r); err != nil || !strings.Contains(string(text), `"passed":{"k":`) {
		t.Errorf("as JSON: %v", err)
	}
}

// BenchmarkConclude gives the time for the results of 20 arms in 24 measures, by pairs; 40 are the worst, being the
// most that are counted exactly.
func BenchmarkConclude(b *testing.B) {
	for _, seeds := range []int{10, 20, 40} {
		d := &Design{Challenge: &pocs.Challenge{Name: "toys"}, Scenarios: make([]PlannedScenario, 2), Arms: make([]PlannedArm, 20)}
		for m := range 24 {
			d.Challenge.Measures = append(d.Challenge.Measures, pocs.Measure{Name: fmt.Sprint("m", m), Better: pocs.Higher})
		}
		for s := range d.Scenarios {
			d.Scenarios[s] = PlannedScenario{Name: fmt.Sprint("s", s), Scenario: &sim.Scenario{Name: fmt.Sprint("s", s)}}
		}
		for a := range d.Arms {
			d.Arms[a] = PlannedArm{Name: fmt.Sprint("a", a), PoC: &pocs.PoC{}}
			d.settings = append(d.settings, make([]sim.Settings, 2))
		}
		for s := range seeds {
			d.Seeds = append(d.Seeds, uint64(s))
		}
		d.Headline = "m0"
		dice := exact.NewDice(1, "bench")
		out := handMade(d, func(arm, _ int, _ uint64) map[string]float64 {
			values := make(map[string]float64)
			for m := range 24 {
				values[fmt.Sprint("m", m)] = dice.Normal() + float64(float64(arm)*0.1)
			}
			return values
		})
		b.Run(fmt.Sprint(2*seeds, " pairs"), func(b *testing.B) {
			for b.Loop() {
				if _, err := Conclude(d, out); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(19*24), "µs/comparison")
		})
	}
}

// With 20 arms there are 190 pairs: 2/2^n ≤ 0.05/190 from n = 13 worlds on; two arms need 6.
func TestLeastWorlds(t *testing.T) {
	for pairs, want := range map[float64]int{1: 6, 190: 13, 21: 10} {
		if got := leastWorlds(Alpha / pairs); got != want {
			t.Errorf("%v pairs: got %d worlds, want %d", pairs, got, want)
		}
	}
}
