//go:build !js

// Results of an experiment as people and programs read them.

package main

import (
	"fmt"
	"io"
	"strings"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// experimentJSON is what `experiment run|show --json` prints: the results and what they rest on.
type experimentJSON struct {
	Experiment string `json:"experiment,omitempty"` // absent where nothing is kept
	Hash       string `json:"hash,omitempty"`       // of the file's canonical form
	Commit     string `json:"commit"`
	*experiment.Results
	Boards []experiment.Board `json:"boards"` // of the headline
	Trials []trialJSON        `json:"trials"`
}

type trialJSON struct {
	Arm      string `json:"arm"`
	Scenario string `json:"scenario"`
	Seed     uint64 `json:"seed"`
	Run      string `json:"run"`
	Digest   string `json:"digest"`
}

// sayResults prints the results and ends with 99 where a threshold does not hold.
func sayResults(s *session, asJSON bool, record *catalog.Experiment, d *experiment.Design, out map[experiment.Job]experiment.Outcome) error {
	results, err := experiment.Conclude(d, out)
	if err != nil {
		return err
	}
	boards := []experiment.Board{}
	if len(results.Measures) > 0 && results.Measures[0].Better != pocs.Neutral {
		board, err := experiment.Leaderboard(d, out, results.Measures[0].Measure)
		if err != nil {
			return err
		}
		boards = append(boards, board)
	}
	if asJSON {
		err = printJSON(s.stdout, resultsJSON(record, d, out, results, boards))
	} else {
		err = printResults(s, record, results, boards)
	}
	if err != nil {
		return err
	}
	if results.Breached {
		for _, c := range results.Thresholds {
			if !c.Holds {
				fmt.Fprintf(s.stderr, "sealab: threshold breached: %s (%s)\n", c.Text(), meanText(c))
			}
		}
		panic(exit(exitBreached)) // run takes it as the exit code: it is no error, and all was said
	}
	return nil
}

func resultsJSON(record *catalog.Experiment, d *experiment.Design, out map[experiment.Job]experiment.Outcome, r *experiment.Results, b []experiment.Board) experimentJSON {
	j := experimentJSON{Commit: whoAmI().Commit, Results: r, Boards: b, Trials: []trialJSON{}}
	if record != nil {
		j.Experiment, j.Hash, j.Commit = record.ID, record.Hash, record.Commit
	}
	for _, t := range d.Trials() {
		j.Trials = append(j.Trials, trialJSON{d.Arms[t.Arm].Name, d.Scenarios[t.Scenario].Name, t.Seed, out[t].Run, out[t].Digest})
	}
	return j
}

// printResults begins with the question and the headline; every measure and the thresholds follow.
func printResults(s *session, record *catalog.Experiment, r *experiment.Results, boards []experiment.Board) error {
	for _, line := range []string{r.Name, r.Question} {
		if line != "" {
			fmt.Fprintln(s.stdout, line)
		}
	}
	fmt.Fprintf(s.stdout, "%d arms in %s, seeds %s (paired: arms share each world)\n\n", len(r.Arms), strings.Join(r.Scenarios, ", "), r.Seeds)
	for _, b := range boards {
		if err := printHeadline(s, r, b); err != nil {
			return err
		}
	}
	if err := printMeans(s, r); err != nil {
		return err
	}
	for i, c := range r.Thresholds {
		if i == 0 {
			fmt.Fprintln(s.stdout)
		}
		mark := "✓"
		if !c.Holds {
			mark = "✗"
		}
		fmt.Fprintf(s.stdout, "%s %s (%s)\n", mark, c.Text(), meanText(c))
	}
	for _, f := range r.Failed {
		fmt.Fprintf(s.stdout, "left out: %s in %s, seed %d failed: %s\n", f.Arm, f.Scenario, f.Seed, f.Reason)
	}
	if record != nil {
		_, err := fmt.Fprintf(s.stdout, "\nexperiment %s  %s\n", record.ID, record.Hash)
		return err
	}
	return nil
}

func meanText(c experiment.Check) string {
	if c.Mean == nil {
		return "null in every run"
	}
	return fmt.Sprintf("mean %s of %d runs", short(c.Mean), c.N)
}

// printHeadline is the headline measure as a leaderboard: groups in place of ranks, and words against the baseline.
func printHeadline(s *session, r *experiment.Results, b experiment.Board) error {
	versus := make(map[string]*experiment.Versus)
	for _, a := range r.Measures[0].Arms {
		versus[a.Arm] = a.Versus
	}
	rows := [][]string{{"GROUP", "ARM", strings.ToUpper(b.Measure), "95 % INTERVAL", "AGAINST " + r.Baseline, "95 % INTERVAL", "P", "PAIRS", "IN WORDS"}}
	for _, p := range b.Places {
		row := []string{fmt.Sprint(p.Group), p.Arm, short(p.Mean), rangeText(p.Low, p.High, short)}
		switch v := versus[p.Arm]; {
		case v == nil:
			row = append(row, "", "", "", "", "the baseline")
		case v.Pairs == 0:
			row = append(row, "–", "–", "–", "0", "nothing to compare")
		default:
			row = append(row, signed(*v.Diff), rangeText(v.Low, v.High, func(x *float64) string { return signed(*x) }),
				fmt.Sprintf("%.4f", *v.P), fmt.Sprint(v.Pairs), wordsOf(v))
		}
		rows = append(rows, row)
	}
	if err := s.table(rows); err != nil {
		return err
	}
	for _, arm := range b.Unranked {
		fmt.Fprintf(s.stdout, "%s has no %s in any run\n", arm, b.Measure)
	}
	_, err := io.WriteString(s.stdout, "Arms of one group cannot be told from its first. The words go by the permutation test alone.\n\n")
	return err
}

func wordsOf(v *experiment.Versus) string {
	if v.Outlook == nil {
		return string(v.Words)
	}
	return string(v.Words) + " (" + v.Outlook.Why + ")"
}

func rangeText(low, high *float64, text func(*float64) string) string {
	if low == nil || high == nil {
		return "–"
	}
	return text(low) + " … " + text(high)
}

// printMeans lists every measure's mean under every arm.
func printMeans(s *session, r *experiment.Results) error {
	head := []string{"MEASURE"}
	for _, a := range r.Arms {
		head = append(head, a.Name)
	}
	rows := [][]string{head}
	for _, m := range r.Measures {
		row := []string{m.Measure}
		for _, a := range m.Arms {
			row = append(row, measureText(m.Measure, a.Mean))
		}
		rows = append(rows, row)
	}
	return s.table(rows)
}
