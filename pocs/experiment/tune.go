// Tuning: which values of a detector's parameters do best, over seeds that are kept for it.

package experiment

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"sealab/pocs"
	"sealab/sim"
)

// The seeds on which a detector may be tuned (DESIGN section 3.8): what is reported is measured on others.
const (
	FirstTuningSeed = 1
	LastTuningSeed  = 999
)

// CheckTuningSeeds refuses seeds that are kept for reporting.
func CheckTuningSeeds(seeds []uint64) error {
	for _, s := range seeds {
		if s < FirstTuningSeed || s > LastTuningSeed {
			return fmt.Errorf("tune on seed %d: want seeds from %d to %d: the others are kept for reporting, and a detector that has seen them proves nothing on them",
				s, FirstTuningSeed, LastTuningSeed)
		}
	}
	return nil
}

// Tuning is a search over values of a detector's parameters. All points of a step hear each world together, so that they
// are paired by seed as the arms of an experiment are.
type Tuning struct {
	Challenge *pocs.Challenge
	PoC       *pocs.PoC
	SeesTruth bool
	Scenarios []PlannedScenario
	Settings  []sim.Settings // of each scenario, resolved
	Seeds     []uint64
	Knobs     []Knob
	Measure   string       // what is to become best, by its direction
	Within    []pocs.Claim // what a point's means must keep
	Grid      bool         // every combination, else one parameter after the other
	Rounds    int          // of one parameter after the other, at most; it ends sooner where a round changes nothing
	// Engine says how worlds are played: Dice, Together, Workers and Progress of it are used.
	Engine Engine
}

// Knob is a parameter with the values to try. One value is that value, tried in every point.
type Knob struct {
	Param  *pocs.Param
	Values []float64
}

// MaxTunedPoints is how many points one search may try.
const MaxTunedPoints = 1_000

// Run searches. The same tuning gives the same result, to the byte, however many worlds are played at a time.
func (t Tuning) Run(ctx context.Context) (*Tuned, error) {
	if err := t.Check(); err != nil {
		return nil, fmt.Errorf("tune %s: %w", t.PoC.Name, err)
	}
	s := &search{Tuning: t, out: make(map[Job]Outcome), seen: make(map[string]int)}
	s.measure = measureOf(t.Challenge.Measures, t.Measure)
	start, err := sim.Resolve("parameter", t.PoC.Params, nil)
	if err != nil {
		return nil, fmt.Errorf("tune %s: %w", t.PoC.Name, err)
	}
	s.add(start, 0)
	if t.Grid {
		err = s.grid(ctx, start)
	} else {
		err = s.coordinates(ctx, start)
	}
	if err != nil {
		return nil, fmt.Errorf("tune %s: %w", t.PoC.Name, err)
	}
	return s.report()
}

// Check refuses what could not be searched, before anything is played.
func (t *Tuning) Check() error {
	if len(t.Knobs) == 0 {
		return fmt.Errorf("there is no parameter to turn")
	}
	points := 1.0
	for i := range t.Knobs {
		switch n := float64(len(t.Knobs[i].Values)); {
		case n == 0:
			return fmt.Errorf("parameter %s has no value to try", t.Knobs[i].Param.Name)
		case t.Grid:
			points *= n
		default:
			points += float64(t.Rounds) * n
		}
	}
	if trials := points * float64(len(t.Scenarios)*len(t.Seeds)); points > MaxTunedPoints || trials > DefaultMaxTrials {
		return fmt.Errorf("%.0f points × %d scenarios × %d seeds: allowed are %d points and %d trials", points, len(t.Scenarios), len(t.Seeds), MaxTunedPoints, DefaultMaxTrials)
	}
	m := measureOf(t.Challenge.Measures, t.Measure)
	switch {
	case m == nil:
		return fmt.Errorf("%s", unknown("measure", t.Measure, measureNames(t.Challenge.Measures)))
	case m.Better == pocs.Neutral:
		return fmt.Errorf("measure %s is better neither way", m.Name)
	}
	for _, c := range t.Within {
		if !knows(t.Challenge.Measures, c.Measure) {
			return fmt.Errorf("%s", unknown("measure", c.Measure, measureNames(t.Challenge.Measures)))
		}
	}
	return nil
}

