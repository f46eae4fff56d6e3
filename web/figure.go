// The figures of an experiment: each chart with its words and its table, the same on a page, in print and in the report.

package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"

	"sealab/pocs/experiment"
	"sealab/web/chart"
)

// figure is a chart with what stands beside it.
type figure struct {
	ID, Title, Note string
	SVG             template.HTML
	Head            []string // of its table
	Rows            [][]string
}

// figures draws what came out of an experiment; a challenge without the measures of a figure goes without it.
func (f *found) figures(t *texts) ([]figure, error) {
	var out []figure
	if svg := f.forest(t); svg != "" {
		out = append(out, figure{ID: "forest", Title: t.T("experiment.forest", "baseline", f.Results.Baseline), SVG: svg})
	}
	front, err := f.front()
	if err != nil || front == nil {
		return out, err
	}
	svg, err := pareto(t, front)
	return append(out, figure{ID: "pareto", Title: t.T("experiment.front"), SVG: svg}), err
}

// forest draws the arms' differences from the baseline in the headline, with their intervals.
func (f *found) forest(t *texts) template.HTML {
	if len(f.Results.Measures) == 0 {
		return ""
	}
	m := &f.Results.Measures[0]
	low, high := 0.0, 0.0
	var bars []chart.Bar
	n := float64(len(m.Arms) - 1)
	fr := chart.Frame{ID: "forest", Title: t.T("experiment.forest", "baseline", f.Results.Baseline), Desc: t.T("pair.forest.desc"), Width: 360}
	fr.YTicks = append(fr.YTicks, chart.Tick{At: 0.4})
	rows := n
	for _, a := range m.Arms {
		v := a.Versus
		if v == nil {
			continue
		}
		fr.YTicks = append(fr.YTicks, chart.Tick{At: n, Label: a.Arm})
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
	fr.YTicks = append(fr.YTicks, chart.Tick{At: rows + 0.6})
	fr.Height = 60 + 34*rows
	fr.XTicks = chart.Nice(low, high+0.25*(high-low), 4)
	return chart.Bars(fr, bars, nil)
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
func pareto(t *texts, front *experiment.Front) (template.HTML, error) {
	f := chart.Frame{ID: "pareto", Title: t.T("experiment.front"), Desc: t.T("experiment.front.desc"), Width: 360, Height: 240}
	xmax := 0.0
	var marks []chart.Mark
	line := chart.Series{Class: "s1", Step: true}
	for i, pt := range front.Points {
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
