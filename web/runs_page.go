// The runs page: the table of runs, and the form that starts one.

package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"sealab/catalog/query"
)

// runsPage is what its template shows.
type runsPage struct {
	Rows      []runJSON
	Columns   []runColumn
	Query     runQuery
	Total     int
	Pages     int
	Form      *startForm
	Wrong     *Problem // with the query
	fields    []query.Field
	isMeasure func(string) bool
	Deleted   []string // just put aside
	Back      string   // the table's address, for forms that lead back to it
	States    []string
	CSV, JSON string
	Busy      bool // something is playing: without a script the page reloads itself
}

// Sorted is the address that orders the table by a column, turning the order around where it is in use.
func (p *runsPage) Sorted(column string) string {
	q := p.Query
	q.Sort, q.Dir, q.Page = column, reordered(q.Sort, q.Dir, column), 1
	return address("/runs", q.values())
}

// reordered is the direction that a click on a column's head asks for.
func reordered(sort, dir, column string) string {
	if sort == column && dir != "asc" {
		return "asc"
	}
	return "desc"
}

// SortedBy says for screen readers how a column is ordered.
func (p *runsPage) SortedBy(column string) string {
	return sortedBy(orText(p.Query.Sort, "started"), p.Query.Dir, column)
}

func sortedBy(sort, dir, column string) string {
	switch {
	case sort != column:
		return "none"
	case dir == "asc":
		return "ascending"
	}
	return "descending"
}

// At is the address of another page of the table.
func (p *runsPage) At(page int) string {
	q := p.Query
	q.Page = page
	return address("/runs", q.values())
}

// carried is a field of a form that nobody sees.
type carried struct{ Name, Value string }

// Hidden carries the table's state through a form that asks for something else; the page begins anew.
func (p *runsPage) Hidden(but ...string) []carried { return hiddenOf(p.Query.values(), but...) }

func hiddenOf(v url.Values, but ...string) []carried {
	var list []carried
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if name != "page" && !slices.Contains(but, name) {
			list = append(list, carried{name, v.Get(name)})
		}
	}
	return list
}

func address(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

func (s *Server) runsPage(c *gin.Context) error {
	return s.runsWith(c, http.StatusOK, s.form(s.blankOrder(c.Query("start")), nil))
}

func (s *Server) runsWith(c *gin.Context, status int, form *startForm) error {
	q := runQueryOf(c.Request.URL.Query())
	rows, total, err := s.runList(c.Request.Context(), q, runsPerPage)
	p := &runsPage{Rows: rows, Query: q, Total: total, Form: form, States: states, isMeasure: s.isMeasure,
		Pages: (total + runsPerPage - 1) / runsPerPage, fields: s.runFields(), Deleted: deletedOf(c), Back: q.values().Encode()}
	if errors.As(err, &p.Wrong) && p.Wrong.Field == "query" { // the box shows where
		status = p.Wrong.Status
	} else if err != nil {
		return err
	}
	p.Columns = s.shownColumns(q, p.fields)
	v := q.values()
	v.Del("page")
	p.CSV, p.JSON = address("/api/v1/runs.csv", v), address("/api/v1/runs", v)
	for _, r := range rows {
		p.Busy = p.Busy || r.State == stateRunning || r.State == stateQueued
	}
	s.render(c, status, "runs", p)
	return nil
}

func (s *Server) cancelRunForm(c *gin.Context) error {
	if err := s.cancelRun(c.Param("id")); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/runs/"+c.Param("id"))
	return nil
}

// cancelRun calls off a run that has not ended.
func (s *Server) cancelRun(id string) error {
	j := s.desk.find(id)
	if j == nil {
		return &Problem{Status: http.StatusConflict, Code: "run_ended", Field: "run", Value: clip(id),
			Message: "This run has ended already, or there is none."}
	}
	j.cancel()
	return nil
}
