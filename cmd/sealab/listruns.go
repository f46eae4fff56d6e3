//go:build !js

// Stored runs in a list: which, in what order, with what columns.

package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/catalog/query"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// listFlags say where runs, experiments and use cases are and which to show; the other lists need none.
type listFlags struct {
	dataFlags
	Query   string   `short:"q" placeholder:"QUERY" help:"Which runs or experiments, such as 'poc = kalman AND (delay_p50_s < 3600 OR NOT recall < 0.9)'; of use cases, words that they hold."`
	Filter  []string `sep:"none" placeholder:"FACET=VALUE" help:"Which use cases, such as tech=iot; again for more: values of one facet are alternatives."`
	Sort    string   `placeholder:"NAME[:asc]" help:"Order runs or experiments by a field, largest first, or smallest first with :asc; use cases by relevance, newest or title."`
	Columns []string `placeholder:"NAME" help:"Columns of the list of runs: fields, measures, set.NAME, param.NAME."`
}

// check refuses flags where nothing would heed them.
func (f listFlags) check(what string) error {
	stored := what == "runs" || what == "experiments" || what == "usecases"
	switch {
	case f.Query != "" && !stored:
		return badInputf("list %s: --query goes with runs, experiments and usecases only", what)
	case f.Sort != "" && !stored:
		return badInputf("list %s: --sort goes with runs, experiments and usecases only", what)
	case len(f.Columns) > 0 && what != "runs":
		return badInputf("list %s: --columns goes with runs only", what)
	case len(f.Filter) > 0 && what != "usecases":
		return badInputf("list %s: --filter goes with usecases only", what)
	}
	return nil
}

// order reads NAME, NAME:asc or NAME:desc.
func (f listFlags) order(fields []query.Field) (name string, ascending bool, err error) {
	name, direction, _ := strings.Cut(f.Sort, ":")
	if name != "" {
		if _, known := query.Find(fields, name); !known {
			return "", false, badInputf("sort by %q: unknown field: %s", name, query.Suggest(fields, name))
		}
	}
	if !slices.Contains([]string{"", "asc", "desc"}, direction) {
		return "", false, badInputf("sort by %q: after the colon stands asc or desc, not %q", f.Sort, direction)
	}
	return name, direction == "asc", nil
}

// columns reads the names of the columns, each once.
func (f listFlags) columns(fields []query.Field) ([]string, error) {
	var list []string
	for _, name := range f.Columns {
		name = strings.TrimSpace(name)
		if _, known := query.Find(fields, name); !known {
			return nil, badInputf("show column %q: unknown field: %s", name, query.Suggest(fields, name))
		}
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list, nil
}

type listedRun struct {
	ID       string         `json:"id"`
	PoC      string         `json:"poc"`
	Scenario string         `json:"scenario"`
	Extends  string         `json:"extends,omitempty"`
	Seed     uint64         `json:"seed"`
	Carrier  string         `json:"carrier"`
	State    catalog.State  `json:"state"`
	Verdict  pocs.Verdict   `json:"verdict"`
	Balanced *float64       `json:"score_balanced"`
	Readings int            `json:"readings"`
	Findings int            `json:"findings"`
	Commit   string         `json:"commit"`
	Digest   string         `json:"digest"`
	Started  time.Time      `json:"started"`
	ElapsedS float64        `json:"elapsed_s"`
	Reason   string         `json:"reason,omitempty"`
	Cells    map[string]any `json:"cells,omitempty"` // of the columns that were asked for
}

// listRuns shows the stored runs, newest first unless another order is asked for.
func listRuns(s *session, c *listCmd) error {
	q, err := c.runsAsked()
	if err != nil {
		return err
	}
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	rows, err := store.Runs(s.ctx, q)
	if err != nil {
		return err
	}
	list := make([]listedRun, len(rows))
	for i, r := range rows {
		list[i] = listedRun{r.ID, r.PoC, r.Scenario, r.Extends, r.Seed, r.Carrier, r.State, r.Verdict, r.Values[listedMeasure], r.Readings, r.Findings,
			r.Commit, r.Digest, r.Started, r.Elapsed.Seconds(), r.Reason, r.Cells}
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(runTable(list, q.Columns))
}

// listedMeasure is the one that the plain list shows.
const listedMeasure = "score_balanced"

// runsAsked is what the flags ask of the store.
func (c *listCmd) runsAsked() (q catalog.Query, err error) {
	fields := catalog.RunFields(allMeasures())
	q.Measures = []string{listedMeasure}
	if q.Where, err = query.Parse(c.Query, fields); err != nil {
		return q, badInput{err}
	}
	if q.Order, q.Ascending, err = c.order(fields); err != nil {
		return q, err
	}
	q.Columns, err = c.columns(fields)
	return q, err
}

// allMeasures are those of all challenges, each once.
func allMeasures() []pocs.Measure {
	var list []pocs.Measure
	known := map[string]bool{}
	for i := range all.Challenges {
		for _, m := range all.Challenges[i].Measures {
			if !known[m.Name] {
				known[m.Name] = true
				list = append(list, m)
			}
		}
	}
	return list
}

// runTable is the list for people: the columns that were asked for, or the usual ones.
func runTable(list []listedRun, columns []string) [][]string {
	head := []string{"ID", "POC", "SCENARIO", "SEED", "CARRIER", "STATE", "VERDICT", "SCORE", "STARTED"}
	if len(columns) > 0 {
		head = append([]string{"ID"}, columns...)
	}
	table := [][]string{head}
	for _, r := range list {
		row := []string{r.ID}
		for _, name := range columns {
			row = append(row, cellText(name, r.Cells[name]))
		}
		if len(columns) == 0 {
			row = append(row, r.PoC, r.Scenario, fmt.Sprint(r.Seed), r.Carrier, string(r.State), string(r.Verdict),
				measureText(listedMeasure, r.Balanced), listedTime(r.Started))
		}
		table = append(table, row)
	}
	return table
}

func listedTime(at time.Time) string { return at.Local().Format("2006-01-02 15:04") }

// cellText writes a value for people; what is missing is a dash.
func cellText(name string, v any) string {
	switch v := v.(type) {
	case float64:
		if strings.Contains(name, ".") { // a setting or a parameter
			return sim.Number(v)
		}
		return measureText(name, &v)
	case time.Time:
		return listedTime(v)
	case []string:
		return strings.Join(v, ", ")
	case string:
		if line := strings.Join(strings.Fields(v), " "); line != "" {
			return line
		}
	}
	return measureText(name, nil)
}
