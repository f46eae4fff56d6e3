package epcis

// This file tests events against the structure that GS1 asks for, with a validator that knows nothing of Sealab.

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"sealab/sim/seal"
)

var update = flag.Bool("update", false, "write testdata/document.json and testdata/prehashes.txt anew")

// t0 is 2026-03-02T08:00:00Z.
const t0 = 1772438400000

func reading(kind int64, more ...[2]int64) *seal.Reading {
	r := &seal.Reading{Seal: "SLB-00000007", Container: "SLBU0000074", Trip: "T-000007"}
	for _, v := range append([][2]int64{{int64(seal.Boot), 1}, {int64(seal.Seq), 2}, {int64(seal.TS), t0}, {int64(seal.MsgKind), kind}}, more...) {
		r.Set(seal.Field(v[0]), v[1])
	}
	return r
}

// samples are readings of every sort: what has a form, in the order of the golden document, and what has none.
func samples() (mapped, unmapped []*seal.Reading) {
	senses := [][2]int64{{int64(seal.Status), seal.Armed}, {int64(seal.Lat), 51_950_100}, {int64(seal.Lon), -4_142_870}, {int64(seal.SpdKn), 143},
		{int64(seal.TC), -18_250}, {int64(seal.RH), 600}, {int64(seal.Lux), 0}, {int64(seal.GPeak), 1020}, {int64(seal.MV), 3600}, {int64(seal.DoorOpen), 0}}
	with := func(more ...[2]int64) [][2]int64 { return append(append([][2]int64{}, senses...), more...) }
	cut := reading(seal.EventMsg, with([2]int64{int64(seal.Code), seal.CodeRopeCut}, [2]int64{int64(seal.Sev), seal.SevAlarm})...)
	cut.Set(seal.Status, seal.Tampered)
	cut.Detail = "loop \"open\" – ärgerlich"
	blind := reading(seal.Tele, [2]int64{int64(seal.Fix), seal.FixNone}, [2]int64{int64(seal.TC), 21_000})
	unarmed := reading(seal.Tele, senses...)
	unarmed.Container, unarmed.Trip = "", ""
	return []*seal.Reading{
			reading(seal.Tele, senses...), cut, blind,
			reading(seal.EventMsg, with([2]int64{int64(seal.Code), seal.CodePowerLost}, [2]int64{int64(seal.Sev), seal.SevFault})...),
			reading(seal.EventMsg, with([2]int64{int64(seal.Code), seal.CodeArmed}, [2]int64{int64(seal.Sev), seal.SevInfo})...),
		}, []*seal.Reading{
			unarmed, reading(seal.Birth, senses...), reading(seal.Death, senses...), reading(seal.Tele),
		}
}

