// The experiments page: what was kept, and the form that writes an experiment file and starts it.

package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
)

// planForm is the small form and the file that it writes.
type planForm struct {
	Name, Question, Seeds, Baseline, Thresholds string
	Arms, Scenarios                             []string
	File                                        string
	PoCs, Worlds                                []choice
	Limit                                       int
	Wrong                                       *Problem
}

// Has reports whether a PoC is chosen as an arm, or a scenario to play.
func (f *planForm) Has(list []string, name string) bool { return slices.Contains(list, name) }

// experimentsPage is what its template shows.
type experimentsPage struct {
	List        []experimentJSON
	Total       int
	Query       experimentQuery
	Pages       int
	CSV, JSON   string
	Deleted     string   // just put aside
	Wrong       *Problem // with the query
	Plan        planForm
	Form        pairForm
	Recent      []runJSON
	RecentTotal int
}

func (s *Server) experimentsPage(c *gin.Context) error {
	return s.experimentsWith(c, http.StatusOK, s.planForm())
}

func (s *Server) experimentsWith(c *gin.Context, status int, plan planForm) error {
	ctx := c.Request.Context()
	p := &experimentsPage{Query: experimentQueryOf(c.Request.URL.Query()), Plan: plan,
		Form: s.pairForm(nil), Deleted: clip(c.Query("deleted"))}
	var err error
	p.List, p.Total, err = s.experimentList(ctx, p.Query, experimentsPerPage)
	if errors.As(err, &p.Wrong) && p.Wrong.Field == "query" { // the box shows where
		status = p.Wrong.Status
	} else if err != nil {
		return err
	}
	if p.Recent, p.RecentTotal, err = s.runList(ctx, runQuery{Page: 1}, 6); err != nil {
		return err
	}
	p.Pages = (p.Total + experimentsPerPage - 1) / experimentsPerPage
	p.CSV, p.JSON = address("/api/v1/experiments.csv", p.Query.values()), address("/api/v1/experiments", p.Query.values())
	s.render(c, status, "experiments", p)
	return nil
}

// planForm is the form's first state: a worked example that plays in a minute.
func (s *Server) planForm() planForm {
	blank := s.form(s.blankOrder(""), nil)
	f := planForm{Name: "filter against rules", Question: "Does filtering positions catch more than fixed rules, and at what price in false alarms?",
		Seeds: "2001..2010", Baseline: "rules", Arms: []string{"rules", "kalman", "null"}, Thresholds: "kalman: recall >= 0.5",
		PoCs: blank.PoCs, Worlds: blank.Scenarios, Limit: s.cfg.MaxTrials}
	if len(blank.Scenarios) > 0 {
		f.Scenarios = []string{blank.Scenarios[0].Name}
	}
	f.File = f.write()
	return f
}

// write is the file that the small form stands for. A JSON text is a YAML text too, so quoting is JSON's.
func (f *planForm) write() string {
	var b strings.Builder
	fmt.Fprintf(&b, "name: %s\nquestion: %s\nscenarios:\n", quoted(f.Name), quoted(f.Question))
	for _, name := range f.Scenarios {
		fmt.Fprintf(&b, "  - name: %s\n    set: {}      # settings, such as {seals: 50, report_interval_s: 3600}\n", quoted(name))
	}
	b.WriteString("arms:\n")
	for _, name := range f.Arms {
		fmt.Fprintf(&b, "  - poc: %s\n    params: {}   # a list of values makes a grid\n", quoted(name))
	}
	fmt.Fprintf(&b, "seeds: %s\n", quoted(f.Seeds))
	if f.Baseline != "" {
		fmt.Fprintf(&b, "baseline: %s\n", quoted(f.Baseline))
	}
	if lines := strings.FieldsFunc(f.Thresholds, func(r rune) bool { return r == '\n' || r == '\r' }); len(lines) > 0 {
		b.WriteString("thresholds:     # ARM: MEASURE OP NUMBER\n")
		for _, l := range lines {
			if l = strings.TrimSpace(l); l != "" {
				fmt.Fprintf(&b, "  - %s\n", quoted(l))
			}
		}
	}
	return b.String()
}

func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a text always can be
	return strings.TrimSpace(b.String())
}

// startExperimentForm writes the file from the small form, or starts the file in the box.
func (s *Server) startExperimentForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	q := c.Request.PostForm
	f := s.planForm()
	f.Name, f.Question, f.Seeds, f.Baseline, f.Thresholds = q.Get("name"), q.Get("question"), q.Get("seeds"), q.Get("baseline"), q.Get("thresholds")
	f.Arms, f.Scenarios, f.File = q["arm"], q["scenario"], q.Get("file")
	if q.Get("step") == "write" {
		f.File = f.write()
		return s.experimentsWith(c, http.StatusOK, f)
	}
	id, err := s.bench.take(c.Request.Context(), f.File)
	if errors.As(err, &f.Wrong) && f.Wrong.Status == http.StatusUnprocessableEntity {
		return s.experimentsWith(c, f.Wrong.Status, f)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/experiments/"+id)
	return nil
}

func (s *Server) goOnForm(c *gin.Context) error {
	if err := s.goOn(c.Request.Context(), c.Param("id")); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/experiments/"+c.Param("id"))
	return nil
}

// dropExperimentForm cancels an experiment that plays, and puts another into the trash, from where one step leads back.
func (s *Server) dropExperimentForm(c *gin.Context) error {
	out, err := s.apiDropExperiment(c.Request.Context(), &idIn{c.Param("id")})
	if err != nil {
		return err
	}
	if out.Body.State == "deleted" {
		c.Redirect(http.StatusSeeOther, "/experiments?deleted="+url.QueryEscape(c.Param("id")))
	} else {
		c.Redirect(http.StatusSeeOther, out.Body.URL)
	}
	return nil
}

func (s *Server) restoreForm(c *gin.Context) error {
	if err := s.restore(c.Request.Context(), c.Param("id")); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/experiments")
	return nil
}

// restore takes an experiment out of the trash.
func (s *Server) restore(ctx context.Context, id string) error {
	err := s.cfg.Store.UndeleteExperiment(ctx, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return notFound("experiment", id, "only one that was deleted can be taken back")
	}
	return err
}
