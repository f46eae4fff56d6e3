//go:build !js

// The report of an experiment as a file.

package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"

	"sealab/pocs/all"
	"sealab/web"
)

// experimentReportCmd writes a report: the bytes that the hub shows and hands out.
type experimentReportCmd struct {
	ID     string `arg:"" help:"An experiment's id, as sealab experiment run prints it."`
	Format string `default:"html" enum:"html,md,tex" help:"html (one file that needs nothing else), md or tex (tables for a paper)."`
	Out    string `short:"o" placeholder:"FILE" help:"Where to write it (default: standard output)."`
	dataFlags
}

// Run writes the report.
func (c *experimentReportCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	text, err := web.Report(s.ctx, web.Config{Store: store, PoCs: all.PoCs, Challenges: all.Challenges, SeesTruth: all.SeesTruth}, c.ID, c.Format)
	var p *web.Problem
	switch {
	case errors.As(err, &p) && p.Status == http.StatusNotFound:
		return badInputf("unknown experiment %q: sealab list experiments shows those there are", c.ID)
	case err != nil:
		return fmt.Errorf("report experiment %s: %w", c.ID, err)
	}
	if c.Out == "" {
		_, err = s.stdout.Write(text)
		return err
	}
	if err := os.WriteFile(c.Out, text, 0o644); err != nil {
		return badInputf("write report: %w", err)
	}
	return nil
}