func document(t testing.TB, list []*seal.Reading) []byte {
	t.Helper()
	var b bytes.Buffer
	d := NewDocument(&b, time.UnixMilli(t0).UTC())
	for i, r := range list {
		if err := d.Add(time.UnixMilli(t0+1781+int64(i)), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// structure compiles the published schema. TestEPCISFitsGS1 in cmd/sealab also takes GS1's own.
func structure(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("epcis.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("epcis.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(s *jsonschema.Schema, text []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

func TestGoldenDocument(t *testing.T) {
	mapped, _ := samples()
	got := document(t, mapped)
	var pre bytes.Buffer
	m := Maker{}
	for _, r := range mapped {
		if _, ok := m.Append(nil, time.Time{}, r); !ok {
			t.Fatalf("no event of %s", r.AppendJSON(nil))
		}
		pre.Write(append(m.hash.text, '\n'))
	}
	// The ids in these files were compared with those of an independent implementation of the rule, epcis2.js 2.7.3 (which
	// had to be kept from taking a device id for a date).
	for name, text := range map[string][]byte{"testdata/document.json": got, "testdata/prehashes.txt": pre.Bytes()} {
		if *update {
			if err := os.WriteFile(name, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, want) {
			t.Errorf("%s is not what is written today: if that is meant, run make golden and look at the difference", name)
		}
	}
	if err := valid(structure(t), got); err != nil {
		t.Error(err)
	}
}

func TestWhatHasNoForm(t *testing.T) {
	mapped, unmapped := samples()
	for _, r := range unmapped {
		if got, ok := new(Maker).Append([]byte("before"), time.Time{}, r); ok || string(got) != "before" {
			t.Errorf("%s became %s", r.AppendJSON(nil), got)
		}
	}
	if got, want := document(t, append(unmapped, mapped...)), len(mapped); bytes.Count(got, []byte(`"eventID"`)) != want {
		t.Errorf("want %d events: %s", want, got)
	}
	if err := valid(structure(t), document(t, unmapped)); err != nil {
		t.Errorf("a document without events: %v", err)
	}
}

func TestStructureRefuses(t *testing.T) {
	mapped, _ := samples()
	good, s := string(document(t, mapped)), structure(t)
	for _, change := range [][2]string{
		{`"ALARM_CONDITION"`, `"ALARM"`}, {`"sensor_reporting"`, `"sensor reporting"`}, {`"OBSERVE"`, `"SEE"`}, {`"ObjectEvent"`, `"Object Event"`},
		{`"Temperature"`, `"Warmth"`}, {`"value":-18.25`, `"value":"-18.25"`}, {`"booleanValue":false`, `"booleanValue":0`}, {`"sealab:code"`, `"code"`},
		{`"action":"OBSERVE",`, ``}, {`"eventTimeZoneOffset":"+00:00",`, ``}, {`"eventTime":"2026`, `"eventTime":"26`}, {`"+00:00"`, `"Z"`},
		{`"type":"Temperature",`, ``}, {`"id":"geo:`, `"geo":"`}, {`"schemaVersion":"2.0",`, ``}, {`urn:epc:id:bic:`, ``},
		{`"eventList":[`, `"events":[`}, {`"rawData":"data:`, `"rawData":"%`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Fatalf("the document has no %s", change[0])
		}
		if valid(s, []byte(bad)) == nil {
			t.Errorf("%q is taken in place of %q", change[1], change[0])
		}
	}
}

// anyReading draws a reading with any fields, each anywhere in its range.
func anyReading(t *rapid.T) *seal.Reading {
	r := &seal.Reading{Seal: "SLB-00000007", Container: rapid.SampledFrom([]string{"SLBU0000074", "CSQU3054383", ""}).Draw(t, "container")}
	for f := range seal.Fields {
		x := &seal.Fields[f]
		if x.Required || rapid.Bool().Draw(t, "has "+x.Path) {
			r.Set(seal.Field(f), rapid.Int64Range(x.Min, x.Max).Draw(t, x.Path))
		}
	}
	if r.Has&(1<<seal.Code) != 0 {
		r.Detail = rapid.StringN(0, 20, -1).Draw(t, "detail")
	}
	return r
}

func TestEveryReadingFits(t *testing.T) {
	s, m := structure(t), Maker{}
	rapid.Check(t, func(t *rapid.T) {
		r := anyReading(t)
		event, ok := m.Append(nil, time.UnixMilli(t0), r)
		if !ok {
			return
		}
		var e map[string]any
		if err := json.Unmarshal(event, &e); err != nil {
			t.Fatalf("%v: %s", err, event)
		}
		raw := at(e, "sensorElementList", 0, "sensorMetadata", "rawData").(string)
		message, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(raw, "data:application/json;base64,"))
		if err != nil || !bytes.Equal(message, r.AppendJSON(nil)) {
			t.Fatalf("rawData holds %q, %v", message, err)
		}
		if got, want := e["eventID"], idOf(e); got != want {
			t.Fatalf("eventID is %s, the rule gives %s for %s", got, want, event)
		}
		if err := valid(s, documentOf(event)); err != nil {
			t.Fatalf("%v\n%s", err, event)
		}
	})
}

// documentOf is a document with one event.
func documentOf(event []byte) []byte {
	var b bytes.Buffer
	d := NewDocument(&b, time.UnixMilli(t0))
	d.put(event)
	_ = d.Close()
	return b.Bytes()
}

func TestTwiceSentIsOneEvent(t *testing.T) {
	id := func(r *seal.Reading, rx int64) any {
		event, ok := new(Maker).Append(nil, time.UnixMilli(rx), r)
		if !ok {
			t.Fatalf("no event of %s", r.AppendJSON(nil))
		}
		var e map[string]any
		if err := json.Unmarshal(event, &e); err != nil {
			t.Fatal(err)
		}
		return e["eventID"]
	}
	mapped, _ := samples()
	seen := map[any]int{}
	for i, r := range mapped {
		if id(r, t0) != id(r, t0+1) {
			t.Errorf("%d: another id at another time of recording", i)
		}
		if j, there := seen[id(r, t0)]; there {
			t.Errorf("%d and %d have one id", i, j)
		}
		seen[id(r, t0)] = i
		other := *r
		other.Set(seal.Seq, 3) // in no field of the event but the raw message
		if id(r, t0) == id(&other, t0) {
			t.Errorf("%d: the id does not tell another message", i)
		}
	}
}

// full is a disk without room after some bytes.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

func TestFullDiskIsToldAtOnce(t *testing.T) {
	mapped, _ := samples()
	d := NewDocument(&full{room: 3000}, time.UnixMilli(t0))
	var err error
	for i := 0; i < 5 && err == nil; i++ {
		err = d.Add(time.UnixMilli(t0), mapped[0])
	}
	if !errors.Is(err, io.ErrShortWrite) || !errors.Is(d.Close(), io.ErrShortWrite) {
		t.Errorf("%v, then %v", err, d.Close())
	}
}
