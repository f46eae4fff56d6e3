// One experiment: the verdict in words first, then thresholds, ranks, measures, cost against quality, and the file.

package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"sealab/pocs/experiment"
)

// firstMeasures are worked out for the page's first state; all others take one more step, since each costs time.
var firstMeasures = []string{"recall", "precision", "false_alarms_per_1000_seal_days", "delay_p50_s", "checks_per_day"}

// experimentPage is what its template shows.
type experimentPage struct {
	experimentJSON
	File    string
	Gone    string // why the file has no plan in this code
	Results *experiment.Results
	Left    []uint64
	Board   *experiment.Board
	Front   *experiment.Front
	Forest  template.HTML
	Pareto  template.HTML
	All     bool // every measure
	Tab     string
	RunsURL string
}

func (p *experimentPage) title(*texts) string { return p.Heading() }

// Headline is the measure that the verdict goes by.
func (p *experimentPage) Headline() *experiment.MeasureResult {
	if p.Results == nil || len(p.Results.Measures) == 0 {
		return nil
	}
	return &p.Results.Measures[0]
}

func (s *Server) experimentPage(c *gin.Context) error {
	ctx := c.Request.Context()
	e, err := s.findExperiment(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p := &experimentPage{Tab: "results", File: e.File, All: c.Query("measures") == "all",
		RunsURL: "/runs?" + url.Values{"query": {`experiment = "` + e.ID + `"`}}.Encode()}
	var d *experiment.Design
	if p.experimentJSON, d = s.jsonOfExperiment(e); d == nil {
		_, err := s.keptDesign(e)
		p.Gone = fmt.Sprint(err)
		return s.page(c, "experiment", p)
	}
	if !p.Ended() {
		c.Header("Refresh", "3")
		return s.page(c, "experiment", p)
	}
	only := firstMeasures
	if p.All {
		only = nil
	}
	f, err := s.results(ctx, e, d, only...)
	if err != nil {
		return err
	}
	p.Results, p.Board, p.Left = f.Results, f.Board, f.Left
	if p.Results != nil {
		p.Forest = f.forest(s.set(c).texts)
		if p.Front, err = f.front(); err != nil {
			return err
		}
		if p.Front != nil {
			if p.Pareto, err = pareto(s.set(c).texts, p.Front); err != nil {
				return err
			}
		}
	}
	s.render(c, http.StatusOK, "experiment", p)
	return nil
}
