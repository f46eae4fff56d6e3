package experiment

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sealab/pocs"
	"sealab/sim/exact"
)

var twoMeasures = []pocs.Measure{
	{Name: "recall", Unit: "1", Better: pocs.Higher},
	{Name: "delay_p50_s", Unit: "s", Better: pocs.Lower},
	{Name: "unheard", Unit: "incidents", Better: pocs.Neutral},
	{Name: "recall_no_such_kind", Unit: "1", Better: pocs.Higher},
}

// mustArm makes an arm from a measure's values on the seeds 1, 2, 3 …
func mustArm(name string, values map[string][]float64) Arm {
	a := Arm{Name: name, Values: make(map[string]map[uint64]*float64)}
	for measure, list := range values {
		a.Values[measure] = make(map[uint64]*float64)
		for i, v := range list {
			seed := uint64(i + 1)
			a.Values[measure][seed] = defined(v)
			if !slices.Contains(a.Seeds, seed) {
				a.Seeds = append(a.Seeds, seed)
			}
		}
	}
	slices.Sort(a.Seeds)
	return a
}

// Eight seeds. recall: A is 0.1 … 0.8 above B on each, p = 2/256. delay: A is 60 s longer on seven and equal on one,
// null on none: p = 2/128, worse. unheard: A is 1 above on seven and 1 below on one: p = 2·(1 + 8)/256, not told apart.
// Holm: 2/256·3 = 6/256; 2/128·2 = 8/256; 18/256·1.
func TestCompareByHand(t *testing.T) {
	a := mustArm("kalman", map[string][]float64{
		"recall":      {0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6},
		"delay_p50_s": {160, 160, 160, 160, 160, 160, 160, 100},
		"unheard":     {2, 2, 2, 2, 2, 2, 2, 0},
	})
	b := mustArm("rules", map[string][]float64{
		"recall":      {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8},
		"delay_p50_s": {100, 100, 100, 100, 100, 100, 100, 100},
		"unheard":     {1, 1, 1, 1, 1, 1, 1, 1},
	})
	c := Compare(twoMeasures, a, b)
	if len(c.Measures) != 3 {
		t.Fatalf("lines: got %d, want 3: a measure that no run names is left out", len(c.Measures))
	}
	want := []struct {
		diff, p, holm float64
		w, t, l       int
		words         Words
		holds         bool
	}{
		{0.45, 2.0 / 256, 6.0 / 256, 8, 0, 0, Better, true},
		{52.5, 2.0 / 128, 8.0 / 256, 0, 1, 7, Worse, true},
		{0.75, 18.0 / 256, 18.0 / 256, 7, 0, 1, NotDistinguishable, false},
	}
	for i, w := range want {
		l := c.Measures[i]
		if !near(*l.Diff, w.diff) || !near(*l.P, w.p) || !near(*l.PHolm, w.holm) || l.N != 8 {
			t.Errorf("%s: got diff %v, p %v, Holm %v, n %d, want %+v", l.Measure, *l.Diff, *l.P, *l.PHolm, l.N, w)
		}
		if l.Wins != w.w || l.Ties != w.t || l.Losses != w.l || l.Words != w.words || l.Holds != w.holds {
			t.Errorf("%s: got %d/%d/%d, %s, holds %v, want %+v", l.Measure, l.Wins, l.Ties, l.Losses, l.Words, l.Holds, w)
		}
		if !(*l.Low <= *l.Diff && *l.Diff <= *l.High) || !near(*l.AMean-*l.BMean, *l.Diff) {
			t.Errorf("%s: the figures do not hang together: %+v", l.Measure, l)
		}
	}
}

// Beside an arm that lacks seeds, failed on some, or has nulls, everything left out is listed.
func TestCompareListsWhatIsLeftOut(t *testing.T) {
	a := mustArm("a", map[string][]float64{"recall": {1, math.NaN(), 1}})
	b := mustArm("b", map[string][]float64{"recall": {1, 1, 1, 1, 1}})
	c := Compare(twoMeasures, a, b)
	if !slices.Equal(c.Seeds, []uint64{1, 2, 3}) || len(c.OnlyA) != 0 || !slices.Equal(c.OnlyB, []uint64{4, 5}) {
		t.Errorf("seeds: got %v, %v, %v", c.Seeds, c.OnlyA, c.OnlyB)
	}
	l := c.Measures[0]
	if l.N != 2 || !slices.Equal(l.Nulls, []uint64{2}) || *l.P != 1 || l.Words != NotDistinguishable {
		t.Errorf("line: got %+v", l)
	}
	nothing := Compare(twoMeasures, mustArm("a", map[string][]float64{"recall": {math.NaN()}}), b)
	if l := nothing.Measures[0]; l.N != 0 || l.P != nil || l.PHolm != nil || l.Diff != nil || l.Words != NotDistinguishable {
		t.Errorf("line without pairs: got %+v", l)
	}
}

func TestComparisonAsJSON(t *testing.T) {
	c := Compare(twoMeasures, mustArm("a", map[string][]float64{"recall": {math.NaN()}}), mustArm("b", map[string][]float64{"recall": {0.5}}))
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"a":"a","b":"b","alpha":0.05,"seeds":[1],"only_a":[],"only_b":[],"measures":[{"measure":"recall","unit":"1",` +
		`"better":"higher","n":0,"null_seeds":[1],"a_mean":null,"b_mean":null,"diff":null,"low":null,"high":null,"p":null,` +
		`"p_holm":null,"wins":0,"ties":0,"losses":0,"cohen_dz":null,"rank_biserial":null,"words":"not distinguishable","holds":false}]}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

// An arm against itself: difference 0, p 1, all ties, an interval of no length.
func TestCompareWithItself(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e3, 1e3), 2, 45).Draw(rt, "values")
		a := mustArm("a", map[string][]float64{"recall": values})
		l := Compare(twoMeasures, a, a).Measures[0]
		if *l.Diff != 0 || *l.P != 1 || *l.Low != 0 || *l.High != 0 || *l.CohenDz != 0 || *l.RankBiserial != 0 ||
			l.Ties != len(values) || l.Words != NotDistinguishable {
			rt.Fatalf("got %+v", l)
		}
	})
}

// The comparison the other way round has the same p and turned figures and words.
func TestCompareTurned(t *testing.T) {
	turned := map[Words]Words{Better: Worse, Worse: Better, NotDistinguishable: NotDistinguishable}
	rapid.Check(t, func(rt *rapid.T) {
		dice := exact.NewDice(rapid.Uint64Range(0, 1<<40).Draw(rt, "dice"), "test/turned")
		x, y := make([]float64, 50), make([]float64, 50)
		for i := range x {
			x[i], y[i] = dice.Normal()+0.3, dice.Normal()
		}
		n := rapid.IntRange(2, 50).Draw(rt, "n")
		a, b := mustArm("a", map[string][]float64{"recall": x[:n]}), mustArm("b", map[string][]float64{"recall": y[:n]})
		l, m := Compare(twoMeasures, a, b).Measures[0], Compare(twoMeasures, b, a).Measures[0]
		if *l.P != *m.P || *l.Diff != -*m.Diff || *l.Low != -*m.High || l.Wins != m.Losses || turned[l.Words] != m.Words {
			rt.Fatalf("got %+v\nand %+v", l, m)
		}
	})
}
