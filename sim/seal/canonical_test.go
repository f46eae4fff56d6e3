package seal

// This file tests the exact JSON of readings: against another implementation of RFC 8785, and word for word.

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// canonical prints text anew: maps with sorted keys, numbers as the shortest text of their double.
func canonical(text []byte) ([]byte, error) {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	// The standard library escapes these two against an old fault of browsers; RFC 8785 does not.
	out := bytes.ReplaceAll(bytes.TrimSpace(b.Bytes()), []byte(`\u2028`), []byte("\u2028"))
	return bytes.ReplaceAll(out, []byte(`\u2029`), []byte("\u2029")), err
}

func TestCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyReading(t).AppendJSON(nil)
		if want, err := canonical(text); err != nil || !bytes.Equal(text, want) {
			t.Fatalf("%v\ngot  %s\nwant %s", err, text, want)
		}
	})
}

func TestExactJSON(t *testing.T) {
	bare := Reading{Seal: "SLB-1"}
	fix := bare
	fix.Set(Fix, FixNone)
	status := bare
	status.Set(Status, Unarmed)
	will := bare
	will.Set(MsgKind, Death)
	will.Set(Reason, ReasonLWT)
	will.SetBool(Online, false)
	words := bare
	words.Detail, words.CmdID = "a<b \"c\"\n", "c-1"
	odd := bare
	odd.Set(Code, 77)
	odd.Set(Lat, -1)
	for _, c := range []struct {
		reading *Reading
		want    string
	}{
		{&bare, `{"container":"","seal":"SLB-1","trip":"","v":1}`},
		{&fix, `{"container":"","pos":{"fix":"none","lat":null,"lon":null},"seal":"SLB-1","trip":"","v":1}`},
		{&status, `{"container":"","seal":"SLB-1","seal_state":{"armedAt":null,"openedAt":null,"status":"unarmed","tamperedAt":null},"trip":"","v":1}`},
		{&will, `{"container":"","kind":"death","online":false,"reason":"lwt","seal":"SLB-1","seq":null,"trip":"","v":1}`},
		{&words, `{"container":"","event":{"cmdId":"c-1","detail":"a<b \"c\"\n"},"seal":"SLB-1","trip":"","v":1}`},
		{&odd, `{"container":"","event":{"code":"unknown"},"pos":{"lat":-0.000001},"seal":"SLB-1","trip":"","v":1}`},
		{sample(), `{"boot":1,"buffered":false,"clk":{"errMs":12,"src":"gnss"},"container":"SLBU0000074",` +
			`"env":{"doorOpen":false,"gPeak":1.312,"gRms":1.004,"lux":0,"magMT":12.04,"pHPa":1013.2,"rh":64.3,"tC":18.437,"tilt":1.1},` +
			`"kind":"tele","net":{"backlog":0,"cell":21345678,"mcc":204,"mnc":8,"rat":"ltem","rsrp":-97},` +
			`"pos":{"accM":3.8,"ageS":1,"cn0":42.1,"cn0sd":3.12,"cog":278.1,"fix":"3d","hdop":0.85,"jam":3,"lat":51.950123,"lon":4.14287,"sats":14,"spdKn":14.3},` +
			`"pwr":{"charging":false,"mAhUsed":812.345,"mV":3712,"pct":87.1},"seal":"SLB-00000007",` +
			`"seal_state":{"armedAt":"2026-02-17T18:28:20.000Z","openedAt":null,"sealType":"BLT","source":"CUS","status":"armed","tamperedAt":null},` +
			`"sent":"2026-03-01T08:15:02.031Z","seq":517,"trip":"T-000017","ts":"2026-03-01T08:15:00.250Z","v":1}`},
	} {
		if got := string(c.reading.AppendJSON(nil)); got != c.want {
			t.Errorf("\ngot  %s\nwant %s", got, c.want)
		}
	}
}

func TestTopic(t *testing.T) {
	for kind, want := range map[int64]string{
		Birth: "seal/SLB-1/state", Death: "seal/SLB-1/state", EventMsg: "seal/SLB-1/event", Tele: "seal/SLB-1/tele", KindUnknown: "seal/SLB-1/tele",
	} {
		r := Reading{Seal: "SLB-1"}
		r.Set(MsgKind, kind)
		if got := string(r.AppendTopic(nil)); got != want {
			t.Errorf("kind %d: got %s, want %s", kind, got, want)
		}
	}
}

func TestAppendsWithoutMemory(t *testing.T) {
	r := sample()
	r.Detail, r.CmdID = "d", "c"
	buf := make([]byte, 0, 4096)
	if n := testing.AllocsPerRun(100, func() {
		buf = r.AppendTopic(r.AppendJSON(r.AppendRecord(buf[:0])))
	}); n != 0 {
		t.Errorf("got %v allocations, want 0", n)
	}
}
