// The chart of how soon incidents are caught: the share found within a time since each was heard, a step curve a run.

package web

import (
	"fmt"
	"html/template"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/web/chart"
)

// caughtChart is the chart with its key and its table.
type caughtChart struct {
	SVG    template.HTML
	Series []caughtSeries
	Hours  []float64     // columns of the table
	Bars   template.HTML // the scores beside the curves, where they are shown
}

// caughtSeries is one curve: its name, and the share caught after each of the table's hours.
type caughtSeries struct {
	N      int // 1–4, for class and dash
	Name   string
	Link   string
	Shares []float64
	Shown  float64 // what was caught when the axis ends
	Recall float64 // what was caught in the end, which may be later
}

// caughtHours are the marks of the axis; the last is the default grace, after which nothing counts.
var caughtHours = []float64{0, 1, 2, 3, 4, 5, 6}

// curve is what a series is made of.
type curve struct {
	name, link string
	runs       []*pocs.Run
}

// drawCaught draws up to four curves: more could not be told apart.
func drawCaught(t *texts, id string, width float64, list []curve) (*caughtChart, error) {
	out := &caughtChart{Hours: caughtHours[1:]}
	var series []chart.Series
	for _, cv := range list {
		steps := experiment.CaughtBy(cv.runs)
		if steps == nil || len(out.Series) == len(chart.SeriesClasses) {
			continue
		}
		n := len(out.Series)
		s := caughtSeries{N: n + 1, Name: cv.name, Link: cv.link}
		points := make([]chart.Point, 0, len(steps)+1)
		last := caughtHours[len(caughtHours)-1]
		for _, st := range steps {
			if h := st.AfterS / 3600; h <= last {
				points = append(points, chart.Point{X: h, Y: st.Share})
				s.Shown = st.Share
			}
			s.Recall = st.Share
		}
		points = append(points, chart.Point{X: last, Y: points[len(points)-1].Y})
		for _, h := range out.Hours {
			s.Shares = append(s.Shares, shareAt(steps, 3600*h))
		}
		series = append(series, chart.Series{Class: chart.SeriesClasses[n], Points: points, Step: true})
		out.Series = append(out.Series, s)
	}
	if len(series) == 0 {
		return nil, nil
	}
	f := chart.Frame{ID: id, Title: t.T("chart.caught"), Desc: t.T("chart.caught.desc"), Width: width, Height: 240}
	for _, h := range caughtHours {
		f.XTicks = append(f.XTicks, chart.Tick{At: h, Label: fmt.Sprintf("%.0f h", h)})
	}
	for _, y := range []float64{0, 0.25, 0.5, 0.75, 1} {
		f.YTicks = append(f.YTicks, chart.Tick{At: y, Label: fmt.Sprintf("%.0f %%", 100*y)})
	}
	var err error
	out.SVG, err = chart.Lines(f, series, nil)
	return out, err
}

func shareAt(steps []experiment.Step, after float64) float64 {
	share := 0.0
	for _, s := range steps {
		if s.AfterS <= after {
			share = s.Share
		}
	}
	return share
}

// latestCaught draws, for the live page, the newest finished run and those beside it: other detectors in the same world.
func (s *Server) latestCaught(c *gin.Context, rows []catalog.Row) (*caughtChart, error) {
	var first *catalog.Row
	for i := range rows {
		if rows[i].State == catalog.Done {
			first = &rows[i]
			break
		}
	}
	if first == nil {
		return nil, nil
	}
	beside, err := s.cfg.Store.Runs(c.Request.Context(), catalog.Query{Scenario: first.Scenario, Seed: &first.Seed, State: catalog.Done, Limit: 20})
	if err != nil {
		return nil, err
	}
	var list []curve
	for _, id := range s.oneEach(beside) {
		run, err := s.storedRun(c.Request.Context(), id)
		if err != nil {
			return nil, err
		}
		list = append(list, curve{run.PoC, "/runs/" + run.ID, []*pocs.Run{run}})
	}
	out, err := drawCaught(s.set(c).texts, "caught-latest", 470, list)
	if out != nil {
		out.Bars = scoreBars(s.set(c).texts, list)
	}
	return out, err
}

// oneEach picks the newest run of each proof of concept, in the order in which the hub lists them, which begins with
// the detectors and ends with what stands beside them for orientation; as many as there are series.
func (s *Server) oneEach(rows []catalog.Row) []string {
	var out []string
	for i := range s.cfg.PoCs {
		for k := range rows {
			if rows[k].PoC == s.cfg.PoCs[i].Name && len(out) < len(chart.SeriesClasses) {
				out = append(out, rows[k].ID)
				break
			}
		}
	}
	return out
}

// scoreBars draws the balanced score of each run beside the curves.
func scoreBars(t *texts, list []curve) template.HTML {
	f := chart.Frame{ID: "scores", Title: t.T("chart.scores"), Desc: t.T("chart.scores.desc"), Width: 330, Height: 40 + 40*float64(len(list))}
	low := 0.0
	var bars []chart.Bar
	n := float64(len(list))
	f.YTicks = append(f.YTicks, chart.Tick{At: 0.4})
	for i, cv := range list {
		f.YTicks = append(f.YTicks, chart.Tick{At: n - float64(i), Label: cv.name})
		v := cv.runs[0].Score.Values["score_balanced"]
		if v == nil {
			continue
		}
		low = min(low, *v)
		bars = append(bars, chart.Bar{Class: chart.SeriesClasses[i%4], Row: n - float64(i), To: *v, Thick: 20,
			Text: decimals(1, *v), Title: cv.name + ": " + decimals(1, *v)})
	}
	f.YTicks = append(f.YTicks, chart.Tick{At: n + 0.6})
	f.XTicks = chart.Nice(low, 125, 5) // room for the number behind a full bar
	for i := range f.XTicks {
		if f.XTicks[i].At > 100 { // there is no such score
			f.XTicks[i].Label = ""
		}
	}
	return chart.Bars(f, bars, nil)
}
