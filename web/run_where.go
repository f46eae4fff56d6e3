// The query box of the runs table: the same language as on the command line, with errors that point at the character.

package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"sealab/catalog"
	"sealab/catalog/query"
	"sealab/pocs"
)

// runFields are what a query may ask of a run: each measure once, whatever challenges have it.
func (s *Server) runFields() []query.Field {
	var measures []pocs.Measure
	known := map[string]bool{}
	for i := range s.cfg.Challenges {
		for _, m := range s.cfg.Challenges[i].Measures {
			if !known[m.Name] {
				known[m.Name] = true
				measures = append(measures, m)
			}
		}
	}
	return catalog.RunFields(measures)
}

// parseWhere reads the query of an address.
func (s *Server) parseWhere(text string) (query.Node, error) {
	return parseQuery(text, s.runFields())
}

// parseQuery reads a query over these fields; what is wrong with it points at the character.
func parseQuery(text string, fields []query.Field) (query.Node, error) {
	where, err := query.Parse(text, fields)
	var bad *query.Error
	if errors.As(err, &bad) {
		return where, &Problem{Status: http.StatusUnprocessableEntity, Code: "bad_query", Field: "query", Value: clip(text),
			Allowed: bad.Problem, Drawing: bad.Drawing(),
			Message: fmt.Sprintf("The query cannot be read: character %d: %s.", bad.At+1, strings.TrimRight(bad.Problem, ".?"))}
	}
	return where, err
}

// whereExamples stand behind the box.
var whereExamples = []string{
	"poc = kalman AND recall >= 0.9",
	"poc = kalman AND (delay_p50_s < 3600 OR NOT recall < 0.9)",
	"scenario ~ corridor AND seed >= 2001 AND seed <= 2040",
	"verdict = fail AND started >= 2026-01-01",
	"recall != null AND set.seals > 50",
	"tag = pilot OR note ~ \"look again\"",
}

// Fields lists what may be asked, behind the box.
func (p *runsPage) Fields() []query.Field { return p.fields }

// Examples are queries to begin with.
func (p *runsPage) Examples() []string { return whereExamples }

// Example is the address of the table with such a query.
func (p *runsPage) Example(where string) string {
	q := runQuery{Where: where, Page: 1}
	return address("/runs", q.values())
}
