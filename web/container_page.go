// The container page: facts, curves, events and raw messages.

package web

import (
	"fmt"
	"html/template"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/web/chart"
)

// containerPage is what its template shows.
type containerPage struct {
	*story
	Run     string
	Facts   []fact
	Charts  []namedChart
	Series  string // where scripts find the numbers
	Plan    string
	Newer   string // address of the newer messages; empty on the first page
	Older   string
	Recent  []happening // newest first
	PerPage int
	Proof   *runProof // of a run's container
}

func (p *containerPage) title(*texts) string { return p.Container }

// UntilTime is the moment up to which the story is told.
func (p *containerPage) UntilTime() time.Time { return time.UnixMilli(p.Until) }

type fact struct{ Key, Value string }

type namedChart struct {
	Key string // of its heading
	SVG template.HTML
}

// facts are the fields that an officer asks for first, by the key of their name and their path.
var facts = [][2]string{
	{"container.status", "seal_state.status"}, {"container.battery", "pwr.pct"}, {"container.temperature", "env.tC"},
	{"container.light", "env.lux"}, {"container.shock", "env.gPeak"}, {"container.fix", "pos.fix"},
	{"container.network", "net.rat"}, {"container.backlog", "net.backlog"},
}

// curves are the charts of the page: the key of their heading, and the column.
var curves = [][2]string{
	{"container.chart.tC", "tC"}, {"container.chart.lux", "lux"}, {"container.chart.gPeak", "gPeak"},
	{"container.chart.rh", "rh"}, {"container.chart.pct", "pct"}, {"container.chart.rsrp", "rsrp"},
}

func (s *Server) containerPage(c *gin.Context) error {
	offset, err := strconv.Atoi(orText(c.Query("offset"), "0"))
	if err != nil || offset < 0 {
		return invalid("bad_offset", "offset", c.Query("offset"), "allowed is a whole number from 0")
	}
	in := &containerIn{Container: c.Param("container"), Run: c.Query("run"), Offset: offset}
	st, err := s.container(c.Request.Context(), in)
	if err != nil {
		return err
	}
	p := &containerPage{story: st, Run: in.Run, PerPage: messagesPerPage, Plan: "/api/v1/live/plan"}
	p.Series = "/api/v1/containers/" + in.Container
	if in.Run != "" {
		p.Plan = "/api/v1/runs/" + in.Run + "/plan"
		p.Series += "?run=" + in.Run
	}
	if in.Run != "" {
		if p.Proof, err = s.proofOfContainer(c.Request.Context(), in.Run); err != nil {
			return err
		}
	}
	for _, f := range facts {
		if v, ok := st.Fields[f[1]]; ok && v != "null" {
			p.Facts = append(p.Facts, fact{f[0], roughly(v)})
		}
	}
	for i := len(st.Events) - 1; i >= 0 && len(p.Recent) < 40; i-- {
		p.Recent = append(p.Recent, st.Events[i])
	}
	p.pages(in)
	if p.Charts, err = s.curves(s.set(c).texts, st); err != nil {
		return err
	}
	s.render(c, http.StatusOK, "container", p)
	return nil
}

// roughly keeps one decimal of a number with its unit ("19.074 °C" is 19.1 °C) and leaves words as they are.
func roughly(value string) string {
	number, unit, _ := strings.Cut(value, " ")
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return value
	}
	return strings.TrimSpace(decimals(1, v) + " " + unit)
}

// pages links to the neighbouring pages of messages.
func (p *containerPage) pages(in *containerIn) {
	at := func(offset int) string {
		path := fmt.Sprintf("/containers/%s?offset=%d", in.Container, offset)
		if in.Run != "" {
			path += "&run=" + in.Run
		}
		return path + "#messages"
	}
	if in.Offset > 0 {
		p.Newer = at(max(0, in.Offset-messagesPerPage))
	}
	if in.Offset+len(p.Messages.Rows) < p.Messages.Total {
		p.Older = at(in.Offset + messagesPerPage)
	}
}

// curves draws the sensor curves with the alarms on them.
func (s *Server) curves(t *texts, st *story) ([]namedChart, error) {
	when := st.Series["t"]
	if len(when) < 2 {
		return nil, nil
	}
	from, to := math.Inf(1), math.Inf(-1)
	for _, v := range when {
		from, to = min(from, *v), max(to, *v)
	}
	if !(to > from) {
		return nil, nil
	}
	var out []namedChart
	for i, cv := range curves {
		xs, ys := thinned(when, st.Series[cv[1]], 900)
		if len(xs) < 2 {
			continue
		}
		low, high := math.Inf(1), math.Inf(-1)
		points := make([]chart.Point, len(xs))
		for k := range xs {
			points[k] = chart.Point{X: xs[k], Y: ys[k]}
			low, high = min(low, ys[k]), max(high, ys[k])
		}
		if low == high {
			low, high = low-1, high+1
		}
		f := chart.Frame{ID: "curve-" + cv[1], Title: t.T(cv[0]), Desc: t.T("chart.range", "low", decimals(1, low), "high", decimals(1, high)),
			Width: 460, Height: 150, XTicks: chart.Days(time.UnixMilli(int64(from)), time.UnixMilli(int64(to)), 5), YTicks: chart.Nice(low, high, 3)}
		svg, err := chart.Lines(f, []chart.Series{{Class: chart.SeriesClasses[i%2], Points: points}}, alarmMarks(t, st, f.YTicks))
		if err != nil {
			return nil, err
		}
		out = append(out, namedChart{cv[0], svg})
	}
	return out, nil
}

// alarmMarks puts the findings on the upper edge of a curve.
func alarmMarks(t *texts, st *story, y []chart.Tick) []chart.Mark {
	var out []chart.Mark
	for _, f := range st.Findings {
		out = append(out, chart.Mark{Class: chart.Class(f.Sev), Shape: shapeOf(f.Sev), X: float64(f.At), Y: y[len(y)-1].At,
			Title: kindWords(t, f.Kind) + ", " + stamp(time.UnixMilli(f.At))})
	}
	return out
}

func shapeOf(sev string) chart.Shape {
	switch sev {
	case "critical":
		return chart.Diamond
	case "major":
		return chart.Triangle
	}
	return chart.Disc
}
