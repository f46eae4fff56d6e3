// Finding what a file names: challenge, scenarios, arms, and their settings.

package experiment

import (
	"fmt"
	"slices"

	"sealab/pocs"
	"sealab/sim"
)

// carriers are the names of pocs.Run.Carrier.
var carriers = []string{"direct", "mqtt", "live"}

// readChallenge finds the challenge by its name, or else by the first scenario's.
func (b *draft) readChallenge() error {
	switch {
	case len(b.file.Scenarios) == 0 || len(b.file.Arms) == 0 || len(b.file.Seeds) == 0:
		return b.file.wrong("", "want at least one scenario, one arm and one seed")
	case len(b.file.Seeds) > MaxSeeds:
		return b.file.wrong("seeds", "%d seeds; allowed are %d", len(b.file.Seeds), MaxSeeds)
	}
	var names, scenarios []string
	for i := range b.catalogue.Challenges {
		c := &b.catalogue.Challenges[i]
		names = append(names, c.Name)
		for j := range c.Scenarios {
			scenarios = append(scenarios, c.Scenarios[j].Name)
		}
		wanted := c.Name == b.file.Challenge
		if b.file.Challenge == "" {
			wanted = sim.Find(c.Scenarios, b.file.Scenarios[0].recipe()) != nil
		}
		if wanted && b.Challenge == nil {
			b.Challenge = c
		}
	}
	switch {
	case b.Challenge != nil:
		return nil
	case b.file.Challenge != "":
		return b.file.wrong("challenge", "%s", unknown("challenge", b.file.Challenge, names))
	}
	return b.file.unknownScenario(0, "scenario", scenarios)
}

func (b *draft) readTerms() error {
	var profiles []string
	for _, p := range pocs.Profiles {
		profiles = append(profiles, p.Name)
	}
	if b.Profile = b.file.Profile; b.Profile == "" {
		b.Profile = profiles[0]
	}
	if !slices.Contains(profiles, b.Profile) {
		return b.file.wrong("profile", "%s", unknown("profile", b.Profile, profiles))
	}
	if b.Carrier = b.file.Carrier; b.Carrier == "" {
		b.Carrier = carriers[0]
	}
	if !slices.Contains(carriers, b.Carrier) {
		return b.file.wrong("carrier", "%s", unknown("carrier", b.Carrier, carriers))
	}
	b.Headline = headline(b.Challenge.Measures, b.Profile)
	return nil
}

// headline is score_PROFILE where the challenge has it, else its first measure of which one way is better, else its first.
func headline(list []pocs.Measure, profile string) string {
	if name := "score_" + profile; knows(list, name) {
		return name
	}
	for _, m := range list {
		if m.Better != pocs.Neutral {
			return m.Name
		}
	}
	if len(list) > 0 {
		return list[0].Name
	}
	return ""
}

func (b *draft) readScenarios() error {
	var names []string
	for i := range b.Challenge.Scenarios {
		names = append(names, b.Challenge.Scenarios[i].Name)
	}
	seen := make(map[string]int)
	for i, s := range b.file.Scenarios {
		field := fmt.Sprintf("scenarios[%d]", i)
		sc := sim.Find(b.Challenge.Scenarios, s.recipe())
		if sc == nil {
			return b.file.unknownScenario(i, "scenario of "+b.Challenge.Name, names)
		}
		if s.Extends != "" {
			if why := badName(b.catalogue, s.Name); why != "" {
				return b.file.wrong(field+".name", "%s", why)
			}
			sc = sc.As(s.Name, orElse(s.Doc, sc.Doc))
		}
		points := expand(b.catalogue.maxTrials(), s.Set)
		if points == nil {
			return b.file.wrong(field+".set", "the grid has %.0f points; this host allows %d trials", product(s.Set), b.catalogue.maxTrials())
		}
		for _, p := range points {
			planned := PlannedScenario{p.label(s.Name), i, sc, p.values[0], p.varies}
			if seen[planned.Name]++; seen[planned.Name] > 1 { // listed again, with other settings
				planned.Name = fmt.Sprintf("%s (%d)", planned.Name, seen[planned.Name])
			}
			b.Scenarios = append(b.Scenarios, planned)
		}
	}
	return nil
}

func (b *draft) readArms() error {
	at := make(map[string]int) // where a name was given
	for i := range b.file.Arms {
		a := &b.file.Arms[i]
		field := fmt.Sprintf("arms[%d]", i)
		poc, err := b.findPoC(a, field)
		if err != nil {
			return err
		}
		if first, taken := at[a.armName()]; taken {
			return b.file.wrong(field, "the arm %q stands twice, first as arms[%d]: give one of them a name", a.armName(), first)
		}
		at[a.armName()] = i
		points := expand(maxArms, a.Params, a.Set)
		if points == nil || len(b.Arms)+len(points) > maxArms {
			return b.file.wrong(field, "the grid has %.0f points; allowed are %d arms in all", product(a.Params, a.Set), maxArms)
		}
		for _, p := range points {
			arm := PlannedArm{p.label(a.armName()), i, poc, b.catalogue.SeesTruth[poc.Name], nil, p.values[1], p.varies}
			if first, taken := at[arm.Name]; taken && first != i {
				return b.file.wrong(field, "the arm %q stands twice, first as arms[%d]: give one of them a name", arm.Name, first)
			}
			if arm.Params, err = sim.Resolve("parameter", poc.Params, p.values[0]); err != nil {
				return b.badSetting(field+".params", err, "of "+poc.Name)
			}
			b.Arms = append(b.Arms, arm)
		}
	}
	return nil
}

func (b *draft) findPoC(a *FileArm, field string) (*pocs.PoC, error) {
	if a.Exec != nil {
		return nil, b.file.wrong(field+".exec", "programs are not started here: run the file with sealab experiment run, or name a proof of concept with poc")
	}
	if IsProgram(a.PoC) {
		return b.program(a), nil
	}
	var names []string
	for i := range b.catalogue.PoCs {
		p := &b.catalogue.PoCs[i]
		if p.Challenge != b.Challenge.Name {
			if p.Name == a.PoC {
				return nil, b.file.wrong(field, "%s is made for the challenge %s, this experiment is of %s", p.Name, p.Challenge, b.Challenge.Name)
			}
			continue
		}
		if p.Name == a.PoC {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return nil, b.file.wrong(field, "%s", unknown("proof of concept", a.PoC, names))
}
