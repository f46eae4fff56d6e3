package seal

// This file tests the published schema with a validator that knows nothing of Sealab.

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"
)

// validator returns a function that says what is wrong with a message by the schema.
func validator(tb testing.TB) func([]byte) error {
	tb.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		tb.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("reading.json", doc); err != nil {
		tb.Fatal(err)
	}
	schema, err := c.Compile("reading.json")
	if err != nil {
		tb.Fatal(err)
	}
	return func(text []byte) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return err
		}
		return schema.Validate(v)
	}
}

func TestSchemaTakesReadings(t *testing.T) {
	validate := validator(t)
	rapid.Check(t, func(t *rapid.T) {
		text := anyReading(t).AppendJSON(nil)
		if err := validate(text); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

func TestSchemaRefuses(t *testing.T) {
	validate := validator(t)
	if err := validate([]byte(with(""))); err != nil {
		t.Fatal(err)
	}
	for _, more := range []string{`,"pos":{"lat":91}`, `,"pos":{"sats":7.5}`, `,"pos":{"lat":"1"}`, `,"env":{"doorOpen":1}`,
		`,"trip":"a/b"`, `,"container":"CSQX3054383"`, `,"sent":"2026-03-01"`, `,"net":{"rat":"6g"}`, `,"net":{"rsrp":-43}`, `,"pos":5`,
		`,"event":{"cmdId":"` + long(65) + `"}`} {
		if validate([]byte(with(more))) == nil {
			t.Errorf("took %s", more)
		}
	}
	for _, key := range []string{`"v":1,`, `"seal":"SLB-1",`, `"boot":1,`, `"seq":2,`, `"ts":"2026-03-01T08:15:00.250Z",`} {
		if validate([]byte(strings.Replace(with(""), key, "", 1))) == nil {
			t.Errorf("took a reading without %s", key)
		}
	}
}

func TestSchemaIsTheSameEveryTime(t *testing.T) {
	if !bytes.Equal(Schema(), Schema()) {
		t.Error("two schemas differ")
	}
}
