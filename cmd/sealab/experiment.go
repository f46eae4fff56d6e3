//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// experimentCmd designs nothing itself: an experiment is a file, and its results follow from its runs.
type experimentCmd struct {
	Run    experimentRunCmd    `cmd:"" help:"Run what is missing of an experiment file, and say what came out."`
	Show   experimentShowCmd   `cmd:"" help:"Say what came out of a stored experiment."`
	Report experimentReportCmd `cmd:"" help:"Write the report of a stored experiment: HTML, Markdown or LaTeX tables."`
	Export experimentExportCmd `cmd:"" help:"Write a bundle: an experiment with everything its conclusion rests on, in one file."`
	Import experimentImportCmd `cmd:"" help:"Check a bundle, keep what is in it, and play its runs again."`
}

// exitBreached says that the experiment ran and a threshold of its file does not hold.
const exitBreached = 99

// experimentRunCmd runs an experiment file. Whatever ended the last attempt, only missing trials are played.
type experimentRunCmd struct {
	File string `arg:"" help:"Experiment file in YAML or JSON (- for standard input)."`
	experimentFlags
}

// experimentFlags say how an experiment is run, wherever its file comes from.
type experimentFlags struct {
	deskFlags
	programFlags
	Broker    string  `placeholder:"URL" help:"Broker for the carriers mqtt and live, as with sealab run."`
	Speed     float64 `default:"3600" help:"With the carrier live: virtual seconds a second."`
	Workers   int     `placeholder:"N" help:"Worlds played at a time (default: one a core)."`
	MaxTrials int     `default:"100000" help:"How many trials this host allows (arms x scenarios x seeds)."`
	JSON      bool    `help:"Print one JSON object."`
	path      string  // of the file; empty: it comes from elsewhere
}

// experimentShowCmd shows a stored experiment.
type experimentShowCmd struct {
	ID string `arg:"" help:"An experiment's id, as sealab experiment run prints it."`
	dataFlags
	JSON bool `help:"Print one JSON object."`
}

// houseCatalogue is what experiments may name in this program.
func houseCatalogue(maxTrials int) experiment.Catalogue {
	return experiment.Catalogue{Challenges: all.Challenges, PoCs: all.PoCs, SeesTruth: all.SeesTruth, MaxTrials: maxTrials}
}

// Run plays what is missing, keeps it and prints the results.
func (c *experimentRunCmd) Run(s *session) error {
	text, err := readFile(s, "experiment", c.File)
	if err != nil {
		return err
	}
	c.path = c.File
	return c.experimentFlags.play(s, text)
}

// play plays what is missing of an experiment, keeps it and prints the results.
func (c *experimentFlags) play(s *session, text []byte) error {
	if c.MaxTrials < 1 {
		return badInputf("set --max-trials to %d: want a whole number above 0", c.MaxTrials)
	}
	file, err := experiment.Parse(text)
	if err != nil {
		return badInput{experiment.PathOf(err, c.path)}
	}
	known := houseCatalogue(c.MaxTrials)
	included, err := file.Include(known, c.readIncluded)
	if err != nil {
		return badInput{experiment.PathOf(err, c.path)}
	}
	programs, err := c.programs(s, &file, &known)
	if err != nil {
		return badInput{experiment.PathOf(err, c.path)}
	}
	if included || programs {
		text = []byte(file.YAML()) // what is stored is whole, also without those files
	}
	design, err := file.Design(known)
	if err != nil {
		return badInput{experiment.PathOf(err, c.path)}
	}
	carry := carrierFlags{Carrier: design.Carrier, Broker: c.Broker, Speed: c.Speed}
	if err := carry.check(); err != nil {
		return err
	}
	desk, err := c.deskFlags.open(s.ctx)
	if err != nil {
		return err
	}
	defer desk.Close()
	bench := &workbench{desk: desk, design: design, carry: carry, workers: c.Workers, stderr: s.stderr, started: time.Now()}
	if bench.workers < 1 {
		bench.workers = runtime.GOMAXPROCS(0)
	}
	if err := bench.open(s.ctx, &file, string(text)); err != nil {
		return err
	}
	out, err := bench.play(s.ctx)
	if err != nil {
		return err
	}
	if err := sayResults(s, c.JSON, bench.record, design, out); err != nil {
		return err
	}
	return failedTrials(design, out)
}

// failedTrials is the error of an experiment whose results lack runs, since those failed; nil where none did.
func failedTrials(d *experiment.Design, out map[experiment.Job]experiment.Outcome) error {
	failed, first := 0, ""
	for _, job := range d.Trials() {
		if o := out[job]; o.Reason != "" {
			if failed++; failed == 1 {
				first = fmt.Sprintf("%s in %s, seed %d: %s", d.Arms[job.Arm].Name, d.Scenarios[job.Scenario].Name, job.Seed, o.Reason)
			}
		}
	}
	if failed == 0 {
		return nil
	}
	return fmt.Errorf("run experiment: %d of %d trials failed and are left out of the results (first %s): run the file again, only these are played",
		failed, len(d.Trials()), first)
}

// readFile takes a file of the user's, or standard input where it is called -, but not more of it than can be parsed.
func readFile(s *session, what, name string) ([]byte, error) {
	if name == "-" {
		return readSome(s.stdin, what, name)
	}
	return readPath(what, name)
}

// readPath is readFile for what is a path in any case.
func readPath(what, name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, badInputf("read %s: %w", what, err)
	}
	defer f.Close()
	return readSome(f, what, name)
}

func readSome(in io.Reader, what, name string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, experiment.MaxFileBytes+1))
	if err != nil {
		return nil, badInputf("read %s %s: %w", what, name, err)
	}
	return text, nil
}

// Run reads the experiment's runs and prints the results.
func (c *experimentShowCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	record, err := store.Experiment(s.ctx, c.ID)
	if errors.Is(err, catalog.ErrNotFound) {
		return badInputf("unknown experiment %q: sealab experiment run prints the id of each", c.ID)
	}
	if err != nil {
		return err
	}
	file, err := experiment.Parse([]byte(record.File))
	if err != nil {
		return err
	}
	design, err := file.Design(houseCatalogue(0))
	if err != nil {
		return fmt.Errorf("show experiment %s: it was written for other code: %w", c.ID, err)
	}
	out, err := linkedOutcomes(s.ctx, store, record.ID, design)
	if err != nil {
		return err
	}
	if missing := len(design.Trials()) - len(out); missing > 0 {
		return fmt.Errorf("show experiment %s: %d of %d trials have not been run (%s%s): run its file again, only these are played",
			c.ID, missing, len(design.Trials()), record.State, because(record.Reason))
	}
	return sayResults(s, c.JSON, record, design, out)
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

// linkedOutcomes reads the runs that an experiment rests on.
func linkedOutcomes(ctx context.Context, store *catalog.Store, id string, d *experiment.Design) (map[experiment.Job]experiment.Outcome, error) {
	links, err := store.Links(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make(map[experiment.Job]experiment.Outcome)
	for j, id := range proof.Linked(d, links) {
		r, err := store.Run(ctx, id)
		if errors.Is(err, catalog.ErrNotFound) {
			continue // deleted since
		}
		if err != nil {
			return nil, err
		}
		out[j] = experiment.OutcomeOf(r)
	}
	return out, nil
}
