//go:build !js

// The desk plays trials with everything this machine offers: a store to keep them in and brokers to carry them.

package main

import (
	"context"
	"crypto/rand"
	"strconv"
	"time"

	"sealab/catalog"
	"sealab/catalog/bundle"
	"sealab/pocs"
)

// nativeCommands need a store, a broker or a browser.
type nativeCommands struct {
	Serve      serveCmd      `cmd:"" help:"Start the hub: dashboard, API and MQTT broker, with a live demo world."`
	Compare    compareCmd    `cmd:"" help:"Lay runs, or two proofs of concept over many seeds, side by side."`
	Verify     verifyCmd     `cmd:"" help:"Check a stored run, an experiment, a bundle or what a use case claims, and play it again: does the same come out? Or check the log."`
	Fork       forkCmd       `cmd:"" help:"Play a stored run again with something changed: same seed, same chance."`
	Explain    explainCmd    `cmd:"" help:"Say what a finding rests on (--finding), or why an incident was missed (--incident)."`
	Tag        tagCmd        `cmd:"" help:"Mark a stored run or experiment with tags, or take them off."`
	Note       noteCmd       `cmd:"" help:"Write a note on a stored run or experiment, or print it."`
	Experiment experimentCmd `cmd:"" help:"Run an experiment file: arms in scenarios over seeds; compare, decide, guard."`
	Tune       tuneCmd       `cmd:"" help:"Search for the values of a detector's parameters that do best, on the seeds kept for tuning."`
	Learn      learnCmd      `cmd:"" help:"Learn the weights of a detector's clues, on seeds 1 to 999."`
	Curve      curveCmd      `cmd:"" help:"Draw what a detector finds and whom it disturbs, by the level from which on its findings count."`
	Catalog    catalogCmd    `cmd:"" help:"The catalogue of use cases: validate files, export all of it, import another hub's."`
	Invite     inviteCmd     `cmd:"" help:"Invite those who review use cases: invite --role curator makes a link that admits one of them once."`
	Suite      suiteCmd      `cmd:"" help:"Frozen sets of worlds that can be cited: list, show, run, verify, freeze."`
	Export     exportCmd     `cmd:"" help:"Write a stored run's findings and truth as files, which can be scored again."`
	Score      scoreCmd      `cmd:"" help:"Judge findings made elsewhere by the truth of a world, as every run is judged."`
	Nab        nabCmd        `cmd:"" help:"Judge the numeric parts of detectors on the Numenta Anomaly Benchmark, beside published scores."`
	World      worldCmd      `cmd:"" help:"Make worlds of a scenario: as a labelled dataset (--out), or measured beside the reference (--audit)."`
	New        newCmd        `cmd:"" help:"Begin a proof of concept of your own in Python, JavaScript or Go: new poc NAME --lang LANG."`
	Doctor     doctorCmd     `cmd:"" help:"Try a program with good and odd input and name its faults: doctor -- COMMAND."`
	Warden     wardenCmd     `cmd:"" hidden:"" help:"What serve starts beside itself to end its programs if it is killed."`
	Check      checkCmd      `cmd:"" help:"Look at every message and every true place of a run's world, or of a scenario's worlds: do the invariants hold?"`
}

// deskFlags say whether and where runs are kept.
type deskFlags struct {
	dataFlags
	NoStore bool `help:"Do not keep the run."`
}

// desk plays trials. Its store is nil where nothing is kept.
type desk struct{ store *catalog.Store }

// open opens the store, unless the user wants none.
func (f deskFlags) open(ctx context.Context) (*desk, error) {
	if f.NoStore {
		return &desk{}, nil
	}
	store, err := f.dataFlags.open(ctx)
	return &desk{store}, err
}

// open opens the store in the data directory.
func (f dataFlags) open(ctx context.Context) (*catalog.Store, error) {
	dir, err := f.dir()
	if err != nil {
		return nil, err
	}
	return catalog.Open(ctx, dir)
}

// Close closes the store; what was to be kept is kept by then.
func (d *desk) Close() {
	if d.store != nil {
		_ = d.store.Close()
	}
}

// keeps reports whether runs are stored.
func (d *desk) keeps() bool { return d.store != nil }

// play plays one trial and keeps it, a failed one too.
func (d *desk) play(ctx context.Context, a *arm, c carrierFlags, world uint64, watch watcher) (*pocs.Run, error) {
	started := time.Now()
	id, err := catalog.NewRunID(started, rand.Reader)
	if err != nil {
		return nil, err
	}
	dice, err := d.dice(ctx, a, world)
	if err != nil {
		return nil, err
	}
	t := a.trial(world, dice)
	t.Watch = watch
	open := c.open
	if a.open != nil {
		open = a.open
	}
	carry, end, err := open(ctx, id, a.scenario.Start)
	if err != nil {
		return nil, err
	}
	defer end()
	t.CarrierName, t.Carrier = c.Carrier, carry
	var journal bundle.Journal
	if c.Carrier == carrierLive && d.store != nil { // it comes only once
		t.Tape = &journal
	}
	r, err := t.Play(ctx)
	if err != nil {
		return nil, err
	}
	stamp(r, id, started)
	if d.store == nil {
		return r, nil
	}
	if t.Tape != nil {
		if err := journal.Keep(ctx, d.store, r.WorldDigest); err != nil {
			return nil, err
		}
	}
	return r, d.store.SaveRun(ctx, r)
}

// dice gives the seed of the detector's dice: salted with the room's secret, and the same for the same arm and world,
// here and in the hub. Where nothing is kept it is drawn anew.
func (d *desk) dice(ctx context.Context, a *arm, world uint64) (uint64, error) {
	if d.store == nil {
		return randomDice(), nil
	}
	return d.store.DiceSeed(ctx, openRoom, a.poc.Name, a.scenario.Root(), strconv.FormatUint(world, 10))
}

// have looks for a whole run of this code, arm, seed and carrier.
func (d *desk) have(ctx context.Context, a *arm, carrier string, world uint64) (*pocs.Run, error) {
	if d.store == nil {
		return nil, nil
	}
	id, found, err := d.store.FindRun(ctx, catalog.Identity{
		Room: openRoom, Commit: whoAmI().Commit, Challenge: a.challenge.Name, Scenario: a.scenario.Name, Extends: a.scenario.Extends,
		Settings: a.settings, PoC: a.poc.Name, Params: a.params, Seed: world, Carrier: carrier, Terms: a.terms(),
	})
	if err != nil || !found {
		return nil, err
	}
	return d.store.Run(ctx, id)
}
