package experiment

import (
	"reflect"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim"
)

// judgedRun judges findings said so many minutes after the start on containers C1 (a cut, heard at once), C2 (a jam,
// heard after an hour), C3 (a wrap, never heard) and C4 (a crane shock).
func judgedRun(id string, said map[string]int) *pocs.Run {
	r := mustRun(7, nil)
	r.ID = id
	r.Truth = sim.Truth{Start: start, End: start.Add(24 * time.Hour), SealDays: 4, Incidents: []sim.Incident{
		{ID: "gnss_jam/1", Kind: "gnss_jam", Hostile: true, Container: "C2", Start: start, End: start, HeardAt: start.Add(time.Hour)},
		{ID: "bolt_cut/1", Kind: "bolt_cut", Hostile: true, Container: "C1", Start: start, End: start, HeardAt: start},
		{ID: "wrap/1", Kind: "radio_wrap", Hostile: true, Container: "C3", Start: start.Add(time.Minute), End: start.Add(time.Hour)},
		{ID: "crane_shock/1", Kind: "crane_shock", Container: "C4", Start: start.Add(time.Hour), End: start.Add(time.Hour)},
	}}
	for _, c := range []string{"C1", "C2", "C3", "C4"} {
		if m, yes := said[c]; yes {
			r.Findings = append(r.Findings, pocs.Finding{At: start.Add(time.Duration(m) * time.Minute), Container: c, Kind: "bolt_cut"})
		}
	}
	r.Score = pocs.JudgeSeals(r.Truth, r.Findings, pocs.DefaultTerms())
	return r
}

// Two runs, four heard incidents: caught after 0, 600 and 600 s, and one missed.
func TestCaughtBy(t *testing.T) {
	failed := judgedRun("c", nil)
	failed.Reason = "detector_panic"
	got := CaughtBy([]*pocs.Run{judgedRun("a", map[string]int{"C1": 0, "C2": 70}), judgedRun("b", map[string]int{"C1": 10, "C4": 60}), failed})
	if want := []Step{{0, 1, 0.25}, {600, 3, 0.75}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := CaughtBy([]*pocs.Run{judgedRun("a", nil)}); !reflect.DeepEqual(got, []Step{{}}) {
		t.Errorf("silence: got %v, want one step at 0", got)
	}
	if got := CaughtBy([]*pocs.Run{failed}); got != nil {
		t.Errorf("nothing heard: got %v, want nil", got)
	}
}

func TestMatrix(t *testing.T) {
	failed := mustRun(7, nil)
	failed.ID, failed.Reason = "dead", "detector_timeout"
	m, err := NewMatrix([]*pocs.Run{judgedRun("a", map[string]int{"C1": 5, "C2": 60, "C3": 30}), failed, judgedRun("b", map[string]int{"C4": 61})})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]Cell{
		"bolt_cut/1":    {{Caught, num(300), true, 0}, {Absent, nil, false, -1}, {Missed, nil, false, -1}},
		"gnss_jam/1":    {{Caught, num(0), false, 1}, {Absent, nil, false, -1}, {Missed, nil, false, -1}},
		"wrap/1":        {{Unheard, nil, false, -1}, {Absent, nil, false, -1}, {Unheard, nil, false, -1}},
		"crane_shock/1": {{Quiet, nil, false, -1}, {Absent, nil, false, -1}, {Alarmed, nil, false, 0}},
	}
	var order []string
	for _, row := range m.Rows {
		order = append(order, row.Incident)
		if !reflect.DeepEqual(row.Cells, want[row.Incident]) {
			t.Errorf("%s: got %+v, want %+v", row.Incident, row.Cells, want[row.Incident])
		}
	}
	if !reflect.DeepEqual(order, []string{"bolt_cut/1", "gnss_jam/1", "wrap/1", "crane_shock/1"}) {
		t.Errorf("rows: got %v", order)
	}
	if !reflect.DeepEqual(m.Runs, []string{"a", "dead", "b"}) {
		t.Errorf("runs: got %v", m.Runs)
	}
	other := judgedRun("c", nil)
	other.WorldDigest = "sha256:2"
	if _, err := NewMatrix([]*pocs.Run{judgedRun("a", nil), other}); err == nil {
		t.Error("runs of two worlds side by side: no error")
	}
}
