// Cost against quality: which arms no other beats in both.

package experiment

import (
	"fmt"

	"sealab/pocs"
)

// Front is two measures laid against each other.
type Front struct {
	X      string  `json:"x"`
	Y      string  `json:"y"`
	Points []Point `json:"points"` // in the design's order; arms without one of the two are left out
}

// Point is one arm's means.
type Point struct {
	Arm      string  `json:"arm"`
	X        float64 `json:"x"`
	Y        float64 `json:"y"`
	OnFront  bool    `json:"on_front"`
	BeatenBy string  `json:"beaten_by,omitempty"` // an arm that is at least as good in both and better in one
}

// Pareto marks the arms that no other dominates in the means of two measures, such as checks_per_day and recall. It
// goes by the means alone: whether neighbours on the front differ, the comparison says.
func Pareto(d *Design, out map[Job]Outcome, x, y string) (Front, error) {
	f := Front{X: x, Y: y, Points: []Point{}}
	var measures [2]*pocs.Measure
	for i, name := range []string{x, y} {
		measures[i] = measureOf(d.Challenge.Measures, name)
		if measures[i] == nil || measures[i].Better == pocs.Neutral {
			return f, fmt.Errorf("lay %s against %s: %q is no measure of %s of which one way is better", x, y, name, d.Challenge.Name)
		}
	}
	r := newResults(d, out)
	for a := range d.Arms {
		px, py := r.arm(a, x), r.arm(a, y)
		if px.pairs > 0 && py.pairs > 0 {
			f.Points = append(f.Points, Point{Arm: d.Arms[a].Name, X: px.sum / float64(px.pairs), Y: py.sum / float64(py.pairs)})
		}
	}
	for i := range f.Points {
		p := &f.Points[i]
		for _, q := range f.Points {
			cx, cy := byWorth(measures[0].Better, q.X, p.X), byWorth(measures[1].Better, q.Y, p.Y)
			if cx <= 0 && cy <= 0 && (cx < 0 || cy < 0) {
				p.BeatenBy = q.Arm
				break
			}
		}
		p.OnFront = p.BeatenBy == ""
	}
	return f, nil
}
