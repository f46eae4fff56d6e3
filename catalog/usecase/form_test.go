package usecase_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sealab/catalog/usecase"
)

// everyField names the fields of an entry as files and forms do.
func everyField() (names []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[usecase.Entry]()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

const rich = `
title: Stamps that tell
technologies: [blockchain, iot]
stage: stopped
countries: [KE, UG]
submitter: {name: Customs of somewhere, kind: administration}
partners: [{name: A port}, {name: A bank, role: payer}]
data_used: [{name: Declarations, sensitivity: restricted}]
standards: [UFF]
metrics: [{name: Time, unit: h, baseline: 4, target: 0.5}, {name: Cost, unit: EUR, measured: -3.25, better: lower}]
costs: [{item: Printer, amount: 12.5, currency: EUR, year: 2024}]
lessons: {legal: "Ask first,\nthen build."}
attack_modes: [insider]
caveats: [One figure is doubtful.]
sources: [{title: Report, url: 'https://example.org/a?b=c'}]
claims: [{poc: kalman, experiment: e-1, measure: recall, comparator: '>', value: 0.9}]
`

// TestFormsHoldWhatEntriesDo: an entry goes into a form and comes back as it was, whatever order the form has.
func TestFormsHoldWhatEntriesDo(t *testing.T) {
	e, _ := usecase.Parse([]byte(rich))
	form := usecase.Form{}
	for path, text := range e.Values() {
		form[path] = []string{text}
	}
	var back usecase.Entry
	if unread := back.Fill(form, everyField()...); len(unread) > 0 {
		t.Errorf("unread: %v", unread)
	}
	if back.Hash() != e.Hash() {
		t.Errorf("got  %s\nwant %s", back.JSON(), e.JSON())
	}
}

func TestFillLeavesOtherFieldsAndEmptyRows(t *testing.T) {
	e, _ := usecase.Parse([]byte(rich))
	unread := e.Fill(usecase.Form{
		"metrics[7].name": {"Late"}, "metrics[7].unit": {"h"}, "metrics[7].target": {"1 200,5"}, "metrics[2].name": {" \r\n"}, "metrics[9].baseline": {"soon"},
		"technologies[0]": {"drones"}, "technologies": {"iot", "drones", ""}, "lessons.policy": {"One\r\ntwo"}, "title": {"not of these fields"},
	}, "metrics", "technologies", "lessons", "partners")
	if e.Title != "Stamps that tell" || e.Partners != nil || len(e.Metrics) != 2 || *e.Metrics[0].Target != 1200.5 || e.Lessons.Policy != "One\ntwo" || e.Lessons.Legal != "" {
		t.Errorf("got %s", e.JSON())
	}
	if !slices.Equal(e.Technologies, []string{"drones", "iot"}) {
		t.Errorf("the main one first: got %v", e.Technologies)
	}
	if len(unread) != 1 || unread[0].Field != "metrics[1].baseline" || unread[0].Text != "soon" || !strings.Contains(unread[0].Problem, "not a number") {
		t.Errorf("got %+v", unread)
	}
}

func TestNumbersOfForms(t *testing.T) {
	for text, want := range map[string]string{"1,5": "1.5", "1.5": "1.5", "1 000": "1000", "\u22122": "-2", "-0": "0", "1e3": "1000", "1,234": "", "1e999": "", "NaN": "", "12 EUR": ""} {
		var e usecase.Entry
		unread := e.Fill(usecase.Form{"costs[0].item": {"x"}, "costs[0].amount": {text}, "costs[0].year": {"2024"}}, "costs")
		if got := e.Values()["costs[0].amount"]; got != want || (want == "") != (len(unread) == 1) {
			t.Errorf("%q is read as %q (want %q), unread %v", text, got, want, unread)
		}
	}
	var e usecase.Entry
	if unread := e.Fill(usecase.Form{"costs[0].year": {"20x4"}, "title": {"bad \xff"}}, "costs", "title"); len(unread) != 2 || e.Title != "" || len(e.Costs) != 1 {
		t.Errorf("got %s, unread %v", e.JSON(), unread)
	}
}

func TestFormsAreBounded(t *testing.T) {
	form := usecase.Form{"caveats": slices.Repeat([]string{"x"}, usecase.MaxRows+1)}
	for i := range usecase.MaxRows + 1 {
		form["sources["+strings.Repeat("0", i%3)+threeDigits(i)+"].title"] = []string{"x"}
	}
	var e usecase.Entry
	unread := e.Fill(form, "sources", "caveats")
	if len(unread) != 2 || e.Sources != nil || e.Caveats != nil {
		t.Errorf("got %d sources, unread %v", len(e.Sources), unread)
	}
	if unread := e.Fill(usecase.Form{"sources[99999999999999999999].title": {"x"}, "sources[-1].title": {"x"}, "sources[].title": {"x"}, "sources[1": {"x"}}, "sources"); len(unread) > 0 || e.Sources != nil {
		t.Errorf("odd places: %v, %v", e.Sources, unread)
	}
}

func threeDigits(i int) string { return fmt.Sprintf("%03d", i) }

// TestAnyForm: whatever a form sends, the entry can be stored, and reading its values again gives the same.
func TestAnyForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"title", "technologies", "technologies[0]", "metrics[0].target", "metrics[3].name", "costs[0].year", "lessons.legal", "submitter.name", "x", "metrics[0]"})
		form := usecase.Form(rapid.MapOf(name, rapid.SliceOf(rapid.String())).Draw(t, "form"))
		var e, back usecase.Entry
		if len(e.Fill(form, everyField()...)) > 0 {
			return // a row of which nothing could be read stays, with nothing in it
		}
		again := usecase.Form{}
		for path, text := range e.Values() {
			again[path] = []string{text}
		}
		if unread := back.Fill(again, everyField()...); len(unread) > 0 || back.Hash() != e.Hash() {
			t.Fatalf("%v\n%s\n%s", unread, e.JSON(), back.JSON())
		}
	})
}

func TestRequiredByStage(t *testing.T) {
	idea := []string{"title", "summary", "problem", "approach", "technologies", "process", "stage", "countries", "wco_region", "submitter"}
	more := []string{"metrics", "data_used", "licence", "sources", "evidence"}
	for _, field := range everyField() {
		for stage, extra := range map[string][]string{"idea": nil, "pilot": more, "production": append([]string{"outcome", "started"}, more...),
			"stopped": append([]string{"outcome", "started", "stopped_why"}, more...)} {
			want := slices.Contains(idea, field) || slices.Contains(extra, field)
			if got := usecase.Required(stage, field); got != want {
				t.Errorf("%s at stage %s: required %v, want %v", field, stage, got, want)
			}
		}
	}
}
