// Package call is the hub's matchmaking: a problem that somebody posts with worlds, measures and a pass rule fixed
// beforehand, and the answers of those who say that they can solve it, all judged by that rule. It knows no store and no
// page.
//
// A call names a frozen suite by its hash, so that nobody can turn the worlds afterwards; from the moment at which a
// curator opens it, its content never changes. An answer is a proof of concept of this hub with its parameters, which
// becomes an experiment, or a use case of the catalogue, which is shown and not judged.
package call

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"sealab/catalog/usecase"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// Call is the content of a call. Its texts are plain text of others, which nobody trusts.
type Call struct {
	Title        string        `json:"title"`
	Organization usecase.Party `json:"organization"`
	Problem      string        `json:"problem"`             // what is wrong today
	Gain         string        `json:"gain"`                // who would gain, and what
	Suite        SuiteRef      `json:"suite"`               // whose worlds decide
	Scenarios    []string      `json:"scenarios,omitempty"` // of the suite; none: all
	Measures     []string      `json:"measures,omitempty"`  // that are shown; the first orders the answers
	Rule         []string      `json:"rule"`                // `MEASURE OP NUMBER`, on the mean over all worlds; all must hold
	Closes       string        `json:"closes"`              // YYYY-MM-DD: answers are taken until this day ends, UTC
}

// SuiteRef names a frozen suite.
type SuiteRef struct {
	Name string `json:"name"`
	Hash string `json:"hash"` // "sha256:…"
}

// Limits of what is kept.
const (
	MaxClauses  = 10
	MaxMeasures = 8
	MaxAnswers  = 100 // to one call, withdrawn ones too
	MaxWaiting  = 200 // calls of a room that no curator has looked at yet
)

// Host is what a hub has that calls and answers may name.
type Host struct {
	Suites    []experiment.Suite
	Catalogue experiment.Catalogue
	Now       time.Time
}

// Suite is the suite of a call; nil where this hub no longer has just that one.
func (h *Host) Suite(ref SuiteRef) *experiment.Suite {
	for i := range h.Suites {
		if s := &h.Suites[i]; s.Name == ref.Name && s.Hash() == ref.Hash {
			return s
		}
	}
	return nil
}

// Narrow is the suite with the call's scenarios alone, in the suite's order. It is no suite that can be cited.
func (c *Call) Narrow(s *experiment.Suite) experiment.Suite {
	out := *s
	if len(c.Scenarios) == 0 {
		return out
	}
	out.Scenarios = nil
	for _, sc := range s.Scenarios {
		if slices.Contains(c.Scenarios, sc.Name) {
			out.Scenarios = append(out.Scenarios, sc)
		}
	}
	return out
}

// Shown are the measures of the answers' table: those that the call names, then those that its rule speaks of.
func (c *Call) Shown() []string {
	list := slices.Clone(c.Measures)
	for _, cl := range c.Clauses() {
		if !slices.Contains(list, cl.Measure) {
			list = append(list, cl.Measure)
		}
	}
	return list
}

// Clauses are those of the rule that can be read; Check names the others.
func (c *Call) Clauses() (list []pocs.Claim) {
	for _, text := range c.Rule {
		if cl, err := pocs.ParseClaim(text); err == nil {
			list = append(list, cl)
		}
	}
	return list
}

// Deadline is the end of the last day on which answers are taken; zero where the day cannot be read.
func (c *Call) Deadline() time.Time {
	day, err := time.Parse(time.DateOnly, c.Closes)
	if err != nil {
		return time.Time{}
	}
	return day.AddDate(0, 0, 1)
}

// Tidy takes away what forms add: blanks around texts, foreign line ends, empty and repeated lines of lists.
func (c *Call) Tidy() {
	for _, t := range []*string{&c.Title, &c.Organization.Name, &c.Organization.Kind, &c.Problem, &c.Gain, &c.Suite.Name, &c.Suite.Hash, &c.Closes} {
		*t = tidyText(*t)
	}
	c.Scenarios, c.Measures, c.Rule = tidyList(c.Scenarios), tidyList(c.Measures), tidyList(c.Rule)
}

func tidyText(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

func tidyList(list []string) (out []string) {
	for _, text := range list {
		if text = strings.Join(strings.Fields(text), " "); text != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// JSON is the content's one form, without line breaks: what is stored and hashed.
func (c *Call) JSON() []byte { return oneForm(c) }

// Hash is "sha256:" and the SHA-256 of JSON.
func (c *Call) Hash() string { return hashOf(c.JSON()) }

func oneForm(v any) []byte {
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	if err := w.Encode(v); err != nil {
		panic(err) // texts and finite numbers, which Check has seen
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(sum[:])
}
