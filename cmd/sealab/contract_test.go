package main

// This file holds what every scenario says against the contract that `sealab schema` prints, with a validator that
// knows nothing of Sealab.

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/worlds"
)

func TestEveryMessageKeepsTheContract(t *testing.T) { keepContract(t, "24", 24*time.Hour) }

// keepContract plays every scenario with so many seals, for so long or to its end, and validates all that is heard.
func keepContract(t *testing.T, seals string, long time.Duration) {
	forms := map[string]*jsonschema.Schema{"state": mustForm(t, "reading"), "tele": mustForm(t, "batch"), "event": mustForm(t, "reading"), "notice": mustForm(t, "notice")}
	for _, sc := range worlds.All {
		t.Run(sc.Name, func(t *testing.T) {
			set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": seals, "attacks": "1"})
			if err != nil {
				t.Fatal(err)
			}
			w, err := sim.New(sc, set, 7)
			if err != nil {
				t.Fatal(err)
			}
			heard := map[string]int{}
			for b := range w.Batches() {
				if b.Now.After(sc.Start.Add(long)) {
					break
				}
				for i := range b.Events {
					heard[keepsContract(t, forms, b.Events[i].Message)]++
				}
			}
			if heard["tele"] == 0 || heard["event"] == 0 || heard["notice"] == 0 {
				t.Errorf("little was heard: %v", heard)
			}
			t.Logf("valid: %v", heard)
		})
	}
}

// keepsContract validates one message by the form of its topic, and names that form.
func keepsContract(t *testing.T, forms map[string]*jsonschema.Schema, m event.Message) string {
	t.Helper()
	wire, ok := m.(event.Wire)
	if !ok {
		t.Fatalf("a %s has no form on the wire", m.Kind())
	}
	topic := string(wire.AppendTopic(nil))
	leaf, rest, _ := strings.Cut(topic, "/")
	if leaf == "seal" {
		_, leaf, _ = strings.Cut(rest, "/")
	}
	form := forms[leaf]
	if form == nil {
		t.Fatalf("the contract has no topic %s", topic)
	}
	text := wire.AppendJSON(nil)
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err == nil {
		err = form.Validate(v)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return leaf
}

// mustForm compiles the schema that the command prints.
func mustForm(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run([]string{"schema", name}, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("sealab schema %s ended with %d: %s", name, code, errs.String())
	}
	doc, err := jsonschema.UnmarshalJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name+".json", doc); err != nil {
		t.Fatal(err)
	}
	form, err := c.Compile(name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return form
}
