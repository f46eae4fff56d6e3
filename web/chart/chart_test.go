package chart

import (
	"flag"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a chart with the file of its name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = strings.ReplaceAll(got, "><", ">\n<") + "\n" // so that a difference shows in its line
	file := filepath.Join("testdata", name+".svg")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is not as it was; got\n%s", file, got)
	}
	for _, banned := range []string{"style=", "#", "rgb", "NaN", "Inf"} {
		if strings.Contains(got, banned) {
			t.Errorf("%s holds %q", name, banned)
		}
	}
}

func TestGoldenSteps(t *testing.T) {
	f := Frame{ID: "a", Title: "Caught <soon>", Desc: "Two curves", Width: 420, Height: 220, XTicks: Nice(0, 6, 6),
		YTicks: []Tick{{0, "0 %"}, {0.5, "50 %"}, {1, "100 %"}}}
	svg, err := Lines(f, []Series{
		{Class: "s1", Step: true, Points: []Point{{0, 0}, {1, 0.5}, {3, 0.875}, {6, 0.875}}},
		{Class: "s2", Step: true, Points: []Point{{0, 0.25}, {6, 0.25}}},
	}, []Mark{{Class: "critical", Shape: Diamond, X: 2, Y: 0.5, Title: "here & now"}})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "steps", string(svg))
}

func TestGoldenCurveWithGapAndDays(t *testing.T) {
	from := time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)
	to := from.AddDate(0, 0, 9)
	at := func(days float64) float64 { return float64(from.UnixMilli()) + days*86400e3 }
	f := Frame{ID: "b", Title: "Temperature", Width: 460, Height: 150, XTicks: Days(from, to, 5), YTicks: Nice(-12.5, 31, 3)}
	svg, err := Lines(f, []Series{{Class: "s1", Points: []Point{{at(0), 10}, {at(2), 30}, {at(3), math.NaN()}, {at(4), -12}, {at(9), 5}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(svg), `class="l-s1"`) != 2 {
		t.Error("the gap is not shown as a gap")
	}
	golden(t, "curve", string(svg))
}

func TestGoldenBars(t *testing.T) {
	low, high := 70.0, 90.0
	f := Frame{ID: "c", Title: "Score", Width: 330, Height: 120, XTicks: Nice(-20, 110, 5), YTicks: []Tick{{0.4, ""}, {2, "kalman"}, {1, "rules"}, {2.6, ""}}}
	golden(t, "bars", string(Bars(f, []Bar{
		{Class: "s1", Row: 2, To: 81.8, Low: &low, High: &high, Text: "81.8", Title: "kalman"},
		{Class: "s2", Row: 1, To: -12, Text: "−12", Thick: 20},
	}, []Mark{{Class: "major", Shape: Triangle, X: 50, Y: 1}, {Class: "minor", Shape: Disc, X: 60, Y: 1}, {Class: "faint", Shape: Cross, X: 70, Y: 1}})))
}

func TestNiceMarks(t *testing.T) {
	for _, c := range []struct{ low, high float64 }{{0, 6}, {-3, 100}, {0, 0.9}, {5, 5}, {68.9, 70.4}, {-1e-9, 1e-9}, {0, 1e6}} {
		var labels []string
		for _, tick := range Nice(c.low, c.high, 6) {
			labels = append(labels, tick.Label)
		}
		got := strings.Join(labels, " ")
		if first, last := Nice(c.low, c.high, 6)[0].At, Nice(c.low, c.high, 6)[len(labels)-1].At; first > c.low || last < c.high-1e-9 {
			t.Errorf("marks of %v–%v do not span it: %s", c.low, c.high, got)
		}
		if len(labels) < 3 || len(labels) > 9 {
			t.Errorf("%v–%v has %d marks: %s", c.low, c.high, len(labels), got)
		}
	}
}

func TestHoursWithinTwoDays(t *testing.T) {
	from := time.Date(2026, 3, 2, 22, 30, 0, 0, time.UTC)
	var labels []string
	for _, tick := range Days(from, from.Add(12*time.Hour), 4) {
		labels = append(labels, tick.Label)
	}
	if got := strings.Join(labels, " "); got != " 00:00 03:00 06:00 09:00 " {
		t.Errorf("got %q", got)
	}
}

func TestCanvasKeepsItsTransforms(t *testing.T) {
	c := newCanvas(100, 100)
	c.Push()
	c.Translate(vg.Point{X: 10, Y: 20})
	c.Rotate(math.Pi / 2)
	c.Scale(2, 1)
	c.SetColor(Class("tick"))
	c.FillString(font.Face{}, vg.Point{X: 5}, "up & on")
	c.Pop()
	c.SetColor(color.White)
	c.FillString(font.Face{}, vg.Point{X: 5}, "plain")
	c.FillString(font.Face{}, vg.Point{}, "")
	want := `<text class="t-tick" x="10" y="70" transform="rotate(-90 10 70)">up &amp; on</text><text class="t-ink" x="5" y="100">plain</text>`
	if got := c.out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCanvasDrawsEveryComponent(t *testing.T) {
	c := newCanvas(100, 100)
	var p vg.Path
	p.Move(vg.Point{})
	p.Line(vg.Point{X: 10})
	p.QuadTo(vg.Point{X: 15, Y: 5}, vg.Point{X: 20})
	p.CubeTo(vg.Point{X: 25}, vg.Point{X: 25, Y: 5}, vg.Point{X: 30})
	p.Arc(vg.Point{X: 50, Y: 50}, 10, 0, 2*math.Pi)
	p.Close()
	c.SetLineWidth(0)
	c.Stroke(p)
	if c.out.Len() != 0 {
		t.Error("a line without width was drawn")
	}
	c.Fill(p)
	got := c.out.String()
	for _, want := range []string{"M0 100", "L10 100", "Q15 95 20 100", "C25 100 25 95 30 100", "L60 50A10 10 0 0 0", "Z"} {
		if !strings.Contains(got, want) {
			t.Errorf("the path lacks %q: %s", want, got)
		}
	}
}
