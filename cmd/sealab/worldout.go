//go:build !js

// What `world --out` writes: worlds as labelled datasets.

package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"

	"sealab/catalog/dataset"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// write makes a dataset.
func (c *worldCmd) write(s *session, sc *sim.Scenario, set sim.Settings, seeds []uint64) error {
	_, challenge, err := all.FindScenario(sc.Root())
	if err != nil {
		return err
	}
	return c.make(s, dataset.Spec{Challenge: challenge.Name, Scenario: *sc, Settings: set, Seeds: seeds, EPCIS: c.EPCIS}, nil)
}

// again makes a dataset from its manifest.
func (c *worldCmd) again(s *session) error {
	f, err := os.Open(c.From)
	if err != nil {
		return badInputf("read manifest: %w", err)
	}
	defer f.Close()
	m, err := dataset.ReadManifest(f)
	if err != nil {
		return badInputf("%s: %w", c.From, err)
	}
	sc, challenge, err := all.FindScenario(cmp.Or(m.Extends, m.Scenario))
	if err != nil {
		return badInputf("%s: %w", c.From, err)
	}
	if m.Challenge != challenge.Name {
		return badInputf("%s: challenge: %q is not that of %s, which is %s", c.From, m.Challenge, sc.Name, challenge.Name)
	}
	if m.Extends != "" {
		if err := experiment.CheckNewName(houseCatalogue(0), m.Scenario); err != nil {
			return badInputf("%s: scenario: %w", c.From, err)
		}
		sc = sc.As(m.Scenario, m.Doc)
	}
	given := make(map[string]string, len(m.Settings))
	for name, v := range m.Settings {
		given[name] = sim.Number(v)
	}
	set, err := resolve("setting", sc.Settings, given)
	if err != nil {
		return badInputf("%s: settings: %v", c.From, err) // not %w: of a setting alone one would not know where it stands
	}
	return c.make(s, dataset.Spec{Challenge: m.Challenge, Scenario: *sc, Settings: set, Seeds: m.Seeds(), EPCIS: m.EPCIS}, m)
}

func (c *worldCmd) make(s *session, spec dataset.Spec, want *dataset.Manifest) error {
	bar := newBar(s.stderr)
	spec.Commit, spec.Terms, spec.Progress = whoAmI().Commit, (&arm{settings: spec.Settings}).terms(), bar.Set
	m, err := dataset.Make(s.ctx, spec, c.Out, c.Force, want)
	bar.Done()
	switch {
	case errors.Is(err, dataset.ErrNotEmpty):
		return badInputf("%w: choose another folder, or replace the dataset in it with --force", err)
	case errors.Is(err, dataset.ErrNotOurs):
		return badInputf("%w: choose another folder", err)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, m)
	}
	rows := [][]string{{"FILE", "BYTES", "ROWS", "SHA-256"}}
	for _, f := range m.Files {
		rows = append(rows, []string{f.Name, plain(int(f.Bytes)), plain(f.Rows), f.SHA256})
	}
	if err := s.table(rows); err != nil {
		return err
	}
	if want != nil {
		fmt.Fprintln(s.stdout, "\nreproduced: every file has the checksum of the manifest")
		return nil
	}
	_, err = fmt.Fprintf(s.stdout, "\n%s\n\nNext: read %s/README.md\n", datasetText(m), c.Out)
	return err
}

// datasetText is one line on what a dataset holds.
func datasetText(m *dataset.Manifest) string {
	var readings, incidents int
	for _, w := range m.Worlds {
		readings, incidents = readings+w.Readings, incidents+w.Incidents
	}
	text := fmt.Sprintf("%s: %s readings, %d heard hostile incidents", m.Scenario, plain(readings), incidents)
	if m.Seed != nil {
		return text + fmt.Sprintf(", seed %d, %s", *m.Seed, m.WorldDigest)
	}
	return text + fmt.Sprintf(", %d worlds", len(m.Worlds))
}
