// Entries read from text, checked, compared.
package usecase_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sealab/catalog/usecase"
)

const idea = `
id: smart-stamps
origin: submitted
title: Stamps that tell
summary: A stamp on the paper tells the officer by itself whether the paper was issued.
problem: Officers cannot tell a forged stamp from a true one.
approach: A stamp with a signature in it, read by a telephone.
technologies: blockchain
process: [origin-certificates]
stage: idea
countries: [KE]
wco_region: [east-southern-africa]
submitter: {name: Customs of somewhere, kind: administration}
`

func TestAnIdeaIsShort(t *testing.T) {
	e, faults := usecase.Parse([]byte(idea))
	if len(faults) > 0 || e.Evidence != "" || !slices.Equal(e.Technologies, []string{"blockchain"}) {
		t.Errorf("%+v, faults %v", e, faults)
	}
}

// TestFaultsNameTheirField alters the idea a little and wants one fault, at its field and line.
func TestFaultsNameTheirField(t *testing.T) {
	for _, c := range []struct{ from, to, field, says string }{
		{"title: Stamps that tell\n", "", "title", "is missing"},
		{"Stamps that tell", "x", "title", "too short"},
		{"Stamps that tell", strings.Repeat("long ", 30), "title", "at most 120"},
		{"stage: idea", "stage: iedea", "stage", "allowed are idea, research"},
		{"technologies: blockchain", "technologies: [blockchain, blokchain]", "technologies[1]", "allowed are blockchain"},
		{"countries: [KE]", "countries: [Kenya]", "countries[0]", "two capital letters"},
		{"kind: administration", "kind: office", "submitter.kind", "allowed are"},
		{"stage: idea", "stage: idea\nprize: 3", "prize", "is not a field"},
		{"stage: idea", "stage: idea\nstaged: idea", "staged", "stage"},
		{"stage: idea", "stage: idea\nmetrics: [{name: Time, unit: h, target: soon}]", "metrics[0].target", "not a number"},
		{"stage: idea", "stage: idea\nmetrics: [{name: Time, unit: h}]", "metrics[0]", "one of baseline, target, measured"},
		{"stage: idea", "stage: idea\nstarted: 2024-13", "started", "such as 2024-05"},
		{"stage: idea", "stage: idea\nstarted: 2024\nended: 2023-12", "ended", "before started"},
		{"stage: idea", "stage: idea\nsources: [{title: Mine, url: 'javascript:alert(1)'}]", "sources[0].url", "https://"},
		{"stage: idea", "stage: idea\nsources: [{title: Mine, url: 'https://a:b@example.org'}]", "sources[0].url", "https://"},
		{"stage: idea", "stage: idea\nsources: [{title: Mine, url: 'https://example.org/<b>'}]", "sources[0].url", `holds "<", which an address writes as %3C`},
		{"stage: idea", "stage: idea\nsources: [{title: Mine, url: 'https://example.org/?a[1]=2'}]", "sources[0].url", `holds "[", which an address writes as %5B`},
		{"stage: idea", "stage: idea\nsources: [{title: Mine, url: 'https://example.org/?税'}]", "sources[0].url", `which an address writes as %E7%A8%8E`},
		{"stage: idea", "stage: idea\nsources: [{title: Mine, url: 'https://example.org/?100%'}]", "sources[0].url", `holds "%", which an address writes as %25`},
		{"Stamps that tell", `"Stamps \u202e tell"`, "title", "direction of writing"},
		{"Stamps that tell", `"Stamps \u0007 tell"`, "title", "control character"},
		{"stage: idea", "stage: stopped\nstopped_why: Nobody paid for it.", "metrics", "is missing"},
		{"stage: idea", "stage: pilot", "licence", "is missing"},
	} {
		text := strings.Replace(idea, c.from, c.to, 1)
		_, faults := usecase.Parse([]byte(text))
		i := slices.IndexFunc(faults, func(f usecase.Fault) bool { return f.Field == c.field })
		if i < 0 || !strings.Contains(faults[i].Problem, c.says) {
			t.Errorf("%q: got %v, want %s: %s", c.to, faults, c.field, c.says)
			continue
		}
		if there := strings.Contains(text, strings.SplitN(c.field, "[", 2)[0]+":"); there && faults[i].Line == 0 {
			t.Errorf("%q: %v has no line", c.to, faults[i])
		}
	}
}

