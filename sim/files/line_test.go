package files

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"sealab/sim"
)

func FuzzLines(f *testing.F) {
	f.Add([]byte(`{"at":"2026-01-05T00:00:12.345Z","n":1,"kind":"notice","message":{"container":"CSQU3054383","id":"n1","kind":"gate_in","ts":"2026-01-05T00:00:00.000Z","v":1}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, _, err := ParseLine(b)
		if err != nil {
			return
		}
		if again, ok := AppendLine(nil, &e); !ok || string(again) != string(b)+"\n" {
			t.Errorf("%q came back as %q", b, again)
		}
	})
}

func TestTruthComesBack(t *testing.T) {
	at := time.Date(2026, 3, 1, 8, 15, 0, 250e6, time.UTC)
	want := sim.Truth{Start: at, End: at.Add(time.Hour), SealDays: 0.1 + 0.2,
		Incidents: []sim.Incident{{ID: "clone/1/S", Kind: "clone", Hostile: true, Seal: "S", Container: "C", Trip: "T", Start: at, End: at,
			HeardAt: at.Add(time.Minute), Params: map[string]float64{"east_m": 1.0 / 3}}, {ID: "unheard", Start: at, End: at}},
		Trips: []sim.Trip{{ID: "T", Seal: "S", Container: "C", From: "KEMBA", To: "UGKLA", Start: at, End: at}}}
	text, err := json.Marshal(TruthOf(&want))
	if err != nil {
		t.Fatal(err)
	}
	var f Truth
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	if got := f.Sim(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if !bytes.Contains(text, []byte(`"heard_at":null`)) {
		t.Errorf("an incident that nothing showed: %s", text)
	}
}
