// The charts of a trace: the act on a line of time, and the fields that change, seal beside honest twin.

package web

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"time"

	"sealab/sim/attacks"
	"sealab/sim/geo"
	"sealab/sim/seal"
	"sealab/web/chart"
)

// sortMarks are how messages of each sort are drawn: shape and colour both tell.
var sortMarks = map[attacks.Sort]chart.Mark{
	attacks.Same: {Class: "faint", Shape: chart.Disc}, attacks.Follows: {Class: "faint", Shape: chart.Disc},
	attacks.Again: {Class: "s1", Shape: chart.Disc}, attacks.Differs: {Class: "major", Shape: chart.Triangle},
	attacks.Extra: {Class: "critical", Shape: chart.Diamond}, attacks.Missing: {Class: "missed", Shape: chart.Cross},
}

// traceTimeline draws act, window and messages.
func traceTimeline(t *texts, tr *attacks.Trace) template.HTML {
	from, to := tr.Span()
	in := &tr.Incident
	rows := []chart.Tick{{At: 0.4}, {At: 1, Label: t.T("library.line.twin")}, {At: 2, Label: t.T("library.line.heard")},
		{At: 3, Label: t.T("library.line.window")}, {At: 4, Label: t.T("library.line.act")}, {At: 4.6}}
	clamped := func(at time.Time) float64 { return float64(min(max(at.UnixMilli(), from.UnixMilli()), to.UnixMilli())) }
	bars := []chart.Bar{
		{Class: "critical", Row: 4, From: clamped(in.Start), To: clamped(in.End), Title: t.T("library.line.act")},
		{Class: "alike", Row: 3, From: clamped(tr.Opens), To: clamped(tr.Closes), Title: t.T("library.line.window")},
	}
	if !in.Hostile {
		bars[0].Class, bars[0].Row, bars = "minor", 3, bars[:1]
		rows = slices.Delete(rows, 3, 4)
		rows[3].At, rows[4].At = 3, 3.6
	}
	var marks []chart.Mark
	put := func(row float64, at time.Time, sort attacks.Sort, title string) {
		m := sortMarks[sort]
		m.X, m.Y, m.Title = float64(at.UnixMilli()), row, title
		marks = append(marks, m)
	}
	for i := range tr.Twin {
		put(1, tr.Twin[i].Made, attacks.Same, stamp(tr.Twin[i].Made))
	}
	for i := range tr.Rows {
		if r := &tr.Rows[i]; r.Heard.IsZero() {
			put(1, r.Made, r.Sort, r.What+", "+stamp(r.Made))
		} else {
			put(2, r.Heard, r.Sort, r.What+", "+stamp(r.Heard))
		}
	}
	f := chart.Frame{ID: "timeline", Title: t.T("library.timeline"), Desc: t.T("library.timeline.desc", "start", stamp(in.Start), "end", stamp(in.End), "heard", stamp(in.HeardAt)),
		Width: 900, Height: float64(70 + 26*len(rows)), XTicks: chart.Days(from, to, 8), YTicks: rows}
	return chart.Bars(f, bars, marks)
}

// shownCharts is how many fields are drawn at most.
const shownCharts = 6

// plotted are the fields that a curve can show, those that say most first; the place is drawn as the distance from the
// honest twin.
var plotted = []seal.Field{seal.Lat, seal.Lux, seal.GPeak, seal.GRms, seal.MagMT, seal.TC, seal.RH, seal.Jam, seal.CN0, seal.CN0SD, seal.Sats,
	seal.SpdKn, seal.AgeS, seal.Tilt, seal.RSRP, seal.Pct, seal.MV, seal.Boot, seal.Seq, seal.Backlog, seal.AccM, seal.COG, seal.MNC}

