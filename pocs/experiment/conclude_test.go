package experiment

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"sealab/pocs"
)

// gamesPlan has a recipe in two variants: its worlds are counted once.
const gamesPlan = `
scenarios: [land-bridge, {name: road, set: {seals: [50, 100]}}]
arms: [rules, kalman, {poc: kalman, name: twin}, {poc: oracle, name: empty}]
seeds: 1..6
baseline: rules
thresholds: ["kalman: score_balanced > 20", "kalman: cost < 1", "empty: recall >= 0", "rules: score_balanced <= 12"]
`

// handMade gives the outcomes of a design by a formula; NaN is null.
func handMade(d *Design, value func(arm, scenario int, seed uint64) map[string]float64) map[Job]Outcome {
	out := make(map[Job]Outcome)
	for _, j := range d.Trials() {
		o := Outcome{Run: fmt.Sprint(j), Seed: j.Seed, Verdict: pocs.Pass, Values: map[string]*float64{},
			world: fmt.Sprint(j.Scenario, j.Seed), acts: fmt.Sprint(j.Scenario, j.Seed)}
		for name, v := range value(j.Arm, j.Scenario, j.Seed) {
			o.Values[name] = defined(v)
		}
		out[j] = o
	}
	return out
}

func games(tb testing.TB) (*Design, map[Job]Outcome) {
	d := mustDesign(tb, gamesPlan)
	return d, handMade(d, func(arm, scenario int, seed uint64) map[string]float64 {
		base := 10 + float64(seed%2)*2 + float64(scenario)*5 // 10 or 12, 15 or 17, 20 or 22
		switch arm {
		case 0:
			return map[string]float64{"score_balanced": base, "recall": 0.5, "cost": 4}
		case 3:
			return map[string]float64{"score_balanced": base - 40, "recall": math.NaN(), "cost": math.NaN()}
		}
		// In land-bridge 3 better, in road 1 and 2 better: 1.5 a world.
		return map[string]float64{"score_balanced": base + []float64{3, 1, 2}[scenario], "recall": 0.5, "cost": 4 - float64(seed%2)}
	})
}

