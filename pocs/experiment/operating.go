// Operating points: what an arm finds and whom it disturbs, over the level from which on its findings count.

package experiment

import (
	"context"
	"fmt"
	"sync"

	"sealab/pocs"
	"sealab/sim"
)

// Operating plays one PoC in several worlds and judges it at every level.
type Operating struct {
	Challenge *pocs.Challenge
	PoC       *pocs.PoC
	SeesTruth bool
	Params    pocs.Params
	Scenarios []PlannedScenario
	Settings  []sim.Settings // of each scenario, resolved
	Seeds     []uint64
	Levels    []int                 // from which on findings count, rising, of 0 to 1000
	Workers   int                   // worlds at a time; below 1: one
	Progress  func(done, total int) // never called twice at once; nil: nobody
}

// OperatingPoint is one level, over all worlds. Intervals are Wilson's.
type OperatingPoint struct {
	From     int   `json:"from"`     // findings below this level are left out
	Recall   Share `json:"recall"`   // hits, of the hostile incidents that were heard
	Openings Share `json:"openings"` // likewise, of those in which the door was opened
	Nuisance Share `json:"nuisance"` // clean trips with a false finding, of the clean trips
	Episodes int   `json:"false_episodes"`
}

// tally is what is summed of a level.
type tally struct{ hits, incidents, opened, openings, disturbed, clean, episodes int }

// Run plays and sums. The same points come out however many worlds are played at a time.
func (o Operating) Run(ctx context.Context) ([]OperatingPoint, error) {
	type world struct {
		scenario int
		seed     uint64
	}
	var jobs []world
	for i := range o.Scenarios {
		for _, seed := range o.Seeds {
			jobs = append(jobs, world{i, seed})
		}
	}
	sums := make([]tally, len(o.Levels))
	var mu sync.Mutex
	done := 0
	err := Missing[world]{Jobs: jobs, Workers: o.Workers, Play: func(ctx context.Context, j world) error {
		run, err := o.play(ctx, j.scenario, j.seed)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		for i, from := range o.Levels {
			sums[i].add(o.Challenge, run, from)
		}
		done++
		if o.Progress != nil {
			o.Progress(done, len(jobs))
		}
		return nil
	}}.Run(ctx)
	if err != nil {
		return nil, fmt.Errorf("draw curve of %s: %w", o.PoC.Name, err)
	}
	points := make([]OperatingPoint, len(sums))
	for i := range sums {
		t := &sums[i]
		points[i] = OperatingPoint{From: o.Levels[i], Recall: Wilson(t.hits, t.incidents), Openings: Wilson(t.opened, t.openings),
			Nuisance: Wilson(t.disturbed, t.clean), Episodes: t.episodes}
	}
	return points, nil
}

func (o *Operating) play(ctx context.Context, scenario int, seed uint64) (*pocs.Run, error) {
	sc := o.Scenarios[scenario].Scenario
	terms := pocs.DefaultTerms()
	terms.Set(o.Settings[scenario])
	run, err := pocs.Trial{Challenge: o.Challenge, PoC: o.PoC, Params: o.Params, Scenario: sc, Settings: o.Settings[scenario], Seed: seed,
		DiceSeed: learnDice, SeesTruth: o.SeesTruth, Terms: terms, CarrierName: "direct"}.Play(ctx)
	if err == nil && run.Reason != "" {
		err = fmt.Errorf("%s, seed %d: %s", sc.Name, seed, run.Reason)
	}
	return run, err
}

// add judges a run by its findings from a level on, and adds what came of it.
func (t *tally) add(c *pocs.Challenge, run *pocs.Run, from int) {
	var kept []pocs.Finding
	for _, f := range run.Findings {
		if f.Level >= from {
			kept = append(kept, f)
		}
	}
	score := c.Judge(run.Truth, kept, run.Terms)
	t.hits += score.Counts.Hits
	t.incidents += score.Counts.Incidents
	t.episodes += score.Counts.Episodes
	clean, disturbed := pocs.CleanTrips(run.Truth, kept, score)
	t.clean += clean
	t.disturbed += disturbed
	for i := range run.Truth.Incidents {
		if in := &run.Truth.Incidents[i]; in.Hostile && in.Heard() && in.Opened() {
			t.openings++
			if score.MatchedBy[i] >= 0 {
				t.opened++
			}
		}
	}
}
