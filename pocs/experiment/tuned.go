// What a search found, and which values it tries of a parameter where nobody named them.

package experiment

import (
	"math"
	"slices"

	"sealab/pocs"
)

// Tuned is what a search found. Its best point was chosen by the figures that stand here: they flatter it. What it is
// worth is measured on other seeds.
type Tuned struct {
	Challenge string         `json:"challenge"`
	PoC       string         `json:"poc"`
	Scenarios []string       `json:"scenarios"`
	Seeds     string         `json:"seeds"`
	Search    string         `json:"search"` // grid or coordinates
	Measure   string         `json:"measure"`
	Unit      string         `json:"unit"`
	Better    pocs.Direction `json:"better"`
	Turned    []string       `json:"turned"` // parameters, in the order in which they were turned
	Points    []TunedPoint   `json:"points"` // in the order in which they were tried, first the defaults
	Best      int            `json:"best"`   // its index
	Keeps     bool           `json:"keeps"`  // it keeps all bounds; else no point does
}

// TunedPoint is one choice of parameters.
type TunedPoint struct {
	Params  pocs.Params `json:"params"` // those that were turned
	Round   int         `json:"round"`  // in which it was first tried; 0: the defaults
	Failed  int         `json:"failed"` // runs
	N       int         `json:"n"`      // runs that have the measure
	Mean    *float64    `json:"mean"`   // over these
	Low     *float64    `json:"low"`    // of the 95 % interval
	High    *float64    `json:"high"`   //
	Versus  *Versus     `json:"versus"` // the defaults; null for themselves
	Bounds  []Check     `json:"bounds"`
	Matches bool        `json:"matches"` // it keeps all bounds
}

// report lays out all points.
func (s *search) report() (*Tuned, error) {
	d, err := s.design()
	if err != nil {
		return nil, err
	}
	r := newResults(d, s.out)
	t := &Tuned{Challenge: s.Challenge.Name, PoC: s.PoC.Name, Seeds: FormatSeeds(d.Seeds), Search: "coordinates",
		Measure: s.Measure, Unit: s.measure.Unit, Better: s.measure.Better, Points: make([]TunedPoint, len(s.points))}
	if s.Grid {
		t.Search = "grid"
	}
	for i := range s.Scenarios {
		t.Scenarios = append(t.Scenarios, s.Scenarios[i].Name)
	}
	for i := range s.Knobs {
		t.Turned = append(t.Turned, s.Knobs[i].Param.Name)
	}
	sideBySide(len(s.points), func(i int) { t.Points[i] = s.point(r, i) })
	every := make([]int, len(s.points))
	for i := range every {
		every[i] = i
	}
	t.Best = s.best(r, every)
	t.Keeps = t.Points[t.Best].Matches
	return t, nil
}

func (s *search) point(r results, i int) TunedPoint {
	m := r.armMeasure(i, *s.measure)
	p := TunedPoint{Params: pocs.Params{}, Round: s.points[i].round, Failed: r.armResult(i).Failed, N: m.N, Mean: m.Mean, Low: m.Low, High: m.High,
		Bounds: []Check{}, Matches: s.broken(r, i) == 0}
	for k := range s.Knobs {
		name := s.Knobs[k].Param.Name
		p.Params[name] = s.points[i].params[name]
	}
	if i > 0 {
		p.Versus = r.versus(i, *s.measure)
	}
	for _, c := range s.Within {
		p.Bounds = append(p.Bounds, r.check(Threshold{i, c}))
	}
	return p
}

// stepFactors are the shares of a default that are tried around it: half an octave apart.
var stepFactors = []float64{0.5, 0.71, 1, 1.41, 2}

// Steps are the values tried of a parameter where nobody names any: every word of one that has words; else half to
// double the default, in steps of half an octave; of one whose default is 0, tenths of its range. All lie within its
// range, are written with three digits at most, and rise.
func Steps(p *pocs.Param) []float64 {
	var list []float64
	switch {
	case p.Words != nil:
		for v := p.Min; v <= p.Max; v++ {
			list = append(list, v)
		}
	case p.Default == 0:
		for i := range stepFactors {
			list = append(list, p.Min+float64(float64(i)*(p.Max-p.Min)/10))
		}
		list = append(list, 0)
	default:
		for _, f := range stepFactors {
			list = append(list, float64(f*p.Default))
		}
	}
	for i, v := range list {
		if v != p.Default {
			v = threeDigits(v)
		}
		if p.Whole {
			v = math.Round(v)
		}
		list[i] = min(max(v, p.Min), p.Max)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// threeDigits rounds to three digits that matter.
func threeDigits(v float64) float64 {
	if v == 0 {
		return 0
	}
	scale := 1.0
	for ; math.Abs(v)*scale < 100; scale *= 10 {
	}
	return math.Round(v*scale) / scale
}
