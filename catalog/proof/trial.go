// From a stored run back to the trial that it came from.

package proof

import (
	"fmt"
	"strings"

	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// parts are what this code has of what a run was made with; nil: it is not here.
type parts struct {
	challenge *pocs.Challenge
	poc       *pocs.PoC
	scenario  *sim.Scenario
}

func partsOf(known *experiment.Catalogue, r *pocs.Run) parts {
	var p parts
	for i := range known.PoCs {
		if known.PoCs[i].Name == r.PoC {
			p.poc = &known.PoCs[i]
		}
	}
	for i := range known.Challenges {
		if known.Challenges[i].Name == r.Challenge {
			p.challenge = &known.Challenges[i]
			p.scenario = sim.Recipe(p.challenge.Scenarios, r.Scenario, r.Extends)
		}
	}
	if r.PoC == visitor.Name && p.scenario != nil { // a person cannot be played again; the flags can
		p.poc, _ = visitor.Again(r.Findings, p.scenario.Start, p.scenario.Tick) // nil where they are no such flags
	}
	return p
}

// missing names the first part that is not here.
func (p parts) missing(r *pocs.Run) error {
	switch {
	case p.challenge == nil:
		return fmt.Errorf("there is no challenge %q here", r.Challenge)
	case p.poc == nil:
		return absent(r.PoC)
	case p.scenario == nil && r.Extends != "":
		return fmt.Errorf("%s has no scenario %q here, which %s extends", r.Challenge, r.Extends, r.Scenario)
	case p.scenario == nil:
		return fmt.Errorf("%s has no scenario %q here", r.Challenge, r.Scenario)
	}
	return nil
}

// absent says what to do where a proof of concept is not here: a program can be given.
func absent(poc string) error {
	switch name, sum, isProgram := strings.Cut(poc, "@"); {
	case !isProgram:
		return fmt.Errorf("there is no proof of concept %q here", poc)
	case sum == "mqtt":
		return fmt.Errorf("program missing: %s joined over MQTT, and nobody here can start it", name)
	}
	return fmt.Errorf("program missing: %s is not here; where it is, give its command with --exec", poc)
}

// TrialOf gives the trial that a run came from, for whoever wants to play it again. It returns an error that names the
// first part of it that is not known.
func TrialOf(known experiment.Catalogue, r *pocs.Run) (pocs.Trial, error) {
	p := partsOf(&known, r)
	if err := p.missing(r); err != nil {
		return pocs.Trial{}, fmt.Errorf("play run %s again: %w", r.ID, err)
	}
	return p.trial(&known, r), nil
}

// trial is the trial that a run came from, carried directly: a digest is the same under every carrier.
func (p parts) trial(known *experiment.Catalogue, r *pocs.Run) pocs.Trial {
	return pocs.Trial{Challenge: p.challenge, PoC: p.poc, Params: r.Params, Scenario: p.scenario, Settings: r.Settings,
		Seed: r.Seed, DiceSeed: r.DiceSeed, SeesTruth: known.SeesTruth[r.PoC], Terms: r.Terms, CarrierName: r.Carrier}
}
