// An order is what someone asks to be run, as it comes from a form or from JSON; here it is checked, field by field,
// and becomes a trial.

package web

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sealab/pocs"
	"sealab/sim"
)

// order names a trial in the words of the outside. Values of parameters and settings are text, since `low` and `high`
// are values too.
type order struct {
	PoC, Scenario, Seed, Carrier string
	Params, Settings             map[string]string
}

// The carriers that a visitor may choose.
var carriers = []string{"direct", "mqtt", "live"}

// carriers are those that this hub has: without a broker batches go straight across.
func (s *Server) carriers() []string {
	if s.cfg.Broker == nil {
		return carriers[:1]
	}
	return carriers
}

// problemsOf is everything that is wrong with an order, so that a form can say it all at once.
type problemsOf []*Problem

func (p problemsOf) Error() string { return p[0].Message }

// Unwrap lets the first problem stand for all where there is room for one.
func (p problemsOf) Unwrap() error { return p[0] }

// trial checks an order and makes the trial of it.
func (s *Server) trial(o order) (pocs.Trial, error) { return s.trialOf(o, nil) }

// trialOf is trial for a proof of concept that is not on the list; nil: the one that the order names.
func (s *Server) trialOf(o order, poc *pocs.PoC) (pocs.Trial, error) {
	var wrong problemsOf
	note := func(err error) {
		if err != nil {
			wrong = append(wrong, problemOf(err))
		}
	}
	t := pocs.Trial{Terms: pocs.DefaultTerms()}
	var err error
	if t.PoC = poc; poc == nil {
		t.PoC, err = s.findPoC(o.PoC)
		note(err)
	}
	t.Scenario, t.Challenge, err = s.findScenario(o.Scenario)
	note(err)
	t.Seed, err = parseSeed(o.Seed)
	note(err)
	t.CarrierName, err = oneOf("carrier", o.Carrier, s.carriers())
	note(err)
	if t.PoC != nil {
		t.SeesTruth = s.cfg.SeesTruth[t.PoC.Name]
		t.Params, err = resolve("parameter", "params.", t.PoC.Params, o.Params, &wrong)
		note(err)
	}
	if t.Scenario != nil {
		t.Settings, err = resolve("setting", "settings.", t.Scenario.Settings, o.Settings, &wrong)
		note(err)
	}
	if len(wrong) > 0 {
		return t, wrong
	}
	t.Terms.Set(t.Settings)
	return t, nil
}

// resolve checks each value on its own, so that two wrong ones bring two problems.
func resolve(what, prefix string, list []sim.Setting, given map[string]string, wrong *problemsOf) (sim.Settings, error) {
	good := make(map[string]string, len(given))
	for _, name := range sortedNames(given) {
		_, err := sim.Resolve(what, list, map[string]string{name: given[name]})
		var bad *sim.BadSetting
		switch {
		case errors.As(err, &bad):
			p := problemOf(err)
			p.Field = prefix + bad.Name
			*wrong = append(*wrong, p)
		case err != nil:
			return nil, err
		default:
			good[name] = given[name]
		}
	}
	return sim.Resolve(what, list, good)
}

func (s *Server) findPoC(name string) (*pocs.PoC, error) {
	names := make([]string, len(s.cfg.PoCs))
	for i := range s.cfg.PoCs {
		if s.cfg.PoCs[i].Name == name {
			return &s.cfg.PoCs[i], nil
		}
		names[i] = s.cfg.PoCs[i].Name
	}
	return nil, unknown("poc", name, names)
}

// findScenario finds a scenario and the challenge that it belongs to.
func (s *Server) findScenario(name string) (*sim.Scenario, *pocs.Challenge, error) {
	var names []string
	for i := range s.cfg.Challenges {
		c := &s.cfg.Challenges[i]
		if sc := sim.Find(c.Scenarios, name); sc != nil {
			return sc, c, nil
		}
		for j := range c.Scenarios {
			names = append(names, c.Scenarios[j].Name)
		}
	}
	return nil, nil, unknown("scenario", name, names)
}

// recipeOf finds what a run was made of: the scenario that it names, or the one that this extends.
func (s *Server) recipeOf(name, extends string) (*sim.Scenario, *pocs.Challenge, error) {
	if extends == "" {
		return s.findScenario(name)
	}
	base, challenge, err := s.findScenario(extends)
	if err != nil {
		return nil, nil, err
	}
	return base.As(name, base.Doc), challenge, nil
}

func unknown(field, name string, known []string) *Problem {
	return &Problem{Status: 422, Code: "unknown_" + field, Field: field, Value: clip(name), Allowed: sim.Suggest(name, known),
		Message: fmt.Sprintf("There is no %s %q: %s.", field, clip(name), strings.TrimSuffix(sim.Suggest(name, known), "?"))}
}

func oneOf(field, value string, known []string) (string, error) {
	for _, k := range known {
		if k == value {
			return value, nil
		}
	}
	return "", invalid("bad_"+field, field, value, "allowed are "+strings.Join(known, ", "))
}

// parseSeed refuses what JavaScript would round.
func parseSeed(text string) (uint64, error) {
	seed, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
	if err != nil || seed >= sim.MaxSeed {
		return 0, invalid("bad_seed", "seed", text,
			fmt.Sprintf("allowed is a whole number from 0 to %d, which is 2^53 − 1", uint64(sim.MaxSeed)-1))
	}
	return seed, nil
}

func sortedNames(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
