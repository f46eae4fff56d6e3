// Suites: a named, frozen set of worlds on which anybody's arms are laid side by side, and which can be cited.

package experiment

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
)

// Suite is scenarios with all their settings, seeds, and the digests of the worlds that these make. It is frozen: what
// is cited is its hash, and a suite that is changed gets another version and so another hash.
type Suite struct {
	Name      string
	Title     string
	Version   string // a date, such as 2026-11-24
	Doc       string // what it is good for, and its limits
	Challenge string
	Carrier   string
	Profile   string
	BaseRate  float64 // attacks per 10,000 trips
	Seeds     []uint64
	Scenarios []SuiteScenario
}

// SuiteScenario is one scenario of a suite.
type SuiteScenario struct {
	Name   string
	Set    sim.Settings // all of them, so that a default that is changed later changes nothing here
	Digest string       // SHA-256 over a line "SEED WORLD_DIGEST" for each seed, as "sha256:…"
	Worlds []string     // the first 16 hexadecimal digits of each world's digest, in the order of the seeds
}

// suiteForm is a suite as it is written, in YAML and JSON alike.
type suiteForm struct {
	Name      string              `json:"name"`
	Title     string              `json:"title"`
	Version   string              `json:"version"`
	Doc       string              `json:"doc"`
	Challenge string              `json:"challenge"`
	Carrier   string              `json:"carrier"`
	Profile   string              `json:"profile"`
	BaseRate  float64             `json:"base_rate"`
	Seeds     string              `json:"seeds"`
	Scenarios []suiteScenarioForm `json:"scenarios"`
	Hash      string              `json:"hash,omitempty"`
}

type suiteScenarioForm struct {
	Name   string       `json:"name"`
	Set    sim.Settings `json:"set"`
	Digest string       `json:"digest"`
	Worlds []string     `json:"worlds"`
}

func (s *Suite) form() suiteForm {
	f := suiteForm{Name: s.Name, Title: s.Title, Version: s.Version, Doc: s.Doc, Challenge: s.Challenge, Carrier: s.Carrier,
		Profile: s.Profile, BaseRate: s.BaseRate, Seeds: FormatSeeds(s.Seeds)}
	for _, sc := range s.Scenarios {
		f.Scenarios = append(f.Scenarios, suiteScenarioForm(sc))
	}
	return f
}

// Canonical is the suite as one line of JSON, without its hash: equal suites have equal ones.
func (s *Suite) Canonical() []byte { return oneLine(s.form()) }

// Hash is SHA-256 over the canonical form, as "sha256:…": what one cites.
func (s *Suite) Hash() string {
	sum := sha256.Sum256(s.Canonical())
	return event.FormatSum(sum[:])
}

// MarshalJSON gives the suite with its hash; ParseSuite reads it back.
func (s *Suite) MarshalJSON() ([]byte, error) {
	f := s.form()
	f.Hash = s.Hash()
	return oneLine(f), nil
}

func oneLine(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("write suite: %v", err)) // texts, finite numbers, lists and maps of them always encode
	}
	return bytes.TrimSpace(b.Bytes())
}

// File is the experiment that lays these arms side by side in the suite's worlds. The first is the baseline.
func (s *Suite) File(arms ...FileArm) File {
	f := File{Name: s.Name, Question: "How do these do in the suite " + s.Name + " " + s.Version + " (" + s.Hash() + ")?",
		Challenge: s.Challenge, Arms: arms, Seeds: slices.Clone(s.Seeds), Carrier: s.Carrier, Profile: s.Profile, BaseRate: &s.BaseRate}
	for _, sc := range s.Scenarios {
		set := make(Values, len(sc.Set))
		for name, text := range textsOf(sc.Set) {
			set[name] = []string{text}
		}
		f.Scenarios = append(f.Scenarios, FileScenario{Name: sc.Name, Set: set})
	}
	return f
}

// Contest is the suite's experiment of those who enter, named after them, with every baseline of its challenge beside it.
func (s *Suite) Contest(c Catalogue, entrants ...FileArm) File {
	var names []string
	for i := range entrants {
		names = append(names, entrants[i].armName())
	}
	for i := range c.PoCs {
		p := &c.PoCs[i]
		entered := slices.ContainsFunc(entrants, func(a FileArm) bool { return a.armName() == p.Name })
		if p.Baseline && p.Challenge == s.Challenge && !entered {
			entrants = append(entrants, FileArm{PoC: p.Name})
		}
	}
	f := s.File(entrants...)
	if name := f.Name + ": " + strings.Join(names, ", "); len(name) <= maxName {
		f.Name = name
	}
	return f
}

// Find gives the suite's scenario of that name, or nil.
func (s *Suite) Find(scenario string) *SuiteScenario {
	for i := range s.Scenarios {
		if s.Scenarios[i].Name == scenario {
			return &s.Scenarios[i]
		}
	}
	return nil
}

// Terms are what the runs of a scenario are judged by.
func (s *Suite) Terms(sc *SuiteScenario) pocs.Terms { return termsOf(sc.Set, s.BaseRate) }

// Headline is the measure that comes first: the score of the suite's profile, where the challenge has it.
func (s *Suite) Headline(measures []pocs.Measure) string { return headline(measures, s.Profile) }

// Holds reports whether a world of this scenario, heard with a seed of the suite, is the frozen one.
func (s *Suite) Holds(sc *SuiteScenario, seed uint64, worldDigest string) bool {
	at, there := slices.BinarySearch(s.Seeds, seed)
	return there && sc.Worlds[at] == brief(worldDigest)
}

// brief is what a suite keeps of a world's digest: 64 bits are plenty to tell which world drifted.
func brief(digest string) string {
	const from = len("sha256:")
	if len(digest) < from+briefDigits {
		return ""
	}
	return digest[from : from+briefDigits]
}

const briefDigits = 16

func textsOf(set sim.Settings) map[string]string {
	out := make(map[string]string, len(set))
	for _, name := range slices.Sorted(maps.Keys(set)) {
		out[name] = sim.Number(set[name] + 0) // no negative zero: a file has none
	}
	return out
}
