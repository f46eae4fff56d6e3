// The experiments page: what was kept, and the form that writes an experiment file and starts it.

package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
)

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
	plan := s.planForm()
	if kind := c.Query("kind"); kind != "" {
		filled, ok := s.planFor(kind)
		if !ok {
			return notFound("attack or look-alike", kind, "in a scenario of this hub: GET /api/v1/attacks")
		}
		plan = filled
	}
	if id := c.Query("usecase"); id != "" {
		filled, err := s.planForUsecase(c.Request.Context(), id)
		if err != nil {
			return err
		}
		plan = filled
	}
	return s.experimentsWith(c, http.StatusOK, plan)
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
	if p.Recent, p.RecentTotal, err = s.runList(ctx, runQuery{Where: machinesOnly, Page: 1}, 6); err != nil {
		return err
	}
	p.Pages = (p.Total + experimentsPerPage - 1) / experimentsPerPage
	p.CSV, p.JSON = address("/api/v1/experiments.csv", p.Query.values()), address("/api/v1/experiments", p.Query.values())
	s.render(c, status, "experiments", p)
	return nil
}

// startExperimentForm writes the file from the small form, puts back what was in the box before, or starts what is in
// it. A box that nobody wrote in follows the form.
func (s *Server) startExperimentForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	q := c.Request.PostForm
	f := s.planFormOf(q)
	step := q.Get("step")
	if step == "keep" {
		f.File, f.Kept = f.Kept, f.File
		return s.experimentsWith(c, http.StatusOK, f)
	}
	if step == "write" || !f.edited() {
		if f.Wrong = f.check(); f.Wrong != nil {
			return s.experimentsWith(c, f.Wrong.Status, f)
		}
		if step == "write" || f.Wrote != "" {
			f.fill()
		}
	}
	if step == "write" {
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
