//go:build !js

// The workbench wires an experiment's engine to the desk: store, brokers, clock and progress bar.

package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"sync"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

type workbench struct {
	desk    *desk
	design  *experiment.Design
	record  *catalog.Experiment // as it is stored; nil where nothing is kept
	carry   carrierFlags
	workers int
	stderr  io.Writer
	started time.Time

	mu     sync.Mutex
	linked map[experiment.Job]string
}

// open finds the stored experiment of the same canonical form, or stores a new one. What was imported is somebody's
// evidence: nothing of ours goes into it.
func (b *workbench) open(ctx context.Context, f *experiment.File, text string) error {
	b.linked = map[experiment.Job]string{}
	if !b.desk.keeps() {
		return nil
	}
	known, err := b.desk.store.Experiments(ctx, catalog.ExperimentQuery{Room: openRoom, Hash: f.Hash(), Own: true, Limit: 1})
	if err != nil {
		return err
	}
	if len(known) > 0 {
		b.record = &known[0]
		return b.set(ctx, catalog.Running, "")
	}
	id, err := catalog.NewExperimentID(b.started, rand.Reader)
	if err != nil {
		return err
	}
	b.record = &catalog.Experiment{ID: id, Room: openRoom, Name: f.Name, Question: f.Question, File: text, Hash: f.Hash(),
		State: catalog.Running, Commit: whoAmI().Commit, Created: b.started.UTC()}
	return b.desk.store.SaveExperiment(ctx, b.record)
}

// set notes how far the experiment has come.
func (b *workbench) set(ctx context.Context, state catalog.State, reason string) error {
	if b.record == nil {
		return nil
	}
	b.record.State, b.record.Reason, b.record.Commit, b.record.Finished = state, reason, whoAmI().Commit, time.Time{}
	if state == catalog.Done {
		b.record.Finished = time.Now().UTC()
	}
	return b.desk.store.SetExperimentState(ctx, b.record)
}

// play runs the engine and notes how it ended, also where that was an interrupt.
func (b *workbench) play(ctx context.Context) (map[experiment.Job]experiment.Outcome, error) {
	bar := newBar(b.stderr)
	out, err := experiment.Engine{
		Design: b.design, Workers: b.workers, Find: b.find, Dice: b.dice, Play: b.playOne, Keep: b.keep, Together: b.playTogether,
		Progress: func(p experiment.Progress) {
			bar.Set(float64(p.Done)/float64(p.Total), progressText(p, time.Since(b.started)))
		},
	}.Run(ctx)
	bar.Done()
	late := context.WithoutCancel(ctx)
	switch {
	case ctx.Err() != nil:
		_ = b.set(late, catalog.Interrupted, "it was stopped before its end") // the error below is the one that counts
		return nil, fmt.Errorf("run experiment: stopped before the end: what was played is kept, run it again to go on")
	case err != nil:
		_ = b.set(late, catalog.Failed, err.Error())
		return nil, err
	}
	if err := b.linkRest(ctx, out); err != nil {
		return nil, err
	}
	return out, b.set(ctx, catalog.Done, "")
}

// progressText says how far it is and how long it will take, by the trials that were played.
func progressText(p experiment.Progress, since time.Duration) string {
	text := fmt.Sprintf("%d of %d trials", p.Done, p.Total)
	if p.Stored > 0 {
		text += fmt.Sprintf(" (%d were stored)", p.Stored)
	}
	if played := p.Done - p.Stored; played > 0 && p.Done < p.Total {
		left := time.Duration(float64(since) / float64(played) * float64(p.Total-p.Done))
		text += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return text
}

// find looks for a whole run of this code with the trial's identity.
func (b *workbench) find(ctx context.Context, j experiment.Job) (*experiment.Outcome, error) {
	if !b.desk.keeps() {
		return nil, nil
	}
	t := b.design.Trial(j)
	id, found, err := b.desk.store.FindRun(ctx, catalog.Identity{
		Room: openRoom, Commit: whoAmI().Commit, Challenge: t.Challenge.Name, Scenario: t.Scenario.Name, Extends: t.Scenario.Extends, Settings: t.Settings,
		PoC: t.PoC.Name, Params: t.Params, Seed: t.Seed, Carrier: t.CarrierName, Terms: t.Terms,
	})
	if err != nil || !found {
		return nil, err
	}
	r, err := b.desk.store.Run(ctx, id)
	if err != nil {
		return nil, err
	}
	o := experiment.OutcomeOf(r)
	return &o, nil
}

func (b *workbench) dice(ctx context.Context, j experiment.Job) (uint64, error) {
	t := b.design.Trial(j)
	return b.desk.dice(ctx, &arm{poc: t.PoC, scenario: t.Scenario}, j.Seed)
}

// playOne plays a trial over its carrier, under an id that its topics may bear.
func (b *workbench) playOne(ctx context.Context, _ experiment.Job, t pocs.Trial) (*pocs.Run, error) {
	started := time.Now()
	id, err := catalog.NewRunID(started, rand.Reader)
	if err != nil {
		return nil, err
	}
	carry, end, err := b.carry.open(ctx, id, t.Scenario.Start)
	if err != nil {
		return nil, err
	}
	defer end()
	t.Carrier = carry
	r, err := t.Play(ctx)
	if err != nil {
		return nil, err
	}
	stamp(r, id, started)
	return r, nil
}

// playTogether plays trials in one world and gives each its share of the time.
func (b *workbench) playTogether(ctx context.Context, trials []pocs.Trial) ([]*pocs.Run, error) {
	started := time.Now()
	runs, err := pocs.PlayTogether(ctx, trials)
	if err != nil {
		return nil, err
	}
	took := time.Since(started) / time.Duration(len(runs))
	for _, r := range runs {
		id, err := catalog.NewRunID(started, rand.Reader)
		if err != nil {
			return nil, err
		}
		stamp(r, id, started)
		r.Elapsed = took
	}
	return runs, nil
}

// keep stores a run and links it to the experiment: from then on the trial is done.
func (b *workbench) keep(ctx context.Context, j experiment.Job, r *pocs.Run) error {
	if b.record == nil {
		return nil
	}
	if err := b.desk.store.SaveRun(ctx, r); err != nil {
		return err
	}
	return b.link(ctx, j, r.ID)
}

func (b *workbench) link(ctx context.Context, j experiment.Job, run string) error {
	l := catalog.Link{Arm: b.design.Arms[j.Arm].Name, Scenario: b.design.Scenarios[j.Scenario].Name, Seed: j.Seed, Run: run}
	if err := b.desk.store.LinkRun(ctx, b.record.ID, l); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.linked[j] = run
	return nil
}

// linkRest links the runs that were stored before, and those of arms that are equal.
func (b *workbench) linkRest(ctx context.Context, out map[experiment.Job]experiment.Outcome) error {
	if b.record == nil {
		return nil
	}
	for _, j := range b.design.Trials() {
		if b.linked[j] == "" {
			if err := b.link(ctx, j, out[j].Run); err != nil {
				return err
			}
		}
	}
	return nil
}
