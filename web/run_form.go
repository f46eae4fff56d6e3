// The form that starts a run: what there is to choose, the values given so far, and what is wrong with them.

package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/sim"
)

// startForm is the form as it is shown. It starts from an order, so that nothing typed is ever lost.
type startForm struct {
	Order       order
	PoCs        []choice
	Scenarios   []choice
	Carriers    []string
	Params      []field // of the chosen PoC
	Settings    []field // of the chosen scenario, but for what few turn
	Kinds       []field // its attacks and look-alikes
	Assumptions []field
	Problems    problemsOf
}

// choice is one entry of a list to choose from.
type choice struct{ Name, Doc string }

// field is one number that may be set.
type field struct {
	sim.Setting
	Field   string // its name in the form
	Value   string // as given; empty: the default
	Problem *Problem
}

const assumptionPrefix = "assumption."

// Chosen reports whether the value that has the i-th word is the one given, or else the default.
func (f field) Chosen(i int) bool {
	if f.Value == "" {
		return f.Default == float64(i)
	}
	return f.Value == f.Words[i] || f.Value == sim.Number(float64(i))
}

// Wrong is the problem of a field that has one.
func (f *startForm) Wrong(name string) *Problem {
	for _, p := range f.Problems {
		if p.Field == name {
			return p
		}
	}
	return nil
}

// HasOpen reports whether a list of fields holds a value or a problem, so that it is shown opened.
func (f *startForm) HasOpen(list []field) bool {
	for _, x := range list {
		if x.Value != "" && x.Value != sim.Number(x.Default) || x.Problem != nil {
			return true
		}
	}
	return false
}

// form makes the form for an order. Names that do not exist are said to be wrong and the first that do are shown.
func (s *Server) form(o order, wrong problemsOf) *startForm {
	f := &startForm{Order: o, Carriers: s.carriers(), Problems: wrong}
	for _, p := range s.cfg.PoCs {
		f.PoCs = append(f.PoCs, choice{p.Name, firstSentence(p.Doc)})
	}
	for _, c := range s.cfg.Challenges {
		for _, sc := range c.Scenarios {
			f.Scenarios = append(f.Scenarios, choice{sc.Name, firstSentence(sc.Doc)})
		}
	}
	if p, err := s.findPoC(o.PoC); err == nil {
		f.Params = f.fields("params.", p.Params, o.Params)
	}
	if sc, _, err := s.findScenario(o.Scenario); err == nil {
		f.sort(f.fields("settings.", sc.Settings, o.Settings))
	}
	return f
}

// sort puts settings into the groups in which they are shown.
func (f *startForm) sort(settings []field) {
	for _, x := range settings {
		switch {
		case strings.HasPrefix(x.Name, sim.KindPrefix):
			f.Kinds = append(f.Kinds, x)
		case x.Rare:
			f.Assumptions = append(f.Assumptions, x)
		default:
			f.Settings = append(f.Settings, x)
		}
	}
}

func (f *startForm) fields(prefix string, list []sim.Setting, given map[string]string) []field {
	out := make([]field, len(list))
	for i := range list {
		name := prefix + list[i].Name
		out[i] = field{Setting: list[i], Field: name, Value: given[list[i].Name], Problem: f.Wrong(name)}
	}
	return out
}

// blankOrder is the form's first state. The address may say more: ?start=kalman/asia-europe/7.
func (s *Server) blankOrder(start string) order {
	o := order{PoC: s.cfg.Watch, Seed: "7", Carrier: "direct"}
	if len(s.cfg.Challenges) > 0 && len(s.cfg.Challenges[0].Scenarios) > 0 {
		o.Scenario = s.cfg.Challenges[0].Scenarios[0].Name
	}
	parts := strings.SplitN(start, "/", 3)
	for i, into := range []*string{&o.PoC, &o.Scenario, &o.Seed} {
		if i < len(parts) && parts[i] != "" {
			*into = parts[i]
		}
	}
	return o
}

// orderOf reads a posted form. An empty number is the default.
func orderOf(v url.Values) order {
	o := order{PoC: v.Get("poc"), Scenario: v.Get("scenario"), Seed: v.Get("seed"), Carrier: v.Get("carrier"),
		Params: map[string]string{}, Settings: map[string]string{}}
	for name := range v {
		value := strings.TrimSpace(v.Get(name))
		if value == "" {
			continue
		}
		if p, ok := strings.CutPrefix(name, "params."); ok {
			o.Params[p] = value
		}
		if p, ok := strings.CutPrefix(name, "settings."); ok {
			o.Settings[p] = value
		}
	}
	return o
}

// startRunForm starts a run from the form, or shows the form again with what is wrong and all that was typed.
func (s *Server) startRunForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	o := orderOf(c.Request.PostForm)
	if c.PostForm("step") == "choose" { // another PoC or scenario was chosen: show its numbers
		return s.runsWith(c, http.StatusOK, s.form(o.only(s), nil))
	}
	id, err := s.desk.take(c.Request.Context(), o)
	var wrong problemsOf
	if errors.As(err, &wrong) {
		return s.runsWith(c, http.StatusUnprocessableEntity, s.form(o, wrong))
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/runs/"+id)
	return nil
}

// only leaves out the numbers that the chosen PoC and scenario do not have.
func (o order) only(s *Server) order {
	keep := func(given map[string]string, list []sim.Setting) map[string]string {
		out := map[string]string{}
		for _, x := range list {
			if v, ok := given[x.Name]; ok {
				out[x.Name] = v
			}
		}
		return out
	}
	if p, err := s.findPoC(o.PoC); err == nil {
		o.Params = keep(o.Params, p.Params)
	}
	if sc, _, err := s.findScenario(o.Scenario); err == nil {
		o.Settings = keep(o.Settings, sc.Settings)
	}
	return o
}

func badForm(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return err
	}
	return &Problem{Status: http.StatusBadRequest, Code: "bad_form", Message: "The form could not be read."}
}

// firstSentence is what of a description fits a list.
func firstSentence(doc string) string {
	doc = strings.Join(strings.Fields(doc), " ")
	if before, _, ok := strings.Cut(doc, ". "); ok {
		return before + "."
	}
	return doc
}