func traceCharts(t *texts, tr *attacks.Trace) ([]kindChart, error) {
	var differ seal.Mask
	for i := range tr.Rows {
		for _, f := range tr.Rows[i].Fields {
			differ |= 1 << f
		}
	}
	var out []kindChart
	for _, f := range plotted {
		if differ&(1<<f) == 0 || len(out) == shownCharts {
			continue
		}
		svg, err := traceChart(t, tr, f)
		if err != nil {
			return nil, err
		}
		c := kindChart{f.String(), seal.Fields[f].Unit, svg}
		if f == seal.Lat {
			c.Field, c.Unit = "away", "km"
		}
		out = append(out, c)
	}
	return out, nil
}

// traceChart draws one field: the honest twin, the seal, and whoever sends under its id.
func traceChart(t *texts, tr *attacks.Trace, f seal.Field) (template.HTML, error) {
	value := func(r *seal.Reading, at time.Time) float64 {
		if f == seal.Lat {
			return awayKM(tr, r, at)
		}
		v, ok := r.Get(f)
		if !ok {
			return math.NaN()
		}
		return float64(v) / float64(f.PerUnit())
	}
	twin, own, other := chart.Series{Class: "s1"}, chart.Series{Class: "s2"}, chart.Series{Class: "s4"}
	low, high := math.Inf(1), math.Inf(-1)
	add := func(s *chart.Series, r *seal.Reading, at time.Time) {
		y := value(r, at)
		s.Points = append(s.Points, chart.Point{X: float64(at.UnixMilli()), Y: y})
		if !math.IsNaN(y) {
			low, high = min(low, y), max(high, y)
		}
	}
	for i := range tr.Twin {
		add(&twin, &tr.Twin[i].Reading, tr.Twin[i].Made)
	}
	for i := range tr.Rows {
		switch r := &tr.Rows[i]; {
		case r.Reading == nil, r.Sort == attacks.Again:
		case r.Foreign:
			add(&other, r.Reading, r.Made)
		default:
			add(&own, r.Reading, r.Made)
		}
	}
	slices.SortStableFunc(own.Points, func(a, b chart.Point) int { return cmp.Compare(a.X, b.X) })
	if !(high > low) {
		low, high = low-1, high+1
	}
	from, to := tr.Span()
	frame := chart.Frame{ID: "trace-" + f.String(), Title: t.Or("field."+f.String(), f.String()),
		Desc:  t.T("chart.range", "low", decimals(2, low), "high", decimals(2, high)),
		Width: 330, Height: 130, XTicks: chart.Days(from, to, 4), YTicks: chart.Nice(low, high, 3)}
	base := frame.YTicks[0].At
	marks := []chart.Mark{
		{Class: "critical", Shape: chart.Triangle, X: float64(tr.Incident.Start.UnixMilli()), Y: base, Title: t.T("library.mark.start", "at", stamp(tr.Incident.Start))},
		{Class: "major", Shape: chart.Diamond, X: float64(min(tr.Opens.UnixMilli(), to.UnixMilli())), Y: base, Title: t.T("library.mark.heard", "at", stamp(tr.Opens))},
	}
	return chart.Lines(frame, []chart.Series{twin, own, other}, marks)
}

// awayKM is how far a reading's place is from that of the honest twin's reading before it, in km.
func awayKM(tr *attacks.Trace, r *seal.Reading, at time.Time) float64 {
	lat, hasLat := r.Get(seal.Lat)
	lon, hasLon := r.Get(seal.Lon)
	var twin *seal.Reading
	for i := range tr.Twin {
		if s := &tr.Twin[i]; !s.Made.After(at) && s.Reading.Has&(1<<seal.Lat) != 0 {
			twin = &s.Reading
		}
	}
	if !hasLat || !hasLon || twin == nil {
		return math.NaN()
	}
	return geo.DistanceM(float64(lat)/1e6, float64(lon)/1e6, float64(twin.Val[seal.Lat])/1e6, float64(twin.Val[seal.Lon])/1e6) / 1000
}
