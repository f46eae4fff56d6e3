//go:build !js

package main

import (
	"fmt"

	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// compareCmd lays results side by side: stored runs as they are, or two proofs of concept over the same seeds.
type compareCmd struct {
	What []string `arg:"" name:"run ... | poc poc scenario" help:"Two or more run ids; or two proofs of concept and a scenario (or a scenario file), with --seeds."`
	armFlags
	Seeds string `placeholder:"A..B" help:"Seeds to compare over, such as 2001..2040 or 7,9,11..13; what is missing is played."`
	deskFlags
	carrierFlags
	JSON bool `help:"Print one JSON object."`
}

// Run chooses between the two forms.
func (c *compareCmd) Run(s *session) error {
	switch {
	case c.Seeds != "" && len(c.What) == 3:
		return c.pair(s)
	case c.Seeds != "":
		return badInputf("compare over seeds %s: want two proofs of concept and a scenario, as in sealab compare kalman rules asia-europe --seeds 2001..2040", c.Seeds)
	case len(c.What) < 2:
		return badInputf("compare %s: want two or more run ids (sealab list runs), or two proofs of concept, a scenario and --seeds A..B", c.What[0])
	}
	if _, err := all.FindPoC(c.What[0]); err == nil {
		return badInputf("compare %s: over which seeds? Add --seeds 2001..2040", c.What[0])
	}
	return c.runs(s)
}

// pair plays what is missing of two arms and compares them seed by seed.
func (c *compareCmd) pair(s *session) error {
	seeds, err := experiment.ParseSeeds(c.Seeds)
	if err != nil {
		return badInput{err}
	}
	if err := c.check(); err != nil {
		return err
	}
	var arms [2]*arm
	for i := range arms {
		if arms[i], err = c.arm(c.What[i], c.What[2]); err != nil {
			return err
		}
	}
	desk, err := c.deskFlags.open(s.ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	runs, err := c.gather(s, desk, arms[:], seeds)
	if err != nil {
		return err
	}
	if err := experiment.CheckPairs(runs[0], runs[1]); err != nil {
		return err
	}
	var table [2]experiment.Arm
	for i := range table {
		if table[i], err = experiment.NewArm(c.What[i], runs[i]); err != nil {
			return err
		}
	}
	if failed := len(table[0].Failed) + len(table[1].Failed); failed > 0 {
		fmt.Fprintf(s.stderr, "sealab: %d runs failed and are left out (sealab list runs says why)\n", failed)
	}
	compared := experiment.Compare(arms[0].challenge.Measures, table[0], table[1])
	if c.JSON {
		return printJSON(s.stdout, pairJSON{
			Challenge: arms[0].challenge.Name, Scenario: arms[0].scenario.Name, Extends: arms[0].scenario.Extends, Settings: settingsShown(runs[0][0]), Carrier: c.Carrier,
			Commit: whoAmI().Commit, RunsA: runIDs(runs[0]), RunsB: runIDs(runs[1]), Comparison: compared,
		})
	}
	return printPair(s, arms[0].scenario.Name, compared)
}

// runs lays stored runs side by side as they are.
func (c *compareCmd) runs(s *session) error {
	store, err := c.dataFlags.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	runs, err := loadRuns(s, store, c.What)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, sideBySide(runs))
	}
	return printSideBySide(s, runs)
}
