// The experiments table: its filter, query, order and page come from the address, the same for page, JSON and CSV.

package web

import (
	"context"
	"net/url"
	"strconv"

	"sealab/catalog"
	"sealab/catalog/query"
)

// experimentQuery is what an address asks of the table.
type experimentQuery struct {
	Text, State string
	Where       string // in the query language
	Sort, Dir   string // a field of the query language
	Page        int
}

const experimentsPerPage = 20

func experimentQueryOf(v url.Values) experimentQuery {
	page, _ := strconv.Atoi(v.Get("page"))
	return experimentQuery{clip(v.Get("q")), v.Get("state"), v.Get("query"), v.Get("sort"), v.Get("dir"), max(page, 1)}
}

// values is the query as an address writes it, without what is empty; the page is left to the pager.
func (q experimentQuery) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"q": q.Text, "state": q.State, "query": q.Where, "sort": q.Sort, "dir": q.Dir} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// Filtered reports whether the query leaves anything out.
func (q experimentQuery) Filtered() bool { return q.Text+q.State+q.Where != "" }

// check refuses what no experiment can have, with what is allowed.
func (q experimentQuery) check(fields []query.Field) error {
	if q.State != "" {
		if _, err := oneOf("state", q.State, []string{"draft", stateRunning, stateDone, stateFailed, stateInterrupted}); err != nil {
			return err
		}
	}
	if q.Dir != "" && q.Dir != "asc" && q.Dir != "desc" {
		return invalid("bad_dir", "dir", q.Dir, "allowed are asc, desc")
	}
	if _, known := query.Find(fields, q.Sort); !known && q.Sort != "" {
		return invalid("bad_sort", "sort", q.Sort, query.Suggest(fields, q.Sort))
	}
	return nil
}

// experimentList answers a query with a page of experiments, and says how many there are on all pages.
func (s *Server) experimentList(ctx context.Context, q experimentQuery, limit int) ([]experimentJSON, int, error) {
	fields := catalog.ExperimentFields()
	if err := q.check(fields); err != nil {
		return nil, 0, err
	}
	where, err := parseQuery(q.Where, fields)
	if err != nil {
		return nil, 0, err
	}
	asked := catalog.ExperimentQuery{Text: q.Text, State: catalog.State(q.State), Where: where, Order: q.Sort, Ascending: q.Dir == "asc",
		Limit: limit, Offset: (max(q.Page, 1) - 1) * limit}
	list, err := s.cfg.Store.Experiments(ctx, asked)
	if err != nil {
		return nil, 0, err
	}
	total, err := s.cfg.Store.CountExperiments(ctx, asked)
	if err != nil {
		return nil, 0, err
	}
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	beside, err := s.cfg.Store.Beside(ctx, ids...)
	if err != nil {
		return nil, 0, err
	}
	out := make([]experimentJSON, len(list))
	for i := range list {
		out[i], _ = s.jsonOfExperiment(&list[i])
		out[i].Tags = beside[list[i].ID].Tags
	}
	return out, total, nil
}

// experimentExamples stand behind the box.
var experimentExamples = []string{
	"poc = kalman AND state = done",
	"scenario ~ corridor AND NOT poc = oracle",
	"question ~ \"false alarms\" OR tag = pilot",
	"created >= 2026-01-01 AND runs > 10",
}

// Fields lists what may be asked, behind the box.
func (p *experimentsPage) Fields() []query.Field { return catalog.ExperimentFields() }

// Examples are queries to begin with.
func (p *experimentsPage) Examples() []string { return experimentExamples }

// Example is the address of the table with such a query.
func (p *experimentsPage) Example(where string) string {
	return address("/experiments", experimentQuery{Where: where}.values())
}

// Sorted is the address that orders the table by a column, turning the order around where it is in use.
func (p *experimentsPage) Sorted(column string) string {
	q := p.Query
	q.Sort, q.Dir = column, reordered(q.Sort, q.Dir, column)
	return address("/experiments", q.values())
}

// SortedBy says for screen readers how a column is ordered.
func (p *experimentsPage) SortedBy(column string) string {
	return sortedBy(orText(p.Query.Sort, "created"), p.Query.Dir, column)
}

// At is the address of another page of the list.
func (p *experimentsPage) At(page int) string {
	v := p.Query.values()
	v.Set("page", strconv.Itoa(page))
	return address("/experiments", v)
}

// Hidden carries the table's state through a form that asks for something else; the page begins anew.
func (p *experimentsPage) Hidden(but ...string) []carried { return hiddenOf(p.Query.values(), but...) }

// WhereHas is the table of the experiments that have one text in a field, such as a tag.
func (p *experimentsPage) WhereHas(field, text string) string {
	return whereHas("/experiments", field, text)
}
