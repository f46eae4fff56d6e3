// The runs table: its filter, order and page come from the address, the same for page, JSON and CSV.

package web

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sealab/catalog"
	"sealab/catalog/query"
	"sealab/pocs"
)

// runsPerPage is what fits a screen or two; JSON may ask for more, CSV gives all.
const runsPerPage = 50

// runQuery is what an address asks of the table.
type runQuery struct {
	PoC, Scenario, State, Verdict, Text, Seed string
	Where                                     string   // in the query language
	Cols                                      []string // chosen columns; none: the usual ones
	Sort, Dir                                 string   // a field of the query language, or elapsed
	Page                                      int
}

func runQueryOf(v url.Values) runQuery {
	page, _ := strconv.Atoi(v.Get("page"))
	return runQuery{PoC: v.Get("poc"), Scenario: v.Get("scenario"), State: v.Get("state"), Verdict: v.Get("verdict"),
		Text: v.Get("q"), Seed: v.Get("seed"), Where: v.Get("query"), Cols: colsOf(v["cols"]), Sort: v.Get("sort"), Dir: v.Get("dir"), Page: max(page, 1)}
}

// states are the stored ones that can be asked for, and those of jobs.
var states = []string{stateQueued, stateRunning, stateDone, stateFailed, stateInterrupted}

// check refuses what no run can have, with what is allowed.
func (q runQuery) check(fields []query.Field) error {
	if q.State != "" && !slices.Contains(states, q.State) {
		return invalid("bad_state", "state", q.State, "allowed are "+strings.Join(states, ", "))
	}
	if v := []string{"pass", "fail", "unknown"}; q.Verdict != "" && !slices.Contains(v, q.Verdict) {
		return invalid("bad_verdict", "verdict", q.Verdict, "allowed are "+strings.Join(v, ", "))
	}
	if q.Dir != "" && q.Dir != "asc" && q.Dir != "desc" {
		return invalid("bad_dir", "dir", q.Dir, "allowed are asc, desc")
	}
	if _, known := query.Find(fields, q.Sort); !known && q.Sort != "" && q.Sort != "elapsed" {
		return invalid("bad_sort", "sort", q.Sort, query.Suggest(fields, q.Sort))
	}
	if err := checkColumns(q.Cols, fields); err != nil {
		return err
	}
	if q.Seed != "" {
		_, err := parseSeed(q.Seed)
		return err
	}
	return nil
}

// stored is the query as the store understands it.
func (q runQuery) stored() catalog.Query {
	out := catalog.Query{PoC: q.PoC, Scenario: q.Scenario, State: catalog.State(q.State), Verdict: pocs.Verdict(q.Verdict),
		Text: q.Text, Order: q.Sort, Ascending: q.Dir == "asc"}
	if seed, err := parseSeed(q.Seed); err == nil && q.Seed != "" {
		out.Seed = &seed
	}
	return out
}

// Filtered reports whether the query leaves anything out.
func (q runQuery) Filtered() bool {
	return q.PoC+q.Scenario+q.State+q.Verdict+q.Text+q.Seed+q.Where != ""
}

// values is the query as an address writes it, without what is empty.
func (q runQuery) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"poc": q.PoC, "scenario": q.Scenario, "state": q.State, "verdict": q.Verdict,
		"q": q.Text, "seed": q.Seed, "query": q.Where, "cols": strings.Join(q.Cols, ","), "sort": q.Sort, "dir": q.Dir} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if q.Page > 1 {
		v.Set("page", strconv.Itoa(q.Page))
	}
	return v
}

// runList answers a query: the jobs that match come first, since nothing is newer; then a page of the store's runs. What
// the query language asks, the store alone can say: a job that waits is not in it.
func (s *Server) runList(ctx context.Context, q runQuery, limit int) (rows []runJSON, total int, err error) {
	fields := s.runFields()
	if err := q.check(fields); err != nil {
		return nil, 0, err
	}
	where, err := s.parseWhere(q.Where)
	if err != nil {
		return nil, 0, err
	}
	known := map[string]bool{}
	if q.Page == 1 && q.Verdict == "" && q.Where == "" {
		for _, j := range s.desk.open() {
			if row := s.jsonOfJob(j); q.matches(&row) {
				rows = append(rows, row)
			}
			known[j.id] = true
		}
	}
	if q.State == stateQueued {
		return rows, len(rows), nil
	}
	stored := q.stored()
	s.wanted(q, fields, &stored)
	stored.Where, stored.Limit, stored.Offset = where, limit, (q.Page-1)*limit
	list, err := s.cfg.Store.Runs(ctx, stored)
	if err != nil {
		return nil, 0, err
	}
	for i := range list {
		if !known[list[i].ID] {
			row := jsonOfRow(&list[i])
			row.takeCells(&list[i], q)
			rows = append(rows, row)
		}
	}
	total, err = s.cfg.Store.CountRuns(ctx, stored)
	return rows, max(total, len(rows)), err
}

// matches applies the filter to a job, which no store knows.
func (q runQuery) matches(r *runJSON) bool {
	text := strings.ToLower(strings.Join([]string{r.Run, r.PoC, r.Scenario, r.Carrier, r.Claim}, "\n"))
	return (q.PoC == "" || q.PoC == r.PoC) && (q.Scenario == "" || q.Scenario == r.Scenario) &&
		(q.State == "" || q.State == r.State) && (q.Seed == "" || q.Seed == strconv.FormatUint(r.Seed, 10)) &&
		strings.Contains(text, strings.ToLower(q.Text))
}
