//go:build !js

// The numeric parts of detectors on the Numenta Anomaly Benchmark, beside what others have published.

package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/nab"
)

// nabCmd judges anomaly scores of ours, and of others from their files.
type nabCmd struct {
	Data       string            `placeholder:"DIR" help:"The benchmark's series: a folder of CSV files (timestamp, value), in folders. Not needed where results alone are judged."`
	Windows    string            `required:"" placeholder:"FILE" help:"Its combined_windows.json: where in each file something happens."`
	PoC        []string          `name:"poc" placeholder:"NAME" help:"Proofs of concept whose numeric part hears the series (default: all that have one, unless --results is given)."`
	Param      map[string]string `short:"p" mapsep:"none" placeholder:"KEY=VALUE" help:"Set a parameter of the proof of concept."`
	Results    []string          `placeholder:"DIR" help:"Results of other detectors: folders of CSV files (timestamp, value, anomaly_score, label), each named as its detector."`
	Profile    string            `placeholder:"NAME" help:"One of standard, reward_low_FP_rate, reward_low_FN_rate (default: all three)."`
	Threshold  *float64          `xor:"threshold" placeholder:"T" help:"The anomaly score from which on a row is an alarm (default: the best over these files, for each profile)."`
	Thresholds string            `xor:"threshold" placeholder:"FILE" help:"Take the thresholds from a thresholds.json, by detector and profile."`
	Beside     string            `placeholder:"FILE" help:"Lay published per-file scores beside: CSV with Detector, Profile, File, Score."`
	Final      string            `placeholder:"FILE" help:"Show published scores over the whole benchmark too: a final_results.json."`
	Out        string            `short:"o" placeholder:"FILE" help:"Write a report as well: .md, or .csv with per-file scores in the form that --beside reads."`
	JSON       bool              `help:"Print one JSON object, with the scores of each file."`
}

// Run reads, judges and prints.
func (c *nabCmd) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	f, err := c.contest()
	if err != nil {
		return err
	}
	board, err := c.board(f)
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := c.write(board); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(s.stdout, board)
	}
	return printBoard(s, board)
}

// check refuses flags that do not go together, before anything is read.
func (c *nabCmd) check() error {
	if len(c.PoC) == 0 && len(c.Results) == 0 {
		c.PoC = numericNames()
	}
	for _, name := range c.PoC {
		if _, err := numeric(name); err != nil {
			return err
		}
	}
	switch ext := filepath.Ext(c.Out); {
	case c.Profile != "" && !slices.Contains(nab.ProfileNames(), c.Profile):
		return unknownName("profile", c.Profile, nab.ProfileNames())
	case len(c.PoC) > 0 && c.Data == "":
		return badInputf("play %s: --data DIR is missing: the folder with the benchmark's series", strings.Join(c.PoC, ", "))
	case len(c.Param) > 0 && len(c.PoC) != 1:
		return badInputf("set parameter: name one proof of concept with --poc: parameters are of one")
	case c.Threshold != nil && !(*c.Threshold >= 0 && *c.Threshold <= nab.Silence):
		return badInputf("threshold %v: allowed is a number from 0 to %d, above 1 for no alarm at all", *c.Threshold, nab.Silence)
	case c.Out != "" && ext != ".md" && ext != ".csv":
		return badInputf("write report %s: want a name that ends in .md or .csv", c.Out)
	}
	return nil
}

// numericNames are the proofs of concept that have a numeric part.
func numericNames() (names []string) {
	for i := range all.PoCs {
		if all.PoCs[i].Series != nil {
			names = append(names, all.PoCs[i].Name)
		}
	}
	return names
}

// numeric finds a proof of concept with a numeric part.
func numeric(name string) (*pocs.PoC, error) {
	p, err := all.FindPoC(name)
	if err != nil {
		return nil, unknownName("proof of concept", name, numericNames())
	}
	if p.Series == nil {
		return nil, badInputf("play %s: it has no numeric part, and hears seals alone: those that have one are %s", name, strings.Join(numericNames(), ", "))
	}
	return p, nil
}

// board judges the contest.
func (c *nabCmd) board(f *contest) (*nab.Board, error) {
	if err := c.thresholds(f.entrants); err != nil {
		return nil, err
	}
	var published *nab.Published
	var final map[string]map[string]float64
	var err error
	if c.Beside != "" {
		if published, err = readNamed(c.Beside, nab.ReadPublished); err != nil {
			return nil, err
		}
	}
	if c.Final != "" {
		if final, err = readNamed(c.Final, nab.ReadFinal); err != nil {
			return nil, err
		}
	}
	profiles := nab.Profiles
	for i := range nab.Profiles {
		if nab.Profiles[i].Name == c.Profile {
			profiles = nab.Profiles[i : i+1]
		}
	}
	board, err := nab.NewBoard(f.series, profiles, f.entrants, published, final)
	if err != nil {
		return nil, badInput{err}
	}
	board.Notes = append(f.notes, board.Notes...)
	return board, nil
}

// thresholds gives the entrants those that the user named.
func (c *nabCmd) thresholds(entrants []nab.Entrant) error {
	if c.Threshold != nil {
		for i := range entrants {
			entrants[i].Threshold = func(string) *float64 { return c.Threshold }
		}
	}
	if c.Thresholds == "" {
		return nil
	}
	list, err := readNamed(c.Thresholds, nab.ReadThresholds)
	if err != nil {
		return err
	}
	for i := range entrants {
		own := list[entrants[i].Name]
		for _, profile := range nab.ProfileNames() {
			if _, ok := own[profile]; !ok && (c.Profile == "" || c.Profile == profile) {
				return badInputf("%s: it has no threshold of %s for %s; detectors in it are %s", c.Thresholds, entrants[i].Name, profile, few(slices.Sorted(maps.Keys(list))))
			}
		}
		entrants[i].Threshold = func(profile string) *float64 { v := own[profile]; return &v }
	}
	return nil
}
