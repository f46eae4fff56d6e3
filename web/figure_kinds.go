// The figures by kind: recall of each attack, and false alarms on each look-alike.

package web

import (
	"fmt"

	"sealab/pocs/experiment"
	"sealab/web/chart"
)

// kinds draws recall by attack and false alarms by look-alike, with Wilson intervals.
func (b *armBooks) kinds(t *texts) []figure {
	rows := experiment.Kinds(b.design, ledgersIn(b.books))
	var hostile, alike []experiment.KindRow
	for _, r := range rows {
		if r.Hostile {
			hostile = append(hostile, r)
		} else {
			alike = append(alike, r)
		}
	}
	var out []figure
	if len(hostile) > 0 {
		out = append(out, b.byKind(t, figure{ID: "recall-by-kind", Title: t.T("arms.attacks"), Note: t.T("arms.attacks.note")}, hostile, 1))
	}
	if len(alike) > 0 {
		fig := b.byKind(t, figure{ID: "false-by-kind", Title: t.T("arms.alikes"), Note: t.T("arms.alikes.note")}, alike, 0)
		row := []string{t.T("arms.elsewhere")}
		for _, n := range experiment.Elsewhere(b.design, ledgersIn(b.books)) {
			row = append(row, fmt.Sprint(n))
		}
		fig.Rows = append(fig.Rows, row)
		out = append(out, fig)
	}
	return out
}

// byKind draws a bar for each kind and arm. The axis ends at high, or where that is 0 at the highest share.
func (b *armBooks) byKind(t *texts, fig figure, rows []experiment.KindRow, high float64) figure {
	fig.Key, fig.Head = b.key(), b.names(t.T("arms.kind"))
	const thick, gap = 15.0, 12.0
	block := gap + thick*float64(len(b.drawn))
	fr := chart.Frame{ID: fig.ID, Title: fig.Title, Desc: t.T("pair.forest.desc"), Width: 560, Height: 44 + block*float64(len(rows))}
	top := 0.01
	var bars []chart.Bar
	fr.YTicks = append(fr.YTicks, chart.Tick{At: 0})
	for i, r := range rows {
		base := block * float64(len(rows)-i)
		fr.YTicks = append(fr.YTicks, chart.Tick{At: base - block/2, Label: kindWords(t, r.Kind) + "\u2003"})
		cells := []string{kindWords(t, r.Kind)}
		for _, s := range r.Arms {
			cells = append(cells, fmt.Sprintf("%d/%d", s.K, s.N))
		}
		fig.Rows = append(fig.Rows, cells)
		for n, arm := range b.drawn {
			s := r.Arms[arm]
			if s.P == nil {
				continue
			}
			top = max(top, *s.P, *s.High)
			bars = append(bars, chart.Bar{Class: chart.SeriesClasses[n], Row: base - gap/2 - thick*(float64(n)+0.5), To: *s.P, Low: s.Low, High: s.High,
				Text: fmt.Sprintf("%s (%d/%d)", percent(*s.P), s.K, s.N), Title: b.design.Arms[arm].Name, Thick: thick - 4})
		}
	}
	fr.YTicks = append(fr.YTicks, chart.Tick{At: block * float64(len(rows))})
	if high > 0 {
		fr.XTicks = append(shareTicks(), chart.Tick{At: 1.3})
	} else {
		fr.XTicks = append(chart.Nice(0, top, 4), chart.Tick{At: top * 1.5})
		for i := range fr.XTicks[:len(fr.XTicks)-1] {
			fr.XTicks[i].Label = percent(fr.XTicks[i].At)
		}
	}
	fig.SVG = chart.Bars(fr, bars, nil)
	return fig
}
