// Every shipped entry is whole, by the published schema and by the rules of curation.
package usecases_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

func TestEveryFileIsAnEntry(t *testing.T) {
	names, err := fs.Glob(usecases.Files(), "*.yaml")
	if err != nil || len(names) < 41 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(usecase.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("usecase.json", doc); err != nil {
		t.Fatal(err)
	}
	schema := c.MustCompile("usecase.json")
	for _, name := range names {
		text, err := fs.ReadFile(usecases.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		e, faults := usecase.Parse(text)
		for _, f := range faults {
			t.Errorf("%s: %v", name, f)
		}
		if e.ID+".yaml" != name {
			t.Errorf("%s holds the entry %q", name, e.ID)
		}
		var raw any
		if err := json.Unmarshal(e.JSON(), &raw); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(raw); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRulesOfCuration holds the shipped list to what the project promises about it.
func TestRulesOfCuration(t *testing.T) {
	compiled := 0
	for _, e := range usecases.List() {
		if e.AnnexNumber != "" {
			t.Errorf("%s claims the annex number %s: nobody has confirmed one", e.ID, e.AnnexNumber)
		}
		if len(e.Sources) == 0 {
			t.Errorf("%s has no source", e.ID)
		}
		if e.Origin != usecase.Compiled {
			if e.Submitter.Kind != "hub" || len(e.PoCs) == 0 {
				t.Errorf("%s is no public initiative and no proof of concept of ours", e.ID)
			}
			continue
		}
		compiled++
		if strings.Contains(strings.ToLower(e.Title), "the 42") {
			t.Errorf("%s names the list after the annex", e.ID)
		}
	}
	if compiled != 38 {
		t.Errorf("%d public initiatives, want 38", compiled)
	}
}