func mustConclude(tb testing.TB, d *Design, out map[Job]Outcome) *Results {
	tb.Helper()
	r, err := Conclude(d, out)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func nearly(a *float64, want float64) bool { return a != nil && math.Abs(*a-want) < 1e-12 }

// TestConcludePools checks against numbers worked out by hand.
func TestConcludePools(t *testing.T) {
	d, out := games(t)
	r := mustConclude(t, d, out)
	if r.Headline != "score_balanced" || r.Measures[0].Measure != "score_balanced" || r.Seeds != "1..6" {
		t.Fatalf("headline %s, first measure %s", r.Headline, r.Measures[0].Measure)
	}
	k := r.Measures[0].Arms[1]
	if !nearly(k.Mean, 18) || k.N != 18 || !nearly(k.In[0], 14) || !nearly(k.In[2], 23) { // 11+3, 16+1, 21+2
		t.Errorf("kalman %+v", k)
	}
	v := k.Versus
	if v.Pairs != 18 || v.Worlds != 12 || !nearly(v.Diff, 2.25) || v.Wins != 12 { // six worlds of 3, six of 1.5
		t.Errorf("against the baseline %+v", v)
	}
	if !nearly(v.P, 2/math.Pow(2, 12)) { // all twelve one way: 2 of 2^12 sign patterns
		t.Errorf("p = %v", *v.P)
	}
	if !nearly(v.Low, 2.25) || !nearly(v.High, 2.25) { // no spread within a recipe: what they differ by is no error
		t.Errorf("interval %v … %v", *v.Low, *v.High)
	}
	if v.Words != Better || !v.Holds || v.Outlook != nil || !nearly(v.PHolm, 3*2/math.Pow(2, 12)) {
		t.Errorf("words %q, Holm %v, holds %v", v.Words, *v.PHolm, v.Holds)
	}
	if r.Measures[0].Arms[0].Versus != nil {
		t.Error("the baseline stands against itself")
	}
	empty := r.Measures[1].Arms[3]
	if empty.Mean != nil || empty.Versus.P != nil || len(empty.Nulls) != 3 || empty.Nulls[1] != "road seals=50 1..6" {
		t.Errorf("an arm without values: %+v", empty)
	}
}

func TestThresholds(t *testing.T) {
	d, out := games(t)
	r := mustConclude(t, d, out)
	for i, want := range []bool{false, false, false, false} { // 18 > 20, 3.5 < 1, null everywhere, 16 <= 12
		if c := r.Thresholds[i]; c.Holds != want {
			t.Errorf("%s: holds %v with mean %v", c.Text(), c.Holds, c.Mean)
		}
	}
	if !nearly(r.Thresholds[1].Mean, 3.5) || r.Thresholds[2].Mean != nil || !r.Breached {
		t.Errorf("thresholds %+v", r.Thresholds)
	}
	d.Thresholds = []Threshold{{1, pocs.Claim{Measure: "score_balanced", Op: ">=", Number: 18}}}
	if r = mustConclude(t, d, out); r.Breached || !r.Thresholds[0].Holds {
		t.Errorf("thresholds %+v", r.Thresholds)
	}
}

// TestConcludeOnly: a few measures are as they are among all.
func TestConcludeOnly(t *testing.T) {
	d, out := games(t)
	all := mustConclude(t, d, out)
	few, err := Conclude(d, out, "cost")
	if err != nil || len(few.Measures) != 2 || few.Measures[1].Measure != "cost" || !reflect.DeepEqual(few.Measures[0], all.Measures[0]) {
		t.Errorf("got %d measures (%v)", len(few.Measures), err)
	}
}

// TestTwinAgainstItself: difference 0, p = 1, and the same JSON each time.
func TestTwinAgainstItself(t *testing.T) {
	d, out := games(t)
	d.Baseline = 1
	r := mustConclude(t, d, out)
	v := r.Measures[0].Arms[2].Versus
	if !nearly(v.Diff, 0) || !nearly(v.P, 1) || v.Words != NotDistinguishable || v.Outlook == nil || v.Outlook.MoreSeeds != nil {
		t.Errorf("twin against itself: %+v", v)
	}
	a, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		b, err := json.Marshal(mustConclude(t, d, out))
		if err != nil || string(a) != string(b) {
			t.Fatalf("the results differ from one time to the next (%v)", err)
		}
	}
}

func TestConcludeRefusesWhatDoesNotBelongTogether(t *testing.T) {
	d, out := games(t)
	j := Job{2, 1, 4}
	o := out[j]
	o.world = "another"
	out[j] = o
	if _, err := Conclude(d, out); err == nil || !strings.Contains(err.Error(), "other worlds were heard") {
		t.Errorf("got error %v", err)
	}
	o.Reason = "detector_timeout"
	out[j] = o
	r := mustConclude(t, d, out)
	if len(r.Failed) != 1 || r.Failed[0].Arm != "twin" || r.Arms[2].Failed != 1 || r.Arms[2].Passed.N != 17 {
		t.Errorf("failed %+v, arm %+v", r.Failed, r.Arms[2])
	}
	delete(out, j)
	if _, err := Conclude(d, out); err == nil || !strings.Contains(err.Error(), "twin in road seals=50, seed 4 was not run") {
		t.Errorf("got error %v", err)
	}
}

// TestWilson checks against Newcombe (1998), table I, method 3.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {20, 20, 0.8389, 1}} {
		s := Wilson(c.k, c.n)
		if math.Abs(*s.Low-c.low) > 5e-5 || math.Abs(*s.High-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f … %.4f, want %.4f … %.4f", c.k, c.n, *s.Low, *s.High, c.low, c.high)
		}
	}
	if s := Wilson(0, 0); s.P != nil || s.Low != nil {
		t.Errorf("none of none: %+v", s)
	}
}

