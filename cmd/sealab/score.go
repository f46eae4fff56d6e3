//go:build !js

// Findings made elsewhere, judged as every run is.

package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"strings"

	"sealab/catalog/dataset"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// scoreCmd judges findings from a file by the truth from another.
type scoreCmd struct {
	Truth    string            `required:"" placeholder:"FILE" help:"truth.json of a dataset (sealab world --out) or of a run (sealab export)."`
	Findings string            `required:"" placeholder:"FILE" help:"Findings: JSON, an object a line, or CSV with a header; each with at, container, kind and level (- for standard input)."`
	Claim    string            `default:"score_balanced > 0" help:"What is claimed: MEASURE OP NUMBER. The verdict says whether it holds."`
	Set      map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Judge by other terms than the truth's: grace_h, base_rate (attacks per 10,000 trips), flow_per_day, check_cost, check_co2e_kg."`
	JSON     bool              `help:"Print one JSON object."`
}

// scoreJSON is what `score --json` prints; schemas/score.json publishes it.
type scoreJSON struct {
	Challenge   string              `json:"challenge"`
	Scenario    string              `json:"scenario"`
	Seed        uint64              `json:"seed"`
	WorldDigest string              `json:"world_digest"`
	Terms       map[string]*float64 `json:"terms"`
	Findings    int                 `json:"findings"`
	pocs.Counts
	Claim   string              `json:"claim"`
	Score   map[string]*float64 `json:"score"`
	Verdict pocs.Verdict        `json:"verdict"`
	Notes   []string            `json:"notes"` // what is odd about the findings, in words
}

// Run reads, judges and prints.
func (c *scoreCmd) Run(s *session) error {
	if _, err := pocs.ParseClaim(c.Claim); err != nil {
		return badInput{err}
	}
	truth, err := c.truth()
	if err != nil {
		return err
	}
	challenge, err := all.FindChallenge(truth.Challenge)
	if err != nil {
		return badInputf("%s: %w", c.Truth, err)
	}
	if err := c.terms(&truth.Terms); err != nil {
		return err
	}
	list, err := c.findings(s)
	if err != nil {
		return err
	}
	r := &pocs.Run{PoC: c.Findings, Challenge: truth.Challenge, Scenario: truth.Scenario, Seed: truth.Seed, WorldDigest: truth.WorldDigest,
		Terms: truth.Terms, Truth: truth.Truth, Findings: list, Claim: c.Claim}
	if c.Findings == "-" {
		r.PoC = "findings"
	}
	r.Score = challenge.Judge(r.Truth, r.Findings, r.Terms)
	r.Verdict = pocs.Judge(r.Claim, r.Score)
	notes := oddities(r, challenge)
	if c.JSON {
		return printJSON(s.stdout, scoreJSON{r.Challenge, r.Scenario, r.Seed, r.WorldDigest, termsShown(r.Terms), len(list), r.Score.Counts,
			r.Claim, r.Score.Values, r.Verdict, notes})
	}
	return printScored(s.stdout, r, notes)
}

func (c *scoreCmd) truth() (*dataset.TruthFile, error) {
	f, err := os.Open(c.Truth)
	if err != nil {
		return nil, badInputf("read truth: %w", err)
	}
	defer f.Close()
	t, err := dataset.ReadTruth(f)
	if err != nil {
		return nil, badInputf("%s: %w", c.Truth, err)
	}
	return t, nil
}

func (c *scoreCmd) findings(s *session) ([]pocs.Finding, error) {
	in := s.stdin
	if c.Findings != "-" {
		f, err := os.Open(c.Findings)
		if err != nil {
			return nil, badInputf("read findings: %w", err)
		}
		defer f.Close()
		in = f
	}
	list, err := dataset.ReadFindings(in)
	if err != nil {
		return nil, badInputf("%s: %w", c.Findings, err)
	}
	return list, nil
}

// termSettings are the terms that may be set.
var termSettings = []sim.Setting{
	{Name: "grace_h", Unit: "h", Default: 6, Min: 0.1, Max: 168},
	{Name: "base_rate", Unit: "per 10,000 trips", Default: 1, Max: 10_000},
	{Name: "flow_per_day", Unit: "trips", Default: 1000, Max: 1e9},
	{Name: "check_cost", Max: 1e9},
	{Name: "check_co2e_kg", Unit: "kg", Max: 1e9},
}

// terms puts what was set in place of what the truth says.
func (c *scoreCmd) terms(t *pocs.Terms) error {
	set, err := resolve("term", termSettings, c.Set)
	if err != nil {
		return err
	}
	for name := range c.Set {
		v := set[name]
		switch name {
		case "grace_h":
			t.Grace = dataset.Hours(v)
		case "base_rate":
			t.BaseRate = v
		case "flow_per_day":
			t.FlowPerDay = v
		case "check_cost":
			t.CheckCost = &v
		case "check_co2e_kg":
			t.CheckCO2eKg = &v
		}
	}
	return nil
}

func termsShown(t pocs.Terms) map[string]*float64 {
	grace := t.Grace.Hours()
	return map[string]*float64{"grace_h": &grace, "base_rate": &t.BaseRate, "flow_per_day": &t.FlowPerDay, "check_cost": t.CheckCost, "check_co2e_kg": t.CheckCO2eKg}
}

// oddities says what is allowed and yet probably not meant.
func oddities(r *pocs.Run, challenge *pocs.Challenge) []string {
	trips, kinds := map[string]bool{}, map[string]bool{}
	for i := range r.Truth.Trips {
		trips[r.Truth.Trips[i].Container] = true
	}
	for i := range challenge.Scenarios {
		for _, k := range challenge.Scenarios[i].Attacks {
			kinds[k.Name] = true
		}
	}
	var outside, strangers int
	var unknown []string
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.At.Before(r.Truth.Start) || f.At.After(r.Truth.End) {
			outside++
		}
		if !trips[f.Container] {
			strangers++
		}
		if !kinds[f.Kind] && !slices.Contains(unknown, f.Kind) && len(unknown) < mostNames {
			unknown = append(unknown, f.Kind)
		}
	}
	notes := []string{}
	if outside > 0 {
		notes = append(notes, fmt.Sprintf("%s findings lie outside the world's span", plain(outside)))
	}
	if strangers > 0 {
		notes = append(notes, fmt.Sprintf("%s findings name containers that no trip of this world has", plain(strangers)))
	}
	if sort.Strings(unknown); len(unknown) > 0 {
		notes = append(notes, fmt.Sprintf("no attack is called %s: such findings can hit, but kind_accuracy falls", strings.Join(unknown, ", ")))
	}
	return notes
}

// printScored is printRun without what only a run has.
func printScored(w io.Writer, r *pocs.Run, notes []string) error {
	c := countTruth(r.Truth.Incidents)
	fmt.Fprintf(w, "%s in %s, seed %d: %s  (claim: %s)\n\n", harmless(r.PoC), harmless(r.Scenario), r.Seed, strings.ToUpper(string(r.Verdict)), r.Claim)
	printScore(w, r)
	fmt.Fprintf(w, "\n%s of %s heard hostile incidents found; %d unheard, %d look-alikes\n", plain(len(hitsOf(r))), plain(c.Incidents), c.Unheard, c.LookAlikes)
	if err := printIncidents(w, r); err != nil {
		return err
	}
	printFalse(w, r)
	for _, note := range notes {
		fmt.Fprintf(w, "Note: %s\n", harmless(note))
	}
	_, err := fmt.Fprintf(w, "\n%s findings\n", plain(len(r.Findings)))
	return err
}
