package main

import (
	"errors"
	"fmt"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
)

// The carriers by name.
const (
	carrierDirect = "direct"
	carrierMQTT   = "mqtt"
	carrierLive   = "live"
)

// runCmd plays one trial, keeps it and says how it went.
type runCmd struct {
	PoC      string `arg:"" name:"poc" help:"Proof of concept (sealab list pocs); left out with --exec or --join."`
	Scenario string `arg:"" optional:"" help:"Scenario (sealab list scenarios), or a scenario file (sealab schema scenario_file)."`
	guestFlags
	armFlags
	Seed seed `default:"1" help:"World seed, from 0 to 2^53 - 1. Tune on 1-999, report on 2001-2040."`
	deskFlags
	carrierFlags
	JSON bool `help:"Print one JSON object."`
	Full bool `help:"With --json: add finding_list and incident_list."`
}

// Validate looks for the words that are needed.
func (c *runCmd) Validate() error {
	switch {
	case c.given() && c.Scenario != "":
		return fmt.Errorf("unexpected argument %s: with --exec or --join only the scenario is named", c.Scenario)
	case c.given():
		c.PoC, c.Scenario = "", c.PoC
	case c.Scenario == "":
		return errors.New(`expected "<scenario>"`)
	}
	return nil
}

// chosen is the arm that the user asked for.
func (c *runCmd) chosen(s *session) (*arm, error) {
	if !c.given() {
		return c.arm(c.PoC, c.Scenario)
	}
	of, err := chooseScenario(c.Scenario)
	if err != nil {
		return nil, err
	}
	p, open, err := c.pick(s, &c.carrierFlags, of.challenge.Name, c.Param)
	if err != nil {
		return nil, err
	}
	a, err := c.armOf(p, c.Scenario)
	if err == nil {
		a.open = open
	}
	return a, err
}

// Run plays the trial.
func (c *runCmd) Run(s *session) error {
	a, err := c.chosen(s)
	if err != nil {
		return err
	}
	if err := c.check(); err != nil {
		return err
	}
	desk, err := c.deskFlags.open(s.ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	bar := newBar(s.stderr)
	r, err := desk.play(s.ctx, a, c.carrierFlags, uint64(c.Seed), func(p pocs.Progress, _ []pocs.Finding) {
		bar.Set(p.Fraction, fmt.Sprintf("%s  %s readings, %d findings", p.Now.Format("2006-01-02 15:04"), plain(p.Readings), p.Findings))
	})
	bar.Done()
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(s.stdout, toJSON(r, c.Full))
	} else if r.Reason == "" {
		err = printRun(s.stdout, r, c.next(desk, r))
	}
	if err == nil && r.Reason != "" {
		err = fmt.Errorf("run %s failed: %s", r.ID, r.Reason)
	}
	return err
}

// next is the command that is worth trying after this run.
func (c *runCmd) next(d *desk, r *pocs.Run) string {
	if d.keeps() {
		return "sealab verify " + r.ID + c.again()
	}
	for i := range all.PoCs {
		if p := &all.PoCs[i]; p.Name != r.PoC && !p.Baseline && p.Challenge == r.Challenge {
			return fmt.Sprintf("sealab run %s %s --seed %d", p.Name, c.Scenario, r.Seed)
		}
	}
	return ""
}

// watcher is told after each tick how far a trial has come.
type watcher = func(pocs.Progress, []pocs.Finding)

// stamp completes the record of a run with what only the command line knows.
func stamp(r *pocs.Run, id string, started time.Time) {
	r.ID, r.Room, r.Commit = id, openRoom, whoAmI().Commit
	r.Started, r.Elapsed = started.UTC(), time.Since(started)
}

// openRoom is the room that everybody shares.
const openRoom = "open"
