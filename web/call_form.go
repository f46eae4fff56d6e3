// The two forms of calls: the one that posts a call and the one that answers, each with all that is wrong in it.

package web

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sealab/catalog/call"
	"sealab/catalog/usecase"
	"sealab/pocs"
)

// callForm is the form of a call.
type callForm struct {
	Call      call.Call
	Rule      string // a clause a line
	Suites    []suiteJSON
	Scenarios []string // of all suites
	Measures  []string
	Kinds     []string
	Wrong     problemsOf
}

func (f *callForm) Problem(field string) *Problem { return f.Wrong.of(field) }

// Has reports whether a list holds a name.
func (f *callForm) Has(list []string, name string) bool { return slices.Contains(list, name) }

// newCallForm shows a call in the form.
func (s *Server) newCallForm(c call.Call) *callForm {
	f := &callForm{Call: c, Rule: strings.Join(c.Rule, "\n"), Suites: s.suiteList(), Kinds: usecase.Kinds}
	for _, su := range f.Suites {
		for _, name := range su.Scenarios {
			if !slices.Contains(f.Scenarios, name) {
				f.Scenarios = append(f.Scenarios, name)
			}
		}
	}
	for i := range s.cfg.Challenges {
		for _, m := range rankable(&s.cfg.Challenges[i]) {
			if !slices.Contains(f.Measures, m.Name) {
				f.Measures = append(f.Measures, m.Name)
			}
		}
	}
	return f
}

// callOf reads a call from its form. The suite's hash is that of this hub, unless the form says another.
func (s *Server) callOf(v url.Values) call.Call {
	c := call.Call{Title: v.Get("title"), Organization: callerOf(v), Problem: v.Get("problem"), Gain: v.Get("gain"),
		Suite: call.SuiteRef{Name: v.Get("suite")}, Scenarios: v["scenarios"], Measures: v["measures"], Rule: strings.Split(v.Get("rule"), "\n"), Closes: v.Get("closes")}
	return s.hashed(c)
}

// hashed tidies a call and fills in the hash of its suite, where it names none.
func (s *Server) hashed(c call.Call) call.Call {
	c.Tidy()
	if su, err := s.findSuite(c.Suite.Name); err == nil && c.Suite.Hash == "" {
		c.Suite.Hash = su.Hash()
	}
	return c
}

func callerOf(v url.Values) usecase.Party {
	return usecase.Party{Name: v.Get("organization.name"), Kind: v.Get("organization.kind")}
}

// answerForm is the form of an answer.
type answerForm struct {
	Answer   call.Answer
	Params   string // NAME=VALUE …
	Entrants []choice
	Kinds    []string
	Wrong    problemsOf
}

func (f *answerForm) Problem(field string) *Problem { return f.Wrong.of(field) }

func (s *Server) newAnswerForm(c *call.Call, a call.Answer, params string) *answerForm {
	f := &answerForm{Answer: a, Params: params, Kinds: usecase.Kinds}
	h := s.callHost()
	if su := h.Suite(c.Suite); su != nil {
		for _, p := range h.Entrants(su.Challenge) {
			f.Entrants = append(f.Entrants, choice{p.Name, firstSentence(p.Doc)})
		}
	}
	return f
}

// answerFrom reads an answer from its form; a parameter that cannot be read is the one fault that is found here.
func answerFrom(v url.Values) (call.Answer, []usecase.Fault) {
	a := call.Answer{Organization: callerOf(v), Title: v.Get("title"), Approach: v.Get("approach"), PoC: v.Get("poc"), Usecase: v.Get("usecase")}
	a.Tidy()
	list, err := readValues(v.Get("params"))
	if err != nil {
		return a, []usecase.Fault{{Field: "params", Problem: err.Error()}}
	}
	for _, p := range list {
		number, err := strconv.ParseFloat(p.values[0], 64)
		switch {
		case len(p.values) > 1:
			return a, []usecase.Fault{{Field: "params", Problem: fmt.Sprintf("%s has %d values: an answer has one of each", clip(p.name), len(p.values))}}
		case err != nil || math.IsNaN(number) || math.IsInf(number, 0):
			return a, []usecase.Fault{{Field: "params", Problem: fmt.Sprintf("%s cannot be %q: want a number", clip(p.name), clip(p.values[0]))}}
		}
		if a.Params == nil {
			a.Params = pocs.Params{}
		}
		a.Params[p.name] = number
	}
	return a, nil
}

// inLabels are faults as a form tells them: under its own fields, in the words of its labels. rule[1] and params.nis
// are lines and words of one field.
func inLabels(t *texts, family string, list []usecase.Fault) problemsOf {
	var out problemsOf
	for _, f := range list {
		field, part := f.Field, ""
		if at := strings.IndexAny(field, "[."); at >= 0 && !strings.HasPrefix(field, "organization.") {
			field, part = field[:at], strings.Trim(field[at:], "[].")
		}
		p := fault(usecase.Fault{Field: field, Problem: f.Problem})
		label := t.T(family + field)
		if n, err := strconv.Atoi(part); err == nil {
			label = t.T("call.line", "field", label, "n", n+1)
		}
		p.Message = label + ": " + f.Problem + "."
		out = append(out, p)
	}
	return out
}
