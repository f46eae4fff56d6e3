// What is wrong with a call or an answer, field by field, in plain words.

package call

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sealab/catalog/usecase"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// maxDays is how far ahead a call may close: two years.
const maxDays = 731

// faults are what is wrong; each field is named once.
type faults []usecase.Fault

func (f *faults) add(field, format string, args ...any) {
	if !slices.ContainsFunc(*f, func(x usecase.Fault) bool { return x.Field == field }) {
		*f = append(*f, usecase.Fault{Field: field, Problem: fmt.Sprintf(format, args...)})
	}
}

// text checks a text and its length in characters.
func (f *faults) text(field, text string, least, most int) {
	n := utf8.RuneCountInString(text)
	switch problem := usecase.TextFault(text); {
	case problem != "":
		f.add(field, "%s", problem)
	case n == 0 && least > 0:
		f.add(field, "is missing")
	case n < least:
		f.add(field, "is too short: %d characters, at least %d are wanted", n, least)
	case n > most:
		f.add(field, "is too long: %d characters, at most %d are allowed", n, most)
	}
}

// word checks that a value is one of those known.
func (f *faults) word(field, value string, known []string) bool {
	switch {
	case slices.Contains(known, value):
		return true
	case value == "":
		f.add(field, "is missing: allowed are %s", strings.Join(known, ", "))
	default:
		f.add(field, "cannot be %q: %s", clip(value), sim.Suggest(value, known))
	}
	return false
}