// search is a tuning under way.
type search struct {
	Tuning
	measure *pocs.Measure
	points  []point
	seen    map[string]int // by parameters
	out     map[Job]Outcome
}

// point is one choice of all parameters.
type point struct {
	params pocs.Params
	round  int // in which it was first tried; 0: the defaults
}

// add gives the number of the point with these parameters, a new one where there was none.
func (s *search) add(p pocs.Params, round int) int {
	name := fmt.Sprint(map[string]float64(p)) // by fmt's rule, in the order of the names
	i, known := s.seen[name]
	if !known {
		i = len(s.points)
		s.seen[name] = i
		s.points = append(s.points, point{p, round})
	}
	return i
}

// grid tries every combination, the first knob turning slowest.
func (s *search) grid(ctx context.Context, start pocs.Params) error {
	list := []pocs.Params{start}
	for i := range s.Knobs {
		k := &s.Knobs[i]
		var next []pocs.Params
		for _, p := range list {
			for _, v := range k.Values {
				next = append(next, k.turn(p, v))
			}
		}
		list = next
	}
	for _, p := range list {
		s.add(p, 1)
	}
	_, err := s.play(ctx)
	return err
}

// coordinates tries one knob after the other, the rest where they were best so far, until a round changes nothing.
func (s *search) coordinates(ctx context.Context, start pocs.Params) error {
	at := start
	for i := range s.Knobs { // a knob of one value is no choice
		if k := &s.Knobs[i]; len(k.Values) == 1 {
			at = k.turn(at, k.Values[0])
		}
	}
	for round := 1; round <= s.Rounds; round++ {
		before := s.add(at, round)
		for i := range s.Knobs {
			k := &s.Knobs[i]
			tried := []int{s.add(at, round)}
			for _, v := range k.Values {
				tried = append(tried, s.add(k.turn(at, v), round))
			}
			r, err := s.play(ctx)
			if err != nil {
				return err
			}
			at = s.points[s.best(r, tried)].params
		}
		if s.add(at, round) == before {
			break
		}
	}
	return nil
}

func (k *Knob) turn(p pocs.Params, v float64) pocs.Params {
	p = maps.Clone(p)
	p[k.Param.Name] = v
	return p
}

// play plays what is missing of the points.
func (s *search) play(ctx context.Context) (results, error) {
	d, err := s.design()
	if err != nil {
		return results{}, err
	}
	e := s.Engine
	e.Design, e.Keep, e.Play = d, nil, nil
	e.Find = func(_ context.Context, j Job) (*Outcome, error) {
		if o, played := s.out[j]; played {
			return &o, nil
		}
		return nil, nil
	}
	if s.out, err = e.Run(ctx); err != nil {
		return results{}, err
	}
	return newResults(d, s.out), nil
}

// design makes arms of the points.
func (s *search) design() (*Design, error) {
	arms := make([]PlannedArm, len(s.points))
	settings := make([][]sim.Settings, len(s.points))
	for i := range s.points {
		arms[i] = PlannedArm{Name: fmt.Sprint("point ", i), PoC: s.PoC, SeesTruth: s.SeesTruth, Params: s.points[i].params}
		settings[i] = s.Settings
	}
	return Assemble(s.Challenge, arms, s.Scenarios, settings, s.Seeds, 0)
}

// best is the point, of those tried, that breaks the fewest bounds, and of these the one whose mean is best; of equal
// ones the first.
func (s *search) best(r results, tried []int) int {
	return slices.MinFunc(tried, func(a, b int) int {
		if x, y := s.broken(r, a), s.broken(r, b); x != y {
			return x - y
		}
		x, y := r.arm(a, s.Measure), r.arm(b, s.Measure)
		switch {
		case x.pairs == 0 && y.pairs == 0:
			return 0
		case x.pairs == 0:
			return 1
		case y.pairs == 0:
			return -1
		}
		return byWorth(s.measure.Better, x.sum/float64(x.pairs), y.sum/float64(y.pairs))
	})
}

// broken counts the bounds that a point breaks.
func (s *search) broken(r results, at int) int {
	n := 0
	for _, c := range s.Within {
		if !r.check(Threshold{at, c}).Holds {
			n++
		}
	}
	return n
}
