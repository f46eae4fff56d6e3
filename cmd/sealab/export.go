//go:build !js

// A run's findings and truth as files, for whoever wants to judge or draw them elsewhere, and its readings as EPCIS.

package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"

	"sealab/catalog"
	"sealab/catalog/dataset"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/event"
)

// exportCmd writes the files of a run.
type exportCmd struct {
	Run_  string `arg:"" name:"run" help:"A run's id (sealab list runs)."`
	Out   string `required:"" placeholder:"DIR" help:"Folder for findings.ndjson, findings.csv, truth.json and run.json."`
	EPCIS bool   `name:"epcis" help:"Also make the run's world again and write epcis.json: its readings that map as GS1 EPCIS 2.0 events."`
	Force bool   `help:"Replace such files where the folder holds some; others stay."`
	dataFlags
	JSON bool `help:"Print one JSON array: the files with their checksums."`
}

// Run writes them.
func (c *exportCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	r, err := store.Run(s.ctx, c.Run_)
	if errors.Is(err, catalog.ErrNotFound) {
		return badInputf("unknown run %q: sealab list runs shows what is stored", c.Run_)
	}
	if err != nil {
		return err
	}
	if r.Reason != "" {
		return fmt.Errorf("export run %s: it failed (%s), so that there is no score to compare with", r.ID, r.Reason)
	}
	var record bytes.Buffer
	if err := printJSON(&record, toJSON(r, true)); err != nil {
		return err
	}
	x := dataset.Export{Run: r, Record: record.Bytes()}
	if c.EPCIS {
		x.Heard = func(do func(event.Batch) error) error { return heardBy(s.ctx, r, do) }
	}
	list, err := x.Write(c.Out, c.Force)
	switch {
	case errors.Is(err, dataset.ErrNotEmpty):
		return badInputf("%w: choose another folder, or --force", err)
	case errors.Is(err, dataset.ErrNotOurs):
		return badInputf("%w: choose another folder", err)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	_, err = fmt.Fprintf(s.stdout, "%s: %s findings, %d incidents and look-alikes\n\nNext: sealab score --truth %s/truth.json --findings %s/findings.ndjson\n",
		c.Out, plain(len(r.Findings)), len(r.Truth.Incidents), c.Out, c.Out)
	return err
}

// heardBy makes the world of a run again and hands out what was heard in it.
func heardBy(ctx context.Context, r *pocs.Run, do func(event.Batch) error) error {
	if r.Carrier == "live" {
		return fmt.Errorf("make the world of run %s again: when a live run's messages arrived comes only once; the hub gives what it kept of them: /api/v1/runs/%s/events", r.ID, r.ID)
	}
	sc, _, err := all.FindScenario(cmp.Or(r.Extends, r.Scenario))
	if err != nil {
		return fmt.Errorf("make the world of run %s again: %w", r.ID, err)
	}
	w, err := sim.New(*sc, r.Settings, r.Seed)
	if err != nil {
		return fmt.Errorf("make the world of run %s again: %w", r.ID, err)
	}
	digest := event.NewDigest()
	for b := range w.Batches() {
		if err := ctx.Err(); err != nil {
			return err
		}
		digest.Add(b)
		if err := do(b); err != nil {
			return err
		}
	}
	if digest.String() != r.WorldDigest {
		return fmt.Errorf("make the world of run %s again: this code makes another; take commit %s, which played the run", r.ID, r.Commit)
	}
	return nil
}
