//go:build !js

package main

import (
	"strings"
	"testing"

	"sealab/pocs/experiment"
)

// TestFailedTrialsAreSaid: an experiment with failed runs has results, but it could not do all that it was asked for.
func TestFailedTrialsAreSaid(t *testing.T) {
	file, err := experiment.Parse([]byte("scenarios: land-bridge\narms: [rules, kalman]\nseeds: 1..2\n"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := file.Design(houseCatalogue(0))
	if err != nil {
		t.Fatal(err)
	}
	out := map[experiment.Job]experiment.Outcome{}
	for _, job := range d.Trials() {
		out[job] = experiment.Outcome{Seed: job.Seed}
	}
	if err := failedTrials(d, out); err != nil {
		t.Errorf("none failed: %v", err)
	}
	for _, job := range d.Trials()[1:] {
		out[job] = experiment.Outcome{Seed: job.Seed, Reason: "carrier_lost: gone"}
	}
	if err := failedTrials(d, out); err == nil || !strings.Contains(err.Error(), "3 of 4 trials failed") || !strings.Contains(err.Error(), "seed 1: carrier_lost: gone") {
		t.Errorf("got %v", err)
	}
}
