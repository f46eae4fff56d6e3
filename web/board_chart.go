// The means of a leaderboard with their intervals, drawn: what overlaps is seen at once.

package web

import (
	"html/template"

	"sealab/web/chart"
)

// drawnPlaces is how many arms the chart shows; all are in the table.
const drawnPlaces = 12

// Cut reports whether the chart shows fewer arms than there are.
func (b *boardJSON) Cut() bool { return len(b.Places) > drawnPlaces }

// draw draws the first places; empty where there is none.
func (b *boardJSON) draw(t *texts) template.HTML {
	places := b.Places[:min(len(b.Places), drawnPlaces)]
	if len(places) == 0 {
		return ""
	}
	rows := float64(len(places))
	f := chart.Frame{ID: "means", Title: t.T("board.chart.title", "measure", measureWords(t, b.Measure)), Desc: t.T("board.chart.desc"),
		Width: 460, Height: 46 + 30*rows, YTicks: []chart.Tick{{At: 0.4}}}
	low, high := 0.0, 0.0
	var bars []chart.Bar
	for i := range places {
		p, row := &places[i], rows-float64(i)
		bar := chart.Bar{Class: "s1", Row: row, To: *p.Mean, Low: p.Low, High: p.High, Text: measured(t, b.Unit, p.Mean), Title: p.Arm, Thick: 14}
		if p.Reference {
			bar.Class = "faint"
		}
		f.YTicks = append(f.YTicks, chart.Tick{At: row, Label: shortArm(p.Arm)})
		for _, end := range []*float64{p.Mean, p.Low, p.High} {
			if end != nil {
				low, high = min(low, *end), max(high, *end)
			}
		}
		bars = append(bars, bar)
	}
	f.YTicks = append(f.YTicks, chart.Tick{At: rows + 0.6})
	f.XTicks = chart.Nice(low, high+0.25*(high-low), 5)
	return chart.Bars(f, bars, nil)
}

// shortArm is an arm's name as far as it leaves room for the bars.
func shortArm(name string) string {
	const most = 26
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}
