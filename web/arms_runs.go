// Loose runs as arms: those of one proof of concept with the same numbers are one arm, seed by seed.

package web

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// looseArm is the runs of one arm, at most one a scenario and seed.
type looseArm struct {
	name string
	runs map[looseWorld]*pocs.Run
	set  map[string]string // settings that are not the scenario's own
}

type looseWorld struct {
	scenario string
	seed     uint64
}

// looseArms groups runs. Where two runs of one arm share a world, the second opens an arm of its own: somebody wants to
// see them side by side.
func (s *Server) looseArms(runs []*pocs.Run) []looseArm {
	var arms []looseArm
	byKey := map[string]int{}
	for _, r := range runs {
		set := s.unusual(r)
		w := looseWorld{r.Scenario, r.Seed}
		for copies := 1; ; copies++ {
			key := fmt.Sprint(r.PoC, r.Params, set, r.Carrier, copies) // maps print in the order of their keys
			n, known := byKey[key]
			if !known {
				n = len(arms)
				byKey[key] = n
				arms = append(arms, looseArm{runs: map[looseWorld]*pocs.Run{}, set: set})
			}
			if arms[n].runs[w] == nil {
				arms[n].runs[w] = r
				break
			}
		}
	}
	nameArms(arms)
	return arms
}

// unusual are a run's settings that differ from the scenario's defaults, as one would write them.
func (s *Server) unusual(r *pocs.Run) map[string]string {
	set := map[string]string{}
	sc, _, err := s.recipeOf(r.Scenario, r.Extends)
	if err != nil {
		return set
	}
	for i := range sc.Settings {
		x := &sc.Settings[i]
		if v, given := r.Settings[x.Name]; given && v != x.Default {
			set[x.Name] = sim.Number(v)
		}
	}
	return set
}

func (a *looseArm) first() *pocs.Run {
	var first *pocs.Run
	for _, r := range a.runs {
		if first == nil || r.ID < first.ID {
			first = r
		}
	}
	return first
}

// nameArms calls an arm after its proof of concept, with what sets it apart from others of the same name.
func nameArms(arms []looseArm) {
	count := map[string]int{}
	for i := range arms {
		arms[i].name = arms[i].first().PoC
		count[arms[i].name]++
	}
	taken := map[string]bool{}
	for i := range arms {
		a := &arms[i]
		if count[a.name] > 1 {
			a.name = strings.TrimSpace(a.name + " " + a.apart(arms))
		}
		for plain, n := a.name, 2; taken[a.name]; n++ {
			a.name = fmt.Sprintf("%s (%d)", plain, n)
		}
		taken[a.name] = true
	}
}

// apart writes the numbers in which an arm differs from another one of the same proof of concept, as far as they are its own.
func (a *looseArm) apart(arms []looseArm) string {
	var words []string
	own := a.first()
	for _, name := range slices.Sorted(maps.Keys(own.Params)) {
		for i := range arms {
			if r := arms[i].first(); r.PoC == own.PoC && r.Params[name] != own.Params[name] {
				words = append(words, name+"="+sim.Number(own.Params[name]))
				break
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.set)) {
		for i := range arms {
			if arms[i].first().PoC == own.PoC && arms[i].set[name] != a.set[name] {
				words = append(words, name+"="+a.set[name])
				break
			}
		}
	}
	return strings.Join(words, " ")
}

// layOut makes a design of arms over the worlds that all of them share; nil where there is none.
func (s *Server) layOut(arms []looseArm, only ...string) (*found, error) {
	scenarios, seeds, left := shared(arms)
	if len(seeds) == 0 {
		return nil, nil
	}
	challenge := s.challengeOf(arms[0].first().Challenge)
	if challenge == nil {
		return nil, notFound("challenge", arms[0].first().Challenge, "")
	}
	var planned []experiment.PlannedArm
	var settings [][]sim.Settings
	var worlds []experiment.PlannedScenario
	for _, name := range scenarios {
		w := experiment.PlannedScenario{Name: name, Scenario: &sim.Scenario{Name: name}}
		if sc, _, err := s.recipeOf(name, arms[0].runs[looseWorld{name, seeds[0]}].Extends); err == nil {
			w.Scenario = sc
		}
		worlds = append(worlds, w)
	}
	out := map[experiment.Job]experiment.Outcome{}
	for a := range arms {
		r := arms[a].first()
		poc := &pocs.PoC{Name: r.PoC, Challenge: r.Challenge} // one that this hub does not list, such as a visitor
		if p, err := s.findPoC(r.PoC); err == nil {
			poc = p
		}
		planned = append(planned, experiment.PlannedArm{Name: arms[a].name, Of: a, PoC: poc, Params: r.Params, Set: arms[a].set})
		row := make([]sim.Settings, len(scenarios))
		for i, name := range scenarios {
			for _, seed := range seeds {
				r := arms[a].runs[looseWorld{name, seed}]
				row[i] = r.Settings
				out[experiment.Job{Arm: a, Scenario: i, Seed: seed}] = experiment.OutcomeOf(r)
			}
		}
		settings = append(settings, row)
	}
	d, err := experiment.Assemble(challenge, planned, worlds, settings, seeds, 0)
	if err != nil {
		return nil, notComparable(err)
	}
	d.Carrier, d.BaseRate = arms[0].first().Carrier, arms[0].first().Terms.BaseRate
	f := &found{Design: d, Out: out, Left: left}
	return f, s.conclude(f, "runs", only...)
}

// shared gives the scenarios and seeds that all arms have, and the seeds that only some have.
func shared(arms []looseArm) (scenarios []string, seeds, left []uint64) {
	have := map[looseWorld]int{}
	for i := range arms {
		for w := range arms[i].runs {
			have[w]++
		}
	}
	for w, n := range have {
		if n == len(arms) && !slices.Contains(scenarios, w.scenario) {
			scenarios = append(scenarios, w.scenario)
		}
	}
	slices.Sort(scenarios)
	all := map[uint64]bool{}
	for w := range have {
		all[w.seed] = true
	}
	for _, seed := range slices.Sorted(maps.Keys(all)) {
		whole := len(scenarios) > 0
		for _, name := range scenarios {
			whole = whole && have[looseWorld{name, seed}] == len(arms)
		}
		if whole {
			seeds = append(seeds, seed)
		} else {
			left = append(left, seed)
		}
	}
	return scenarios, seeds, left
}

func (s *Server) challengeOf(name string) *pocs.Challenge {
	for i := range s.cfg.Challenges {
		if s.cfg.Challenges[i].Name == name {
			return &s.cfg.Challenges[i]
		}
	}
	return nil
}
