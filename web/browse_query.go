// What an address asks of the catalogue: the same for page, map, API and exports.

package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sealab/catalog"
	"sealab/catalog/find"
)

// The views of a list of use cases.
const (
	viewCards = "cards"
	viewTable = "table"
)

// perPage is what fits a few screens; the API may ask for more, exports give all.
var perPage = map[string]int{viewCards: 24, viewTable: 50}

// browseQuery is what an address asks.
type browseQuery struct {
	find.Query
	View string   // cards or table
	Cols []string // of the table; none: the usual ones
	Page int      // from 1
}

// browseQueryOf reads an address. Values of a facet come one a parameter, as a form sends them, or with commas between.
func browseQueryOf(v url.Values) browseQuery {
	page, _ := strconv.Atoi(v.Get("page"))
	q := browseQuery{Query: find.Query{Text: strings.TrimSpace(v.Get("q")), Sort: v.Get("sort"), Filter: map[string][]string{}},
		View: orText(v.Get("view"), viewCards), Cols: colsOf(v["cols"]), Page: max(page, 1)}
	for _, name := range find.FacetNames {
		if values := colsOf(v[name]); len(values) > 0 {
			q.Filter[name] = values
		}
	}
	return q
}

// check refuses what no use case can have, with what is allowed.
func (q browseQuery) check() error {
	if len(q.Text) > find.MaxText {
		return invalid("bad_text", "q", q.Text, "allowed are "+strconv.Itoa(find.MaxText)+" bytes")
	}
	if _, err := oneOf("view", q.View, []string{viewCards, viewTable}); err != nil {
		return err
	}
	if q.Sort != "" {
		if _, err := oneOf("sort", q.Sort, find.Sorts); err != nil {
			return err
		}
	}
	for _, name := range q.Cols {
		if _, err := oneOf("cols", name, browseColumns); err != nil {
			return err
		}
	}
	var bad *find.BadValue
	if errors.As(find.CheckFilter(q.Filter), &bad) {
		return invalid("bad_"+bad.Facet, bad.Facet, bad.Value, bad.Allowed)
	}
	return nil
}

// values is the query as an address writes it, without what is usual.
func (q browseQuery) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"q": q.Text, "sort": q.Sort} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if q.View != viewCards {
		v.Set("view", q.View)
	}
	if len(q.Cols) > 0 {
		v.Set("cols", strings.Join(q.Cols, ","))
	}
	for name, values := range q.Filter {
		if len(values) > 0 {
			v[name] = values
		}
	}
	if q.Page > 1 {
		v.Set("page", strconv.Itoa(q.Page))
	}
	return v
}

// filter is the part that says which use cases, and in what order.
func (q browseQuery) filter() url.Values {
	q.View, q.Cols, q.Page = viewCards, nil, 1
	return q.values()
}

// with is the query with other values of a facet, from the first page on.
func (q browseQuery) with(facet string, values ...string) browseQuery {
	filter := map[string][]string{}
	for name, list := range q.Filter {
		if name != facet {
			filter[name] = list
		}
	}
	if len(values) > 0 {
		filter[facet] = values
	}
	q.Filter, q.Page = filter, 1
	return q
}

// without is the query without one value of a facet.
func (q browseQuery) without(facet, value string) browseQuery {
	return q.with(facet, slices.DeleteFunc(slices.Clone(q.Filter[facet]), func(v string) bool { return v == value })...)
}

// Chosen are how many values are chosen in all facets.
func (q browseQuery) Chosen() (n int) {
	for _, values := range q.Filter {
		n += len(values)
	}
	return n
}

// Asks reports whether a facet has one of some values chosen.
func (q browseQuery) Asks(facet string, values ...string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return slices.Contains(q.Filter[facet], v) })
}

// shelf is the index of what is published, with what is known of its evidence.
func (s *Server) shelf(ctx context.Context) (*find.Index, error) {
	return s.cfg.Store.Index(ctx, catalog.DefaultRoom)
}

// browse answers a query, or says what is wrong with it.
func (s *Server) browse(ctx context.Context, q browseQuery) (*find.Index, *find.Result, error) {
	if err := q.check(); err != nil {
		return nil, nil, err
	}
	index, err := s.shelf(ctx)
	if err != nil {
		return nil, nil, err
	}
	return index, index.Search(q.Query), nil
}

// onlyKnown refuses a parameter that would change nothing: a misspelt filter would else count everything.
func onlyKnown(v url.Values, more ...string) error {
	known := append(slices.Clone(find.FacetNames), append(more, "q", "sort")...)
	for _, name := range sortedNames(flat(v)) {
		if !slices.Contains(known, name) {
			p := unknown("parameter", name, known)
			p.Status = http.StatusUnprocessableEntity
			return p
		}
	}
	return nil
}

// flat takes the first value of each parameter.
func flat(v url.Values) map[string]string {
	out := map[string]string{}
	for name := range v {
		out[name] = v.Get(name)
	}
	return out
}
