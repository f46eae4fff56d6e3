// Any list of use cases as a file: two tables, or the entries whole.

package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog/find"
	"sealab/catalog/usecase"
)

// asked reads the query of an export and answers it, from the first use case to the last.
func (s *Server) asked(c *gin.Context) (*find.Index, *find.Result, error) {
	v := c.Request.URL.Query()
	if err := onlyKnown(v); err != nil {
		return nil, nil, err
	}
	return s.browse(c.Request.Context(), browseQueryOf(v))
}

// exported is one column of the table of use cases.
type exported struct {
	name string
	of   func(*find.Item) any
}

// exportColumns are all fields of an entry, lists joined; figures have a table of their own.
var exportColumns = []exported{
	{"id", func(it *find.Item) any { return it.Entry.ID }},
	{"version", func(it *find.Item) any { return it.Version }},
	{"published", func(it *find.Item) any { return it.Published }},
	{"origin", func(it *find.Item) any { return it.Entry.Origin }},
	{"lang", func(it *find.Item) any { return it.Entry.Language() }},
	{"title", func(it *find.Item) any { return it.Entry.Title }},
	{"summary", func(it *find.Item) any { return it.Entry.Summary }},
	{"problem", func(it *find.Item) any { return it.Entry.Problem }},
	{"approach", func(it *find.Item) any { return it.Entry.Approach }},
	{"technologies", func(it *find.Item) any { return it.Entry.Technologies }},
	{"process", func(it *find.Item) any { return it.Entry.Process }},
	{"stage", func(it *find.Item) any { return it.Entry.Stage }},
	{"started", func(it *find.Item) any { return it.Entry.Started }},
	{"ended", func(it *find.Item) any { return it.Entry.Ended }},
	{"countries", func(it *find.Item) any { return it.Entry.Countries }},
	{"wco_region", func(it *find.Item) any { return it.Entry.Regions }},
	{"submitter", func(it *find.Item) any { return partyOf(it).Name }},
	{"submitter_kind", func(it *find.Item) any { return partyOf(it).Kind }},
	{"partners", func(it *find.Item) any {
		return inEach(it.Entry.Partners, func(p usecase.Partner) string { return withNote(p.Name, p.Role, p.Kind) })
	}},
	{"data_used", func(it *find.Item) any {
		return inEach(it.Entry.Data, func(d usecase.Data) string { return withNote(d.Name, d.Owner, d.Sensitivity) })
	}},
	{"standards", func(it *find.Item) any { return it.Entry.Standards }},
	{"metrics", func(it *find.Item) any {
		return inEach(it.Entry.Metrics, func(m usecase.Metric) string { return m.Name })
	}},
	{"costs", func(it *find.Item) any {
		return inEach(it.Entry.Costs, func(x usecase.Cost) string { return x.Item + ": " + cellText(x.Amount) + " " + x.Currency })
	}},
	{"outcome", func(it *find.Item) any { return it.Entry.Outcome }},
	{"lessons_legal", func(it *find.Item) any { return lessonsOf(it).Legal }},
	{"lessons_policy", func(it *find.Item) any { return lessonsOf(it).Policy }},
	{"lessons_technical", func(it *find.Item) any { return lessonsOf(it).Technical }},
	{"stopped_why", func(it *find.Item) any { return it.Entry.StoppedWhy }},
	{"attack_modes", func(it *find.Item) any { return it.Entry.AttackModes }},
	{"environmental_effect", func(it *find.Item) any { return it.Entry.Environment }},
	{"caveats", func(it *find.Item) any { return it.Entry.Caveats }},
	{"sources", func(it *find.Item) any {
		return inEach(it.Entry.Sources, func(x usecase.Source) string { return x.URL })
	}},
	{"evidence", func(it *find.Item) any { return orText(it.Entry.Evidence, find.NoEvidence) }},
	{"annex_number", func(it *find.Item) any { return it.Entry.AnnexNumber }},
	{"licence", func(it *find.Item) any { return it.Entry.Licence }},
	{"pocs", func(it *find.Item) any { return it.Entry.PoCs }},
}

func partyOf(it *find.Item) usecase.Party {
	if it.Entry.Submitter == nil {
		return usecase.Party{}
	}
	return *it.Entry.Submitter
}

func lessonsOf(it *find.Item) usecase.Lessons {
	if it.Entry.Lessons == nil {
		return usecase.Lessons{}
	}
	return *it.Entry.Lessons
}

func inEach[T any](list []T, text func(T) string) (out []string) {
	for _, x := range list {
		out = append(out, text(x))
	}
	return out
}

// withNote puts what is known besides in brackets.
func withNote(name string, more ...string) string {
	var known []string
	for _, m := range more {
		if m != "" {
			known = append(known, m)
		}
	}
	if len(known) == 0 {
		return name
	}
	return name + " (" + strings.Join(known, ", ") + ")"
}

// usecasesCSV has one row an entry.
func (s *Server) usecasesCSV(c *gin.Context) error {
	index, r, err := s.asked(c)
	if err != nil {
		return err
	}
	var head []string
	for _, x := range exportColumns {
		head = append(head, x.name)
	}
	t := openTable(c, "usecases", append(head, "badge")...)
	for _, it := range r.Items(0, 0) {
		var cells []any
		for _, x := range exportColumns {
			cells = append(cells, x.of(it))
		}
		t.row(append(cells, string(index.BadgeOf(it.Entry.ID)))...)
	}
	return t.close()
}

// metricsCSV has one row a figure.
func (s *Server) metricsCSV(c *gin.Context) error {
	_, r, err := s.asked(c)
	if err != nil {
		return err
	}
	t := openTable(c, "usecases-metrics", "id", "version", "title", "name", "unit", "baseline", "target", "measured", "better", "note")
	for _, it := range r.Items(0, 0) {
		for _, m := range it.Entry.Metrics {
			t.row(it.Entry.ID, it.Version, it.Entry.Title, m.Name, m.Unit, m.Baseline, m.Target, m.Measured, m.Better, m.Note)
		}
	}
	return t.close()
}

func openFile(c *gin.Context, kind, name string) {
	c.Header("Content-Type", kind+"; charset=utf-8")
	c.Header("Content-Disposition", fmt.Sprintf(`attachment; filename="%s"`, name))
	c.Status(http.StatusOK)
}

// usecasesFile is a JSON array of the entries, each in its one form.
func (s *Server) usecasesFile(c *gin.Context) error {
	_, r, err := s.asked(c)
	if err != nil {
		return err
	}
	openFile(c, "application/json", "usecases.json")
	list := []json.RawMessage{}
	for _, it := range r.Items(0, 0) {
		list = append(list, it.Entry.JSON())
	}
	w := json.NewEncoder(c.Writer)
	w.SetEscapeHTML(false)
	w.SetIndent("", " ")
	return w.Encode(list)
}

// usecasesYAML is a list of the same entries as YAML.
func (s *Server) usecasesYAML(c *gin.Context) error {
	_, r, err := s.asked(c)
	if err != nil {
		return err
	}
	openFile(c, "application/yaml", "usecases.yaml")
	if r.Total == 0 {
		_, err = c.Writer.WriteString("[]\n")
	}
	for _, it := range r.Items(0, 0) {
		if err == nil {
			_, err = c.Writer.Write(it.Entry.YAMLItem())
		}
	}
	return err
}
