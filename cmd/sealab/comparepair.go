//go:build !js

package main

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"sync"

	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// pairJSON is what `compare POC POC SCENARIO --seeds A..B --json` prints: the comparison and what it rests on.
type pairJSON struct {
	Challenge string       `json:"challenge"`
	Scenario  string       `json:"scenario"`
	Extends   string       `json:"extends,omitempty"`
	Settings  sim.Settings `json:"settings"`
	Carrier   string       `json:"carrier"`
	Commit    string       `json:"commit"`
	RunsA     []string     `json:"runs_a"`
	RunsB     []string     `json:"runs_b"`
	experiment.Comparison
}

func runIDs(runs []*pocs.Run) []string {
	ids := make([]string, len(runs))
	for i, r := range runs {
		ids[i] = r.ID
	}
	return ids
}

// gather gives each arm's runs over the seeds: those that are stored, and the rest played side by side, one trial a
// core.
func (c *compareCmd) gather(s *session, d *desk, arms []*arm, seeds []uint64) ([][]*pocs.Run, error) {
	g := &gathering{found: map[experiment.Job]*pocs.Run{}}
	jobs := experiment.Jobs(c.different(arms), 1, seeds)
	for _, j := range jobs {
		r, err := d.have(s.ctx, arms[j.Arm], c.Carrier, j.Seed)
		if err != nil {
			return nil, err
		}
		if r != nil {
			g.found[j] = r
		}
	}
	stored := len(g.found)
	bar := newBar(s.stderr)
	err := experiment.Missing[experiment.Job]{
		Jobs:    jobs,
		Have:    func(j experiment.Job) bool { return g.has(j) },
		Workers: runtime.GOMAXPROCS(0),
		Play: func(ctx context.Context, j experiment.Job) error {
			r, err := d.play(ctx, arms[j.Arm], c.carrierFlags, j.Seed, nil)
			g.keep(j, r)
			return err
		},
		Progress: func(done, total int) {
			bar.Set(float64(done)/float64(total), fmt.Sprintf("%d of %d runs (%d were stored)", done, total, stored))
		},
	}.Run(s.ctx)
	bar.Done()
	if err != nil {
		return nil, err
	}
	runs := make([][]*pocs.Run, len(arms))
	for _, j := range jobs {
		runs[j.Arm] = append(runs[j.Arm], g.found[j])
	}
	for a := range arms {
		if runs[a] == nil {
			runs[a] = runs[0]
		}
	}
	return runs, nil
}

// different is how many arms must be played: an arm against itself is played once, except live, where no two runs are
// alike.
func (c *compareCmd) different(arms []*arm) int {
	a, b := arms[0], arms[len(arms)-1]
	if a.poc.Name == b.poc.Name && maps.Equal(a.params, b.params) && maps.Equal(a.settings, b.settings) && c.Carrier != carrierLive {
		return 1
	}
	return len(arms)
}

// gathering collects runs from several goroutines.
type gathering struct {
	mu    sync.Mutex
	found map[experiment.Job]*pocs.Run
}

func (g *gathering) has(j experiment.Job) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.found[j] != nil
}

func (g *gathering) keep(j experiment.Job, r *pocs.Run) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.found[j] = r
}

// printPair is the comparison as a table: each measure's means, the paired difference with its interval, and words.
func printPair(s *session, scenario string, c experiment.Comparison) error {
	fmt.Fprintf(s.stdout, "%s against %s in %s, seeds %s (paired: each seed is one world for both)\n\n",
		c.A, c.B, scenario, experiment.FormatSeeds(c.Seeds))
	rows := [][]string{{"MEASURE", c.A, c.B, "DIFFERENCE", "95 % INTERVAL", "P", "N", "IN WORDS"}}
	for _, l := range c.Measures {
		interval := "–"
		if l.Low != nil && l.High != nil {
			interval = fmt.Sprintf("%s … %s", signed(*l.Low), signed(*l.High))
		}
		difference, p := "–", "–"
		if l.Diff != nil {
			difference = signed(*l.Diff)
		}
		if l.P != nil {
			p = probability(*l.P)
		}
		words := string(l.Words)
		if l.N == 0 {
			words = "nothing to compare"
		}
		rows = append(rows, []string{l.Measure, short(l.AMean), short(l.BMean), difference, interval, p, fmt.Sprint(l.N), words})
	}
	if err := s.table(rows); err != nil {
		return err
	}
	_, err := fmt.Fprintf(s.stdout, "\nDifferences are %s − %s, means over seeds. The words go by the permutation test alone (alpha %g), for %s.\n",
		c.A, c.B, c.Alpha, c.A)
	return err
}

// short prints a figure with four digits that matter; null is a dash.
func short(v *float64) string {
	if v == nil {
		return "–"
	}
	return fmt.Sprintf("%.4g", *v)
}

// probability prints a p without pretending that any is 0.
func probability(p float64) string {
	if p < 0.0001 {
		return "< 0.0001"
	}
	return fmt.Sprintf("%.4f", p)
}

func signed(v float64) string { return fmt.Sprintf("%+.4g", v) }
