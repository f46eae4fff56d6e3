//go:build !js

// A world for its own sake, without any proof of concept: measured beside the reference, or written as a dataset.

package main

import "sealab/pocs/experiment"

// worldCmd makes worlds: to measure them, or as a dataset.
type worldCmd struct {
	Scenario string            `arg:"" optional:"" help:"A scenario (sealab list scenarios), or a scenario file."`
	Audit    bool              `help:"Measure it and lay it beside the reference values, with their marks and sources."`
	Out      string            `placeholder:"DIR" help:"Write it as a labelled dataset into this folder: messages, notices, truth, manifest, data card."`
	From     string            `placeholder:"MANIFEST" help:"With --out, in place of a scenario: make a dataset again from its manifest.json; every checksum must come out."`
	EPCIS    bool              `name:"epcis" help:"With --out: also write the readings that map as GS1 EPCIS 2.0 events (JSON-LD)."`
	Force    bool              `help:"With --out: replace the dataset that the folder holds; other files stay."`
	Seed     seed              `default:"1" help:"The world's seed."`
	Seeds    string            `placeholder:"A..B" help:"Several worlds, such as 1..10 or 1,5,7..9, in place of --seed."`
	Set      map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Set a setting of the scenario, such as seals=1000 or assumption.NAME=high."`
	JSON     bool              `help:"Print one JSON object."`
}

// Run makes the worlds.
func (c *worldCmd) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.From != "" {
		return c.again(s)
	}
	chosen, err := chooseScenario(c.Scenario)
	if err != nil {
		return err
	}
	sc := chosen.scenario
	set, err := chosen.resolve(c.Set)
	if err != nil {
		return err
	}
	seeds := []uint64{uint64(c.Seed)}
	if c.Seeds != "" {
		if seeds, err = experiment.ParseSeeds(c.Seeds); err != nil {
			return badInput{err}
		}
	}
	if c.Audit {
		return c.audit(s, sc, set, seeds)
	}
	return c.write(s, sc, set, seeds)
}

// check refuses flags that do not go together.
func (c *worldCmd) check() error {
	switch {
	case c.Audit == (c.Out != ""):
		return badInputf("make a world for what? Give one of --audit, which measures it, and --out DIR, which writes it as a dataset")
	case c.Audit && (c.From != "" || c.EPCIS || c.Force):
		return badInputf("--from, --epcis and --force go with --out, not with --audit")
	case c.From == "" && c.Scenario == "":
		return badInputf("name a scenario (sealab list scenarios), or with --out a manifest by --from")
	case c.From != "" && (c.Scenario != "" || c.Seeds != "" || c.Seed != 1 || len(c.Set) > 0 || c.EPCIS):
		return badInputf("--from MANIFEST says scenario, seeds, settings and files: leave them out")
	}
	return nil
}