func TestYAMLAndJSONReadAlike(t *testing.T) {
	e, _ := usecase.Parse([]byte(idea))
	again, faults := usecase.Parse(e.JSON())
	if len(faults) > 0 || !reflect.DeepEqual(e, again) || e.Hash() != again.Hash() {
		t.Errorf("%v\n%+v\n%+v", faults, e, again)
	}
}

func TestDiffListsExactlyWhatChanged(t *testing.T) {
	a, _ := usecase.Parse([]byte(idea))
	if d := usecase.Diff(&a, &a); d != nil {
		t.Errorf("equal entries differ: %v", d)
	}
	one, two, year := 1.0, 2.5, 2024
	a.Metrics = []usecase.Metric{{Name: "Time", Unit: "h", Target: &one}, {Name: "Cost", Unit: "EUR", Target: &one}}
	a.Countries = []string{"KE", "UG", "TZ"}
	b := a
	b.Title = "Stamps that speak"
	b.Countries = []string{"TZ", "UG", "RW"}
	b.Metrics = []usecase.Metric{{Name: "Time", Unit: "h", Target: &two}, {Name: "Errors", Unit: "share", Baseline: &one}}
	b.Lessons = &usecase.Lessons{Legal: "Ask first."}
	b.Costs = []usecase.Cost{{Item: "Printer", Amount: &one, Currency: "EUR", Year: &year}}
	want := []usecase.Change{
		{"title", "Stamps that tell", "Stamps that speak"},
		{"countries[KE]", "KE", ""}, {"countries[RW]", "", "RW"}, {"countries (order)", "UG; TZ", "TZ; UG"},
		{"metrics[Time].target", "1", "2.5"},
		{"metrics[Cost]", "name: Cost, unit: EUR, target: 1", ""}, {"metrics[Errors]", "", "name: Errors, unit: share, baseline: 1"},
		{"costs[Printer]", "", "item: Printer, amount: 1, currency: EUR, year: 2024"},
		{"lessons.legal", "", "Ask first."},
	}
	if got := usecase.Diff(&a, &b); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Éclairage à l'envers: 2 essais": "eclairage-a-l-envers-2-essais", "海关": "case", "A": "case-a", "CADENA": "cadena",
	} {
		if got := usecase.Slug(title); got != want {
			t.Errorf("%s: got %s, want %s", title, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if s := usecase.Slug(rapid.String().Draw(t, "title")); !slugForm.MatchString(s) || len(s) < 3 || len(s) > 56 {
			t.Fatalf("got %q", s)
		}
	})
}

func TestWordsComeFromTheSchema(t *testing.T) {
	for name, list := range map[string][]string{"technologies": usecase.Technologies, "processes": usecase.Processes, "stages": usecase.Stages,
		"regions": usecase.Regions, "evidences": usecase.Evidences, "kinds": usecase.Kinds, "sensitivities": usecase.Sensitivities,
		"comparators": usecase.Comparators, "attack modes": usecase.AttackModes} {
		if len(list) < 3 {
			t.Errorf("%s: %v", name, list)
		}
	}
	if len(usecase.Technologies) != 7 || len(usecase.Processes) != 12 || len(usecase.Regions) != 7 {
		t.Error("a vocabulary has another number of words than the reference")
	}
	if usecase.MaxLength("title") != 120 || usecase.MaxLength("problem") != 2000 || usecase.Describe("summary") == "" {
		t.Error("limits or descriptions are not read")
	}
}

// FuzzParse wants of any bytes an entry or faults; and what comes without a fault reads the same again.
func FuzzParse(f *testing.F) {
	f.Add([]byte(idea))
	f.Add([]byte(`{"id":"abc","metrics":[{"target":1e999}],"lessons":{"legal":null}}`))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, faults := usecase.Parse(data)
		if !json.Valid(e.JSON()) {
			t.Fatal("no JSON")
		}
		if len(faults) > 0 {
			return
		}
		if again, faults := usecase.Parse(e.JSON()); len(faults) > 0 || again.Hash() != e.Hash() {
			t.Fatalf("%v\n%s\n%s", faults, e.JSON(), again.JSON())
		}
	})
}
