package experiment

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/pocs/rules"
	"sealab/sim"
	"sealab/sim/worlds"
)

// tuning is a search over the rules in a small world.
func tuning(tb testing.TB, knobs ...Knob) Tuning {
	tb.Helper()
	sc := sim.Find(worlds.All, "northern-corridor")
	set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": "12", "span_days": "6", "attacks": "1"})
	if err != nil {
		tb.Fatal(err)
	}
	c := realCatalogue()
	return Tuning{Challenge: &c.Challenges[0], PoC: &rules.PoC, Scenarios: []PlannedScenario{{Name: sc.Name, Scenario: sc}},
		Settings: []sim.Settings{set}, Seeds: []uint64{1, 2, 3}, Knobs: knobs, Measure: "score_balanced", Rounds: 3,
		Engine: Engine{Workers: 2, Together: pocs.PlayTogether}}
}

func knob(tb testing.TB, name string, values ...float64) Knob {
	tb.Helper()
	for i := range rules.PoC.Params {
		if rules.PoC.Params[i].Name == name {
			return Knob{&rules.PoC.Params[i], values}
		}
	}
	tb.Fatalf("the rules have no parameter %s", name)
	return Knob{}
}

// TestTune: the best is the one whose own trials, played alone, have the best mean; both searches find it, however many
// worlds are played at a time.
func TestTune(t *testing.T) {
	play := tuning(t, knob(t, "shock_g", 0.2, 4, 16), knob(t, "lux_lx", 0, 10))
	play.Grid = true
	grid, err := play.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(grid.Points) != 6 || grid.Points[0].Params["shock_g"] != 4 || grid.Points[0].Params["lux_lx"] != 10 || grid.Points[0].Versus != nil {
		t.Fatalf("got %d points, first %+v", len(grid.Points), grid.Points[0])
	}
	means := map[float64]bool{}
	for i := range grid.Points {
		p := &grid.Points[i]
		if want := aloneMean(t, &play, p.Params); p.Mean == nil || *p.Mean != want {
			t.Errorf("%v: mean %v, played alone %v", p.Params, p.Mean, want)
		}
		if *p.Mean > *grid.Points[grid.Best].Mean {
			t.Errorf("%v is better than the best", p.Params)
		}
		means[*p.Mean] = true
	}
	if len(means) < 3 {
		t.Errorf("the points have %d means: nothing was turned", len(means))
	}
	play.Grid, play.Engine.Workers = false, 1
	steps, err := play.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(steps.Points[steps.Best].Params, grid.Points[grid.Best].Params) || len(steps.Points) >= 7 {
		t.Errorf("one after the other found %+v in %d points, the grid %+v", steps.Points[steps.Best].Params, len(steps.Points), grid.Points[grid.Best].Params)
	}
	play.Engine.Workers = 3
	if again, err := play.Run(t.Context()); err != nil || !reflect.DeepEqual(again, steps) {
		t.Errorf("with other workers: %+v, %v", again, err)
	}
}

// aloneMean plays a point's trials one by one.
func aloneMean(t *testing.T, play *Tuning, turned pocs.Params) float64 {
	t.Helper()
	params, err := sim.Resolve("parameter", play.PoC.Params, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range turned {
		params[name] = v
	}
	var sum float64
	for _, seed := range play.Seeds {
		r, err := pocs.Trial{Challenge: play.Challenge, PoC: play.PoC, Params: params, Scenario: play.Scenarios[0].Scenario,
			Settings: play.Settings[0], Seed: seed, Terms: termsOf(play.Settings[0], pocs.DefaultTerms().BaseRate)}.Play(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		sum += *r.Score.Values[play.Measure]
	}
	return sum / float64(len(play.Seeds))
}

// TestTuneWithin: a bound comes before the measure, and where none keeps it that is said.
func TestTuneWithin(t *testing.T) {
	play := tuning(t, knob(t, "shock_g", 0.2, 16))
	play.Measure = "recall"
	play.Within = []pocs.Claim{{Measure: "nuisance_trips", Op: "<=", Number: 0.5}}
	found, err := play.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	best, loud := &found.Points[found.Best], &found.Points[1]
	if loud.Params["shock_g"] != 0.2 || loud.Matches || !best.Matches || !found.Keeps || *loud.Mean < *best.Mean {
		t.Errorf("best %+v, loudest %+v", best, loud)
	}
	play.Within[0].Number = -1
	if found, err = play.Run(t.Context()); err != nil || found.Keeps || found.Points[found.Best].Matches {
		t.Errorf("no point keeps the bound: %+v, %v", found, err)
	}
}

func TestTuneRefuses(t *testing.T) {
	for want, change := range map[string]func(*Tuning){
		"there is no parameter":                func(p *Tuning) { p.Knobs = nil },
		"parameter lux_lx has no value":        func(p *Tuning) { p.Knobs[0].Values = nil },
		"did you mean recall?":                 func(p *Tuning) { p.Measure = "recal" },
		"unheard is better neither way":        func(p *Tuning) { p.Measure = "unheard" },
		`unknown measure "peace"`:              func(p *Tuning) { p.Within = []pocs.Claim{{Measure: "peace"}} },
		"allowed are 1000 points and 100000 t": func(p *Tuning) { p.Rounds = 600 },
	} {
		play := tuning(t, knob(t, "lux_lx", 1, 2))
		change(&play)
		if _, err := play.Run(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tuning(t, knob(t, "lux_lx", 1, 2)).Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	for _, seeds := range [][]uint64{{0}, {1, 1000}, {2001}} {
		if CheckTuningSeeds(seeds) == nil {
			t.Errorf("seeds %v were allowed", seeds)
		}
	}
	if err := CheckTuningSeeds([]uint64{1, 999}); err != nil {
		t.Error(err)
	}
}

func TestSteps(t *testing.T) {
	for _, c := range []struct {
		p    pocs.Param
		want []float64
	}{
		{pocs.Param{Default: 4, Max: 16}, []float64{2, 2.84, 4, 5.64, 8}},
		{pocs.Param{Default: 13.8, Min: 10, Max: 20}, []float64{10, 13.8, 19.5, 20}},
		{pocs.Param{Default: 3, Max: 100, Whole: true}, []float64{2, 3, 4, 6}},
		{pocs.Param{Default: 0, Min: -1, Max: 1}, []float64{-1, -0.8, -0.6, -0.4, -0.2, 0}},
		{pocs.Param{Default: 1, Max: 2, Words: []string{"none", "some", "all"}}, []float64{0, 1, 2}},
		{pocs.Param{Default: 12345, Max: 1e9}, []float64{6173, 8765, 12345, 17406, 24690}},
	} {
		if got := Steps(&c.p); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: got %v, want %v", c.p, got, c.want)
		}
	}
}
