package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
)

// armFlags are the choices that make one arm, in whatever command it is asked for.
type armFlags struct {
	Param map[string]string `short:"p" mapsep:"none" placeholder:"KEY=VALUE" help:"Set a parameter of the proof of concept."`
	Set   map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Set a setting of the scenario, such as seals=1000 or assumption.NAME=high."`
}

// arm is one proof of concept in one scenario, as the user asked for it: names found, numbers resolved.
type arm struct {
	challenge *pocs.Challenge
	poc       *pocs.PoC
	params    pocs.Params
	scenario  *sim.Scenario
	settings  sim.Settings
	open      opener // nil: as the carrier's flags say
}

// opener opens the carrier of one run, and gives what ends it. Virtual time begins at start, for a live one.
type opener func(ctx context.Context, run string, start time.Time) (pocs.Carrier, func(), error)

// arm finds the names and resolves the numbers; every error of it is the user's to mend.
func (f armFlags) arm(poc, scenario string) (*arm, error) {
	p, err := all.FindPoC(poc)
	if err != nil {
		return nil, unknownName("proof of concept", poc, pocNames())
	}
	return f.armOf(p, scenario)
}

// armOf is arm for a proof of concept that was found already.
func (f armFlags) armOf(p *pocs.PoC, scenario string) (*arm, error) {
	a := &arm{poc: p}
	var err error
	if a.challenge, err = all.FindChallenge(a.poc.Challenge); err != nil {
		return nil, err
	}
	c, err := chooseScenario(scenario)
	switch {
	case err != nil:
		return nil, err
	case c.challenge.Name != a.challenge.Name:
		return nil, unknownName("scenario of "+a.challenge.Name, scenario, scenarioNames(a.challenge))
	}
	a.scenario = c.scenario
	if a.params, err = resolve("parameter", a.poc.Params, f.Param); err != nil {
		return nil, err
	}
	a.settings, err = c.resolve(f.Set)
	return a, err
}

// resolve is sim.Resolve with every known name behind the suggestion, but for the assumptions and kinds that few turn: they
// are too many, unless it is one of them that was meant.
func resolve(what string, list []sim.Setting, given map[string]string) (sim.Settings, error) {
	values, err := sim.Resolve(what, list, given)
	var bad *sim.BadSetting
	if !errors.As(err, &bad) {
		return values, err
	}
	if !bad.Unknown {
		return nil, badInput{err}
	}
	var known []string
	family, _, inFamily := strings.Cut(bad.Name, ".")
	for i := range list {
		if !list[i].Rare || inFamily && strings.HasPrefix(list[i].Name, family+".") {
			known = append(known, list[i].Name)
		}
	}
	if len(known) == 0 {
		return nil, badInputf("unknown %s %q: there are none to set", what, bad.Name)
	}
	return nil, unknownName(what, bad.Name, known)
}

// assumptionPrefix begins the names of settings that are assumptions of the seal model.
const assumptionPrefix = "assumption."

func pocNames() []string {
	var names []string
	for i := range all.PoCs {
		names = append(names, all.PoCs[i].Name)
	}
	return names
}

func scenarioNames(c *pocs.Challenge) []string {
	var names []string
	for i := range c.Scenarios {
		names = append(names, c.Scenarios[i].Name)
	}
	return names
}

// trial gives the arm a world and its detector's dice.
func (a *arm) trial(seed, diceSeed uint64) pocs.Trial {
	return pocs.Trial{
		Challenge: a.challenge, PoC: a.poc, Params: a.params, Scenario: a.scenario, Settings: a.settings,
		Seed: seed, DiceSeed: diceSeed, SeesTruth: all.SeesTruth[a.poc.Name], Terms: a.terms(),
		CarrierName: carrierDirect,
	}
}

// terms are the default terms with what the settings say of them.
func (a *arm) terms() pocs.Terms {
	t := pocs.DefaultTerms()
	t.Set(a.settings)
	return t
}

// seed is a world's seed as it is typed.
type seed uint64

// UnmarshalText reads a seed and says what is allowed where it is not one.
func (s *seed) UnmarshalText(text []byte) error {
	v, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	if err != nil || v >= sim.MaxSeed {
		return fmt.Errorf("seed %q: allowed is a whole number from 0 to %d (2^53 - 1)", text, uint64(sim.MaxSeed-1))
	}
	*s = seed(v)
	return nil
}
