// The canonical form of an experiment file: what was meant, however it was written, and its name as a SHA-256.

package experiment

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"sealab/pocs"
	"sealab/sim/event"
)

// Canonical is the file as one line of JSON with sorted keys: numbers in their shortest form, seeds rising and short,
// defaults that need no catalogue filled in (carrier, profile, base rate, names of arms), what is empty left out. Two
// files that differ by layout, comments, language or order of keys have one canonical form, and it is itself such a
// file: Parse gives back an equal one.
func (f File) Canonical() []byte {
	out := map[string]any{
		"scenarios": f.scenarioForms(), "arms": f.armForms(), "seeds": FormatSeeds(f.Seeds),
		"carrier": orElse(f.Carrier, carriers[0]), "profile": orElse(f.Profile, pocs.Profiles[0].Name),
	}
	switch {
	case f.BaseRate != nil:
		out["base_rate"] = *f.BaseRate + 0
	case !f.setsBaseRate():
		out["base_rate"] = pocs.DefaultTerms().BaseRate
	}
	for key, text := range map[string]string{"name": f.Name, "question": f.Question, "challenge": f.Challenge, "baseline": f.Baseline} {
		if text != "" {
			out[key] = text
		}
	}
	if len(f.Thresholds) > 0 {
		out["thresholds"] = f.Thresholds
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		panic(fmt.Sprintf("write canonical experiment: %v", err)) // texts, finite numbers, lists and maps of them always encode
	}
	return bytes.TrimSpace(b.Bytes())
}

// setsBaseRate reports whether the base rate may be that of a setting.
func (f File) setsBaseRate() bool {
	sets := func(v Values) bool { return v[pocs.BaseRateSetting] != nil }
	return slices.ContainsFunc(f.Scenarios, func(s FileScenario) bool { return sets(s.Set) }) ||
		slices.ContainsFunc(f.Arms, func(a FileArm) bool { return sets(a.Set) })
}

// Hash is SHA-256 over the canonical form, as "sha256:…".
func (f File) Hash() string {
	sum := sha256.Sum256(f.Canonical())
	return event.FormatSum(sum[:])
}

func (f File) scenarioForms() []map[string]any {
	var list []map[string]any
	for _, s := range f.Scenarios {
		form := map[string]any{"name": s.Name}
		for key, text := range map[string]string{"extends": s.Extends, "doc": s.Doc} {
			if text != "" {
				form[key] = text
			}
		}
		s.Set.addTo(form, "set")
		list = append(list, form)
	}
	return list
}

func (f File) armForms() []map[string]any {
	var list []map[string]any
	for i := range f.Arms {
		a := &f.Arms[i]
		form := map[string]any{"name": a.armName()}
		if a.PoC != "" {
			form["poc"] = a.PoC
		} else {
			form["exec"] = a.Exec
		}
		a.Params.addTo(form, "params")
		a.Set.addTo(form, "set")
		list = append(list, form)
	}
	return list
}

// addTo writes values as numbers where they are numbers, and a grid of one as its value.
func (v Values) addTo(form map[string]any, key string) {
	if len(v) == 0 {
		return
	}
	out := make(map[string]any, len(v))
	for name, list := range v {
		items := make([]any, len(list))
		for i, text := range list {
			if number, err := strconv.ParseFloat(text, 64); err == nil {
				items[i] = number
			} else {
				items[i] = text
			}
		}
		if out[name] = any(items); len(items) == 1 {
			out[name] = items[0]
		}
	}
	form[key] = out
}

func orElse(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}
