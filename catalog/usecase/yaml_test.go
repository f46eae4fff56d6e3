// Entries written as YAML, and read by readers of their own minds.
package usecase_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"pgregory.net/rapid"

	"sealab/catalog/usecase"
)

// awkward are texts that one reader of YAML or another takes for something else.
var awkward = []string{"NO", "no", "Off", "y", "~", "null", "True", "1e3", "0x1F", "2018-07-05", "12:30:45", "2018", "a: b", "a #b", "- a", "? a", "!tag", "&a",
	"*a", "{a}", "[a]", "'q'", `"q"`, "%x", "@x", "`x`", "a\nb\n\n- c", "a\tb", "é", "海关", "a\u2028b", "a:", ":a", "=cmd", "<<", ".nan", "+1", "1_000", "|", ">", "a, b", "Ends with :"}

func TestYAMLReadsBackTheSame(t *testing.T) {
	one, year := 0.1, 2024
	e := usecase.Entry{ID: "abc", Title: "Stamps", Caveats: awkward, Countries: []string{"NO"}, Started: "2018-07-05", Metrics: []usecase.Metric{{Name: "m", Target: &one}, {}},
		Costs: []usecase.Cost{{Item: "x", Year: &year}}, Lessons: &usecase.Lessons{Policy: "a\nb"}, Submitter: &usecase.Party{Name: "Customs: somewhere", Kind: "administration"}}
	back, _ := usecase.Parse(e.YAML())
	if !reflect.DeepEqual(back, e) {
		t.Errorf("got  %s\nwant %s\nfrom %s", back.JSON(), e.JSON(), e.YAML())
	}
	var list []struct {
		ID        string
		Countries []any
		Started   any
		Caveats   []any
	}
	if err := yaml.Unmarshal(append(e.YAMLItem(), (&usecase.Entry{}).YAMLItem()...), &list); err != nil || len(list) != 2 {
		t.Fatalf("%v, %d", err, len(list))
	}
	for i, got := range list[0].Caveats {
		if got != awkward[i] {
			t.Errorf("%q is read as %T %v", awkward[i], got, got)
		}
	}
	if list[0].Started != "2018-07-05" || list[0].Countries[0] != "NO" {
		t.Errorf("%v", list[0])
	}
	if empty := (&usecase.Entry{}).YAML(); string(empty) != "{}\n" {
		t.Errorf("an empty entry is %q", empty)
	}
}

func TestYAMLOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimSpace(strings.ReplaceAll(rapid.String().Draw(t, "text"), "\r", ""))
		e := usecase.Entry{Title: text, Standards: []string{"x" + text}}
		back, faults := usecase.Parse(e.YAML())
		if !reflect.DeepEqual(back, e) && (len(faults) == 0 || faults[0].Field != "") {
			t.Fatalf("%q came back as %q: %v\n%s", text, back.Title, faults, e.YAML())
		}
	})
}
