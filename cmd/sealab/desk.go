//go:build !js

// The desk plays trials with everything this machine offers: a store to keep them in and brokers to carry them.

package main

import (
	"context"
	"time"

	"sealab/pocs"
)

// nativeCommands need a store, a broker or a browser.
type nativeCommands struct{}

// deskFlags say where runs are kept.
type deskFlags struct {
	Data    string `placeholder:"DIR" help:"Where Sealab keeps its data (default: $XDG_DATA_HOME/sealab, else ~/.local/share/sealab)."`
	NoStore bool   `help:"Do not keep the run."`
}

// carrierFlags say how batches travel.
type carrierFlags struct {
	Carrier string  `default:"direct" help:"How batches reach the detector: direct, mqtt (lockstep) or live."`
	Broker  string  `placeholder:"URL" help:"Broker for mqtt and live (default: one of its own on a free loopback port)."`
	Speed   float64 `default:"60" help:"With live: virtual seconds a second."`
}

// listFlags say where the runs are; the other lists need none.
type listFlags struct {
	Data string `placeholder:"DIR" help:"Where Sealab keeps its data (for runs)."`
}

type desk struct{}

func (deskFlags) open() (*desk, error) { return &desk{}, nil }

// Close closes the store.
func (*desk) Close() {}

// keeps reports whether runs are stored.
func (*desk) keeps() bool { return false }

// play plays one trial.
func (*desk) play(ctx context.Context, a *arm, c carrierFlags, world uint64, watch func(pocs.Progress, []pocs.Finding)) (*pocs.Run, error) {
	started := time.Now()
	t := a.trial(world, randomDice())
	t.Watch = watch
	r, err := t.Play(ctx)
	if err != nil {
		return nil, err
	}
	stamp(r, "unkept", started)
	return r, nil
}

func sqliteVersion() string { return "" }

func listRuns(*session, *listCmd) error { return badInputf("list runs: not there yet") }
