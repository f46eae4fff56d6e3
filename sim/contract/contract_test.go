package contract

// This file tests the published contract with a validator that knows nothing of Sealab, against the code that sends and
// reads the messages.

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/sim/notice"
	"sealab/sim/seal"
)

var update = flag.Bool("update", false, "write testdata/asyncapi.json anew")

// TestGoldenAsyncAPI keeps the document under review: a change of the contract shows in the difference, and the tests of the
// front end hold it against AsyncAPI's own schema.
func TestGoldenAsyncAPI(t *testing.T) {
	const file = "testdata/asyncapi.json"
	got := AsyncAPI()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the contract is not the one in %s any more: if that is meant, run make golden and look at the difference", file)
	}
}

// compile makes a validator of a schema.
func compile(tb testing.TB, name string, schema []byte) *jsonschema.Schema {
	tb.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		tb.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name+".json", doc); err != nil {
		tb.Fatal(err)
	}
	s, err := c.Compile(name + ".json")
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func validate(s *jsonschema.Schema, payload []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(payload))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

func TestFormsTakeTheExamples(t *testing.T) {
	used := map[string]bool{}
	for _, m := range Messages {
		form := FormOf(m.Form)
		if form == nil {
			t.Fatalf("message %s has form %q, which is none", m.Name, m.Form)
		}
		used[m.Form] = true
		if err := validate(compile(t, m.Form, form.Schema()), m.Example()); err != nil {
			t.Errorf("%s: %v\n%s", m.Name, err, m.Example())
		}
		if m.Narrow == nil {
			continue
		}
		narrow, err := json.Marshal(m.Narrow)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(compile(t, m.Name, narrow), m.Example()); err != nil {
			t.Errorf("%s: %v\n%s", m.Name, err, m.Example())
		}
	}
	for _, f := range Forms {
		if !used[f.Name] {
			t.Errorf("form %s is on no channel", f.Name)
		}
		if !strings.Contains(string(f.Schema()), `"$schema": "https://json-schema.org/draft/2020-12/schema"`) {
			t.Errorf("form %s does not say that it is of 2020-12", f.Name)
		}
	}
}

func TestOurReadersTakeTheExamples(t *testing.T) {
	for _, m := range Messages {
		var err error
		switch m.Form {
		case "reading":
			_, err = seal.Decode(m.Example())
		case "batch":
			_, err = seal.DecodeArray(m.Example())
		case "notice":
			_, err = notice.Decode(m.Example())
		}
		if err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
	}
}

func TestFormsRefuse(t *testing.T) {
	for form, list := range map[string][]string{
		"batch": {`[]`, `5`, `[` + strings.Repeat(string(status())+`,`, seal.MaxArray) + string(status()) + `]`, `[{"v":1}]`,
			strings.Replace(string(telemetry()), `"v":1`, `"v":2`, 1)},
		"reading": {strings.Replace(string(status()), `"v":1`, `"v":2`, 1), signed(`"alg":"none"`, ""), signed(`"b64":"short"`, ""),
			signed("", strings.Repeat("0", 63)), strings.Replace(string(status()), `"v":1`, `"sig":{"kid":"a"},"v":1`, 1)},
		"command": {replaced(command(), `"cmd":"interval"`, `"cmd":"explode"`), replaced(command(), `"v":1`, `"v":2`), replaced(command(), `"exp":"2026-03-02T09:00:00Z",`, ""),
			replaced(command(), `"cmdId":"c-000017"`, `"cmdId":""`)},
		"ack":     {replaced(ack(), `"ok"`, `"fine"`), replaced(ack(), `"seq":5,`, ""), replaced(ack(), exampleSeal, "a/b")},
		"tick":    {replaced(tick(), exampleSum, "00"), replaced(tick(), ".781Z", "Z"), replaced(tick(), `"tick":481`, `"tick":-1`), replaced(tick(), `"topic":"`+Base, `"topic":"`)},
		"join":    {`{"client":"mine"}`, `{"client":"A b","protocol":1}`, `{"client":"mine","protocol":2}`},
		"ready":   {replaced(ready(), `"messages"`, `"rows"`), replaced(ready(), `["container","event.code"]`, `"all"`)},
		"heard":   {`{"client":"mine"}`, `{"tick":1}`, `{"client":"mine","tick":"1"}`, `{"client":"mine","tick":1,"findings":-1}`},
		"hello":   {`{"client":"mine"}`, replaced(hello(), `"keys":{}`, `"keys":{"k":{"seal":"SLB-1","key":"short"}}`)},
		"bye":     {`{}`, `{"reason":null}`},
		"finding": {replaced(finding(), `950`, `1001`), replaced(finding(), `"kind":"bolt_cut",`, "")},
	} {
		s := compile(t, form, FormOf(form).Schema())
		for _, payload := range list {
			if validate(s, []byte(payload)) == nil {
				t.Errorf("%s takes %.200s", form, payload)
			}
		}
	}
	if s := compile(t, "reading", seal.Schema()); validate(s, []byte(signed("", ""))) != nil {
		t.Error("a signed reading is refused")
	}
}

// signed is a reading with prev and sig; part stands in place of its like in sig, prev in place of 64 zeros.
func signed(part, prev string) string {
	if prev == "" {
		prev = strings.Repeat("0", 64)
	}
	sig := `"alg":"EdDSA","b64":"` + strings.Repeat("A", 86) + `","kid":"SLB-00000007.1"`
	if key, _, ok := strings.Cut(part, ":"); ok {
		sig = regexp.MustCompile(key+`:"[^"]*"`).ReplaceAllString(sig, part)
	}
	return replaced(status(), `"v":1`, `"prev":"`+prev+`","sig":{`+sig+`},"v":1`)
}

func replaced(text []byte, old, by string) string { return strings.Replace(string(text), old, by, 1) }

func TestChannelsAreSound(t *testing.T) {
	known := map[string]bool{}
	for _, m := range Messages {
		known[m.Name] = true
	}
	seen := map[string]bool{}
	for i := range Channels {
		c := &Channels[i]
		if seen[c.ID] || seen[c.Topic()] {
			t.Errorf("channel %s is there twice", c.ID)
		}
		seen[c.ID], seen[c.Topic()] = true, true
		for _, m := range c.Messages {
			if !known[m] {
				t.Errorf("channel %s carries %q, which is no message", c.ID, m)
			}
			known[m] = true
		}
		for _, p := range parameter.FindAllStringSubmatch(c.Topic(), -1) {
			if Parameters[p[1]][0] == "" {
				t.Errorf("channel %s has the parameter %q, which is not explained", c.ID, p[1])
			}
		}
	}
}
