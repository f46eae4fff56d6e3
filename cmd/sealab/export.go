//go:build !js

// A run's findings and truth as files, for whoever wants to judge or draw them elsewhere.

package main

import (
	"bytes"
	"errors"
	"fmt"

	"sealab/catalog"
	"sealab/catalog/dataset"
)

// exportCmd writes the files of a run.
type exportCmd struct {
	Run_  string `arg:"" name:"run" help:"A run's id (sealab list runs)."`
	Out   string `required:"" placeholder:"DIR" help:"Folder for findings.ndjson, findings.csv, truth.json and run.json."`
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
	list, err := dataset.ExportRun(r, record.Bytes(), c.Out, c.Force)
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
