//go:build js

// The desk in the browser's build: it plays trials and keeps nothing, for there is no store and no broker.

package main

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"sealab/pocs"
)

// nativeCommands are those that this build cannot offer: none here.
type nativeCommands struct{}

// deskFlags are empty: there is nowhere to keep a run.
type deskFlags struct {
	NoStore bool `help:"Do not keep the run (this build never does)."`
}

// guestFlags are empty: a browser starts no programs.
type guestFlags struct{}

// given reports whether a program was named.
func (guestFlags) given() bool { return false }

// pick is never asked for.
func (guestFlags) pick(*session, *carrierFlags, string, map[string]string) (*pocs.PoC, opener, error) {
	return nil, nil, badInputf("play with a program: this build cannot")
}

// carrierFlags leave the direct carrier alone.
type carrierFlags struct {
	Carrier string `default:"direct" help:"How batches reach the detector: direct."`
}

// listFlags are empty: there are no runs to look for.
type listFlags struct{}

// check has nothing to refuse.
func (listFlags) check(string) error { return nil }

// nativeSchemas are none: there are no experiments here.
var nativeSchemas map[string]func() []byte

// listExperiments says that there are none to list.
func listExperiments(*session, *listCmd) error {
	return badInputf("list experiments: this build keeps none")
}

// listUsecases says that there are none to list.
func listUsecases(*session, *listCmd) error {
	return badInputf("list usecases: this build keeps none")
}

// check refuses the carriers that need a broker.
func (c carrierFlags) check() error {
	if c.Carrier != carrierDirect {
		return badInputf("carry by %q: this build knows %s only", c.Carrier, carrierDirect)
	}
	return nil
}

type desk struct{}

func (deskFlags) open(context.Context) (*desk, error) { return &desk{}, nil }

func (deskFlags) again() string { return "" }

// Close has nothing to close.
func (*desk) Close() {}

// keeps reports whether runs are stored.
func (*desk) keeps() bool { return false }

// play plays one trial. The detector's dice are drawn anew each time: without a store there is no room secret.
func (*desk) play(ctx context.Context, a *arm, _ carrierFlags, world uint64, watch watcher) (*pocs.Run, error) {
	started := time.Now()
	t := a.trial(world, randomDice())
	t.Watch = watch
	r, err := t.Play(ctx)
	if err != nil {
		return nil, err
	}
	stamp(r, newRunID(), started)
	return r, nil
}

func sqliteVersion() string { return "" }

// listRuns says that there are none to list.
func listRuns(*session, *listCmd) error {
	return badInputf("list runs: this build keeps none")
}

// newRunID returns a name that no other run has; it may stand in an MQTT topic.
func newRunID() string { return strings.ToLower(rand.Text()[:16]) }
