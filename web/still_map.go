// The map as it stands: an SVG of dots and alarms for whoever has no script, or reads on paper.

package web

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"sealab/sim"
)

// The still map's own measure: Mercator, with the world this many units wide, seen through a window of that size.
const (
	stillWorld  = 1600.0
	stillWidth  = 1000.0
	stillHeight = 560.0
)

// mercator places degrees on the still map's world; y grows downwards.
func mercator(lat, lon float64) (x, y float64) {
	lat = min(max(lat, -80), 80)
	x = (lon + 180) / 360 * stillWorld
	y = (0.5 - math.Log(math.Tan(math.Pi/4+lat*math.Pi/360))/(2*math.Pi)) * stillWorld
	return x, y
}

// still is a map in the making: what is drawn, and the box that holds it.
type still struct {
	lanes, sea, land       strings.Builder
	minX, minY, maxX, maxY float64
	alarms                 []stillMark
}

// stillShapes are the shapes of severities around a point.
var stillShapes = map[string]string{
	"critical": "m0-6l6 6-6 6-6-6z", "major": "m0-6l6 10h-12z", "minor": "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
}

type stillMark struct {
	x, y       float64
	text, link string
	sev        string
}

func newStill() *still {
	return &still{minX: math.Inf(1), minY: math.Inf(1), maxX: math.Inf(-1), maxY: math.Inf(-1)}
}

func (m *still) reach(x, y float64) {
	m.minX, m.maxX = min(m.minX, x), max(m.maxX, x)
	m.minY, m.maxY = min(m.minY, y), max(m.maxY, y)
}

// dot adds a container; a line of no length with round ends is a dot, and the shortest way to write one.
func (m *still) dot(lat, lon float64, atSea bool) {
	x, y := mercator(lat, lon)
	m.reach(x, y)
	out := &m.land
	if atSea {
		out = &m.sea
	}
	fmt.Fprintf(out, "M%.1f %.1fh0", x, y)
}

// lane draws a vehicle's way, with enough of its points to tell its shape.
func (m *still) lane(v *sim.PlanVehicle) {
	step := max(1, len(v.Times)/80)
	for i := 0; i < len(v.Times); i += step {
		x, y := mercator(float64(v.LatE4[i])/1e4, float64(v.LonE4[i])/1e4)
		m.reach(x, y)
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(&m.lanes, "%s%.0f %.0f", verb, x, y)
	}
}

// svg writes the map.
func (m *still) svg(title string) template.HTML {
	if m.minX > m.maxX {
		return ""
	}
	w, h := m.maxX-m.minX+120, m.maxY-m.minY+160
	if w/h < stillWidth/stillHeight {
		w = h * stillWidth / stillHeight
	} else {
		h = w * stillHeight / stillWidth
	}
	midX, midY := (m.minX+m.maxX)/2, (m.minY+m.maxY)/2
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="stillmap" viewBox="%.1f %.1f %.1f %.1f" role="img"><title>%s</title>`, midX-w/2, midY-h/2, w, h, html.EscapeString(title))
	fmt.Fprintf(&b, `<path class="l-coast" d="%s"/>`, m.lanes.String())
	fmt.Fprintf(&b, `<path class="l-lane on-land" d="%s"/><path class="l-lane" d="%s"/>`, m.land.String(), m.sea.String())
	for _, a := range m.alarms {
		fmt.Fprintf(&b, `<a href="%s"><path class="mark f-%s" d="M%.1f %.1f%s"><title>%s</title></path></a>`,
			html.EscapeString(a.link), a.sev, a.x, a.y, stillShapes[a.sev], html.EscapeString(a.text))
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// stillOf draws the live world at a moment.
func stillOf(st *liveState, now int64, t *texts) template.HTML {
	m := newStill()
	drawn := map[string]bool{} // vessels of one service share their lane: "vessel-CNNGB-DEHAM-01"
	for i := range st.w.plan.Vehicles {
		v := &st.w.plan.Vehicles[i]
		service := v.ID[:max(0, strings.LastIndex(v.ID, "-"))]
		if v.Kind == "vessel" && !drawn[service] {
			drawn[service] = true
			m.lane(v)
		}
	}
	for i := range st.w.plan.Seals {
		s := &st.w.plan.Seals[i]
		lat, lon, kind, ok := planned(&st.w.plan, s, now)
		if !ok {
			continue
		}
		m.dot(lat, lon, kind == "vessel")
	}
	since := now - openAlarm.Milliseconds()
	for _, a := range st.alarms {
		if a.T > since {
			x, y := mercator(a.Lat, a.Lon)
			m.alarms = append(m.alarms, stillMark{x, y, a.Text + ", " + a.C, "/containers/" + a.C, a.Sev})
		}
	}
	return m.svg(t.T("live.map"))
}
