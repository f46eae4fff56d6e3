// The figures of an experiment: each chart with its words and its table, the same on a page, in print and in the report.

package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"

	"sealab/pocs/experiment"
	"sealab/web/chart"
)

// figure is a chart with what stands beside it.
type figure struct {
	ID, Title, Note string
	SVG             template.HTML
	Key             []keyed
	Head            []string // of its table
	Rows            [][]string
}

// keyed names a series: 1–4 for its colour and dash.
type keyed struct {
	N    int
	Name string
}

// figures draws what follows from an experiment's outcomes alone; a challenge without the measures of a figure goes
// without it.
func (f *found) figures(t *texts) ([]figure, error) {
	out := f.forest(t)
	front, err := f.front()
	if err != nil || front == nil {
		return out, err
	}
	p, err := pareto(t, front)
	return append(out, p), err
}

// forest draws the arms' differences from the baseline in the headline, with their intervals.
func (f *found) forest(t *texts) []figure {
	if f.Results == nil || len(f.Results.Measures) == 0 {
		return nil
	}
	m := &f.Results.Measures[0]
	low, high := 0.0, 0.0
	var bars []chart.Bar
	n := float64(len(m.Arms) - 1)
	fr := chart.Frame{ID: "forest", Title: t.T("experiment.forest", "baseline", f.Results.Baseline), Desc: t.T("pair.forest.desc"), Width: 460}
	fr.YTicks = append(fr.YTicks, chart.Tick{At: 0.4})
	rows := n
	out := figure{ID: "forest", Title: fr.Title, Note: t.T("arms.forest.note", "measure", measureWords(t, m.Measure)),
		Head: []string{t.T("experiment.arm"), t.T("pair.diff"), t.T("arms.low"), t.T("arms.high"), t.T("pair.words")}}
	for _, a := range m.Arms {
		v := a.Versus
		if v == nil {
			continue
		}
		out.Rows = append(out.Rows, []string{a.Arm, plainNumber(v.Diff), plainNumber(v.Low), plainNumber(v.High), string(v.Words)})
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
		return nil
	}
	fr.YTicks = append(fr.YTicks, chart.Tick{At: rows + 0.6})
	fr.Height = 60 + 34*rows
	fr.XTicks = chart.Nice(low, high+0.25*(high-low), 4)
	out.SVG = chart.Bars(fr, bars, nil)
	return []figure{out}
}

// The measures that cost is laid against quality by, where a challenge has them.
const costMeasure, qualityMeasure = "checks_per_day", "recall"

// front marks the arms that no other beats in both cost and quality; nil where the runs have no such measures.
func (f *found) front() (*experiment.Front, error) {
	if !f.has(costMeasure) || !f.has(qualityMeasure) || len(f.Design.Arms) < 2 {
		return nil, nil
	}
	front, err := experiment.Pareto(f.Design, f.Out, costMeasure, qualityMeasure)
	if len(front.Points) < 2 {
		return nil, err
	}
	return &front, err
}

// pareto draws cost against quality: discs on the front, crosses for arms that another beats in both.
func pareto(t *texts, front *experiment.Front) (figure, error) {
	f := chart.Frame{ID: "pareto", Title: t.T("experiment.front"), Desc: t.T("experiment.front.desc"), Width: 460, Height: 260}
	xmax := 0.0
	var marks []chart.Mark
	line := chart.Series{Class: "s1", Step: true}
	out := figure{ID: "pareto", Title: f.Title, Note: t.T("experiment.front.note"), Head: []string{"", t.T("experiment.arm"),
		measureWords(t, front.X), measureWords(t, front.Y), t.T("arms.onfront")}}
	for i, pt := range front.Points {
		out.Rows = append(out.Rows, []string{fmt.Sprint(i + 1), pt.Arm, plainNumber(&pt.X), plainNumber(&pt.Y), onFront(t, &pt)})
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
	joinLabels(marks, f.XTicks[len(f.XTicks)-1].At)
	f.YTicks = chart.Nice(0, 1, 5)
	for i := range f.YTicks {
		f.YTicks[i].Label = percent(f.YTicks[i].At)
	}
	slices.SortFunc(line.Points, func(a, b chart.Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	var err error
	out.SVG, err = chart.Lines(f, []chart.Series{line}, marks)
	return out, err
}

// joinLabels gives marks that would write over each other one label, at the rightmost of them, such as "1–6, 9". An
// axis is taken to be about 10 labels wide, 18 high, and to end at xmax and 1.
func joinLabels(marks []chart.Mark, xmax float64) {
	var places [][]int // the marks of each place, in order
	for i := range marks {
		k := slices.IndexFunc(places, func(place []int) bool {
			first := &marks[place[0]]
			return math.Abs(first.X-marks[i].X) < xmax/10 && math.Abs(first.Y-marks[i].Y) < 1.0/18
		})
		if k < 0 {
			places = append(places, []int{i})
		} else {
			places[k] = append(places[k], i)
		}
		marks[i].Label = ""
	}
	for _, place := range places {
		last := place[0]
		numbers := make([]int, len(place))
		for k, i := range place {
			numbers[k] = i + 1
			if marks[i].X > marks[last].X {
				last = i
			}
		}
		marks[last].Label = spans(numbers)
	}
}

// spans writes ascending numbers, of which three and more in a row become one: "1–6, 9".
func spans(list []int) string {
	var out []string
	for i := 0; i < len(list); {
		k := i
		for k+1 < len(list) && list[k+1] == list[k]+1 {
			k++
		}
		if k < i+2 {
			out = append(out, strconv.Itoa(list[i]))
			i++
			continue
		}
		out = append(out, fmt.Sprintf("%d–%d", list[i], list[k]))
		i = k + 1
	}
	return strings.Join(out, ", ")
}

func onFront(t *texts, p *experiment.Point) string {
	if p.OnFront {
		return t.T("experiment.front.on")
	}
	return t.T("experiment.front.beaten", "arm", p.BeatenBy)
}

// plainNumber writes a number for a table that is also sent as CSV.
func plainNumber(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'g', 6, 64)
}