// TestPairsNeeded checks against the paired t test at 80 % power, two-sided 5 % (Cohen 1988 and G*Power).
func TestPairsNeeded(t *testing.T) {
	for dz, want := range map[float64]float64{0.2: 199, 0.3: 90, 0.5: 34, 0.8: 15, 1: 10, 4: 6} {
		if got := PairsNeeded(dz); math.Abs(got-want) > 0.5 {
			t.Errorf("dz %v needs %v pairs, want %v", dz, got, want)
		}
	}
}

func TestOutlook(t *testing.T) {
	for _, c := range []struct {
		d    []float64
		says string
	}{
		{[]float64{1}, "fewer than two"}, {[]float64{0, 0, 0}, "no difference was seen"}, {[]float64{1, -1}, "no difference"},
		{[]float64{2, 2, 2}, "the same difference"}, {[]float64{1, -1, 1, -1, 1, -1, 1e-3}, "more than 10000"},
	} {
		o := outlookOf(c.d, len(c.d))
		if o.MoreSeeds != nil || !strings.Contains(o.Why, c.says) {
			t.Errorf("%v: %+v", c.d, o)
		}
	}
	d := []float64{3, 0, 3, 0, 3, 0, -1, 1} // mean 1.125, deviation 1.642: dz 0.685 needs 19 pairs
	if one, two := outlookOf(d, 8), outlookOf(d, 4); *one.MoreSeeds != 11 || *two.MoreSeeds != 6 {
		t.Errorf("with one world a seed %d more seeds, with two %d; want 11 and 6", *one.MoreSeeds, *two.MoreSeeds)
	}
	if o := outlookOf([]float64{50, 49, 51, 50, 49}, 5); !strings.HasPrefix(o.Why, "about 1 more seed, if") {
		t.Errorf("of a plain difference it says %q", o.Why)
	}
}

func TestLeaderboard(t *testing.T) {
	d, out := games(t)
	b, err := Leaderboard(d, out, "score_balanced")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range b.Places {
		got = append(got, fmt.Sprintf("%d %s %d-%d", p.Group, p.Arm, p.RankLow, p.RankHigh))
	}
	want := []string{"1 kalman 1-2", "1 twin 1-2", "2 rules 3-3", "3 empty 4-4"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if b, err = Leaderboard(d, out, "cost"); err != nil || len(b.Unranked) != 1 || b.Places[2].Arm != "rules" { // lower is better
		t.Errorf("board of costs %+v (%v)", b, err)
	}
	if _, err := Leaderboard(d, out, "grace"); err == nil {
		t.Error("an unknown measure is ranked")
	}
}

func TestPareto(t *testing.T) {
	d, out := games(t)
	f, err := Pareto(d, out, "cost", "score_balanced")
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Points) != 3 || f.Points[0].OnFront || f.Points[0].BeatenBy != "kalman" || !f.Points[1].OnFront || !f.Points[2].OnFront {
		t.Errorf("front %+v", f.Points)
	}
}

// TestStratifiedInterval: what strata differ by is left out, what they scatter is not; with one stratum it is Interval.
func TestStratifiedInterval(t *testing.T) {
	a := []float64{1, 2, 3, 4, 5, 6, 7, 8}
	b := []float64{101, 102, 103, 104, 105, 106, 107, 108}
	low, high, _ := StratifiedInterval([][]float64{a, b})
	plainLow, plainHigh, _ := Interval(append(append([]float64{}, a...), b...))
	if high-low > 5 || plainHigh-plainLow < 50 || math.Abs((low+high)/2-54.5) > 1e-9 {
		t.Errorf("stratified %v … %v, plain %v … %v", low, high, plainLow, plainHigh)
	}
	one, oneHigh, _ := StratifiedInterval([][]float64{a})
	if l, h, _ := Interval(a); l != one || h != oneHigh {
		t.Errorf("one stratum: %v … %v, want %v … %v", one, oneHigh, l, h)
	}
	if l, h, ok := StratifiedInterval([][]float64{a, {1}}); !ok || h-l <= 0 {
		t.Errorf("a stratum of one: %v … %v", l, h)
	}
}
