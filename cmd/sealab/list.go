package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"sealab/pocs"
	"sealab/pocs/all"
)

// listCmd shows what there is to choose from.
type listCmd struct {
	What  string   `arg:"" help:"pocs, scenarios, attacks, challenges, measures, runs, experiments or usecases."`
	Files []string `arg:"" optional:"" name:"file" help:"With scenarios: scenario files to show in place of the list."`
	listFlags
	JSON bool `help:"Print a JSON array."`
}

// listable are the lists by name, in the order in which they are offered.
var listable = []struct {
	name  string
	print func(*session, *listCmd) error
}{
	{"pocs", listPoCs},
	{"scenarios", listScenarios},
	{"attacks", listAttacks},
	{"challenges", listChallenges},
	{"measures", listMeasures},
	{"runs", listRuns},
	{"experiments", listExperiments},
	{"usecases", listUsecases},
}

// Run prints one list.
func (c *listCmd) Run(s *session) error {
	var known []string
	for _, l := range listable {
		if l.name == c.What {
			if err := c.listFlags.check(c.What); err != nil {
				return err
			}
			if len(c.Files) > 0 && c.What != "scenarios" {
				return badInputf("list %s %s: only scenarios are listed by their files", c.What, c.Files[0])
			}
			return l.print(s, c)
		}
		known = append(known, l.name)
	}
	return unknownName("list", c.What, known)
}

// table prints rows in columns; the first row is the head.
func (s *session) table(rows [][]string) error {
	w := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, text := range row {
			cells[i] = harmless(text)
		}
		fmt.Fprintln(w, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print list: %w", err)
	}
	return nil
}

// firstSentence is what of a description fits a table.
func firstSentence(doc string) string {
	doc = strings.Join(strings.Fields(doc), " ")
	if before, _, ok := strings.Cut(doc, ". "); ok {
		return before + "."
	}
	return doc
}

type pocJSON struct {
	Name      string        `json:"name"`
	Challenge string        `json:"challenge"`
	UseCase   string        `json:"usecase,omitempty"`
	Claim     string        `json:"claim"`
	Doc       string        `json:"doc"`
	Baseline  bool          `json:"baseline"`
	SeesTruth bool          `json:"sees_truth"`
	Params    []settingJSON `json:"params"`
}

func listPoCs(s *session, c *listCmd) error {
	list := []pocJSON{}
	rows := [][]string{{"NAME", "CLAIM", "WHAT IT DOES"}}
	for i := range all.PoCs {
		p := &all.PoCs[i]
		claim := p.Claim
		if claim == "" {
			claim = pocs.DefaultClaim
		}
		list = append(list, pocJSON{p.Name, p.Challenge, p.UseCase, claim, p.Doc, p.Baseline, all.SeesTruth[p.Name], settingList(p.Params)})
		rows = append(rows, []string{p.Name, claim, firstSentence(p.Doc)})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(rows)
}

type challengeJSON struct {
	Name      string   `json:"name"`
	Doc       string   `json:"doc"`
	Scenarios []string `json:"scenarios"`
	Measures  []string `json:"measures"`
}

func listChallenges(s *session, c *listCmd) error {
	list := []challengeJSON{}
	rows := [][]string{{"NAME", "SCENARIOS", "WHAT IT IS"}}
	for i := range all.Challenges {
		ch := &all.Challenges[i]
		row := challengeJSON{Name: ch.Name, Doc: ch.Doc}
		for j := range ch.Scenarios {
			row.Scenarios = append(row.Scenarios, ch.Scenarios[j].Name)
		}
		for j := range ch.Measures {
			row.Measures = append(row.Measures, ch.Measures[j].Name)
		}
		list = append(list, row)
		rows = append(rows, []string{ch.Name, strings.Join(row.Scenarios, ", "), firstSentence(ch.Doc)})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(rows)
}

type measureJSON struct {
	Name       string         `json:"name"`
	Unit       string         `json:"unit"`
	Better     pocs.Direction `json:"better"`
	Doc        string         `json:"doc"`
	Challenges []string       `json:"challenges"`
}

func listMeasures(s *session, c *listCmd) error {
	list := []*measureJSON{}
	byName := map[string]*measureJSON{}
	rows := [][]string{{"NAME", "UNIT", "BETTER", "WHAT IT IS"}}
	for i := range all.Challenges {
		ch := &all.Challenges[i]
		for _, m := range ch.Measures {
			if byName[m.Name] == nil {
				byName[m.Name] = &measureJSON{Name: m.Name, Unit: m.Unit, Better: m.Better, Doc: m.Doc}
				list = append(list, byName[m.Name])
				rows = append(rows, []string{m.Name, m.Unit, string(m.Better), m.Doc})
			}
			byName[m.Name].Challenges = append(byName[m.Name].Challenges, ch.Name)
		}
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(rows)
}
