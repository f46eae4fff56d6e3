//go:build !js

// Forks: a stored run played again with something changed, in the same world by the same chance.

package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// forkCmd forks a stored run.
type forkCmd struct {
	RunID string `arg:"" name:"run" help:"A run's id (sealab list runs)."`
	armFlags
	execFlags
	PoC string `name:"poc" placeholder:"POC" help:"Let another proof of concept listen; parameters that both have are taken over."`
	dataFlags
	JSON bool `help:"Print one JSON object."`
	Full bool `help:"With --json: add finding_list and incident_list."`
}

// Run plays the fork, keeps it with its parent and says how it went.
func (c *forkCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	d := &desk{store}
	defer d.Close()
	parent, err := storedRun(s.ctx, store, c.RunID)
	if err != nil {
		return err
	}
	t, err := c.trial(s, d, parent)
	if err != nil {
		return err
	}
	if code := whoAmI().Commit; parent.Commit != code {
		fmt.Fprintf(s.stderr, "code differs: run %s was made by %s, this is %s; what comes out differently may come from that\n",
			parent.ID, parent.Commit, code)
	}
	bar := newBar(s.stderr)
	t.Watch = func(p pocs.Progress, _ []pocs.Finding) {
		bar.Set(p.Fraction, fmt.Sprintf("%s  %s readings, %d findings", p.Now.Format("2006-01-02 15:04"), plain(p.Readings), p.Findings))
	}
	r, err := d.fork(s.ctx, t, parent.ID)
	bar.Done()
	if err != nil {
		return err
	}
	return c.print(s, r, parent)
}

func (c *forkCmd) print(s *session, r, parent *pocs.Run) (err error) {
	if c.JSON {
		out := toJSON(r, c.Full)
		out.Parent = parent.ID
		err = printJSON(s.stdout, out)
	} else if r.Reason == "" {
		err = printRun(s.stdout, r, fmt.Sprintf("sealab compare %s %s%s", parent.ID, r.ID, c.again()))
	}
	if err == nil && r.Reason != "" {
		err = fmt.Errorf("run %s failed: %s", r.ID, r.Reason)
	}
	return err
}

// trial makes the parent's trial with the changes; every error of those is the user's to mend.
func (c *forkCmd) trial(s *session, d *desk, parent *pocs.Run) (pocs.Trial, error) {
	if parent.Carrier == carrierLive {
		return pocs.Trial{}, badInputf("fork run %s: it was carried live, and when its messages arrived comes only once; run the same arm with --carrier direct and fork that", parent.ID)
	}
	name := parent.PoC
	if c.PoC != "" {
		name = c.PoC
	}
	if name == visitor.Name {
		return pocs.Trial{}, badInputf("fork run %s: a person played it, who cannot be asked again; let another listen to the same world with --poc", parent.ID)
	}
	a, err := c.forkArm(s, name, parent)
	if err != nil {
		return pocs.Trial{}, err
	}
	if parent.Extends != "" {
		a.scenario = a.scenario.As(parent.Scenario, a.scenario.Doc)
	}
	t, err := pocs.Fork(parent, a.challenge, a.poc, a.scenario, pocs.Change{Settings: c.Set, Params: c.Param})
	if err != nil {
		return pocs.Trial{}, badInput{err}
	}
	t.SeesTruth = all.SeesTruth[t.PoC.Name]
	if t.PoC.Name != parent.PoC {
		t.DiceSeed, err = d.store.DiceSeed(s.ctx, openRoom, t.PoC.Name, t.Scenario.Root(), strconv.FormatUint(parent.Seed, 10))
	}
	return t, err
}

// forkArm checks names and the changed numbers.
func (c *forkCmd) forkArm(s *session, name string, parent *pocs.Run) (*arm, error) {
	scenario := cmp.Or(parent.Extends, parent.Scenario)
	switch {
	case c.given() && c.PoC != "":
		return nil, badInputf("fork run %s with --poc and --exec: want one of the two", parent.ID)
	case c.given():
		p, err := c.forkProgram(s, parent)
		if err != nil {
			return nil, err
		}
		return c.armOf(p, scenario)
	case c.PoC == "" && strings.Contains(name, "@"):
		return nil, badInputf("fork run %s: program missing: %s is not here; give its command with --exec, or let another listen to the same world with --poc", parent.ID, name)
	}
	return c.arm(name, scenario)
}

// fork plays a trial by the carrier that it names, and keeps it with its parent.
func (d *desk) fork(ctx context.Context, t pocs.Trial, parent string) (*pocs.Run, error) {
	started := time.Now()
	id, err := catalog.NewRunID(started, rand.Reader)
	if err != nil {
		return nil, err
	}
	carry, end, err := carrierFlags{Carrier: t.CarrierName}.open(ctx, id, t.Scenario.Start)
	if err != nil {
		return nil, err
	}
	defer end()
	t.Carrier = carry
	r, err := t.Play(ctx)
	var bad *sim.BadSetting
	if errors.As(err, &bad) {
		return nil, bad
	}
	if err != nil {
		return nil, err
	}
	stamp(r, id, started)
	if err := d.store.SetParent(ctx, id, parent); err != nil {
		return nil, err
	}
	return r, d.store.SaveRun(ctx, r)
}

// storedRun reads a whole run; one that is not there, or has not ended, is the user's to mend.
func storedRun(ctx context.Context, store *catalog.Store, id string) (*pocs.Run, error) {
	r, err := store.Run(ctx, id)
	switch {
	case errors.Is(err, catalog.ErrNotFound):
		return nil, badInputf("unknown run %q: sealab list runs shows what is stored", id)
	case err != nil:
		return nil, err
	case r.Digest == "":
		return nil, badInputf("run %s has no result: it was interrupted, or is still running", id)
	}
	return r, nil
}
