// An arm's runs as a table of values, and the proof that two runs shared a world.

package experiment

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"sealab/pocs"
	"sealab/sim"
)

// Arm is what one PoC with its parameters and settings scored in one scenario, seed by seed.
type Arm struct {
	Name   string
	Seeds  []uint64 // of the runs that came to their end, rising
	Failed []uint64 // of those that did not
	Values map[string]map[uint64]*float64
}

// NewArm gathers the runs of one arm in one scenario. A failed run has no values: its seed is listed and left out.
func NewArm(name string, runs []*pocs.Run) (Arm, error) {
	a := Arm{Name: name, Values: make(map[string]map[uint64]*float64)}
	seen := make(map[uint64]bool)
	for _, r := range runs {
		if seen[r.Seed] {
			return Arm{}, fmt.Errorf("gather arm %s: two runs of seed %d", name, r.Seed)
		}
		if r.Scenario != runs[0].Scenario || r.Challenge != runs[0].Challenge {
			return Arm{}, fmt.Errorf("gather arm %s: runs of %s and of %s", name, runs[0].Scenario, r.Scenario)
		}
		seen[r.Seed] = true
		if r.Reason != "" {
			a.Failed = append(a.Failed, r.Seed)
			continue
		}
		a.Seeds = append(a.Seeds, r.Seed)
		for measure, v := range r.Score.Values {
			if a.Values[measure] == nil {
				a.Values[measure] = make(map[uint64]*float64)
			}
			a.Values[measure][r.Seed] = v
		}
	}
	slices.Sort(a.Seeds)
	slices.Sort(a.Failed)
	a.fill()
	return a, nil
}

// fill makes a measure that only some runs name (a kind of attack that only some worlds hold) null in the others, so
// that their seeds are listed as left out.
func (a Arm) fill() {
	for _, values := range a.Values {
		for _, seed := range a.Seeds {
			if _, named := values[seed]; !named {
				values[seed] = nil
			}
		}
	}
}

// CheckPairs returns an error that names the first seed on which two arms did not share a world.
func CheckPairs(a, b []*pocs.Run) error {
	bySeed := make(map[uint64]*pocs.Run, len(b))
	for _, r := range b {
		bySeed[r.Seed] = r
	}
	for _, r := range a {
		if other := bySeed[r.Seed]; other != nil && r.Reason == "" && other.Reason == "" {
			if err := SameWorld(r, other); err != nil {
				return fmt.Errorf("pair runs of seed %d: %w", r.Seed, err)
			}
		}
	}
	return nil
}

// SameWorld returns an error unless two runs of one seed may be paired: with equal settings the same was heard to the
// byte, with other settings (or played live) the hostile acts are equal (DESIGN section 3.5).
func SameWorld(a, b *pocs.Run) error {
	if a.Scenario != b.Scenario || a.Seed != b.Seed {
		return fmt.Errorf("%s seed %d is not %s seed %d", a.Scenario, a.Seed, b.Scenario, b.Seed)
	}
	live := a.Carrier == "live" || b.Carrier == "live"
	if maps.Equal(a.Settings, b.Settings) && !live {
		if a.WorldDigest != b.WorldDigest {
			return fmt.Errorf("equal settings, but other worlds were heard: %s and %s", a.WorldDigest, b.WorldDigest)
		}
		return nil
	}
	if x, y := acts(&a.Truth), acts(&b.Truth); !slices.Equal(x, y) {
		return fmt.Errorf("the hostile acts differ: the settings make them other worlds")
	}
	return nil
}

type act struct {
	id, kind, seal, container, trip string
	start, end                      int64 // unix ms: times are whole milliseconds
}

func acts(t *sim.Truth) []act {
	var list []act
	for i := range t.Incidents {
		if in := &t.Incidents[i]; in.Hostile {
			list = append(list, act{in.ID, in.Kind, in.Seal, in.Container, in.Trip, in.Start.UnixMilli(), in.End.UnixMilli()})
		}
	}
	slices.SortFunc(list, func(a, b act) int { return cmp.Compare(a.id, b.id) })
	return list
}
