package experiment

import (
	"math"
	"reflect"
	"testing"

	"sealab/pocs"
	"sealab/pocs/kalman"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/seal"
	"sealab/sim/worlds"
)

// bell says one clue where a seal reports its bolt cut, and another with every light alarm.
type bell struct{}

func (bell) Step(b event.Batch) (said []pocs.Finding, err error) {
	for i := range b.Events {
		r, ok := b.Events[i].Message.(*seal.Reading)
		switch {
		case !ok || r.Container == "":
		case r.Is(seal.Code, seal.CodeRopeCut):
			said = append(said, pocs.Finding{Container: r.Container, Kind: "cut"})
		case r.Is(seal.Code, seal.CodeLightAlarm):
			said = append(said, pocs.Finding{Container: r.Container, Kind: "light"})
		}
	}
	return said, nil
}

// learning counts the bell's clues in small worlds.
func learning(tb testing.TB) Learning {
	tb.Helper()
	poc := &pocs.PoC{Name: "bell", Challenge: "seals", Params: []pocs.Param{{Name: ClueWeight + "never"}, {Name: "alarm_db"}},
		Clues: func(pocs.Setup) (pocs.Detector, error) { return bell{}, nil }}
	sc := sim.Find(worlds.All, "northern-corridor")
	set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": "30", "span_days": "10", "attacks": "2"})
	if err != nil {
		tb.Fatal(err)
	}
	c := realCatalogue()
	return Learning{Challenge: &c.Challenges[0], PoC: poc, Scenarios: []PlannedScenario{{Name: sc.Name, Scenario: sc}},
		Settings: []sim.Settings{set}, Seeds: []uint64{1, 2, 3}, Workers: 2}
}

// TestLearn: what is counted is what the worlds hold, the weight is the formula's, and it is the same for any number of
// workers.
func TestLearn(t *testing.T) {
	l := learning(t)
	got, err := l.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]Clue{}
	for _, c := range got.Clues {
		by[c.Name] = c
	}
	if n := by["never"]; n.Attacks != 0 || n.Clean != 0 || n.WeightDB != weightDB(0, got.Attacks, 0, got.CleanDays) {
		t.Errorf("a clue that was never heard: got %+v", n)
	}
	if _, there := by["alarm_db"]; there || len(by) != 3 {
		t.Errorf("clues %v: want cut, light and never", by)
	}
	cut := by["cut"]
	if cut.Clean != 0 || cut.Kinds["bolt_cut"] == 0 || cut.Kinds["bolt_cut"] > got.Kinds["bolt_cut"] || cut.Attacks > got.Attacks || cut.WeightDB <= by["light"].WeightDB {
		t.Errorf("cut: got %+v of %+v", cut, got.Kinds)
	}
	sum := 0
	for _, n := range got.Kinds {
		sum += n
	}
	if sum != got.Attacks || got.CleanDays <= 0 {
		t.Errorf("%d attacks, by kind %d; %g clean days", got.Attacks, sum, got.CleanDays)
	}
	l.Workers = 1
	again, err := l.Run(t.Context())
	if err != nil || !reflect.DeepEqual(got, again) {
		t.Errorf("with one worker: %v\n%+v\n%+v", err, again, got)
	}
	l.PoC = &kalman.PoC
	if _, err := l.Run(t.Context()); err == nil {
		t.Error("kalman says no clues, and was learnt from")
	}
}

// TestWeight: by hand. 9 of 99 attacks and 4 of 999 clean days: (9.5/100) / (4.5/1000) = 21.1 times as likely.
func TestWeight(t *testing.T) {
	if got, want := weightDB(9, 99, 4, 999), 13.2; math.Abs(got-want) > 1e-9 {
		t.Errorf("got %g dB, want %g", got, want)
	}
	if got := weightDB(0, 0, 0, 0); got != 0 {
		t.Errorf("nothing heard, nothing known: got %g dB", got)
	}
}

// TestOperating: the lowest level is the run as it was judged; what is left out is never found.
func TestOperating(t *testing.T) {
	l := learning(t)
	o := Operating{Challenge: l.Challenge, PoC: &kalman.PoC, Params: defaults(kalman.PoC.Params), Scenarios: l.Scenarios, Settings: l.Settings,
		Seeds: l.Seeds, Levels: []int{0, 600, 1000}, Workers: 2}
	points, err := o.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var hits, incidents, openings int
	nuisance := 0.0
	for _, seed := range o.Seeds {
		run, err := o.play(t.Context(), 0, seed)
		if err != nil {
			t.Fatal(err)
		}
		hits += run.Score.Counts.Hits
		incidents += run.Score.Counts.Incidents
		clean, _ := pocs.CleanTrips(run.Truth, run.Findings, run.Score)
		nuisance += *run.Score.Values["nuisance_trips"] * float64(clean)
		for i := range run.Truth.Incidents {
			if in := &run.Truth.Incidents[i]; in.Kind == "bolt_cut" && in.Heard() {
				openings++
			}
		}
	}
	first := &points[0]
	if first.Recall.K != hits || first.Recall.N != incidents || math.Abs(float64(first.Nuisance.K)-nuisance) > 1e-6 || first.Openings.N < openings || openings == 0 {
		t.Errorf("at level 0: got %+v, want %d hits of %d, %g disturbed, %d openings and more", first, hits, incidents, nuisance, openings)
	}
	for i := 1; i < len(points); i++ {
		if points[i].Recall.K > points[i-1].Recall.K || points[i].Nuisance.K > points[i-1].Nuisance.K || points[i].Nuisance.N != first.Nuisance.N {
			t.Errorf("from level %d on more is found than from %d on: %+v", points[i].From, points[i-1].From, points)
		}
	}
}

func defaults(params []pocs.Param) pocs.Params {
	out := pocs.Params{}
	for _, p := range params {
		out[p.Name] = p.Default
	}
	return out
}
