// Use cases side by side: two to four, field by field, differences only unless all is asked for.

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog/find"
	"sealab/catalog/usecase"
)

// mostBeside is how many use cases fit beside one another.
const mostBeside = 4

// lineupPage is what its template shows.
type lineupPage struct {
	Items   []*find.Item
	Rows    []lineupRow // those that are shown
	Equal   int         // rows that are the same everywhere
	All     bool        // shown too
	Toggle  string      // address with and without those
	without []string
}

// lineupRow is one field of all of them.
type lineupRow struct {
	Field string
	Cells [][]string // texts, one below the other; none: not known
	Same  bool
}

func (s *Server) lineupPage(c *gin.Context) error {
	ids := colsOf(c.Request.URL.Query()["ids"]) // with commas between, or one a parameter
	if len(ids) < 2 || len(ids) > mostBeside {
		return &Problem{Status: http.StatusUnprocessableEntity, Code: "bad_ids", Field: "ids", Value: clip(strings.Join(ids, ",")),
			Allowed: "two to four ids of use cases, with commas between", Message: "Tick two to four use cases to lay them side by side."}
	}
	index, err := s.shelf(c.Request.Context())
	if err != nil {
		return err
	}
	p := &lineupPage{All: c.Query("all") == "1"}
	for i, id := range ids {
		it := index.Item(id)
		if it == nil {
			return notFound("use case", id, "GET /api/v1/usecases lists them")
		}
		p.Items = append(p.Items, it)
		p.without = append(p.without, lineupAddress(slices.Delete(slices.Clone(ids), i, i+1), p.All))
	}
	p.Toggle = lineupAddress(ids, !p.All)
	t := s.set(c).texts
	for _, f := range lineupFields {
		row := lineupRow{Field: f.name, Same: true}
		known := false
		for _, it := range p.Items {
			cell := slices.DeleteFunc(f.of(t, it.Entry), func(x string) bool { return x == "" })
			known = known || len(cell) > 0
			row.Same = row.Same && (len(row.Cells) == 0 || slices.Equal(row.Cells[0], cell))
			row.Cells = append(row.Cells, cell)
		}
		switch {
		case !known:
		case row.Same && !p.All:
			p.Equal++
		default:
			p.Rows = append(p.Rows, row)
			if row.Same {
				p.Equal++
			}
		}
	}
	return s.page(c, "lineup", p)
}

func lineupAddress(ids []string, all bool) string {
	there := "/usecases/compare?ids=" + url.QueryEscape(strings.Join(ids, ","))
	if all {
		there += "&all=1"
	}
	return there
}

// Without is the address without one of them; empty where too few would be left.
func (p *lineupPage) Without(i int) string {
	if len(p.Items) <= 2 {
		return ""
	}
	return p.without[i]
}

// lineupField is a field as the comparison shows it.
type lineupField struct {
	name string
	of   func(*texts, *usecase.Entry) []string
}

// labelled gives a field whose values are those of a facet, in one line.
func labelled(facet string, of func(*usecase.Entry) []string) func(*texts, *usecase.Entry) []string {
	return func(t *texts, e *usecase.Entry) []string {
		return []string{strings.Join(inEach(of(e), func(v string) string { return valueLabel(t, facet, v) }), ", ")}
	}
}

// untouched gives a field as it is written.
func untouched(of func(*usecase.Entry) []string) func(*texts, *usecase.Entry) []string {
	return func(_ *texts, e *usecase.Entry) []string { return of(e) }
}

var lineupFields = []lineupField{
	{"technologies", labelled(find.TechnologyFacet, func(e *usecase.Entry) []string { return e.Technologies })},
	{"process", labelled(find.ProcessFacet, func(e *usecase.Entry) []string { return e.Process })},
	{"stage", labelled(find.StageFacet, func(e *usecase.Entry) []string { return []string{e.Stage} })},
	{"started", untouched(func(e *usecase.Entry) []string { return []string{dateWords(e.Started)} })},
	{"ended", untouched(func(e *usecase.Entry) []string { return []string{dateWords(e.Ended)} })},
	{"stopped_why", untouched(func(e *usecase.Entry) []string { return []string{e.StoppedWhy} })},
	{"countries", labelled(find.CountryFacet, func(e *usecase.Entry) []string { return e.Countries })},
	{"wco_region", labelled(find.RegionFacet, func(e *usecase.Entry) []string { return e.Regions })},
	{"submitter", func(t *texts, e *usecase.Entry) []string {
		if e.Submitter == nil {
			return nil
		}
		return []string{withNote(e.Submitter.Name, valueLabel(t, find.KindFacet, e.Submitter.Kind))}
	}},
	{"summary", untouched(func(e *usecase.Entry) []string { return []string{e.Summary} })},
	{"problem", untouched(func(e *usecase.Entry) []string { return []string{e.Problem} })},
	{"approach", untouched(func(e *usecase.Entry) []string { return []string{e.Approach} })},
	{"partners", untouched(func(e *usecase.Entry) []string {
		return inEach(e.Partners, func(p usecase.Partner) string { return withNote(p.Name, p.Role) })
	})},
	{"data_used", untouched(func(e *usecase.Entry) []string {
		return inEach(e.Data, func(d usecase.Data) string { return withNote(d.Name, d.Owner, d.Sensitivity) })
	})},
	{"standards", untouched(func(e *usecase.Entry) []string { return e.Standards })},
	{"metrics", func(t *texts, e *usecase.Entry) []string {
		return inEach(e.Metrics, func(m usecase.Metric) string { return metricText(t, m) })
	}},
	{"costs", untouched(func(e *usecase.Entry) []string {
		return inEach(e.Costs, func(x usecase.Cost) string { return x.Item + ": " + reported(x.Amount) + " " + x.Currency })
	})},
	{"outcome", untouched(func(e *usecase.Entry) []string { return []string{e.Outcome} })},
	{"lessons", untouched(func(e *usecase.Entry) []string {
		l := lessonsOf(&find.Item{Entry: e})
		return []string{l.Legal, l.Policy, l.Technical}
	})},
	{"attack_modes", untouched(func(e *usecase.Entry) []string { return e.AttackModes })},
	{"environmental_effect", untouched(func(e *usecase.Entry) []string { return []string{e.Environment} })},
	{"caveats", untouched(func(e *usecase.Entry) []string { return e.Caveats })},
	{"evidence", labelled(find.EvidenceFacet, func(e *usecase.Entry) []string { return []string{orText(e.Evidence, find.NoEvidence)} })},
	{"sources", untouched(func(e *usecase.Entry) []string { return []string{strconv.Itoa(len(e.Sources))} })},
	{"licence", untouched(func(e *usecase.Entry) []string { return []string{e.Licence} })},
}

// metricText writes a figure in one line.
func metricText(t *texts, m usecase.Metric) string {
	text := m.Name + ":"
	for _, x := range []struct {
		key   string
		value *float64
	}{{"browse.metric.baseline", m.Baseline}, {"browse.metric.target", m.Target}, {"browse.metric.measured", m.Measured}} {
		if x.value != nil {
			text += " " + t.T(x.key, "value", reported(x.value)) + ";"
		}
	}
	return strings.TrimSuffix(text, ";") + " " + m.Unit
}
