package program

import (
	"encoding/json"
	"testing"
	"time"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// mixedBatch is a batch with a whole reading between two notices, and one that has next to nothing.
func mixedBatch() event.Batch {
	at := time.UnixMilli(1_772_000_000_000).UTC()
	full := &seal.Reading{Seal: "SLB-00000007", Container: "SLBU1000633", Trip: "T-1", Detail: "a \"quoted\"\nword, 集装箱"}
	for f := range seal.Fields {
		info := &seal.Fields[f]
		full.Set(seal.Field(f), info.Min+(info.Max-info.Min)/3)
	}
	full.Set(seal.Lat, -51_123_456)
	full.Set(seal.TS, 1_771_999_999_000)
	bare := &seal.Reading{Seal: "SLB-00000008"}
	bare.Set(seal.DoorOpen, 0)
	booking := &notice.Notice{ID: "N-1", What: notice.Booking, TS: 5, Container: "SLBU1000633", Route: []notice.Stop{
		{Place: "AEJEA", ETA: 7, ETD: 8}, {Place: "KEMBA", Mode: "sea", ETA: 9}}}
	opening := &notice.Notice{ID: "N-2", What: notice.AuthorisedOpening, TS: 6, Container: "SLBU1000633", Until: 10}
	b := event.Batch{Tick: 12, Now: at.Add(time.Minute)}
	for i, m := range []event.Message{booking, full, opening, bare} {
		b.Events = append(b.Events, event.Event{At: at.Add(time.Duration(i) * time.Second), N: uint64(40 + i), Message: m})
	}
	return b
}

func TestBatchInBothForms(t *testing.T) {
	fields := map[string][]string{"reading": {"seal", "container", "pos.lat", "seal_state.status", "env.doorOpen", "at", "event.detail", "ts"},
		"notice": {"kind", "container", "ts", "route", "until", "result"}}
	for form, want := range map[string]string{
		Rows: `{"tick":12,"now":1772000060000,"events":[` +
			`{"type":"notice","n":40,"kind":"booking","container":"SLBU1000633","ts":5,"route":[{"place":"AEJEA","eta":7,"etd":8},{"place":"KEMBA","mode":"sea","eta":9}]},` +
			`{"type":"reading","n":41,"seal":"SLB-00000007","container":"SLBU1000633","pos.lat":-51.123456,"seal_state.status":"unarmed","env.doorOpen":false,"at":1772000001000,"event.detail":"a \"quoted\"\nword, 集装箱","ts":1771999999000},` +
			`{"type":"notice","n":42,"kind":"authorised_opening","container":"SLBU1000633","ts":6,"until":10},` +
			`{"type":"reading","n":43,"seal":"SLB-00000008","env.doorOpen":false,"at":1772000003000}]}` + "\n",
		Columns: `{"tick":12,"now":1772000060000,` +
			`"reading":{"n":[41,43],"seal":["SLB-00000007","SLB-00000008"],"container":["SLBU1000633",null],"pos.lat":[-51.123456,null],"seal_state.status":["unarmed",null],"env.doorOpen":[false,false],"at":[1772000001000,1772000003000],"event.detail":["a \"quoted\"\nword, 集装箱",null],"ts":[1771999999000,null]},` +
			`"notice":{"n":[40,42],"kind":["booking","authorised_opening"],"container":["SLBU1000633","SLBU1000633"],"ts":[5,6],"route":[[{"place":"AEJEA","eta":7,"etd":8},{"place":"KEMBA","mode":"sea","eta":9}],null],"until":[null,10]}}` + "\n",
	} {
		got := string(newEncoder(&Ready{Form: form, Fields: fields}).batch(nil, mixedBatch()))
		if got != want {
			t.Errorf("%s:\ngot  %swant %s", form, got, want)
		}
	}
}

// TestEveryFieldIsJSON asks for all there is, in both forms, of messages that have all and of such that have nothing.
func TestEveryFieldIsJSON(t *testing.T) {
	fields := map[string][]string{}
	for _, k := range Kinds {
		for _, f := range k.Fields {
			fields[k.Name] = append(fields[k.Name], f.Name)
			if f.Doc == "" || f.Type == "" {
				t.Errorf("%s of %s has no doc or no type", f.Name, k.Name)
			}
		}
	}
	for _, form := range Forms {
		for _, b := range []event.Batch{mixedBatch(), {Tick: 1}} {
			if got := newEncoder(&Ready{Form: form, Fields: fields}).batch(nil, b); !json.Valid(got) {
				t.Errorf("%s is no JSON: %s", form, got)
			}
		}
	}
	got := newEncoder(&Ready{Form: Columns, Fields: map[string][]string{}}).batch(nil, mixedBatch())
	if want := "{\"tick\":12,\"now\":1772000060000}\n"; string(got) != want {
		t.Errorf("to a program that wants to hear nothing: got %s, want %s", got, want)
	}
}

// BenchmarkEncode writes a batch of 300 readings with the fields of the rules.
func BenchmarkEncode(b *testing.B) {
	full := mixedBatch().Events[1]
	var batch event.Batch
	for range 300 {
		batch.Events = append(batch.Events, full)
	}
	fields := map[string][]string{"reading": {"seal", "container", "kind", "boot", "seq", "ts", "nextReport", "seal_state.status",
		"seal_state.armedAt", "seal_state.openedAt", "seal_state.tamperedAt", "pos.lat", "pos.lon", "pos.fix", "env.lux",
		"env.doorOpen", "env.gPeak", "event.code"}}
	for _, form := range Forms {
		b.Run(form, func(b *testing.B) {
			e := newEncoder(&Ready{Form: form, Fields: fields})
			var buf []byte
			for b.Loop() {
				buf = e.batch(buf[:0], batch)
			}
			b.ReportMetric(float64(300*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
