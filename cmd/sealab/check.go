//go:build !js

// Checking that worlds keep what every world must keep: the world of a stored run, or those of a scenario.

package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sealab/catalog/proof"
	"sealab/pocs/experiment"
	"sealab/sim"
	"sealab/sim/check"
)

// checkCmd plays worlds again and looks at every message and every place in them.
type checkCmd struct {
	What  string            `arg:"" name:"run | scenario" help:"A run's id (sealab list runs), or a scenario, or a scenario file, to make worlds of."`
	Seeds string            `placeholder:"A..B" help:"The seeds of a scenario's worlds, such as 1..50 or 1,5,7..9 (default 1)."`
	Set   map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Set a setting of the scenario, such as seals=1000 or assumption.NAME=high."`
	dataFlags
	JSON bool `help:"Print one JSON object."`
}

// checkJSON is what `check --json` prints.
type checkJSON struct {
	Run        string          `json:"run,omitempty"`
	Scenario   string          `json:"scenario"`
	Settings   sim.Settings    `json:"settings"`
	Seeds      []uint64        `json:"seeds"`
	Invariants []invariantJSON `json:"invariants"`
	Violations int             `json:"violations"`
}

type invariantJSON struct {
	Name       string          `json:"name"`
	Doc        string          `json:"doc"`
	Checked    int             `json:"checked"`
	Violations int             `json:"violations"`
	Excused    int             `json:"excused"` // breaks that an incident is meant to bring about
	ExcusedBy  []string        `json:"excused_by"`
	First      []violationJSON `json:"first"` // the first violations
}

type violationJSON struct {
	Seed    uint64    `json:"seed"`
	Seal    string    `json:"seal"`
	At      time.Time `json:"at"`
	Found   string    `json:"found"`
	Allowed string    `json:"allowed"`
}

// Run checks the worlds and prints a row for each invariant.
func (c *checkCmd) Run(s *session) error {
	worlds, err := c.worlds(s)
	if err != nil {
		return err
	}
	out := checkJSON{Run: worlds.run, Scenario: worlds.scenario.Name, Settings: worlds.settings, Seeds: worlds.seeds}
	bar := newBar(s.stderr)
	for i, seed := range worlds.seeds {
		w, err := sim.New(*worlds.scenario, worlds.settings, seed)
		if err != nil {
			return err
		}
		rows, err := check.World(worlds.scenario, w, func(done float64) error {
			bar.Set((float64(i)+done)/float64(len(worlds.seeds)), fmt.Sprintf("world %d of %d", i+1, len(worlds.seeds)))
			return s.ctx.Err()
		})
		if err != nil {
			return err
		}
		out.add(rows, seed)
	}
	bar.Done()
	if c.JSON {
		err = printJSON(s.stdout, out)
	} else {
		err = out.print(s)
	}
	if err == nil && out.Violations > 0 {
		err = fmt.Errorf("check %s: %d violations", c.What, out.Violations)
	}
	return err
}

// checked are the worlds to look at.
type checked struct {
	run      string
	scenario *sim.Scenario
	settings sim.Settings
	seeds    []uint64
}

// worlds finds what is meant: a scenario by its name or file, else a stored run.
func (c *checkCmd) worlds(s *session) (*checked, error) {
	chosen, notScenario := chooseScenario(c.What)
	if notScenario == nil {
		out := &checked{scenario: chosen.scenario, seeds: []uint64{1}}
		var err error
		if c.Seeds != "" {
			if out.seeds, err = experiment.ParseSeeds(c.Seeds); err != nil {
				return nil, badInput{err}
			}
		}
		out.settings, err = chosen.resolve(c.Set)
		return out, err
	}
	if isScenarioFile(c.What) || c.Seeds != "" || len(c.Set) > 0 {
		return nil, notScenario // these belong to scenarios alone
	}
	return c.stored(s)
}

// stored finds a run's world.
func (c *checkCmd) stored(s *session) (*checked, error) {
	store, err := c.open(s.ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	r, err := storedRun(s.ctx, store, c.What)
	if bad := (badInput{}); errors.As(err, &bad) {
		return nil, badInputf("%w; or name a scenario: sealab list scenarios", err)
	} else if err != nil {
		return nil, err
	}
	t, err := proof.TrialOf(houseCatalogue(0), r)
	if err != nil {
		return nil, err
	}
	if err := sameWorld(s.ctx, r); err != nil {
		return nil, err
	}
	return &checked{r.ID, t.Scenario, t.Settings, []uint64{r.Seed}}, nil
}

// add takes the rows of one more world.
func (c *checkJSON) add(rows []check.Row, seed uint64) {
	if c.Invariants == nil {
		for _, r := range rows {
			c.Invariants = append(c.Invariants, invariantJSON{Name: r.Name, Doc: r.Doc, ExcusedBy: []string{}, First: []violationJSON{}})
		}
	}
	for i, r := range rows {
		to := &c.Invariants[i]
		to.Checked += r.Checked
		to.Violations += r.Violations
		to.Excused += r.Excused
		c.Violations += r.Violations
		for _, kind := range r.By {
			if !strings.Contains(" "+strings.Join(to.ExcusedBy, " ")+" ", " "+kind+" ") {
				to.ExcusedBy = append(to.ExcusedBy, kind)
			}
		}
		for _, v := range r.First {
			if len(to.First) < check.MostShown {
				to.First = append(to.First, violationJSON{seed, v.Seal, v.At.UTC(), v.Found, v.Allowed})
			}
		}
	}
}

func (c *checkJSON) print(s *session) error {
	fmt.Fprintf(s.stdout, "%s, %s\n\n", c.Scenario, worldCount(len(c.Seeds)))
	rows := [][]string{{"", "INVARIANT", "CHECKED", "VIOLATIONS", "WHAT MUST HOLD"}}
	for _, r := range c.Invariants {
		verdict, doc := "✓", r.Doc
		if r.Violations > 0 {
			verdict = "✗"
		}
		if r.Excused > 0 {
			doc += fmt.Sprintf(" (but for %d breaks that %s is meant to bring about)", r.Excused, strings.Join(r.ExcusedBy, ", "))
		}
		rows = append(rows, []string{verdict, r.Name, strconv.Itoa(r.Checked), strconv.Itoa(r.Violations), doc})
	}
	if err := s.table(rows); err != nil {
		return err
	}
	for _, r := range c.Invariants {
		for _, v := range r.First {
			fmt.Fprintf(s.stdout, "\n%s, seed %d, %s at %s:\n  found   %s\n  allowed %s\n", r.Name, v.Seed, v.Seal, v.At.Format(time.RFC3339Nano), v.Found, v.Allowed)
		}
	}
	if c.Violations > 0 {
		return nil
	}
	_, err := fmt.Fprintln(s.stdout, "\nevery invariant holds")
	return err
}

// worldCount says how many worlds.
func worldCount(n int) string {
	if n == 1 {
		return "1 world"
	}
	return fmt.Sprintf("%d worlds", n)
}
