// Making the worlds of a suite: to freeze it, and to see whether they come out again.

package experiment

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
)

// Making says how the worlds of a suite are made.
type Making struct {
	Seeds    []uint64 // of the suite, rising; nil: all
	Workers  int      // worlds at a time; below 1: one
	Progress func(done, total int)
}

// Drift is a frozen world that no longer comes out.
type Drift struct {
	Scenario string `json:"scenario"`
	Seed     uint64 `json:"seed"`
	Frozen   string `json:"frozen"` // the first 16 hexadecimal digits of its digest
	Now      string `json:"now"`
}

// Check returns an error where the suite names what is not there, or a setting that its scenario does not take.
func (s *Suite) Check(c Catalogue) error {
	_, err := s.recipes(c)
	return err
}

// recipe is a scenario with settings, resolved.
type recipe struct {
	scenario *sim.Scenario
	set      sim.Settings
}

// Resolved are a scenario's settings as today's code resolves them: what the suite says, and the default of a setting
// that the scenario has had only since.
func (s *Suite) Resolved(c Catalogue, scenario string) (sim.Settings, error) {
	list, err := s.recipes(c)
	if err != nil {
		return nil, err
	}
	for i := range s.Scenarios {
		if s.Scenarios[i].Name == scenario {
			return list[i].set, nil
		}
	}
	return nil, fmt.Errorf("resolve settings: %s is not in the suite %s", scenario, s.Name)
}

func (s *Suite) recipes(c Catalogue) ([]recipe, error) {
	at := slices.IndexFunc(c.Challenges, func(ch pocs.Challenge) bool { return ch.Name == s.Challenge })
	if at < 0 {
		return nil, fmt.Errorf("suite %s: there is no challenge %q", s.Name, s.Challenge)
	}
	var list []recipe
	for _, sc := range s.Scenarios {
		r := recipe{scenario: sim.Find(c.Challenges[at].Scenarios, sc.Name)}
		if r.scenario == nil {
			return nil, fmt.Errorf("suite %s: %s has no scenario %q", s.Name, s.Challenge, sc.Name)
		}
		var err error
		if r.set, err = sim.Resolve("setting", r.scenario.Settings, textsOf(sc.Set)); err != nil {
			return nil, fmt.Errorf("suite %s: scenario %s: %w", s.Name, sc.Name, err)
		}
		list = append(list, r)
	}
	return list, nil
}

// Freeze makes every world and gives the suite with all settings, digests and worlds filled in. What the draft says of
// settings stays; what it says of digests is made anew.
func (s Suite) Freeze(ctx context.Context, c Catalogue, m Making) (Suite, error) {
	list, err := s.recipes(c)
	if err != nil {
		return Suite{}, err
	}
	m.Seeds = s.Seeds
	digests, err := m.worlds(ctx, list)
	if err != nil {
		return Suite{}, fmt.Errorf("freeze suite %s: %w", s.Name, err)
	}
	s.Scenarios = slices.Clone(s.Scenarios)
	for i := range s.Scenarios {
		sc := &s.Scenarios[i]
		sc.Set, sc.Digest, sc.Worlds = list[i].set, overWorlds(s.Seeds, digests[i]), nil
		for _, d := range digests[i] {
			sc.Worlds = append(sc.Worlds, brief(d))
		}
	}
	return s, nil
}

// Verify makes the worlds again, all or those of some seeds, and lists those that differ, scenario by scenario.
func (s *Suite) Verify(ctx context.Context, c Catalogue, m Making) ([]Drift, error) {
	list, err := s.recipes(c)
	if err != nil {
		return nil, err
	}
	if m.Seeds == nil {
		m.Seeds = s.Seeds
	}
	digests, err := m.worlds(ctx, list)
	if err != nil {
		return nil, fmt.Errorf("verify suite %s: %w", s.Name, err)
	}
	drifts := []Drift{}
	for i := range s.Scenarios {
		sc, before := &s.Scenarios[i], len(drifts)
		for k, seed := range m.Seeds {
			at, there := slices.BinarySearch(s.Seeds, seed)
			if !there {
				return nil, fmt.Errorf("verify suite %s: seed %d is not in it", s.Name, seed)
			}
			if sc.Worlds[at] != brief(digests[i][k]) {
				drifts = append(drifts, Drift{sc.Name, seed, sc.Worlds[at], brief(digests[i][k])})
			}
		}
		if len(drifts) == before && len(m.Seeds) == len(s.Seeds) && overWorlds(s.Seeds, digests[i]) != sc.Digest {
			return nil, fmt.Errorf("verify suite %s: the worlds of %s come out, but their digest is not %s", s.Name, sc.Name, sc.Digest)
		}
	}
	return drifts, nil
}

// worlds gives the digest of each world: recipe × seed.
func (m Making) worlds(ctx context.Context, list []recipe) ([][]string, error) {
	out := make([][]string, len(list))
	at := make(map[uint64]int, len(m.Seeds))
	for i := range list {
		out[i] = make([]string, len(m.Seeds))
	}
	for i, seed := range m.Seeds {
		at[seed] = i
	}
	var mu sync.Mutex
	err := Missing[Job]{Jobs: Jobs(1, len(list), m.Seeds), Workers: m.Workers, Progress: m.Progress, Play: func(ctx context.Context, j Job) error {
		digest, err := worldDigest(ctx, list[j.Scenario], j.Seed)
		mu.Lock()
		defer mu.Unlock()
		out[j.Scenario][at[j.Seed]] = digest
		return err
	}}.Run(ctx)
	return out, err
}

// worldDigest plays a world to nobody.
func worldDigest(ctx context.Context, r recipe, seed uint64) (string, error) {
	w, err := sim.New(*r.scenario, r.set, seed)
	if err != nil {
		return "", fmt.Errorf("make world of %s, seed %d: %w", r.scenario.Name, seed, err)
	}
	d := event.NewDigest()
	for b := range w.Batches() {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		d.Add(b)
	}
	return d.String(), nil
}

// overWorlds is one digest over the worlds of a scenario.
func overWorlds(seeds []uint64, digests []string) string {
	var b strings.Builder
	for i, seed := range seeds {
		fmt.Fprintf(&b, "%d %s\n", seed, digests[i])
	}
	sum := sha256.Sum256([]byte(b.String()))
	return event.FormatSum(sum[:])
}
