//go:build !js

// The operating curve of a detector: what it finds and whom it disturbs, by the level from which on its findings count.

package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// curveCmd plays a proof of concept in many worlds and judges it at every level. It keeps nothing.
type curveCmd struct {
	PoC       string            `arg:"" name:"poc" help:"Proof of concept (sealab list pocs)."`
	Scenarios []string          `arg:"" name:"scenario" help:"Scenarios, or scenario files, whose worlds are summed."`
	Param     map[string]string `short:"p" mapsep:"none" placeholder:"KEY=VALUE" help:"Set a parameter of the proof of concept."`
	Seeds     string            `default:"2001..2040" placeholder:"A..B" help:"Seeds to play (default ${default})."`
	Set       map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Set a setting of every scenario."`
	Step      int               `default:"50" help:"How far apart the levels lie, from 0 to 1000 (default ${default})."`
	Workers   int               `placeholder:"N" help:"Worlds played at a time (default: one a core)."`
	JSON      bool              `help:"Print one JSON object."`
}

// curveJSON is what `curve --json` prints.
type curveJSON struct {
	Commit    string                      `json:"commit"`
	PoC       string                      `json:"poc"`
	Params    map[string]float64          `json:"params"`
	Scenarios []string                    `json:"scenarios"`
	Seeds     string                      `json:"seeds"`
	Points    []experiment.OperatingPoint `json:"points"`
}

// Run plays and prints.
func (c *curveCmd) Run(s *session) error {
	o, err := c.operating()
	if err != nil {
		return err
	}
	bar := newBar(s.stderr)
	started := time.Now()
	o.Progress = func(done, total int) {
		bar.Set(float64(done)/float64(total), progressText(experiment.Progress{Done: done, Total: total}, time.Since(started)))
	}
	points, err := o.Run(s.ctx)
	bar.Done()
	if err != nil {
		return err
	}
	out := curveJSON{Commit: whoAmI().Commit, PoC: o.PoC.Name, Params: o.Params, Seeds: experiment.FormatSeeds(o.Seeds), Points: points}
	for i := range o.Scenarios {
		out.Scenarios = append(out.Scenarios, o.Scenarios[i].Name)
	}
	if c.JSON {
		return printJSON(s.stdout, out)
	}
	return c.print(s, &out)
}

// operating finds the names and resolves the numbers; every error of it is the user's to mend.
func (c *curveCmd) operating() (*experiment.Operating, error) {
	poc, err := all.FindPoC(c.PoC)
	if err != nil {
		return nil, unknownName("proof of concept", c.PoC, pocNames())
	}
	if c.Step < 1 || c.Step > 1000 {
		return nil, badInputf("set --step to %d: allowed is a whole number from 1 to 1000", c.Step)
	}
	o := &experiment.Operating{PoC: poc, SeesTruth: all.SeesTruth[poc.Name], Workers: c.Workers}
	if o.Workers < 1 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	for from := 0; from <= 1000; from += c.Step {
		o.Levels = append(o.Levels, from)
	}
	if o.Params, err = resolve("parameter", poc.Params, c.Param); err != nil {
		return nil, err
	}
	if o.Seeds, err = experiment.ParseSeeds(c.Seeds); err != nil {
		return nil, badInput{err}
	}
	where, err := groundOf(poc, c.Scenarios, c.Set)
	if err != nil {
		return nil, err
	}
	o.Challenge, o.Scenarios, o.Settings = where.challenge, where.scenarios, where.settings
	return o, nil
}

// print lists the levels until nothing is said any more.
func (c *curveCmd) print(s *session, out *curveJSON) error {
	fmt.Fprintf(s.stdout, "%s in %s, seeds %s: what counts from each level on, with 95 %% intervals (Wilson)\n\n", out.PoC, strings.Join(out.Scenarios, ", "), out.Seeds)
	rows := [][]string{{"LEVEL", "RECALL", "", "OPENINGS", "", "NUISANCE TRIPS", "", "FALSE EPISODES"}}
	for i := range out.Points {
		p := &out.Points[i]
		row := []string{fmt.Sprint(p.From)}
		for _, share := range []experiment.Share{p.Recall, p.Openings, p.Nuisance} {
			row = append(row, countText(share), intervalText(share))
		}
		rows = append(rows, append(row, fmt.Sprint(p.Episodes)))
		if p.Recall.K == 0 && p.Episodes == 0 {
			break
		}
	}
	return s.table(rows)
}

// countText is a share as counted, and in per cent.
func countText(s experiment.Share) string {
	if s.P == nil {
		return "none"
	}
	return fmt.Sprintf("%d of %d, %.2f %%", s.K, s.N, 100**s.P)
}

// intervalText is the interval of a share in per cent.
func intervalText(s experiment.Share) string {
	if s.P == nil {
		return ""
	}
	return fmt.Sprintf("%.2f … %.2f", 100**s.Low, 100**s.High)
}
