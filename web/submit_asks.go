// The four steps of a submission: what is asked for, and how each thing is asked.

package web

import (
	"slices"
	"strings"

	"sealab/catalog/usecase"
)

// ask is one field of an entry as a form asks for it. Its label is the text submit.f.NAME, its help submit.h.NAME.
type ask struct {
	Name   string   // of the entry's field; of a part: below it
	Kind   string   // text, number, area, select, radio, choices, main, modes, lines, group, rows or areas
	Words  []string // what can be chosen
	Family string   // of the texts for these, such as "tech."
	Parts  []ask    // of a group, or of a row
}

// step is one page of the form.
type step struct {
	Name string
	Asks []ask
}

var steps = []step{
	{"what", []ask{
		{Name: "title", Kind: "text"},
		{Name: "summary", Kind: "area"},
		{Name: "problem", Kind: "area"},
		{Name: "approach", Kind: "area"},
		{Name: "technologies", Kind: "main", Words: usecase.Technologies, Family: "tech."},
		{Name: "process", Kind: "main", Words: usecase.Processes, Family: "process."},
	}},
	{"where", []ask{
		{Name: "stage", Kind: "radio", Words: usecase.Stages, Family: "stage."},
		{Name: "countries", Kind: "text"},
		{Name: "wco_region", Kind: "choices", Words: usecase.Regions, Family: "region."},
		{Name: "submitter", Kind: "group", Parts: []ask{{Name: "name", Kind: "text"}, {Name: "kind", Kind: "select", Words: usecase.Kinds, Family: "party."}}},
		{Name: "started", Kind: "text"},
		{Name: "ended", Kind: "text"},
		{Name: "outcome", Kind: "area"},
		{Name: "stopped_why", Kind: "area"},
		{Name: "partners", Kind: "rows", Parts: []ask{{Name: "name", Kind: "text"}, {Name: "role", Kind: "text"},
			{Name: "kind", Kind: "select", Words: usecase.Kinds, Family: "party."}}},
		{Name: "lessons", Kind: "group", Parts: []ask{{Name: "legal", Kind: "area"}, {Name: "policy", Kind: "area"}, {Name: "technical", Kind: "area"}}},
	}},
	{"data", []ask{
		{Name: "data_used", Kind: "rows", Parts: []ask{{Name: "name", Kind: "text"}, {Name: "owner", Kind: "text"},
			{Name: "sensitivity", Kind: "select", Words: usecase.Sensitivities, Family: "sensitivity."}}},
		{Name: "metrics", Kind: "rows", Parts: []ask{{Name: "name", Kind: "text"}, {Name: "unit", Kind: "text"}, {Name: "baseline", Kind: "number"},
			{Name: "target", Kind: "number"}, {Name: "measured", Kind: "number"},
			{Name: "better", Kind: "select", Words: []string{"higher", "lower"}, Family: "submit.better."}, {Name: "note", Kind: "text"}}},
		{Name: "attack_modes", Kind: "modes", Words: usecase.AttackModes},
		{Name: "caveats", Kind: "areas"},
		{Name: "costs", Kind: "rows", Parts: []ask{{Name: "item", Kind: "text"}, {Name: "amount", Kind: "number"}, {Name: "currency", Kind: "text"}, {Name: "year", Kind: "number"}}},
		{Name: "standards", Kind: "lines"},
		{Name: "environmental_effect", Kind: "area"},
	}},
	{"sources", []ask{
		{Name: "sources", Kind: "rows", Parts: []ask{{Name: "title", Kind: "text"}, {Name: "url", Kind: "text"}}},
		{Name: "evidence", Kind: "select", Words: usecase.Evidences, Family: "evidence."},
		{Name: "licence", Kind: "text"},
		{Name: "pocs", Kind: "lines"},
		{Name: "claims", Kind: "rows", Parts: []ask{{Name: "poc", Kind: "text"}, {Name: "experiment", Kind: "text"}, {Name: "measure", Kind: "text"},
			{Name: "comparator", Kind: "select", Words: usecase.Comparators}, {Name: "value", Kind: "number"}}},
		{Name: "annex_number", Kind: "text"},
		{Name: "lang", Kind: "text"},
		{Name: "id", Kind: "text"},
	}},
}

// fields are the names of a step's fields.
func (st *step) fields() []string {
	names := make([]string, len(st.Asks))
	for i, a := range st.Asks {
		names[i] = a.Name
	}
	return names
}

// topOf is the field of an entry in which a path lies: metrics for metrics[0].unit.
func topOf(path string) string {
	if i := strings.IndexAny(path, ".["); i >= 0 {
		return path[:i]
	}
	return path
}

// stepOf is the number, from 1, of the step that asks for a field; the last for what none asks for.
func stepOf(path string) int {
	i := slices.IndexFunc(steps, func(st step) bool { return slices.Contains(st.fields(), topOf(path)) })
	if i < 0 {
		return len(steps)
	}
	return i + 1
}

// formOf reads what a browser sent. Lists that are written into one box are taken apart, and rows that are to go are
// left out.
func formOf(sent map[string][]string) usecase.Form {
	form := usecase.Form{}
	for name, values := range sent {
		switch name {
		case "countries":
			form[name] = usecase.ReadCountries(strings.Join(values, ","))
		case "standards", "pocs":
			form[name] = splitLines(values, "\n")
		case "attack_modes.own":
			for _, own := range splitLines(values, "\n,;") {
				form["attack_modes"] = append(form["attack_modes"], usecase.Slug(own))
			}
		case "attack_modes":
			form[name] = append(values[:len(values):len(values)], form[name]...)
		default:
			form[name] = values
		}
	}
	for name := range form {
		if end := strings.Index(name, "]"); end > 0 && slices.Contains(sent["drop"][:min(len(sent["drop"]), usecase.MaxRows)], name[:end+1]) {
			delete(form, name)
		}
	}
	return form
}

func splitLines(values []string, ends string) (list []string) {
	for _, part := range strings.FieldsFunc(strings.Join(values, ends[:1]), func(r rune) bool { return strings.ContainsRune(ends, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// fillStep puts a step of a form into an entry. The WCO regions follow the countries until somebody chooses others.
func fillStep(e *usecase.Entry, st *step, form usecase.Form) []usecase.Unread {
	countries, regions := e.Countries, e.Regions
	unread := e.Fill(form, st.fields()...)
	if slices.Contains(st.fields(), "wco_region") {
		moved := !slices.Equal(countries, e.Countries) && slices.Equal(e.Regions, regions) && slices.Equal(regions, usecase.RegionsOf(countries))
		if len(e.Regions) == 0 || moved {
			e.Regions = usecase.RegionsOf(e.Countries)
		}
	}
	return unread
}
