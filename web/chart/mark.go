package chart

import (
	"fmt"
	"html"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Shape is the form of a mark: meaning never rests on colour alone.
type Shape string

// The shapes of marks.
const (
	Diamond  Shape = "diamond"
	Triangle Shape = "triangle"
	Disc     Shape = "disc"
	Cross    Shape = "cross"
)

// mark writes a shape of about eleven pixels around a point.
func (c *canvas) mark(pt vg.Point, m Mark) {
	x, y := c.at(pt)
	var d string
	kind := "f-"
	switch m.Shape {
	case Diamond:
		d = "M" + pair(x, y-6) + "L" + pair(x+6, y) + "L" + pair(x, y+6) + "L" + pair(x-6, y) + "Z"
	case Triangle:
		d = "M" + pair(x, y-5.5) + "L" + pair(x+5.5, y+4.5) + "L" + pair(x-5.5, y+4.5) + "Z"
	case Cross:
		kind = "l-"
		d = "M" + pair(x-4, y-4) + "L" + pair(x+4, y+4) + "M" + pair(x+4, y-4) + "L" + pair(x-4, y+4)
	default:
		d = "M" + pair(x-4, y) + "a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z"
	}
	fmt.Fprintf(&c.out, `<path class="mark %s%s" d="%s"><title>%s</title></path>`, kind, m.Class, d, html.EscapeString(m.Title))
	if m.Label != "" {
		fmt.Fprintf(&c.out, `<text class="t-value" x="%s" y="%s">%s</text>`, coord(x+8), coord(y+4), html.EscapeString(m.Label))
	}
}

// Bar is a horizontal bar with its interval, or a span of time where From is not 0.
type Bar struct {
	Class    Class
	Row      float64 // its height on the y axis
	From, To float64
	Low      *float64 // of the interval, where there is one
	High     *float64
	Text     string // written behind the bar
	Title    string
	Thick    float64 // in pixels; 0: 14
}

// Plot draws the bar, its whisker and its text.
func (b Bar) Plot(c draw.Canvas, p *plot.Plot) {
	fx, fy := p.Transforms(&c)
	cv := canvasOf(c)
	thick := b.Thick
	if thick == 0 {
		thick = 14
	}
	x0, y := cv.at(vg.Point{X: fx(b.From), Y: fy(b.Row)})
	x1, _ := cv.at(vg.Point{X: fx(b.To), Y: fy(b.Row)})
	left, width := math.Min(x0, x1), math.Max(math.Abs(x1-x0), 1)
	fmt.Fprintf(&cv.out, `<rect class="f-%s" x="%s" y="%s" width="%s" height="%s" rx="2"><title>%s</title></rect>`,
		b.Class, coord(left), coord(y-thick/2), coord(width), coord(thick), html.EscapeString(b.Title))
	end := left + width
	if b.Low != nil && b.High != nil {
		l, _ := cv.at(vg.Point{X: fx(*b.Low), Y: fy(b.Row)})
		h, _ := cv.at(vg.Point{X: fx(*b.High), Y: fy(b.Row)})
		fmt.Fprintf(&cv.out, `<path class="l-whisker" d="M%sV%sM%sH%sM%sV%s"/>`,
			pair(l, y-5), coord(y+5), pair(l, y), coord(h), pair(h, y-5), coord(y+5))
		end = math.Max(end, h)
	}
	if b.Text != "" {
		fmt.Fprintf(&cv.out, `<text class="t-value" x="%s" y="%s">%s</text>`, coord(end+6), coord(y+4), html.EscapeString(b.Text))
	}
}
