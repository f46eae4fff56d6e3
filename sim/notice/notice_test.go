package notice

// This file tests that a notice comes back from its JSON as it was, that the JSON is canonical, and that the published
// schema agrees.

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"sealab/sim/event"
	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

var _ event.Wire = (*Notice)(nil)

// anyNotice draws a notice that an operator could send.
func anyNotice(t *rapid.T) *Notice {
	words := rapid.StringN(0, MaxText, -1)
	some := rapid.StringN(1, MaxText, -1)
	moment := rapid.Int64Range(wire.MinTime, wire.MaxTime)
	perhaps := rapid.OneOf(rapid.Just(int64(0)), moment)
	n := &Notice{
		ID:        some.Draw(t, "id"),
		What:      What(rapid.IntRange(0, len(Kinds)-1).Draw(t, "what")),
		TS:        moment.Draw(t, "ts"),
		Container: "CSQU3054383",
		Seal:      rapid.SampledFrom([]string{"", "SLB-00000007"}).Draw(t, "seal"),
		Trip:      rapid.SampledFrom([]string{"", "T-1"}).Draw(t, "trip"),
		Place:     words.Draw(t, "place"),
		Vehicle:   words.Draw(t, "vehicle"),
		Until:     perhaps.Draw(t, "until"),
		Result:    rapid.SampledFrom(append(Results, "")).Draw(t, "result"),
	}
	for range rapid.IntRange(0, MaxStops).Draw(t, "stops") {
		n.Route = append(n.Route, Stop{
			Place: some.Draw(t, "stop"),
			Mode:  rapid.SampledFrom(append(Modes, "")).Draw(t, "mode"),
			ETA:   moment.Draw(t, "eta"),
			ETD:   perhaps.Draw(t, "etd"),
		})
	}
	return n
}

func TestRoundTrip(t *testing.T) {
	validate := validator(t)
	rapid.Check(t, func(t *rapid.T) {
		n := anyNotice(t)
		text := n.AppendJSON(nil)
		d, err := Decode(text)
		if err != nil || d.Rounded != 0 || d.Unknown != nil {
			t.Fatalf("%v, rounded %d, unknown %v\n%s", err, d.Rounded, d.Unknown, text)
		}
		if want, got := n.AppendRecord(nil), d.Notice.AppendRecord(nil); !bytes.Equal(want, got) {
			t.Fatalf("record changed\n%s\n%s", text, d.Notice.AppendJSON(nil))
		}
		if want := canonical(t, text); !bytes.Equal(text, want) {
			t.Fatalf("\ngot  %s\nwant %s", text, want)
		}
		if err := validate(text); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

// canonical prints text anew with sorted keys.
func canonical(t *rapid.T, text []byte) []byte {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	out := bytes.ReplaceAll(bytes.TrimSpace(b.Bytes()), []byte(`\u2028`), []byte("\u2028"))
	return bytes.ReplaceAll(out, []byte(`\u2029`), []byte("\u2029"))
}

func TestExactJSON(t *testing.T) {
	n := &Notice{ID: "n-1", What: Booking, TS: 1772352900250, Container: "CSQU3054383", Trip: "T-1", Route: []Stop{
		{Place: "NLRTM", ETA: 1772352900000, ETD: 1772366400000}, {Place: "suez_s", Mode: "sea", ETA: 1773366400000},
	}}
	want := `{"container":"CSQU3054383","id":"n-1","kind":"booking","route":[` +
		`{"eta":"2026-03-01T08:15:00.000Z","etd":"2026-03-01T12:00:00.000Z","place":"NLRTM"},` +
		`{"eta":"2026-03-13T01:46:40.000Z","mode":"sea","place":"suez_s"}],"trip":"T-1","ts":"2026-03-01T08:15:00.250Z","v":1}`
	if got := string(n.AppendJSON(nil)); got != want {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
	if got := string(n.AppendTopic(nil)); got != "notice/CSQU3054383" {
		t.Errorf("got %s", got)
	}
	if got := What(200).String(); got != "unknown" {
		t.Errorf("got %s", got)
	}
}

func TestTable(t *testing.T) {
	if len(keys) != len(docs) || len(stopKeys) != len(stopDocs) || len(Kinds) != int(InspectionResult)+1 {
		t.Errorf("%d keys and %d docs, %d and %d of a stop, %d kinds", len(keys), len(docs), len(stopKeys), len(stopDocs), len(Kinds))
	}
	for place, key := range map[int]string{keyContainer: "container", keyRoute: "route", keyV: "v", keyVehicle: "vehicle"} {
		if keys[place] != key {
			t.Errorf("place %d: got %s, want %s", place, keys[place], key)
		}
	}
}

func validator(tb testing.TB) func([]byte) error {
	tb.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		tb.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("notice.json", doc); err != nil {
		tb.Fatal(err)
	}
	schema, err := c.Compile("notice.json")
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

func BenchmarkAppendJSON(b *testing.B) {
	n := &Notice{ID: "n-1", What: GateIn, TS: 1772352900250, Container: seal.MakeContainer(seal.SimPrefix, 7), Trip: "T-1", Place: "NLRTM"}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = n.AppendJSON(buf[:0])
	}
}
