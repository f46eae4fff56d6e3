//go:build !js

package main

import (
	"errors"
	"fmt"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// sideJSON is what `compare RUN RUN … --json` prints.
type sideJSON struct {
	Runs     []runJSON          `json:"runs"`
	Measures []sideMeasure      `json:"measures"`
	Matrix   *experiment.Matrix `json:"matrix,omitempty"` // incidents against runs, where they share a world
}

type sideMeasure struct {
	Measure     string         `json:"measure"`
	Unit        string         `json:"unit"`
	Better      pocs.Direction `json:"better"`
	Values      []*float64     `json:"values"`
	Differences []*float64     `json:"differences"` // from the first run
}

func loadRuns(s *session, store *catalog.Store, ids []string) ([]*pocs.Run, error) {
	runs := make([]*pocs.Run, len(ids))
	for i, id := range ids {
		r, err := store.Run(s.ctx, id)
		if errors.Is(err, catalog.ErrNotFound) {
			return nil, badInputf("unknown run %q: sealab list runs shows what is stored", id)
		}
		if err != nil {
			return nil, err
		}
		runs[i] = r
	}
	return runs, nil
}

// sideBySide gathers every measure that any of the runs names.
func sideBySide(runs []*pocs.Run) sideJSON {
	out := sideJSON{Measures: []sideMeasure{}}
	for _, r := range runs {
		out.Runs = append(out.Runs, toJSON(r, false))
	}
	for _, m := range measuresOf(runs) {
		line := sideMeasure{Measure: m.Name, Unit: m.Unit, Better: m.Better}
		first := runs[0].Score.Values[m.Name]
		for _, r := range runs {
			v := r.Score.Values[m.Name]
			line.Values = append(line.Values, v)
			var difference *float64
			if v != nil && first != nil {
				d := *v - *first
				difference = &d
			}
			line.Differences = append(line.Differences, difference)
		}
		out.Measures = append(out.Measures, line)
	}
	if matrix, err := experiment.NewMatrix(runs); err == nil { // runs of different worlds have no incidents in common
		out.Matrix = &matrix
	}
	return out
}

// measuresOf are the measures of the runs' challenges that any run has, in their challenge's order.
func measuresOf(runs []*pocs.Run) (list []pocs.Measure) {
	for i := range all.Challenges {
		for _, m := range all.Challenges[i].Measures {
			for _, r := range runs {
				if _, ok := r.Score.Values[m.Name]; ok && r.Challenge == all.Challenges[i].Name {
					list = append(list, m)
					break
				}
			}
		}
	}
	return list
}

// printSideBySide is a column a run; behind each value but the first stands its difference from the first.
func printSideBySide(s *session, runs []*pocs.Run) error {
	side := sideBySide(runs)
	rows := [][]string{{"RUN"}, {"poc"}, {"scenario"}, {"seed"}, {"verdict"}, {"commit"}}
	for _, r := range runs {
		for i, cell := range []string{r.ID, r.PoC, r.Scenario, fmt.Sprint(r.Seed), string(r.Verdict), r.Commit[:min(12, len(r.Commit))]} {
			rows[i] = append(rows[i], cell)
		}
	}
	for _, m := range side.Measures {
		row := []string{m.Measure}
		for i, v := range m.Values {
			cell := short(v)
			if i > 0 && m.Differences[i] != nil {
				cell += " (" + signed(*m.Differences[i]) + ")"
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	if err := s.table(rows); err != nil {
		return err
	}
	if side.Matrix == nil {
		fmt.Fprintf(s.stdout, "\nThese runs do not share a world: the differences mix detectors with luck. Compare over seeds instead.\n")
	}
	return nil
}
