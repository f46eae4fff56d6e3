// The design: an experiment file with every name found, every grid expanded and every number resolved.

package experiment

import (
	"fmt"
	"strings"

	"sealab/pocs"
	"sealab/sim"
)

// Catalogue is what an experiment may name, and how large it may be.
type Catalogue struct {
	Challenges []pocs.Challenge
	PoCs       []pocs.PoC
	SeesTruth  map[string]bool // PoCs that are given the truth
	MaxTrials  int             // arms × scenarios × seeds; 0: DefaultMaxTrials
}

// DefaultMaxTrials is a night's work of one machine: a trial of the default size takes about a tenth of a second a core.
const DefaultMaxTrials = 100_000

func (c Catalogue) maxTrials() int {
	if c.MaxTrials > 0 {
		return c.MaxTrials
	}
	return DefaultMaxTrials
}

// Design is a plan that can be run: everything in it exists.
type Design struct {
	Name, Question string
	Challenge      *pocs.Challenge
	Arms           []PlannedArm
	Scenarios      []PlannedScenario
	Seeds          []uint64 // rising
	Baseline       int      // index into Arms: what the others are compared with
	Thresholds     []Threshold
	Carrier        string
	Profile        string
	Headline       string  // the measure that a summary shows first: see headline
	BaseRate       float64 // attacks per 10,000 trips

	settings [][]sim.Settings // arm × scenario, resolved
}

// PlannedArm is one arm: of a grid, one of its points.
type PlannedArm struct {
	Name      string
	Of        int // index into the file's arms
	PoC       *pocs.PoC
	SeesTruth bool
	Params    pocs.Params       // resolved
	Set       map[string]string // settings that it asks for, as written
	Varies    map[string]string // of a grid: what sets this arm apart
}

// PlannedScenario is one scenario with settings: of a grid, one of its points.
type PlannedScenario struct {
	Name     string
	Of       int // index into the file's scenarios
	Scenario *sim.Scenario
	Set      map[string]string
	Varies   map[string]string
}

// Validate returns a *FileError for the first thing in the file that does not exist, cannot be meant or is too large.
func (f File) Validate(c Catalogue) error {
	_, err := f.Design(c)
	return err
}

// Design makes the plan. Its errors are *FileError, with line and field where the file was parsed.
func (f File) Design(c Catalogue) (*Design, error) {
	b := &draft{file: &f, catalogue: c, Design: &Design{Name: f.Name, Question: f.Question, Seeds: f.Seeds}}
	for _, step := range []func() error{b.readChallenge, b.readTerms, b.readScenarios, b.readArms, b.readSize,
		b.readSettings, b.readBaseRate, b.readBaseline, b.readChecks} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.Design, nil
}

// draft is a design in the making.
type draft struct {
	*Design
	file      *File
	catalogue Catalogue
}

// Settings are the resolved settings of an arm in a scenario.
func (d *Design) Settings(arm, scenario int) sim.Settings { return d.settings[arm][scenario] }

// Trials lists the trials seed by seed, so that a plan broken off has whole pairs behind it.
func (d *Design) Trials() []Job { return Jobs(len(d.Arms), len(d.Scenarios), d.Seeds) }

// Trial makes one of them. The detector's dice and what carries or tapes it are the caller's.
func (d *Design) Trial(j Job) pocs.Trial {
	a, s := &d.Arms[j.Arm], &d.Scenarios[j.Scenario]
	set := d.Settings(j.Arm, j.Scenario)
	return pocs.Trial{
		Challenge: d.Challenge, PoC: a.PoC, Params: a.Params, Scenario: s.Scenario, Settings: set, Seed: j.Seed,
		SeesTruth: a.SeesTruth, Terms: termsOf(set, d.BaseRate), CarrierName: d.Carrier,
	}
}

// termsOf are the terms of a run with these settings, at the experiment's own base rate.
func termsOf(set sim.Settings, baseRate float64) pocs.Terms {
	terms := pocs.DefaultTerms()
	terms.Set(set)
	terms.BaseRate = baseRate
	return terms
}

// readSize refuses what is too large before it is resolved.
func (b *draft) readSize() error {
	trials := float64(len(b.Arms)) * float64(len(b.Scenarios)) * float64(len(b.Seeds))
	if most := b.catalogue.maxTrials(); trials > float64(most) {
		return b.file.wrong("", "%d arms × %d scenarios × %d seeds are %.0f trials; this host allows %d", len(b.Arms), len(b.Scenarios), len(b.Seeds), trials, most)
	}
	return nil
}

func (b *draft) readBaseline() error {
	if b.file.Baseline == "" {
		return nil
	}
	switch arms := b.armsCalled(b.file.Baseline); len(arms) {
	case 0:
		return b.file.wrong("baseline", "unknown arm %q: %s", b.file.Baseline, sim.Suggest(b.file.Baseline, b.armNames()))
	case 1:
		b.Baseline = arms[0]
	default:
		return b.file.wrong("baseline", "%q is a grid of %d arms: name one of them, such as %q", b.file.Baseline, len(arms), b.Arms[arms[0]].Name)
	}
	return nil
}

// armsCalled gives the arm of that name, or all arms of the grid of that name.
func (b *draft) armsCalled(name string) []int {
	var grid []int
	for i := range b.Arms {
		if b.Arms[i].Name == name {
			return []int{i}
		}
		if b.file.Arms[b.Arms[i].Of].armName() == name {
			grid = append(grid, i)
		}
	}
	return grid
}

func (b *draft) armNames() []string {
	names := make([]string, len(b.Arms))
	for i := range b.Arms {
		names[i] = b.Arms[i].Name
	}
	return names
}

// unknown says that there is no such name, what may have been meant and what there is.
func unknown(what, name string, known []string) string {
	hint := sim.Suggest(name, known)
	if strings.HasPrefix(hint, "did you mean") && len(known) <= 16 {
		hint += " Known are " + strings.Join(known, ", ")
	}
	return fmt.Sprintf("unknown %s %q: %s", what, name, hint)
}
