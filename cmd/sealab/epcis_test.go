package main

// This file holds EPCIS documents against the structure that GS1 asks for: as `sealab schema epcis` states it, and by
// GS1's own EPCIS-JSON-Schema.json where the environment variable EPCIS_SCHEMA names that file, which is not ours to ship.

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/sim/epcis"
	"sealab/sim/seal"
)

// epcisStructures are the schemas at hand, by name.
func epcisStructures(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	list := map[string]*jsonschema.Schema{"sealab schema epcis": mustForm(t, "epcis")}
	if name := os.Getenv("EPCIS_SCHEMA"); name != "" {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		list[name] = mustCompile(t, "gs1", f)
	}
	return list
}

func mustCompile(t *testing.T, name string, text io.Reader) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(ecma)
	if err := c.AddResource(name+".json", doc); err != nil {
		t.Fatal(err)
	}
	form, err := c.Compile(name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// ecma compiles patterns as Go has them, and besides the one form that GS1's schema uses of those Go has not:
// ^(?!X), which is whatever does not begin with X.
func ecma(pattern string) (jsonschema.Regexp, error) {
	inner, not := strings.CutPrefix(pattern, "^(?!")
	if !not {
		return regexp.Compile(pattern)
	}
	inner, ends := strings.CutSuffix(inner, ")")
	if !ends {
		return nil, errors.New("a pattern with ^(?! must end with it")
	}
	re, err := regexp.Compile("^(?:" + inner + ")")
	return beginsOtherwise{re, pattern}, err
}

type beginsOtherwise struct {
	*regexp.Regexp
	pattern string
}

func (b beginsOtherwise) MatchString(s string) bool { return !b.Regexp.MatchString(s) }
func (b beginsOtherwise) String() string            { return b.pattern }

// epcisCheck makes documents of some hundred events each, so that long worlds need little memory, and validates them.
type epcisCheck struct {
	*testing.T
	structures map[string]*jsonschema.Schema
	text       bytes.Buffer
	doc        *epcis.Document
	rows       int
}

const epcisRows = 500

func (c *epcisCheck) add(at time.Time, r *seal.Reading) {
	if c.doc == nil {
		c.doc = epcis.NewDocument(&c.text, at)
	}
	if err := c.doc.Add(at, r); err != nil {
		c.Fatal(err)
	}
	if c.doc.Rows() == epcisRows {
		c.end()
	}
}

func (c *epcisCheck) end() {
	if c.doc == nil {
		return
	}
	if err := c.doc.Close(); err != nil {
		c.Fatal(err)
	}
	for name, form := range c.structures {
		if err := validText(form, c.text.Bytes()); err != nil {
			c.Fatalf("%s: %v", name, err)
		}
	}
	c.rows += c.doc.Rows()
	c.doc = nil
	c.text.Reset()
}

func TestEPCISFitsGS1(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(moduleRoot, "sim/epcis/testdata/document.json"))
	if err != nil {
		t.Fatal(err)
	}
	for name, form := range epcisStructures(t) {
		if err := validText(form, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, harm := range [][2]string{{"ALARM_CONDITION", "ALARM"}, {`"action":"OBSERVE",`, ""}, {"sensor_reporting", "sensor reporting"}, {`"Speed"`, `"Haste"`}} {
			if validText(form, bytes.Replace(text, []byte(harm[0]), []byte(harm[1]), 1)) == nil {
				t.Errorf("%s takes %q in place of %q", name, harm[1], harm[0])
			}
		}
	}
}
