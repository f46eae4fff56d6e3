// A design of what was run already, where there was no file: loose runs laid side by side, and leaderboards.

package experiment

import (
	"fmt"
	"maps"
	"slices"

	"sealab/pocs"
	"sealab/sim"
)

// Assemble makes a design of arms and scenarios that somebody else has resolved: settings are arm × scenario, seeds in
// any order. Carrier, profile and base rate are the defaults, and there is no threshold; name and question are empty.
// It returns an error where nothing could be paired or something would count twice: an empty list, two arms or two
// scenarios of one name, one recipe twice with equal settings under every arm, a seed twice, a PoC of another challenge.
func Assemble(challenge *pocs.Challenge, arms []PlannedArm, scenarios []PlannedScenario, settings [][]sim.Settings, seeds []uint64, baseline int) (*Design, error) {
	d := &Design{Challenge: challenge, Arms: arms, Scenarios: scenarios, Seeds: slices.Sorted(slices.Values(seeds)), Baseline: baseline,
		Carrier: carriers[0], Profile: pocs.Profiles[0].Name, BaseRate: pocs.DefaultTerms().BaseRate, settings: settings}
	for _, check := range []func() error{d.checkSize, d.checkArms, d.checkScenarios, d.checkSeeds} {
		if err := check(); err != nil {
			return nil, fmt.Errorf("assemble design: %w", err)
		}
	}
	d.Headline = headline(challenge.Measures, d.Profile)
	return d, nil
}

// checkSize refuses what has no trial or no place for one.
func (d *Design) checkSize() error {
	switch {
	case d.Challenge == nil:
		return fmt.Errorf("there is no challenge: want the one that the scenarios belong to")
	case len(d.Arms) == 0 || len(d.Scenarios) == 0 || len(d.Seeds) == 0:
		return fmt.Errorf("%d arms × %d scenarios × %d seeds: want at least one of each", len(d.Arms), len(d.Scenarios), len(d.Seeds))
	case d.Baseline < 0 || d.Baseline >= len(d.Arms):
		return fmt.Errorf("baseline %d is none of the %d arms", d.Baseline, len(d.Arms))
	case len(d.settings) != len(d.Arms):
		return fmt.Errorf("settings of %d arms, but there are %d arms", len(d.settings), len(d.Arms))
	}
	return nil
}

func (d *Design) checkArms() error {
	seen := make(map[string]bool)
	for a := range d.Arms {
		arm := &d.Arms[a]
		switch {
		case arm.Name == "" || seen[arm.Name]:
			return fmt.Errorf("arm %d is called %q: want a name that no other arm has", a, arm.Name)
		case arm.PoC == nil:
			return fmt.Errorf("arm %s has no proof of concept", arm.Name)
		case arm.PoC.Challenge != d.Challenge.Name:
			return fmt.Errorf("arm %s: %s is made for the challenge %s, this design is of %s", arm.Name, arm.PoC.Name, arm.PoC.Challenge, d.Challenge.Name)
		case len(d.settings[a]) != len(d.Scenarios):
			return fmt.Errorf("arm %s has settings for %d scenarios, but there are %d", arm.Name, len(d.settings[a]), len(d.Scenarios))
		}
		seen[arm.Name] = true
	}
	return nil
}

func (d *Design) checkScenarios() error {
	for s := range d.Scenarios {
		if d.Scenarios[s].Scenario == nil {
			return fmt.Errorf("scenario %q has no recipe", d.Scenarios[s].Name)
		}
		for before := range s {
			switch {
			case d.Scenarios[before].Name == d.Scenarios[s].Name:
				return fmt.Errorf("two scenarios are called %q", d.Scenarios[s].Name)
			case d.sameWorlds(before, s):
				return fmt.Errorf("%s and %s are one recipe with equal settings: its worlds would count twice", d.Scenarios[before].Name, d.Scenarios[s].Name)
			}
		}
	}
	return nil
}

// sameWorlds reports whether two scenarios are the same to every arm.
func (d *Design) sameWorlds(s, t int) bool {
	if d.Scenarios[s].Scenario.Root() != d.Scenarios[t].Scenario.Root() {
		return false
	}
	for a := range d.Arms {
		if !maps.Equal(d.settings[a][s], d.settings[a][t]) {
			return false
		}
	}
	return true
}

func (d *Design) checkSeeds() error {
	if len(d.Seeds) > MaxSeeds {
		return fmt.Errorf("%d seeds; allowed are %d", len(d.Seeds), MaxSeeds)
	}
	for i, seed := range d.Seeds {
		switch {
		case seed >= sim.MaxSeed:
			return fmt.Errorf("seed %d is too large: seeds are below 2^53", seed)
		case i > 0 && seed == d.Seeds[i-1]:
			return fmt.Errorf("seed %d is named twice", seed)
		}
	}
	return nil
}
