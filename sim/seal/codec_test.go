package seal

// This file tests that a reading comes back from its JSON as it was.

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"sealab/sim/event"
)

var _ event.Wire = (*Reading)(nil)

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReading(t)
		text := r.AppendJSON(nil)
		if !json.Valid(text) {
			t.Fatalf("not JSON: %s", text)
		}
		d, err := Decode(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if d.Rounded != 0 || len(d.Unknown) != 0 {
			t.Fatalf("own reading rounded %d, unknown %v", d.Rounded, d.Unknown)
		}
		if want, got := r.AppendRecord(nil), d.Reading.AppendRecord(nil); !bytes.Equal(want, got) {
			t.Fatalf("record changed\n%s\n%s", text, d.Reading.AppendJSON(nil))
		}
		if again := d.Reading.AppendJSON(nil); !bytes.Equal(text, again) {
			t.Fatalf("JSON changed\n%s\n%s", text, again)
		}
	})
}
