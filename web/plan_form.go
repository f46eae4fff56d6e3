// The small form over an experiment file: what is chosen in it is written as a file, which is what runs.

package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sealab/pocs"
)

// planForm is the small form and the file that it writes.
type planForm struct {
	Name, Question, Seeds, Baseline, Thresholds string
	Carrier, Profile, BaseRate                  string // empty: the file's default
	Arms, Scenarios                             []string
	Params, Sets, Terms                         map[string]string // NAME=VALUE … as written: parameters and settings by PoC, settings by scenario
	File                                        string            // in the box: what runs
	Wrote                                       string            // what the form last wrote there
	Kept                                        string            // what somebody had written there before that
	PoCs, Worlds                                []choice
	Carriers, Profiles                          []string
	Limit                                       int
	Wrong                                       *Problem
}

// Has reports whether a PoC is chosen as an arm, or a scenario to play.
func (f *planForm) Has(list []string, name string) bool { return slices.Contains(list, name) }

// Filled reports whether any of these fields has something in it, so that it is not folded away.
func (f *planForm) Filled(maps ...map[string]string) bool {
	for _, m := range maps {
		for _, text := range m {
			if strings.TrimSpace(text) != "" {
				return true
			}
		}
	}
	return false
}

// Run is everything but the choice of arms and worlds that is not as usual.
func (f *planForm) Run() bool {
	return f.Carrier != "" && f.Carrier != f.Carriers[0] || f.Profile != "" && f.Profile != f.Profiles[0] || f.BaseRate != ""
}

// blankPlan is the form without anything chosen.
func (s *Server) blankPlan() planForm {
	blank := s.form(s.blankOrder(""), nil)
	f := planForm{PoCs: blank.PoCs, Worlds: blank.Scenarios, Limit: s.cfg.MaxTrials, Carriers: s.carriers()}
	for _, p := range pocs.Profiles {
		f.Profiles = append(f.Profiles, p.Name)
	}
	return f
}

// planForm is the form's first state: a worked example that plays in a minute.
func (s *Server) planForm() planForm {
	f := s.blankPlan()
	f.Name, f.Question = "filter against rules", "Does filtering positions catch more than fixed rules, and at what price in false alarms?"
	f.Seeds, f.Baseline, f.Arms, f.Thresholds = "2001..2010", "rules", []string{"rules", "kalman", "null"}, "kalman: recall >= 0.5"
	if len(f.Worlds) > 0 {
		f.Scenarios = []string{f.Worlds[0].Name}
	}
	f.File = f.write()
	f.Wrote = f.File
	return f
}

// planFormOf is the form as it was sent.
func (s *Server) planFormOf(q url.Values) planForm {
	f := s.blankPlan()
	f.Name, f.Question, f.Seeds, f.Baseline, f.Thresholds = q.Get("name"), q.Get("question"), q.Get("seeds"), q.Get("baseline"), q.Get("thresholds")
	f.Carrier, f.Profile, f.BaseRate = q.Get("carrier"), q.Get("profile"), strings.TrimSpace(q.Get("base_rate"))
	f.Arms, f.Scenarios = q["arm"], q["scenario"]
	f.Params, f.Sets, f.Terms = map[string]string{}, map[string]string{}, map[string]string{}
	for _, p := range f.PoCs {
		f.Params[p.Name], f.Sets[p.Name] = q.Get("params."+p.Name), q.Get("set."+p.Name)
	}
	for _, w := range f.Worlds {
		f.Terms[w.Name] = q.Get("terms." + w.Name)
	}
	f.File, f.Wrote, f.Kept = q.Get("file"), q.Get("wrote"), q.Get("kept")
	return f
}

// edited reports whether the box holds what somebody wrote, rather than what the form did.
func (f *planForm) edited() bool {
	return oneText(f.File) != "" && oneText(f.File) != oneText(f.Wrote)
}

