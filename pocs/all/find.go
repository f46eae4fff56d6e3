package all

import (
	"fmt"

	"sealab/pocs"
	"sealab/sim"
)

// FindPoC returns the proof of concept of that name, or an error that suggests the one probably meant.
func FindPoC(name string) (*pocs.PoC, error) {
	names := make([]string, len(PoCs))
	for i := range PoCs {
		if PoCs[i].Name == name {
			return &PoCs[i], nil
		}
		names[i] = PoCs[i].Name
	}
	return nil, fmt.Errorf("find PoC %q: there is none of that name; %s", name, sim.Suggest(name, names))
}

// FindChallenge returns the challenge of that name, or an error that suggests the one probably meant.
func FindChallenge(name string) (*pocs.Challenge, error) {
	names := make([]string, len(Challenges))
	for i := range Challenges {
		if Challenges[i].Name == name {
			return &Challenges[i], nil
		}
		names[i] = Challenges[i].Name
	}
	return nil, fmt.Errorf("find challenge %q: there is none of that name; %s", name, sim.Suggest(name, names))
}

// FindScenario returns the scenario of that name and the challenge it belongs to, or an error that suggests the one
// probably meant. Where two challenges share a scenario, the first listed has it.
func FindScenario(name string) (*sim.Scenario, *pocs.Challenge, error) {
	var names []string
	for i := range Challenges {
		c := &Challenges[i]
		if s := sim.Find(c.Scenarios, name); s != nil {
			return s, c, nil
		}
		for j := range c.Scenarios {
			names = append(names, c.Scenarios[j].Name)
		}
	}
	return nil, nil, fmt.Errorf("find scenario %q: there is none of that name; %s", name, sim.Suggest(name, names))
}
