// Leaderboards: the stored runs of a suite's worlds, arm by arm, ranked in groups that chance cannot tell apart.

package web

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// boardQuery is what an address asks for.
type boardQuery struct {
	Challenge, Scenario string
	Suite, Measure      string // empty: the challenge's newest suite, its headline
}

// boardPlan is a query with every name found.
type boardPlan struct {
	challenge *pocs.Challenge
	suite     *experiment.Suite
	scenario  *experiment.SuiteScenario
	recipe    *sim.Scenario
	resolved  sim.Settings // as today's code resolves the suite's settings
	measure   pocs.Measure
}

// boardArm is one arm with the newest run of each seed.
type boardArm struct {
	name   string
	poc    *pocs.PoC
	params pocs.Params // those that are not the PoC's defaults
	all    pocs.Params
	runs   map[uint64]catalog.Entry
}

// findChallenge gives the challenge of that name, or a Problem.
func (s *Server) findChallenge(name string) (*pocs.Challenge, error) {
	for i := range s.cfg.Challenges {
		if s.cfg.Challenges[i].Name == name {
			return &s.cfg.Challenges[i], nil
		}
	}
	return nil, notFound("challenge", name, "GET /api/v1/leaderboards lists them")
}

// suitesOf are the suites of a challenge, the newest first.
func (s *Server) suitesOf(challenge string) []*experiment.Suite {
	var list []*experiment.Suite
	for i := range s.cfg.Suites {
		if s.cfg.Suites[i].Challenge == challenge {
			list = append(list, &s.cfg.Suites[i])
		}
	}
	return list
}

// chooseSuite gives the suite of that name, or the newest one; nil where the challenge has none.
func (s *Server) chooseSuite(challenge, name string) (*experiment.Suite, error) {
	list := s.suitesOf(challenge)
	if name == "" && len(list) > 0 {
		return list[0], nil
	}
	var known []string
	for _, su := range list {
		if su.Name == name {
			return su, nil
		}
		known = append(known, su.Name)
	}
	if name == "" {
		return nil, nil
	}
	_, err := oneOf("suite", name, known)
	return nil, err
}

func (s *Server) planBoard(q boardQuery) (*boardPlan, error) {
	p := &boardPlan{}
	var err error
	if p.challenge, err = s.findChallenge(q.Challenge); err != nil {
		return nil, err
	}
	if p.suite, err = s.chooseSuite(q.Challenge, q.Suite); err != nil {
		return nil, err
	}
	if p.suite == nil {
		return nil, notFound("suite", q.Challenge, "this challenge has no suite, and so no worlds in which arms could be ranked")
	}
	if p.scenario = p.suite.Find(q.Scenario); p.scenario == nil {
		return nil, notFound("scenario", q.Scenario, "GET /api/v1/suites/"+p.suite.Name+" lists the suite's scenarios")
	}
	if p.resolved, err = p.suite.Resolved(s.catalogue(), q.Scenario); err != nil {
		return nil, &Problem{Status: 409, Code: "suite_unfit", Field: "suite", Value: p.suite.Name, Message: err.Error()}
	}
	p.recipe = sim.Find(p.challenge.Scenarios, q.Scenario)
	name := orText(q.Measure, p.suite.Headline(p.challenge.Measures))
	ranked := rankable(p.challenge)
	at := slices.IndexFunc(ranked, func(m pocs.Measure) bool { return m.Name == name })
	if at < 0 {
		var names []string
		for _, m := range ranked {
			names = append(names, m.Name)
		}
		_, err := oneOf("m", name, names)
		return nil, err
	}
	p.measure = ranked[at]
	return p, nil
}

// rankable are the measures of which one way is better.
func rankable(c *pocs.Challenge) []pocs.Measure {
	var list []pocs.Measure
	for _, m := range c.Measures {
		if m.Better != pocs.Neutral {
			list = append(list, m)
		}
	}
	return list
}

// boardArms reads the runs of the suite's worlds. Runs with the suite's settings and seeds whose world is not the frozen
// one are no part of it; they are counted.
func (s *Server) boardArms(ctx context.Context, p *boardPlan) (arms []*boardArm, drifted int, err error) {
	sets := []sim.Settings{p.scenario.Set}
	if !maps.Equal(p.resolved, p.scenario.Set) {
		sets = append(sets, p.resolved)
	}
	list, err := s.cfg.Store.Entries(ctx, catalog.EntryQuery{Challenge: p.challenge.Name, Scenario: p.scenario.Name, Settings: sets,
		Terms: p.suite.Terms(p.scenario), Seeds: p.suite.Seeds, Measures: []string{p.measure.Name}})
	if err != nil {
		return nil, 0, err
	}
	byName := map[string]*boardArm{}
	for i := range list {
		e := &list[i]
		if e.Carrier == "live" { // when its messages arrived was real: it is in no suite
			continue
		}
		if !p.suite.Holds(p.scenario, e.Seed, e.WorldDigest) {
			drifted++
			continue
		}
		poc := s.boardPoC(e.PoC, p.challenge.Name)
		params := differing(poc, e.Params)
		name := armLabel(e.PoC, params)
		a := byName[name]
		if a == nil {
			a = &boardArm{name, poc, params, e.Params, map[uint64]catalog.Entry{}}
			byName[name], arms = a, append(arms, a)
		}
		if _, newer := a.runs[e.Seed]; !newer { // the newest comes first
			a.runs[e.Seed] = *e
		}
	}
	slices.SortFunc(arms, func(a, b *boardArm) int { return strings.Compare(a.name, b.name) })
	return arms, drifted, nil
}

