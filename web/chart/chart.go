package chart

import (
	"fmt"
	"html"
	"html/template"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SeriesClasses are the four series of the design, in order; a fifth begins again and must be told apart by its name.
var SeriesClasses = [4]Class{"s1", "s2", "s3", "s4"}

// Frame says how large a chart is and what its axes are. Title and Desc are read aloud and not drawn.
type Frame struct {
	ID             string // unique on its page
	Title, Desc    string
	Width, Height  float64
	XTicks, YTicks []Tick // where the axes are marked; the range of an axis ends at its outermost marks
}

// Tick is one mark of an axis.
type Tick struct {
	At    float64
	Label string
}

// Point is one place of a series.
type Point struct{ X, Y float64 }

// Series is a named line.
type Series struct {
	Class  Class
	Points []Point
	Step   bool // holds its value until the next point
}

// Mark is a small sign at a place, for what happened at a moment.
type Mark struct {
	Class Class
	Shape Shape
	X, Y  float64
	Title string // shown by the browser over the mark
	Label string // written beside it
}

// slack stands behind the labels of the y axis: the page's face can be wider than the one that the library measures by.
const slack = "\u2002\u2002"

// axes makes a plot with nothing but the design's axes and grid.
func (f Frame) axes() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	for i, axis := range []*plot.Axis{&p.X, &p.Y} {
		ticks := [][]Tick{f.XTicks, f.YTicks}[i]
		axis.LineStyle.Width = 0
		axis.Tick.LineStyle.Width = 0
		axis.Tick.Length = 3
		axis.Tick.Label.Color = Class("tick")
		axis.Tick.Label.Font.Size = 11
		axis.Padding = 2
		marks := make(plot.ConstantTicks, len(ticks))
		axis.Min, axis.Max = math.Inf(1), math.Inf(-1)
		for i, t := range ticks {
			label := t.Label
			if label == "" {
				label = " " // the library takes an empty label for a minor mark, which has no grid line
			}
			if axis == &p.Y {
				label += slack
			}
			marks[i] = plot.Tick{Value: t.At, Label: label}
			axis.Min, axis.Max = min(axis.Min, t.At), max(axis.Max, t.At)
		}
		axis.Tick.Marker = marks
	}
	line := draw.LineStyle{Color: Class("grid"), Width: 1}
	p.Add(&plotter.Grid{Vertical: line, Horizontal: line})
	return p
}

// svg draws a plot and wraps it with its title, so that a screen reader has words for it.
func (f Frame) svg(p *plot.Plot, over ...plot.Plotter) template.HTML {
	c := newCanvas(f.Width, f.Height)
	xmin, xmax, ymin, ymax := p.X.Min, p.X.Max, p.Y.Min, p.Y.Max
	p.Add(over...)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = xmin, xmax, ymin, ymax // the marks decide, not the data
	p.Draw(draw.Crop(draw.New(c), 2, -10, 4, -6))
	return template.HTML(fmt.Sprintf(`<svg class="chart" width="%s" height="%s" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-t %s-d">`+
		`<title id="%s-t">%s</title><desc id="%s-d">%s</desc>%s</svg>`, coord(f.Width), coord(f.Height), coord(f.Width), coord(f.Height), f.ID, f.ID,
		f.ID, html.EscapeString(f.Title), f.ID, html.EscapeString(f.Desc), c.out.String()))
}

// Lines draws series over the axes, and marks over the series.
func Lines(f Frame, series []Series, marks []Mark) (template.HTML, error) {
	p := f.axes()
	var over []plot.Plotter
	for _, s := range series {
		for _, part := range runs(s.Points) {
			line, err := plotter.NewLine(part)
			if err != nil {
				return "", fmt.Errorf("draw %s: %w", f.ID, err)
			}
			line.LineStyle = draw.LineStyle{Color: s.Class, Width: 2}
			if s.Step {
				line.StepStyle = plotter.PostStep
			}
			over = append(over, line)
		}
	}
	for _, m := range marks {
		over = append(over, m)
	}
	return f.svg(p, over...), nil
}

// runs cuts a series where a value is missing (NaN): a gap is shown as a gap.
func runs(points []Point) []plotter.XYs {
	var out []plotter.XYs
	var part plotter.XYs
	for _, pt := range points {
		if math.IsNaN(pt.Y) || math.IsInf(pt.Y, 0) {
			if len(part) > 0 {
				out, part = append(out, part), nil
			}
			continue
		}
		part = append(part, plotter.XY{X: pt.X, Y: pt.Y})
	}
	if len(part) > 0 {
		out = append(out, part)
	}
	return out
}

// canvasOf finds our canvas under the library's, which may be crops of crops.
func canvasOf(c draw.Canvas) *canvas {
	for {
		switch under := c.Canvas.(type) {
		case *canvas:
			return under
		case draw.Canvas:
			c = under
		default:
			panic(fmt.Sprintf("draw mark: the canvas is a %T", under)) // impossible: svg makes the only one
		}
	}
}

// Plot draws the mark.
func (m Mark) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	canvasOf(c).mark(vg.Point{X: x(m.X), Y: y(m.Y)}, m)
}
