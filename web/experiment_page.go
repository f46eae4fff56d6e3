// One experiment: the verdict in words first, then thresholds, ranks, measures, cost against quality, and the file.

package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"sealab/pocs/experiment"
	"sealab/web/chart"
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
	p := &experimentPage{File: e.File, All: c.Query("measures") == "all",
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
		p.Forest = p.forest(s.set(c).texts)
		if p.Front, err = f.front(); err != nil {
			return err
		}
		if p.Pareto, err = p.pareto(s.set(c).texts); err != nil {
			return err
		}
	}
	s.render(c, http.StatusOK, "experiment", p)
	return nil
}

// forest draws the arms' differences from the baseline in the headline, with their intervals.
func (p *experimentPage) forest(t *texts) template.HTML {
	m := p.Headline()
	if m == nil {
		return ""
	}
	low, high := 0.0, 0.0
	var bars []chart.Bar
	n := float64(len(m.Arms) - 1)
	f := chart.Frame{ID: "forest", Title: t.T("experiment.forest", "baseline", p.Results.Baseline), Desc: t.T("pair.forest.desc"), Width: 360}
	f.YTicks = append(f.YTicks, chart.Tick{At: 0.4})
	rows := n
	for _, a := range m.Arms {
		v := a.Versus
		if v == nil {
			continue
		}
		f.YTicks = append(f.YTicks, chart.Tick{At: n, Label: a.Arm})
		if v.Diff != nil {
			low, high = min(low, *v.Diff), max(high, *v.Diff)
			if v.Low != nil && v.High != nil {
				low, high = min(low, *v.Low), max(high, *v.High)
			}
			bars = append(bars, chart.Bar{Class: "s1", Row: n, To: *v.Diff, Low: v.Low, High: v.High, Text: signed(t, m.Unit, v.Diff), Thick: 16})
		}
		n--
	}
	if len(bars) == 0 {
		return ""
	}
	f.YTicks = append(f.YTicks, chart.Tick{At: rows + 0.6})
	f.Height = 60 + 34*rows
	f.XTicks = chart.Nice(low, high+0.25*(high-low), 4)
	return chart.Bars(f, bars, nil)
}

// The measures that cost is laid against quality by, where a challenge has them.
const costMeasure, qualityMeasure = "checks_per_day", "recall"

// front marks the arms that no other beats in both cost and quality; nil where the challenge has no such measures.
func (f *found) front() (*experiment.Front, error) {
	have := 0
	for _, m := range f.Results.Measures {
		if m.Measure == costMeasure || m.Measure == qualityMeasure {
			have++
		}
	}
	if have < 2 || len(f.Results.Arms) < 2 {
		return nil, nil
	}
	front, err := experiment.Pareto(f.Design, f.Out, costMeasure, qualityMeasure)
	if len(front.Points) < 2 {
		return nil, err
	}
	return &front, err
}

// pareto draws cost against quality: discs on the front, crosses for arms that another beats in both.
func (p *experimentPage) pareto(t *texts) (template.HTML, error) {
	if p.Front == nil {
		return "", nil
	}
	f := chart.Frame{ID: "pareto", Title: t.T("experiment.front"), Desc: t.T("experiment.front.desc"), Width: 360, Height: 240}
	xmax := 0.0
	var marks []chart.Mark
	line := chart.Series{Class: "s1", Step: true}
	for i, pt := range p.Front.Points {
		xmax = max(xmax, pt.X)
		m := chart.Mark{Class: "s1", Shape: chart.Disc, X: pt.X, Y: pt.Y, Title: pt.Arm, Label: fmt.Sprint(i + 1)}
		if !pt.OnFront {
			m.Class, m.Shape = "s2", chart.Cross
		} else {
			line.Points = append(line.Points, chart.Point{X: pt.X, Y: pt.Y})
		}
		marks = append(marks, m)
	}
	f.XTicks = chart.Nice(0, math.Max(xmax, 1), 4)
	f.YTicks = chart.Nice(0, 1, 5)
	for i := range f.YTicks {
		f.YTicks[i].Label = percent(f.YTicks[i].At)
	}
	slices.SortFunc(line.Points, func(a, b chart.Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	return chart.Lines(f, []chart.Series{line}, marks)
}