// oneText is a text without what a browser does to its line breaks.
func oneText(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// fill writes the file into the box; what somebody wrote there stays beside it.
func (f *planForm) fill() {
	written := f.write()
	if f.edited() && oneText(f.File) != oneText(written) {
		f.Kept = f.File
	}
	f.File, f.Wrote = written, written
}

// check says which of the short texts cannot be read.
func (f *planForm) check() *Problem {
	try := func(field, text string) *Problem {
		if _, err := readValues(text); err != nil {
			return &Problem{Status: http.StatusUnprocessableEntity, Code: "bad_values", Field: field, Value: clip(text), Allowed: err.Error(),
				Message: fmt.Sprintf("%s: %v", field, err)}
		}
		return nil
	}
	for _, name := range f.Arms {
		if p := try("params."+name, f.Params[name]); p != nil {
			return p
		}
		if p := try("set."+name, f.Sets[name]); p != nil {
			return p
		}
	}
	for _, name := range f.Scenarios {
		if p := try("terms."+name, f.Terms[name]); p != nil {
			return p
		}
	}
	if _, err := strconv.ParseFloat(f.BaseRate, 64); err != nil && f.BaseRate != "" {
		return invalid("bad_base_rate", "base_rate", f.BaseRate, "allowed is a number of attacks per 10,000 trips")
	}
	return nil
}

// valuesOfName are the values of one parameter or setting: several make a grid.
type valuesOfName struct {
	name   string
	values []string
}

// readValues reads `seals=50 report_interval_s=600,3600`; blanks and semicolons part names, commas part values.
func readValues(text string) (list []valuesOfName, err error) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n;", r) }) {
		name, values, named := strings.Cut(word, "=")
		if !named && len(list) > 0 { // "nis=9, 15": the blank follows the comma
			name, values = list[len(list)-1].name, word
			list[len(list)-1].values = append(list[len(list)-1].values, split(values)...)
			continue
		}
		if !named || name == "" || len(split(values)) == 0 {
			return nil, fmt.Errorf("%q is not understood: write NAME=VALUE, or NAME=VALUE,VALUE for a grid", clip(word))
		}
		if slices.ContainsFunc(list, func(v valuesOfName) bool { return v.name == name }) {
			return nil, fmt.Errorf("%s stands twice: write NAME=VALUE,VALUE for a grid", clip(name))
		}
		list = append(list, valuesOfName{name, split(values)})
	}
	return list, nil
}

func split(values string) []string {
	return strings.FieldsFunc(values, func(r rune) bool { return r == ',' })
}

// flow writes values as the file has them; what cannot be read was refused before.
func flow(text string) string {
	list, _ := readValues(text)
	parts := make([]string, len(list))
	for i, v := range list {
		words := make([]string, len(v.values))
		for n, word := range v.values {
			if words[n] = word; json.Unmarshal([]byte(word), new(float64)) != nil {
				words[n] = quoted(word)
			}
		}
		parts[i] = quoted(v.name) + ": " + words[0]
		if len(words) > 1 {
			parts[i] = quoted(v.name) + ": [" + strings.Join(words, ", ") + "]"
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// write is the file that the small form stands for. A JSON text is a YAML text too, so quoting is JSON's.
func (f *planForm) write() string {
	var b strings.Builder
	fmt.Fprintf(&b, "name: %s\nquestion: %s\nscenarios:\n", quoted(f.Name), quoted(f.Question))
	for _, name := range f.Scenarios {
		fmt.Fprintf(&b, "  - name: %s\n    set: %s\n", quoted(name), hinted(flow(f.Terms[name]), "      # settings, such as {seals: 50, report_interval_s: 3600}"))
	}
	b.WriteString("arms:\n")
	for _, name := range f.Arms {
		fmt.Fprintf(&b, "  - poc: %s\n    params: %s\n", quoted(name), hinted(flow(f.Params[name]), "   # a list of values makes a grid"))
		if set := flow(f.Sets[name]); set != "{}" {
			fmt.Fprintf(&b, "    set: %s\n", set)
		}
	}
	fmt.Fprintf(&b, "seeds: %s\n", quoted(f.Seeds))
	for _, line := range []struct{ key, value string }{{"baseline", f.Baseline}, {"carrier", f.Carrier}, {"profile", f.Profile}} {
		if line.value != "" && line.value != "direct" && line.value != pocs.Profiles[0].Name {
			fmt.Fprintf(&b, "%s: %s\n", line.key, quoted(line.value))
		}
	}
	if f.BaseRate != "" {
		fmt.Fprintf(&b, "base_rate: %s\n", f.BaseRate)
	}
	if lines := strings.FieldsFunc(f.Thresholds, func(r rune) bool { return r == '\n' || r == '\r' }); len(lines) > 0 {
		b.WriteString("thresholds:     # ARM: MEASURE OP NUMBER\n")
		for _, l := range lines {
			if l = strings.TrimSpace(l); l != "" {
				fmt.Fprintf(&b, "  - %s\n", quoted(l))
			}
		}
	}
	return b.String()
}

// hinted puts a hint behind a value that is empty.
func hinted(value, hint string) string {
	if value == "{}" {
		return value + hint
	}
	return value
}

func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a text always can be
	return strings.TrimSpace(b.String())
}
