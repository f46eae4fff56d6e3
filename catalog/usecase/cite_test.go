package usecase_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

var update = flag.Bool("update", false, "write the golden files anew")

var published = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// hard is an entry whose texts are hard on each of the formats.
func hard(tb testing.TB) *usecase.Entry {
	tb.Helper()
	e, faults := usecase.Parse([]byte(idea))
	if len(faults) > 0 {
		tb.Fatal(faults)
	}
	e.Title = `Zölle & "Siegel": {100 %} of $5, #1_a ~ ^ \ <b> – L'Été à Ōsaka, 海关 @x: y - z`
	e.Summary = "First line,\nsecond: line with \\ { } and a \"quote\", 'another', [a] *b* | c > d ? e ! f % g @ h ` i;\n\n- not a list, null, ~"
	e.Submitter.Name = `Douane & Fils, {SA} and Sons "GmbH"`
	e.Lang = "fr-CA"
	return &e
}

// citations are the golden ones: an ordinary one, compiled, and a hard one.
func citations(tb testing.TB) map[string]*usecase.Citation {
	list := usecases.List()
	out := map[string]*usecase.Citation{"hard": {Entry: hard(tb), Version: 3, Published: published, Hub: "Sealab", Address: "https://hub.example.org/usecases/smart-stamps/v3"}}
	for i := range list {
		if list[i].ID == "tradelens" {
			out["tradelens"] = &usecase.Citation{Entry: &list[i], Version: 1, Published: published, Hub: "Sealab"}
		}
	}
	return out
}

// TestGoldenCitations keeps the files current that tests of web/ui read with readers of another make.
func TestGoldenCitations(t *testing.T) {
	for name, c := range citations(t) {
		for form, text := range map[string][]byte{".bib": []byte(c.BibTeX()), ".cff": []byte(c.CFF()), ".csl.json": c.CSL()} {
			file := filepath.Join("testdata", name+form)
			if *update {
				if err := os.WriteFile(file, text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if golden, err := os.ReadFile(file); err != nil || !bytes.Equal(golden, text) {
				t.Errorf("%s is not what is written now (%v): go test ./catalog/usecase -run Golden -update", file, err)
			}
		}
	}
}

// cffOf reads a CFF file with a YAML reader that is not ours, and holds it against the structure.
func cffOf(tb interface{ Fatalf(string, ...any) }, text string) map[string]any {
	asJSON, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		tb.Fatalf("%v\n%s", err, text)
	}
	raw, err := os.ReadFile(filepath.Join("testdata", "cff.schema.json"))
	if err != nil {
		tb.Fatalf("%v", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		tb.Fatalf("%v", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("cff.json", doc); err != nil {
		tb.Fatalf("%v", err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		tb.Fatalf("%v", err)
	}
	if err := c.MustCompile("cff.json").Validate(value); err != nil {
		tb.Fatalf("%v\n%s", err, text)
	}
	return value.(map[string]any)
}

func TestEveryShippedEntryCanBeCited(t *testing.T) {
	for _, e := range usecases.List() {
		c := usecase.Citation{Entry: &e, Version: 1, Published: published, Hub: "Sealab"}
		if cff := cffOf(t, c.CFF()); cff["title"] != e.Title {
			t.Errorf("%s is cited as %v", e.ID, cff["title"])
		}
		if e.Origin == usecase.Compiled && (strings.Contains(c.BibTeX(), "author       = {{"+e.Submitter.Name) || !strings.Contains(c.BibTeX(), "not submitted by")) {
			t.Errorf("%s is cited as if the organization named had written it:\n%s", e.ID, c.BibTeX())
		}
		if urn := usecase.VersionURN(e.ID, 1); !strings.Contains(c.BibTeX(), urn) || !strings.Contains(c.CFF(), urn) || !bytes.Contains(c.CSL(), []byte(urn)) || !strings.Contains(c.CFF(), `"`+usecase.URN(e.ID)+`"`) {
			t.Errorf("%s is cited without its identifiers", e.ID)
		}
	}
}

// texReserved finds a character of TeX's that is not written as text.
var texReserved = regexp.MustCompile(`(^|[^\\])[%&$#_^~]`)

// TestCitationsOfAnyText: whatever stands in an entry, braces balance, nothing is left that TeX would act on, and YAML
// and JSON give the text back.
func TestCitationsOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"{", "}", "\\", "%", "&", "$", "#", "_", "~", "^", "\"", "'", ":", "- ", "\n", "\t", "é", "海", "word ", "@", "\u2028", "<", "@misc{x,"}), 5, 40).Draw(t, "title")
		title := "x" + strings.Join(parts, "") + "x"
		e := usecase.Entry{ID: "any", Origin: usecase.Submitted, Title: title, Summary: title, Technologies: []string{"iot"}, Process: []string{"training"}, Submitter: &usecase.Party{Name: title, Kind: "company"}}
		c := usecase.Citation{Entry: &e, Version: 1, Published: published, Hub: "Sealab"}
		want := strings.Join(strings.Fields(title), " ")
		if got := cffOf(t, c.CFF())["title"]; got != want {
			t.Fatalf("CFF has %q, want %q", got, want)
		}
		var csl []map[string]any
		if err := json.Unmarshal(c.CSL(), &csl); err != nil || csl[0]["title"] != want {
			t.Fatalf("CSL: %v, %v", csl, err)
		}
		depth := 0
		bib := c.BibTeX()
		for i, r := range bib {
			switch r {
			case '{':
				depth++
			case '}':
				if depth--; depth == 0 && i != len(bib)-2 {
					t.Fatalf("the entry ends early:\n%s", bib)
				}
			}
		}
		for _, line := range strings.Split(bib, "\n")[1:] {
			if name, value, _ := strings.Cut(line, " = "); strings.TrimSpace(name) == "title" && texReserved.MatchString(value) || depth != 0 {
				t.Fatalf("TeX would act on\n%s", bib)
			}
		}
	})
}
