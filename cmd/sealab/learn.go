//go:build !js

// Learning the weights of a detector's clues, on the seeds that are kept for it.

package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// learnCmd counts clues in labelled worlds and prints what each is worth. It keeps nothing.
type learnCmd struct {
	PoC       string            `arg:"" name:"poc" help:"Proof of concept that weighs clues, such as fusion."`
	Scenarios []string          `arg:"" name:"scenario" help:"Scenarios, or scenario files, whose worlds are counted."`
	Param     map[string]string `short:"p" mapsep:"none" placeholder:"KEY=VALUE" help:"Set a parameter of the proof of concept."`
	Seeds     string            `default:"1..100" placeholder:"A..B" help:"Seeds to learn on, of 1 to 999 (default ${default})."`
	Set       map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Set a setting of every scenario."`
	Also      map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Count every scenario once more with these settings besides, such as signature=2."`
	Workers   int               `placeholder:"N" help:"Worlds played at a time (default: one a core)."`
	CSV       bool              `name:"csv" xor:"form" help:"Print CSV, as the weights are kept in the source."`
	JSON      bool              `xor:"form" help:"Print one JSON object."`
}

// Run counts and prints.
func (c *learnCmd) Run(s *session) error {
	l, err := c.learning()
	if err != nil {
		return err
	}
	bar := newBar(s.stderr)
	started := time.Now()
	l.Progress = func(done, total int) {
		bar.Set(float64(done)/float64(total), progressText(experiment.Progress{Done: done, Total: total}, time.Since(started)))
	}
	found, err := l.Run(s.ctx)
	bar.Done()
	switch {
	case err != nil:
		return err
	case c.JSON:
		return printJSON(s.stdout, struct {
			Commit string `json:"commit"`
			*experiment.Learned
		}{whoAmI().Commit, found})
	case c.CSV:
		return writeWeights(s.stdout, found)
	}
	return c.print(s, found)
}

// learning finds the names and resolves the numbers; every error of it is the user's to mend.
func (c *learnCmd) learning() (*experiment.Learning, error) {
	poc, err := all.FindPoC(c.PoC)
	if err != nil {
		return nil, unknownName("proof of concept", c.PoC, pocNames())
	}
	if poc.Clues == nil {
		return nil, badInputf("learn weights of %s: it weighs no clues; those that do: %s", poc.Name, strings.Join(weighing(), ", "))
	}
	l := &experiment.Learning{PoC: poc, Workers: c.Workers}
	if l.Workers < 1 {
		l.Workers = runtime.GOMAXPROCS(0)
	}
	if l.Params, err = resolve("parameter", poc.Params, c.Param); err != nil {
		return nil, err
	}
	if l.Seeds, err = experiment.ParseSeeds(c.Seeds); err != nil {
		return nil, badInput{err}
	}
	if err := experiment.CheckTuningSeeds(l.Seeds); err != nil {
		return nil, badInput{err}
	}
	sets := []map[string]string{c.Set}
	if len(c.Also) > 0 {
		both := maps.Clone(c.Also)
		for name, value := range c.Set {
			if _, again := both[name]; !again {
				both[name] = value
			}
		}
		sets = append(sets, both)
	}
	where, err := groundOf(poc, c.Scenarios, sets...)
	if err != nil {
		return nil, err
	}
	l.Challenge, l.Scenarios, l.Settings = where.challenge, where.scenarios, where.settings
	return l, nil
}

// weighing names the proofs of concept whose weights can be learnt.
func weighing() []string {
	var names []string
	for i := range all.PoCs {
		if all.PoCs[i].Clues != nil {
			names = append(names, all.PoCs[i].Name)
		}
	}
	return names
}

// print lists the clues, the strongest first.
func (c *learnCmd) print(s *session, found *experiment.Learned) error {
	fmt.Fprintf(s.stdout, "%s in %s, seeds %s: %d attacks, %.0f days of boxes without one\n\n", found.PoC, strings.Join(found.Scenarios, ", "),
		found.Seeds, found.Attacks, found.CleanDays)
	rows := [][]string{{"CLUE", "WEIGHT dB", "ATTACKS", "CLEAN", "OF KINDS"}}
	list := slices.Clone(found.Clues)
	slices.SortStableFunc(list, func(a, b experiment.Clue) int { return int(10*b.WeightDB) - int(10*a.WeightDB) })
	for i := range list {
		clue := &list[i]
		rows = append(rows, []string{clue.Name, strconv.FormatFloat(clue.WeightDB, 'f', 1, 64), strconv.Itoa(clue.Attacks), strconv.Itoa(clue.Clean), kindsText(clue.Kinds)})
	}
	return s.table(rows)
}

// kindsText lists the kinds with their numbers, the most frequent first.
func kindsText(kinds map[string]int) string {
	names := slices.Sorted(maps.Keys(kinds))
	slices.SortStableFunc(names, func(a, b string) int { return kinds[b] - kinds[a] })
	var out []string
	for _, name := range names {
		out = append(out, fmt.Sprintf("%s %d", name, kinds[name]))
	}
	return strings.Join(out, ", ")
}

// writeWeights prints a row a clue: its weight in dB, the counts behind it, and of how many attacks of each kind it told. The
// row "*" is of all attacks.
func writeWeights(out io.Writer, found *experiment.Learned) error {
	kinds := slices.Sorted(maps.Keys(found.Kinds))
	w := csv.NewWriter(out)
	row := func(name, weight, attacks, clean string, of map[string]int) []string {
		cells := []string{name, weight, attacks, strconv.Itoa(found.Attacks), clean, strconv.FormatFloat(found.CleanDays, 'f', 0, 64)}
		for _, kind := range kinds {
			cells = append(cells, strconv.Itoa(of[kind]))
		}
		return cells
	}
	rows := [][]string{append([]string{"clue", "weight_db", "attacks", "of_attacks", "clean", "of_clean_days"}, kinds...),
		row("*", "", strconv.Itoa(found.Attacks), "", found.Kinds)}
	for i := range found.Clues {
		clue := &found.Clues[i]
		rows = append(rows, row(clue.Name, strconv.FormatFloat(clue.WeightDB, 'f', 1, 64), strconv.Itoa(clue.Attacks), strconv.Itoa(clue.Clean), clue.Kinds))
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("print weights: %w", err)
	}
	return nil
}
