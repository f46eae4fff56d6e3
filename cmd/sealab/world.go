//go:build !js

// A world for its own sake, without any proof of concept: measured beside the reference.

package main

import (
	"sealab/pocs/all"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// worldCmd makes worlds and says what they are like.
type worldCmd struct {
	Scenario string            `arg:"" help:"A scenario (sealab list scenarios)."`
	Audit    bool              `required:"" help:"Measure it and lay it beside the reference values, with their marks and sources."`
	Seed     seed              `default:"1" help:"The world's seed."`
	Seeds    string            `placeholder:"A..B" help:"Several worlds, such as 1..10 or 1,5,7..9, in place of --seed."`
	Set      map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Set a setting of the scenario, such as seals=1000 or assumption.NAME=high."`
	JSON     bool              `help:"Print one JSON object."`
}

// Run makes the worlds.
func (c *worldCmd) Run(s *session) error {
	sc, err := findScenario(c.Scenario)
	if err != nil {
		return err
	}
	set, err := resolve("setting", sc.Settings, c.Set)
	if err != nil {
		return err
	}
	seeds := []uint64{uint64(c.Seed)}
	if c.Seeds != "" {
		if seeds, err = experiment.ParseSeeds(c.Seeds); err != nil {
			return badInput{err}
		}
	}
	return c.audit(s, sc, set, seeds)
}

// findScenario looks for a scenario in every challenge.
func findScenario(name string) (*sim.Scenario, error) {
	var names []string
	for i := range all.Challenges {
		if sc := sim.Find(all.Challenges[i].Scenarios, name); sc != nil {
			return sc, nil
		}
		names = append(names, scenarioNames(&all.Challenges[i])...)
	}
	return nil, unknownName("scenario", name, names)
}
