package experiment

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/sim"
)

// parts takes a design of a file apart into what Assemble wants.
type parts struct {
	challenge *pocs.Challenge
	arms      []PlannedArm
	scenarios []PlannedScenario
	settings  [][]sim.Settings
	seeds     []uint64
	baseline  int
}

func partsOf(d *Design) *parts {
	p := &parts{d.Challenge, slices.Clone(d.Arms), slices.Clone(d.Scenarios), nil, slices.Clone(d.Seeds), d.Baseline}
	for a := range d.Arms {
		p.settings = append(p.settings, slices.Clone(d.settings[a]))
	}
	return p
}

func (p *parts) assemble() (*Design, error) {
	return Assemble(p.challenge, p.arms, p.scenarios, p.settings, p.seeds, p.baseline)
}

func mustToy(t *testing.T) *Design {
	t.Helper()
	f := mustParse(t, "scenarios: [{name: asia-europe, set: {seals: [10, 12], span_days: 5}}]\narms: [{poc: tapper, params: {every: [5, 50]}}]\nseeds: 1..4\n")
	d, err := f.Design(toyChallenge())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What was assembled from resolved parts plays and concludes as the file that said the same, in whatever order its
// seeds came.
func TestAssembleEqualsFile(t *testing.T) {
	d := mustToy(t)
	p := partsOf(d)
	slices.Reverse(p.seeds)
	got, err := p.assemble()
	if err != nil {
		t.Fatal(err)
	}
	want := mustConclude(t, d, mustPlay(t, Engine{Design: d}))
	have := mustConclude(t, got, mustPlay(t, Engine{Design: got}))
	a, _ := json.Marshal(want)
	b, _ := json.Marshal(have)
	if string(a) != string(b) {
		t.Errorf("assembled: %s\nof a file: %s", b, a)
	}
}

func TestAssembleRefuses(t *testing.T) {
	for problem, spoil := range map[string]func(*parts){
		"there is no challenge":                     func(p *parts) { p.challenge = nil },
		"0 arms × 2 scenarios × 4 seeds":            func(p *parts) { p.arms = nil },
		"2 arms × 0 scenarios":                      func(p *parts) { p.scenarios = nil },
		"want at least one of each":                 func(p *parts) { p.seeds = nil },
		"baseline 2 is none of the 2 arms":          func(p *parts) { p.baseline = 2 },
		"baseline -1":                               func(p *parts) { p.baseline = -1 },
		"settings of 1 arms":                        func(p *parts) { p.settings = p.settings[:1] },
		"settings for 1 scenarios, but there are 2": func(p *parts) { p.settings[1] = p.settings[1][:1] },
		"want a name that no other arm has":         func(p *parts) { p.arms[1].Name = p.arms[0].Name },
		`arm 0 is called ""`:                        func(p *parts) { p.arms[0].Name = "" },
		"has no proof of concept":                   func(p *parts) { p.arms[1].PoC = nil },
		"is made for the challenge seals":           func(p *parts) { p.arms[1].PoC = &pocs.PoC{Name: "x", Challenge: "seals"} },
		"has no recipe":                             func(p *parts) { p.scenarios[1].Scenario = nil },
		"two scenarios are called":                  func(p *parts) { p.scenarios[1].Name = p.scenarios[0].Name },
		"its worlds would count twice": func(p *parts) {
			for a := range p.settings {
				p.settings[a][1] = maps.Clone(p.settings[a][0])
			}
		},
		"seed 3 is named twice":       func(p *parts) { p.seeds = []uint64{3, 1, 3} },
		"seeds are below 2^53":        func(p *parts) { p.seeds = []uint64{sim.MaxSeed} },
		"10001 seeds; allowed are 10": func(p *parts) { p.seeds = make([]uint64, MaxSeeds+1) },
	} {
		p := partsOf(mustToy(t))
		spoil(p)
		if _, err := p.assemble(); err == nil || !strings.Contains(err.Error(), problem) || !strings.HasPrefix(err.Error(), "assemble design: ") {
			t.Errorf("want %q, got %v", problem, err)
		}
	}
}

// One arm may see two scenarios alike where another does not: then they are two.
func TestAssembleSharedSettings(t *testing.T) {
	p := partsOf(mustToy(t))
	p.settings[0][1] = p.settings[0][0]
	if _, err := p.assemble(); err != nil {
		t.Error(err)
	}
}
