// Which scenario a command line means, and with which settings.

package main

import (
	"maps"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// chosen is a scenario as a user named it.
type chosen struct {
	scenario  *sim.Scenario
	challenge *pocs.Challenge
	own       map[string]string // what a scenario file sets
}

// chooseScenario finds a scenario by its name, or by the path of a file.
func chooseScenario(name string) (chosen, error) {
	if isScenarioFile(name) {
		sc, challenge, own, err := readScenarioFile(name)
		return chosen{sc, challenge, own}, err
	}
	sc, challenge, err := all.FindScenario(name)
	if err != nil {
		var names []string
		for i := range all.Challenges {
			names = append(names, scenarioNames(&all.Challenges[i])...)
		}
		return chosen{}, unknownName("scenario", name, names)
	}
	return chosen{sc, challenge, nil}, nil
}

// resolve gives the settings their values: those that are given, else the file's, else the defaults.
func (s chosen) resolve(given map[string]string) (sim.Settings, error) {
	set, err := resolve("setting", s.scenario.Settings, given)
	if err != nil || s.own == nil {
		return set, err
	}
	all := maps.Clone(s.own)
	for name, value := range given {
		all[sim.FullName(name)] = value
	}
	return resolve("setting", s.scenario.Settings, all)
}
