//go:build !js

// The worlds in which a detector is tuned, learnt or drawn: scenarios by name or file, with settings.

package main

import (
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// ground is scenarios with their settings resolved, one for each.
type ground struct {
	challenge *pocs.Challenge
	scenarios []experiment.PlannedScenario
	settings  []sim.Settings
}

// groundOf finds scenarios for a proof of concept, once for each of these sets of settings; every error of it is the user's
// to mend.
func groundOf(poc *pocs.PoC, names []string, sets ...map[string]string) (*ground, error) {
	g := &ground{}
	for _, set := range sets {
		for _, name := range names {
			a, err := armFlags{Set: set}.armOf(poc, name)
			if err != nil {
				return nil, err
			}
			g.challenge = a.challenge
			g.scenarios = append(g.scenarios, experiment.PlannedScenario{Name: a.scenario.Name, Of: len(g.scenarios), Scenario: a.scenario})
			g.settings = append(g.settings, a.settings)
		}
	}
	return g, nil
}
