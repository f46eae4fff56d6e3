// The figures that follow from the ledgers of an experiment's runs: how soon, at which level, which kinds.

package web

import (
	"fmt"
	"math"
	"strconv"

	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/web/chart"
)

// armBooks are the books of a design's runs, and what of them is drawn.
type armBooks struct {
	design *experiment.Design
	books  map[experiment.Job]*booked
	drawn  []int // arms, at most four
	terms  pocs.Terms
}

func (b *armBooks) key() []keyed {
	var out []keyed
	for n, arm := range b.drawn {
		out = append(out, keyed{n + 1, b.design.Arms[arm].Name})
	}
	return out
}

// names are the heads of a table with a column for every arm.
func (b *armBooks) names(first string) []string {
	out := []string{first}
	for i := range b.design.Arms {
		out = append(out, b.design.Arms[i].Name)
	}
	return out
}

// time draws the share caught by time since heard.
func (b *armBooks) time(t *texts) ([]figure, error) {
	fig := figure{ID: "time", Title: t.T("chart.caught"), Note: t.T("arms.time.note"), Key: b.key(), Head: b.names(t.T("arms.hours"))}
	fr := chart.Frame{ID: fig.ID, Title: fig.Title, Desc: t.T("chart.caught.desc"), Width: 620, Height: 260, YTicks: shareTicks()}
	ledgers := ledgersIn(b.books)
	last := caughtHours[len(caughtHours)-1]
	for _, h := range caughtHours {
		fr.XTicks = append(fr.XTicks, chart.Tick{At: h, Label: fmt.Sprintf("%.0f h", h)})
		row := []string{strconv.FormatFloat(h, 'g', -1, 64)}
		for arm := range b.design.Arms {
			share := shareAt(experiment.CaughtOver(b.design, ledgers, arm), 3600*h)
			row = append(row, plainNumber(&share))
		}
		fig.Rows = append(fig.Rows, row)
	}
	var series []chart.Series
	for n, arm := range b.drawn {
		steps := experiment.CaughtOver(b.design, ledgers, arm)
		if steps == nil {
			continue
		}
		var points []chart.Point
		for _, st := range steps {
			if h := st.AfterS / 3600; h <= last {
				points = append(points, chart.Point{X: h, Y: st.Share})
			}
		}
		points = append(points, chart.Point{X: last, Y: points[len(points)-1].Y})
		series = append(series, chart.Series{Class: chart.SeriesClasses[n], Points: points, Step: true})
	}
	if len(series) == 0 {
		return nil, nil
	}
	var err error
	fig.SVG, err = chart.Lines(fr, series, nil)
	return []figure{fig}, err
}

func shareTicks() []chart.Tick {
	var ticks []chart.Tick
	for _, y := range []float64{0, 0.25, 0.5, 0.75, 1} {
		ticks = append(ticks, chart.Tick{At: y, Label: percent(y)})
	}
	return ticks
}

// curves are every arm's points over the level.
func (b *armBooks) curves() [][]experiment.LevelPoint {
	out := make([][]experiment.LevelPoint, len(b.design.Arms))
	for arm := range b.design.Arms {
		var runs [][]experiment.LevelScore
		for _, j := range b.design.Trials() {
			if j.Arm == arm && b.books[j] != nil {
				runs = append(runs, b.books[j].levels)
			}
		}
		out[arm] = experiment.LevelCurve(runs, b.design.Challenge.Project, b.terms)
	}
	return out
}

// levels draws precision over recall, and checks a day over the level from which findings count.
func (b *armBooks) levels(t *texts) ([]figure, error) {
	curves := b.curves()
	pr, err := b.precisionRecall(t, curves)
	if err != nil {
		return nil, err
	}
	checks, err := b.checks(t, curves)
	return append(pr, checks...), err
}

func (b *armBooks) precisionRecall(t *texts, curves [][]experiment.LevelPoint) ([]figure, error) {
	fig := figure{ID: "precision-recall", Title: t.T("arms.pr"), Note: t.T("arms.pr.note"), Key: b.key(),
		Head: []string{t.T("experiment.arm"), t.T("arms.level"), measureWords(t, "recall"), measureWords(t, "precision")}}
	for arm, curve := range curves {
		for _, p := range curve {
			fig.Rows = append(fig.Rows, []string{b.design.Arms[arm].Name, strconv.Itoa(p.From), plainNumber(p.Recall), plainNumber(p.Precision)})
		}
	}
	fr := chart.Frame{ID: fig.ID, Title: fig.Title, Desc: t.T("arms.pr.desc"), Width: 460, Height: 300, XTicks: shareTicks(), YTicks: shareTicks()}
	var series []chart.Series
	var marks []chart.Mark
	for n, arm := range b.drawn {
		var points []chart.Point
		for _, p := range curves[arm] {
			if p.Recall == nil || p.Precision == nil {
				continue
			}
			at := chart.Point{X: *p.Recall, Y: *p.Precision}
			if k := len(points); k == 0 || points[k-1] != at {
				points = append(points, at)
				marks = append(marks, chart.Mark{Class: chart.SeriesClasses[n], Shape: chart.Disc, X: at.X, Y: at.Y,
					Title: t.T("arms.pr.at", "arm", b.design.Arms[arm].Name, "level", p.From, "recall", percent(at.X), "precision", percent(at.Y))})
			}
		}
		if len(points) > 0 {
			series = append(series, chart.Series{Class: chart.SeriesClasses[n], Points: points, Step: true})
		}
	}
	if len(series) == 0 {
		return nil, nil
	}
	var err error
	fig.SVG, err = chart.Lines(fr, series, marks)
	return []figure{fig}, err
}

func (b *armBooks) checks(t *texts, curves [][]experiment.LevelPoint) ([]figure, error) {
	fig := figure{ID: "checks", Title: t.T("arms.checks", "base", decimals(2, b.terms.BaseRate)), Note: t.T("arms.checks.note"), Key: b.key(), Head: b.names(t.T("arms.level"))}
	high := 0.0
	var series []chart.Series
	for n, arm := range b.drawn {
		var points []chart.Point
		for _, p := range curves[arm] {
			if v := p.Projected[costMeasure]; v != nil {
				points = append(points, chart.Point{X: float64(p.From), Y: *v})
				high = max(high, *v)
			}
		}
		if len(points) > 0 {
			series = append(series, chart.Series{Class: chart.SeriesClasses[n], Points: points, Step: true})
		}
	}
	if len(series) == 0 {
		return nil, nil
	}
	for i := range curves[0] {
		row := []string{strconv.Itoa(curves[0][i].From)}
		for arm := range curves {
			row = append(row, plainNumber(curves[arm][i].Projected[costMeasure]))
		}
		fig.Rows = append(fig.Rows, row)
	}
	fr := chart.Frame{ID: fig.ID, Title: fig.Title, Desc: t.T("arms.checks.desc"), Width: 460, Height: 300,
		XTicks: chart.Nice(0, 1000, 5), YTicks: chart.Nice(0, math.Max(high, 1), 5)}
	var err error
	fig.SVG, err = chart.Lines(fr, series, nil)
	return []figure{fig}, err
}