func (f *faults) organization(p usecase.Party) {
	f.text("organization.name", p.Name, 2, 160)
	f.word("organization.kind", p.Kind, usecase.Kinds)
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// Check says what is wrong with a call: nil for one that may be opened on this host today.
func (c *Call) Check(h Host) []usecase.Fault {
	var f faults
	f.text("title", c.Title, 5, usecase.MaxLength("title"))
	f.organization(c.Organization)
	f.text("problem", c.Problem, 10, usecase.MaxLength("problem"))
	f.text("gain", c.Gain, 10, usecase.MaxLength("problem"))
	c.checkDay(&f, h.Now)
	if s := c.checkSuite(&f, &h); s != nil {
		c.checkMeasures(&f, &h, s)
		if len(f) == 0 {
			c.checkPlan(&f, &h, s)
		}
	}
	return f
}

func (c *Call) checkDay(f *faults, now time.Time) {
	end := c.Deadline()
	switch {
	case c.Closes == "":
		f.add("closes", "is missing: want a day such as %s", now.UTC().AddDate(0, 1, 0).Format(time.DateOnly))
	case end.IsZero():
		f.add("closes", "cannot be %q: want a day such as %s", clip(c.Closes), now.UTC().AddDate(0, 1, 0).Format(time.DateOnly))
	case !now.Before(end):
		f.add("closes", "is over: want a day from %s on", now.UTC().Format(time.DateOnly))
	case end.After(now.AddDate(0, 0, maxDays)):
		f.add("closes", "is too far ahead: at most two years are allowed")
	}
}

// checkSuite finds the suite and the scenarios; nil where there is no such suite.
func (c *Call) checkSuite(f *faults, h *Host) *experiment.Suite {
	var known []string
	var s *experiment.Suite
	for i := range h.Suites {
		known = append(known, h.Suites[i].Name)
		if h.Suites[i].Name == c.Suite.Name {
			s = &h.Suites[i]
		}
	}
	if !f.word("suite", c.Suite.Name, known) {
		return nil
	}
	if s.Hash() != c.Suite.Hash {
		f.add("suite", "has the hash %s on this hub, not %q: a call is about that very suite", s.Hash(), clip(c.Suite.Hash))
		return nil
	}
	var names []string
	for _, sc := range s.Scenarios {
		names = append(names, sc.Name)
	}
	for _, name := range c.Scenarios {
		f.word("scenarios", name, names)
	}
	return s
}

// checkMeasures looks at the measures and the rule: all must be of the suite's challenge, with one way that is better.
func (c *Call) checkMeasures(f *faults, h *Host, s *experiment.Suite) {
	var known []string
	for i := range h.Catalogue.Challenges {
		if ch := &h.Catalogue.Challenges[i]; ch.Name == s.Challenge {
			for _, m := range ch.Measures {
				if m.Better != pocs.Neutral {
					known = append(known, m.Name)
				}
			}
		}
	}
	for _, name := range c.Measures {
		f.word("measures", name, known)
	}
	if len(c.Rule) == 0 {
		f.add("rule", "is missing: want a line such as recall >= 0.9")
	}
	if len(c.Rule) > MaxClauses {
		f.add("rule", "has %d lines, at most %d are allowed", len(c.Rule), MaxClauses)
		return
	}
	for i, text := range c.Rule {
		field := fmt.Sprintf("rule[%d]", i)
		cl, err := pocs.ParseClaim(text)
		if err != nil {
			f.add(field, "%q is no line of a rule: want MEASURE OP NUMBER, such as recall >= 0.9; OP is one of > >= < <= = !=", clip(text))
			continue
		}
		f.word(field, cl.Measure, known)
	}
	if n := len(c.Shown()); n > MaxMeasures {
		f.add("measures", "are %d with those of the rule, at most %d are allowed", n, MaxMeasures)
	}
}

// checkPlan makes the plan of an answer, so that none is refused later for what the call says.
func (c *Call) checkPlan(f *faults, h *Host, s *experiment.Suite) {
	entrants := h.Entrants(s.Challenge)
	if len(entrants) == 0 {
		return // use cases can still answer
	}
	file, err := c.File(h, "", &Answer{PoC: entrants[0].Name})
	if err == nil {
		err = file.Validate(h.Catalogue)
	}
	var bad *experiment.FileError
	switch {
	case err == nil:
	case !errors.As(err, &bad):
		f.add("suite", "%v", err)
	case strings.HasPrefix(bad.Field, "thresholds"):
		f.add("rule"+strings.TrimPrefix(bad.Field, "thresholds"), "%s", bad.Problem)
	default:
		f.add("scenarios", "%s", bad.Problem)
	}
}

// Check says what is wrong with an answer to a call; published reports whether a use case of that id is in the catalogue.
func (a *Answer) Check(h Host, c *Call, published func(id string) bool) []usecase.Fault {
	var f faults
	f.organization(a.Organization)
	f.text("title", a.Title, 5, usecase.MaxLength("title"))
	f.text("approach", a.Approach, 10, usecase.MaxLength("approach"))
	switch {
	case a.PoC == "" && a.Usecase == "":
		f.add("poc", "is missing: choose a proof of concept, or name a use case")
	case a.PoC != "" && a.Usecase != "":
		f.add("usecase", "stands beside a proof of concept: one answer is one of the two")
	case a.Usecase != "":
		if !published(a.Usecase) {
			f.add("usecase", "cannot be %q: no use case of that id is published in the catalogue", clip(a.Usecase))
		}
	default:
		a.checkArm(&f, &h, c)
	}
	if len(a.Params) > 0 && a.PoC == "" {
		f.add("params", "belong to a proof of concept, and none is chosen")
	}
	return f
}

func (a *Answer) checkArm(f *faults, h *Host, c *Call) {
	s := h.Suite(c.Suite)
	if s == nil {
		f.add("poc", "cannot be judged: this hub no longer has the call's suite %s; answer with a use case", c.Suite.Name)
		return
	}
	var known []string
	for _, p := range h.Entrants(s.Challenge) {
		known = append(known, p.Name)
	}
	if !f.word("poc", a.PoC, known) {
		return
	}
	p := h.poc(a.PoC)
	for _, name := range slices.Sorted(maps.Keys(a.Params)) {
		var bad *sim.BadSetting
		if _, err := sim.Resolve("parameter", p.Params, map[string]string{name: sim.Number(a.Params[name])}); errors.As(err, &bad) {
			f.add("params."+clip(name), "%s", bad.Error())
		}
	}
}
