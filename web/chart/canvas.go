// Package chart draws the hub's charts as SVG that wears the page's classes, so that they follow light and dark, print,
// work without a script, and pass a content policy that forbids styles.
//
// gonum/plot does the arithmetic of axes, ticks and steps; it draws on a vg.Canvas. The canvas here writes paths and
// plain text whose colour is a class of static/chart.css instead of a number.
package chart

import (
	"fmt"
	"html"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// Class is a colour by name: a class of chart.css decides what it looks like.
type Class string

// RGBA makes a Class a color.Color. Nothing here asks for it; the library's interface does.
func (Class) RGBA() (r, g, b, a uint32) { return 0, 0, 0, 0xffff }

// canvas writes SVG. Widths and dashes belong to the class, so the ones that the library sets are dropped.
type canvas struct {
	w, h  float64
	out   strings.Builder
	state state
	stack []state
}

// state is what Push keeps: the colour and the transform x' = a·x + c·y + e, y' = b·x + d·y + f.
type state struct {
	class            string
	a, b, c, d, e, f float64
	hidden           bool // a line of no width is not drawn
}

func newCanvas(w, h float64) *canvas {
	return &canvas{w: w, h: h, state: state{a: 1, d: 1, class: "ink"}}
}

func (c *canvas) Size() (x, y vg.Length)              { return vg.Length(c.w), vg.Length(c.h) }
func (c *canvas) SetLineWidth(w vg.Length)            { c.state.hidden = w <= 0 }
func (c *canvas) SetLineDash([]vg.Length, vg.Length)  {}
func (c *canvas) Push()                               { c.stack = append(c.stack, c.state) }
func (c *canvas) DrawImage(vg.Rectangle, image.Image) {}
func (c *canvas) Stroke(p vg.Path)                    { c.path(p, "l-") }
func (c *canvas) Fill(p vg.Path)                      { c.path(p, "f-") }

// SetColor takes the class; any other colour is ink.
func (c *canvas) SetColor(col color.Color) {
	c.state.class = "ink"
	if class, ok := col.(Class); ok {
		c.state.class = string(class)
	}
}

// Pop goes back to the state that was pushed last.
func (c *canvas) Pop() {
	c.state = c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
}

// Rotate turns what is drawn from now on.
func (c *canvas) Rotate(rad float64) {
	s := &c.state
	sin, cos := math.Sincos(rad)
	s.a, s.b, s.c, s.d = s.a*cos+s.c*sin, s.b*cos+s.d*sin, s.c*cos-s.a*sin, s.d*cos-s.b*sin
}

// Translate moves what is drawn from now on.
func (c *canvas) Translate(pt vg.Point) {
	s := &c.state
	x, y := float64(pt.X), float64(pt.Y)
	s.e, s.f = s.e+s.a*x+s.c*y, s.f+s.b*x+s.d*y
}

// Scale stretches what is drawn from now on.
func (c *canvas) Scale(x, y float64) {
	s := &c.state
	s.a, s.b, s.c, s.d = s.a*x, s.b*x, s.c*y, s.d*y
}

// at is a point in SVG's own measure, where y grows downwards.
func (c *canvas) at(pt vg.Point) (x, y float64) {
	s := &c.state
	px, py := float64(pt.X), float64(pt.Y)
	return s.a*px + s.c*py + s.e, c.h - (s.b*px + s.d*py + s.f)
}

func (c *canvas) path(p vg.Path, prefix string) {
	if len(p) == 0 || (prefix == "l-" && c.state.hidden) {
		return
	}
	fmt.Fprintf(&c.out, `<path class="%s%s" d="`, prefix, c.state.class)
	for _, comp := range p {
		x, y := c.at(comp.Pos)
		switch comp.Type {
		case vg.MoveComp:
			c.out.WriteString("M" + pair(x, y))
		case vg.LineComp:
			c.out.WriteString("L" + pair(x, y))
		case vg.CloseComp:
			c.out.WriteString("Z")
		case vg.CurveComp:
			c.curve(comp)
		case vg.ArcComp:
			c.arc(comp)
		}
	}
	c.out.WriteString(`"/>`)
}

func (c *canvas) curve(comp vg.PathComp) {
	c.out.WriteString(map[int]string{1: "Q", 2: "C"}[len(comp.Control)])
	for _, pt := range comp.Control {
		x, y := c.at(pt)
		c.out.WriteString(pair(x, y) + " ")
	}
	x, y := c.at(comp.Pos)
	c.out.WriteString(pair(x, y))
}

// arc goes in steps of at most a third of a turn, so that a full circle has an end that is not its start.
func (c *canvas) arc(comp vg.PathComp) {
	r := float64(comp.Radius)
	on := func(angle float64) string {
		sin, cos := math.Sincos(angle)
		x, y := c.at(vg.Point{X: comp.Pos.X + vg.Length(r*cos), Y: comp.Pos.Y + vg.Length(r*sin)})
		return pair(x, y)
	}
	steps := int(math.Ceil(math.Abs(comp.Angle) / (2 * math.Pi / 3)))
	sweep := "0"
	if comp.Angle < 0 {
		sweep = "1"
	}
	c.out.WriteString("L" + on(comp.Start))
	for i := 1; i <= steps; i++ {
		fmt.Fprintf(&c.out, "A%s %s 0 0 %s %s", coord(r), coord(r), sweep, on(comp.Start+comp.Angle*float64(i)/float64(steps)))
	}
}

// FillString writes plain text; size and face belong to the class.
func (c *canvas) FillString(_ font.Face, pt vg.Point, text string) {
	if text == "" {
		return
	}
	x, y := c.at(pt)
	turn := ""
	if angle := -math.Atan2(c.state.b, c.state.a) * 180 / math.Pi; math.Abs(angle) > 0.01 {
		turn = fmt.Sprintf(` transform="rotate(%s %s)"`, coord(angle), pair(x, y))
	}
	fmt.Fprintf(&c.out, `<text class="t-%s" x="%s" y="%s"%s>%s</text>`, c.state.class, coord(x), coord(y), turn, html.EscapeString(text))
}

// coord prints a tenth of a pixel: finer than any screen, and short.
func coord(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

func pair(x, y float64) string { return coord(x) + " " + coord(y) }