// boardPoC is the PoC of that name; one that this hub no longer has still stands where its runs put it.
func (s *Server) boardPoC(name, challenge string) *pocs.PoC {
	for i := range s.cfg.PoCs {
		if s.cfg.PoCs[i].Name == name && s.cfg.PoCs[i].Challenge == challenge {
			return &s.cfg.PoCs[i]
		}
	}
	return &pocs.PoC{Name: name, Challenge: challenge}
}

// differing are the parameters that are not their defaults: a run made before a parameter came counts as having its
// default.
func differing(p *pocs.PoC, params pocs.Params) pocs.Params {
	out := pocs.Params{}
	for name, v := range params {
		at := slices.IndexFunc(p.Params, func(x pocs.Param) bool { return x.Name == name })
		if at < 0 || p.Params[at].Default != v {
			out[name] = v
		}
	}
	return out
}

// armLabel names an arm by what sets it apart: "kalman gate_km=2".
func armLabel(poc string, params pocs.Params) string {
	for _, name := range slices.Sorted(maps.Keys(params)) {
		poc += " " + name + "=" + sim.Number(params[name])
	}
	return poc
}

// rank ranks the arms that have played every seed; nil where there is none.
func (s *Server) rank(p *boardPlan, arms []*boardArm) (*experiment.Board, error) {
	if len(arms) == 0 {
		return nil, nil
	}
	return workedOut(s, s.boards, boardKey(p, arms), func() (*experiment.Board, int, error) {
		var planned []experiment.PlannedArm
		var settings [][]sim.Settings
		out := map[experiment.Job]experiment.Outcome{}
		for i, a := range arms {
			planned = append(planned, experiment.PlannedArm{Name: a.name, Of: i, PoC: a.poc, Params: a.all})
			settings = append(settings, []sim.Settings{p.resolved})
			for seed, e := range a.runs {
				out[experiment.Job{Arm: i, Seed: seed}] = experiment.Outcome{Run: e.ID, Seed: seed, Verdict: e.Verdict, Digest: e.Digest, Values: e.Values}
			}
		}
		scenarios := []experiment.PlannedScenario{{Name: p.scenario.Name, Scenario: p.recipe}}
		d, err := experiment.Assemble(p.challenge, planned, scenarios, settings, p.suite.Seeds, 0)
		if err != nil {
			return nil, 0, err
		}
		b, err := experiment.Leaderboard(d, out, p.measure.Name)
		return &b, 1 + len(arms), err
	})
}

// workedOut gives what is remembered under a key that names all that it rests on, or works it out, one at a time. make
// gives the value and its weight.
func workedOut[V any](s *Server, in *recent[V], key string, make func() (V, int, error)) (V, error) {
	if v, there := in.get(key); there {
		return v, nil
	}
	s.concluding.Lock()
	defer s.concluding.Unlock()
	if v, there := in.get(key); there {
		return v, nil
	}
	v, weight, err := make()
	if err == nil {
		in.put(key, v, weight)
	}
	return v, err
}

// keptBoards bounds the leaderboards that are remembered, in places.
const keptBoards = 20_000

// boardKey names a board by the runs that it rests on.
func boardKey(p *boardPlan, arms []*boardArm) string {
	h := sha256.New()
	for _, a := range arms {
		fmt.Fprintf(h, "%s\n", a.name)
		for _, seed := range p.suite.Seeds {
			fmt.Fprintf(h, "%s\n", a.runs[seed].ID)
		}
	}
	return fmt.Sprintf("%s %s %s %x", p.suite.Hash(), p.scenario.Name, p.measure.Name, h.Sum(nil))
}

// runsAddress is the list of an arm's runs.
func (p *boardPlan) runsAddress(a *boardArm) string {
	terms := []string{fmt.Sprintf("poc = %q AND scenario = %q AND seed >= %d AND seed <= %d", a.poc.Name, p.scenario.Name,
		p.suite.Seeds[0], p.suite.Seeds[len(p.suite.Seeds)-1])}
	for _, name := range slices.Sorted(maps.Keys(a.all)) {
		terms = append(terms, fmt.Sprintf("param.%s = %s", name, sim.Number(a.all[name])))
	}
	return address("/runs", url.Values{"query": {strings.Join(terms, " AND ")}})
}

// pairAddress pairs two arms over the suite's seeds. There is none where the pair's page, which takes defaults, would
// speak of other arms or worlds.
func (p *boardPlan) pairAddress(a, b *boardArm) string {
	defaults, err := sim.Resolve("setting", p.recipe.Settings, nil)
	if err != nil || a == b || len(a.params)+len(b.params) > 0 || !maps.Equal(defaults, p.resolved) || len(p.suite.Seeds) > maxPairs {
		return ""
	}
	return address("/compare", url.Values{"a": {a.name}, "b": {b.name}, "scenario": {p.scenario.Name}, "seeds": {experiment.FormatSeeds(p.suite.Seeds)}})
}
