package main

// This file holds what every scenario says against the contract that `sealab schema` prints, with a validator that
// knows nothing of Sealab.

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/catalog/dataset"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/seal"
	"sealab/sim/worlds"
)

func TestEveryMessageKeepsTheContract(t *testing.T) { keepContract(t, "200", 24*time.Hour, 7) }

// keepContract plays every scenario with so many seals, for so long or to its end, and validates all that is heard, what
// it becomes in EPCIS, and what a detector says of it.
func keepContract(t *testing.T, seals string, long time.Duration, seed uint64) {
	forms := map[string]*jsonschema.Schema{}
	for _, name := range []string{"reading", "batch", "notice", "finding", "findings"} {
		forms[name] = mustForm(t, name)
	}
	structures := epcisStructures(t)
	for _, sc := range worlds.All {
		t.Run(sc.Name, func(t *testing.T) {
			t.Parallel()
			set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": seals, "attacks": "1"})
			if err != nil {
				t.Fatal(err)
			}
			w, err := sim.New(sc, set, seed)
			if err != nil {
				t.Fatal(err)
			}
			c := contractCheck{T: t, forms: forms, detectors: mustDetectors(t, w), backlog: map[string][][]byte{}, heard: map[string]int{},
				events: epcisCheck{T: t, structures: structures}}
			for b := range w.Batches() {
				if b.Now.After(sc.Start.Add(long)) {
					break
				}
				c.tick(b)
			}
			c.end()
		})
	}
}

// mustDetectors are all that need no truth; coin among them says something on any day.
func mustDetectors(t *testing.T, w *sim.World) (list []pocs.Detector) {
	t.Helper()
	for _, poc := range all.PoCs {
		if all.SeesTruth[poc.Name] {
			continue
		}
		params, err := sim.Resolve("parameter", poc.Params, nil)
		if err != nil {
			t.Fatal(err)
		}
		d, err := poc.New(pocs.Setup{Params: params, Dice: exact.NewDice(7, "detector/"+poc.Name), Keys: w.Keyring()})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, d)
	}
	return list
}

// contractCheck validates one world.
type contractCheck struct {
	*testing.T
	forms     map[string]*jsonschema.Schema
	detectors []pocs.Detector
	findings  []pocs.Finding
	backlog   map[string][][]byte // of tele, by seal, until there are enough for an array
	heard     map[string]int
	events    epcisCheck
}

func (c *contractCheck) tick(b event.Batch) {
	for i := range b.Events {
		e := &b.Events[i]
		c.message(e.Message)
		if r, ok := e.Message.(*seal.Reading); ok {
			c.events.add(e.At, r)
		}
	}
	for _, d := range c.detectors {
		said, err := d.Step(b)
		if err != nil {
			c.Fatal(err)
		}
		for _, f := range said {
			f.At = b.Now
			c.findings = append(c.findings, f)
		}
	}
}

// message validates one message by the form of its topic.
func (c *contractCheck) message(m event.Message) {
	wire, ok := m.(event.Wire)
	if !ok {
		c.Fatalf("a %s has no form on the wire", m.Kind())
	}
	topic := string(wire.AppendTopic(nil))
	leaf, rest, _ := strings.Cut(topic, "/")
	if leaf == "seal" {
		_, leaf, _ = strings.Cut(rest, "/")
	}
	text := wire.AppendJSON(nil)
	switch leaf {
	case "state", "event":
		c.valid("reading", text)
	case "notice":
		c.valid("notice", text)
	case "tele":
		c.valid("batch", text)
		if who := m.Subject(); len(c.backlog[who]) < seal.MaxArray-1 {
			c.backlog[who] = append(c.backlog[who], text)
		} else {
			c.array(append(c.backlog[who], text))
			delete(c.backlog, who)
		}
	default:
		c.Fatalf("the contract has no topic %s", topic)
	}
	c.heard[leaf]++
}

// array validates readings as the one message that a seal makes of its backlog.
func (c *contractCheck) array(list [][]byte) {
	c.valid("batch", append(append([]byte("["), bytes.Join(list, []byte(","))...), ']'))
	c.heard["arrays"]++
}

// end validates what is said of the whole.
func (c *contractCheck) end() {
	for _, list := range c.backlog {
		c.array(list)
	}
	for _, f := range findingList(&pocs.Run{Findings: c.findings}) {
		text, err := json.Marshal(f)
		if err != nil {
			c.Fatal(err)
		}
		c.valid("finding", text)
		c.heard["findings"]++
	}
	var file bytes.Buffer
	if err := dataset.WriteFindings(&file, c.findings); err != nil {
		c.Fatal(err)
	}
	for line := range bytes.Lines(file.Bytes()) {
		c.valid("findings", line)
	}
	c.events.end()
	c.heard["EPCIS events"] = c.events.rows
	for _, what := range []string{"tele", "event", "notice", "arrays", "findings", "EPCIS events"} {
		if c.heard[what] == 0 {
			c.Errorf("nothing was heard of %s: %v", what, c.heard)
		}
	}
	c.Logf("valid: %v", c.heard)
}

func (c *contractCheck) valid(form string, text []byte) {
	c.Helper()
	if err := validText(c.forms[form], text); err != nil {
		c.Fatalf("%s: %v\n%s", form, err, text)
	}
}

func validText(form *jsonschema.Schema, text []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return form.Validate(v)
}

// mustForm compiles the schema that the command prints.
func mustForm(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run([]string{"schema", name}, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("sealab schema %s ended with %d: %s", name, code, errs.String())
	}
	return mustCompile(t, name, &out)
}
