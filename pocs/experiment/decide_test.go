package experiment

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sealab/pocs"
	"sealab/sim"
)

const buyPlan = `
scenarios: [land-bridge]
arms: [passive, kalman, {poc: "null", name: silent}]
seeds: 1..8
baseline: passive
`

// customs is a challenge with what a decision rests on, in worlds with the real assumptions.
func customs() Catalogue {
	c := toyCatalogue()
	toys := &c.Challenges[0]
	toys.Measures = append(toys.Measures, pocs.Measure{Name: NuisanceMeasure, Better: pocs.Lower})
	for i := range toys.Scenarios {
		toys.Scenarios[i].Settings = sim.CommonSettings(10, 600)
	}
	c.PoCs = append(c.PoCs, pocs.PoC{Name: "passive", Challenge: "toys"}, pocs.PoC{Name: "null", Challenge: "toys"})
	return c
}

func customsDesign(tb testing.TB, text string) *Design {
	tb.Helper()
	d, err := mustParse(tb, text).Design(customs())
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// bought: the ordinary seal catches a tenth; the arm catches 0.8 in odd worlds and all in even ones.
func bought(tb testing.TB) (*Design, map[Job]Outcome) {
	d := customsDesign(tb, buyPlan)
	return d, handMade(d, func(arm, _ int, seed uint64) map[string]float64 {
		switch arm {
		case 0:
			return map[string]float64{RecallMeasure: 0.1, NuisanceMeasure: 0.02}
		case 1:
			return map[string]float64{RecallMeasure: 1 - 0.2*float64(seed%2), NuisanceMeasure: 0.1}
		}
		return map[string]float64{RecallMeasure: 0, NuisanceMeasure: 0}
	})
}

func given() Stakes {
	v := func(f float64) *float64 { return &f }
	return Stakes{Seals: 500, Price: v(40), Years: 2, Fee: v(10), Loss: v(0.1), FlowPerDay: 10, TripsPerSeal: v(6), BaseRate: 100,
		CheckHours: v(2), HourCost: v(30), CheckCO2eKg: v(5), Value: v(2000), Saved: 0.5, RecallWithin: 0.1, NuisanceWithin: 0.05}
}

// TestDecideByHand: 3,000 of 3,650 trips carry one of 500 seals; purchase 500·(40·(1/2 + 0.1) + 10) = 17,000 a year;
// checks a trip 0.01·0.9 + 0.99·0.1 = 0.108, the ordinary seal's 0.0208, at 60 each.
func TestDecideByHand(t *testing.T) {
	d, out := bought(t)
	dec, err := Decide(d, out, 0, []int{0, 1, 2}, given())
	if err != nil {
		t.Fatal(err)
	}
	k := dec.Arms[1]
	for _, c := range []struct {
		name string
		got  Figure
		want float64
	}{
		{"recall", k.Recall, 0.9}, {"nuisance", k.Nuisance, 0.1}, {"checks", k.ChecksPerDay, 324.0 / 365}, {"detected", k.Detected, 27},
		{"extra", k.Extra, 24}, {"CO2e", k.CO2eKg, 1485}, {"cost", k.CostPerYear, 36_440}, {"a day", k.CostPerDay, 36_440.0 / 365},
		{"per found", k.CostPerFound, 36_440.0 / 27}, {"per extra", k.CostPerExtra, 32_696.0 / 24}, {"net", k.Net, -8_696},
		{"even value", k.EvenValue, 32_696.0 / 12}, {"even rate", k.EvenRate, 10_000 * (17.0/3 + 4.8) / (0.8*940 + 4.8)},
	} {
		if c.got.Value == nil || math.Abs(*c.got.Value-c.want) > 1e-9*math.Abs(c.want) {
			t.Errorf("%s: got %+v, want %v", c.name, c.got.Value, c.want)
			continue
		}
		if c.got.Low == nil || *c.got.Low > *c.got.Value || *c.got.High < *c.got.Value {
			t.Errorf("%s: the interval is %v … %v", c.name, c.got.Low, c.got.High)
		}
	}
	if dec.TripsPerYear != 3000 || k.Worlds != 8 || k.Advice != NotWorth && k.Advice != CannotTell {
		t.Errorf("got %+v", k)
	}
	p := k.Pilot // 1.96²·0.09/0.01 = 34.6 attacks; 1.96²·0.09/0.0025 = 138.3 trips
	if p.Attacks != 35 || *p.RecallTrips != 3500 || *p.OneAttack != 300 || p.NuisanceTrips != 139 || math.Abs(*p.RecallYears-3500.0/3000) > 1e-12 {
		t.Errorf("pilot %+v", p)
	}
	if ref := dec.Arms[0]; !ref.Reference || !closeTo(ref.CostPerYear.Value, 3_744) || ref.Advice != "" || ref.Net.Value != nil || ref.Pilot != nil {
		t.Errorf("nothing is bought for the reference: %+v", ref)
	}
	if s := dec.Arms[2]; s.CostPerFound.Note != "nothing" || s.CostPerExtra.Note != "no_gain" || s.EvenRate.Note != "never" || s.Advice != NotWorth {
		t.Errorf("the silent arm %+v", s)
	}
}

func TestDecideWords(t *testing.T) {
	d, out := bought(t)
	for value, want := range map[float64]Advice{100: NotWorth, 2724: CannotTell, 50_000: Worth} {
		s := given()
		s.Value = &value
		dec, err := Decide(d, out, 0, []int{1}, s)
		if err != nil || dec.Arms[0].Advice != want {
			t.Errorf("at %v: got %s, %s, want %s (%v)", value, dec.Arms[0].Advice, dec.Arms[0].Why, want, err)
		}
	}
}

func TestDecideSaysWhatIsMissing(t *testing.T) {
	d, out := bought(t)
	s := given()
	s.Price, s.HourCost, s.Value, s.CheckCO2eKg = nil, nil, nil, nil
	dec, err := Decide(d, out, -1, []int{1}, s)
	if err != nil {
		t.Fatal(err)
	}
	a := dec.Arms[0]
	if a.Advice != CannotTell || a.Why != "needs" || !slices.Equal(a.Net.Needs, []string{"price", "hour_cost", "value"}) ||
		!slices.Equal(a.CostPerYear.Needs, []string{"price", "hour_cost"}) || !slices.Equal(a.CO2eKg.Needs, []string{"co2e"}) {
		t.Errorf("got %+v", a)
	}
	if a.Detected.Value == nil || math.Abs(*a.Detected.Value-27) > 1e-9 || math.Abs(*a.Extra.Value-27) > 1e-9 || dec.Reference != "" {
		t.Errorf("without a reference all that is detected is extra: %+v", a)
	}
	s = given()
	s.Value = nil
	if dec, _ = Decide(d, out, 0, []int{1}, s); dec.Arms[0].EvenValue.Value == nil || dec.Arms[0].Net.Value != nil {
		t.Error("without a value the break-even is all that is asked")
	}
	only := *d
	only.Seeds = d.Seeds[:1]
	if dec, _ = Decide(&only, out, 0, []int{1}, given()); dec.Arms[0].Advice != CannotTell || dec.Arms[0].Why != "one_world" {
		t.Errorf("one world: %+v", dec.Arms[0])
	}
	if dec, _ = Decide(d, nil, 0, []int{1}, given()); dec.Arms[0].Why != "nothing" || dec.Arms[0].Pilot != nil {
		t.Errorf("nothing played: %+v", dec.Arms[0])
	}
	toys := toyChallenge().Challenges[0]
	if _, err := Decide(&Design{Challenge: &toys}, nil, -1, nil, given()); err == nil || !strings.Contains(err.Error(), "recall") {
		t.Errorf("a challenge that catches nothing: %v", err)
	}
}

// TestBreakEvenIsWhereNetIsZero at any stakes.
func TestBreakEvenIsWhereNetIsZero(t *testing.T) {
	d, out := bought(t)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, least, most float64) *float64 {
			v := rapid.Float64Range(least, most).Draw(t, name)
			return &v
		}
		s := given()
		s.Price, s.Fee, s.Loss, s.HourCost = draw("price", 1, 500), draw("fee", 0, 50), draw("loss", 0, 2), draw("hour", 0, 200)
		s.Value, s.BaseRate, s.Saved = draw("value", 1, 1e6), *draw("rate", 0.1, 5000), *draw("saved", 0.05, 1)
		dec, _ := Decide(d, out, 0, []int{1}, s)
		even, rate := dec.Arms[0].EvenValue, dec.Arms[0].EvenRate
		scale := 1 + math.Abs(*dec.Arms[0].CostPerYear.Value)
		at := s
		at.Value = even.Value
		if dec, _ = Decide(d, out, 0, []int{1}, at); math.Abs(*dec.Arms[0].Net.Value) > 1e-9*scale {
			t.Errorf("at the break-even value %v the net benefit is %v", *even.Value, *dec.Arms[0].Net.Value)
		}
		if rate.Value != nil {
			at = s
			at.BaseRate = *rate.Value
			dec, _ = Decide(d, out, 0, []int{1}, at)
			if worth := *s.Value * s.Saved; math.Abs(*dec.Arms[0].Net.Value) > 1e-9*(scale+*dec.Arms[0].Extra.Value*worth) {
				t.Errorf("at the break-even rate %v the net benefit is %v", *rate.Value, *dec.Arms[0].Net.Value)
			}
		}
	})
}

// TestRatioAgreesWithTheMean: over a constant, Fieller's interval is the mean's, scaled.
func TestRatioAgreesWithTheMean(t *testing.T) {
	over := []float64{3, 5, 4, 6, 8, 2, 5, 5}
	under := slices.Repeat([]float64{2}, len(over))
	f := Ratio([][]float64{over}, [][]float64{under})
	low, high, _ := Interval(over)
	if !nearly(f.Value, Mean(over)/2) || math.Abs(*f.Low-low/2) > 0.02 || math.Abs(*f.High-high/2) > 0.02 {
		t.Errorf("got %v … %v, want %v … %v", *f.Low, *f.High, low/2, high/2)
	}
	if f := Ratio([][]float64{over}, [][]float64{{-9, 9, -9, 9, -9, 9, -9, 10}}); f.Note != "open" || f.Low != nil {
		t.Errorf("over next to nothing: %+v", f)
	}
	if f := Ratio([][]float64{{1, 1}}, [][]float64{{0, 0}}); f.Note != "no_gain" {
		t.Errorf("over nothing: %+v", f)
	}
}

func TestAssumptionsFile(t *testing.T) {
	d := customsDesign(t, `
scenarios: [{name: road, set: {seals: [20, 30], assumption.reboot_rate: high}}]
arms: [passive, {poc: kalman, params: {gate_km: [2, 3]}, set: {report_interval_s: 3600, assumption.cut_g_max: low}}]
seeds: 1..9
base_rate: 7
`)
	f := AssumptionsFile(d, 2, 0, 1, 3)
	again, err := Parse(f.Canonical())
	if err != nil || again.Hash() != f.Hash() {
		t.Fatalf("it is no file: %v", err)
	}
	design, err := f.Design(customs())
	if err != nil {
		t.Fatal(err)
	}
	if !design.TestsAssumptions() {
		t.Error("it is not known as a test of assumptions")
	}
	for _, scenarios := range []string{"[road]", "[{name: road, set: {seals: [20, 30]}}]", "[{name: road, set: {seals: 20}}, road]",
		"[{name: road, set: {assumption.reboot_rate: [low, high]}}]"} {
		if customsDesign(t, "scenarios: "+scenarios+"\narms: [passive, kalman]\nseeds: 1..3\n").TestsAssumptions() {
			t.Errorf("%s is taken for a test of assumptions", scenarios)
		}
	}
	moved, worlds := d.Movable(2, 0, 1)
	all := 0
	for _, s := range d.Scenarios[1].Scenario.Settings {
		if s.Mark == sim.Assumption && (s.Low != 0 || s.High != 0) {
			all++
		}
	}
	if moved != all-1 || len(design.Scenarios) != worlds || worlds != 1+2*moved-1 { // cut_g_max is the arm's, reboot_rate is high
		t.Errorf("of %d assumptions %d are moved in %d worlds, planned are %d", all, moved, worlds, len(design.Scenarios))
	}
	if len(design.Seeds) != 3 || design.BaseRate != 7 || design.Arms[0].PoC.Name != "passive" || design.Arms[1].Params["gate_km"] != 3 ||
		design.Settings(1, 0)["report_interval_s"] != 3600 || design.Settings(0, 0)["seals"] != 30 {
		t.Errorf("got %+v", design.Arms)
	}
	for i := range design.Scenarios {
		n := 0
		for name, v := range design.Settings(0, i) {
			if v != design.Settings(0, 0)[name] {
				n++
			}
		}
		if want := min(i, 1); n != want {
			t.Errorf("scenario %d moves %d settings", i, n)
		}
	}
	if AssumptionsFile(d, 2, 0, 1, 3).Hash() != f.Hash() || AssumptionsFile(d, 1, 0, 1, 3).Hash() == f.Hash() {
		t.Error("the same question has one hash, another has another")
	}
}

func TestSwingOf(t *testing.T) {
	d := customsDesign(t, "scenarios: [road]\narms: [passive, kalman]\nseeds: 1..3\n")
	f := AssumptionsFile(d, 1, 0, 0, 3)
	design, err := f.Design(customs())
	if err != nil {
		t.Fatal(err)
	}
	high := func(scenario int, name string) bool {
		s := sim.AssumptionPrefix + name
		return design.Scenarios[scenario].Set[s] == "high"
	}
	out := handMade(design, func(arm, scenario int, _ uint64) map[string]float64 {
		v := map[string]float64{RecallMeasure: 0.9, NuisanceMeasure: 0.1}
		switch {
		case arm == 0:
			return map[string]float64{RecallMeasure: 0, NuisanceMeasure: 0}
		case high(scenario, "reboot_rate"):
			v[NuisanceMeasure] = 0.2
		case high(scenario, "duplicate"):
			v[NuisanceMeasure] = 0.11
		}
		return v
	})
	s := given() // purchase 17,000; net = 27·worth − 17,000 − 3,000·(0.009 + 0.99·U)·60
	value := 2600.0
	s.Value = &value // 35,100 − 17,000 − 1,620 − 17,820 = −1,340; at U = 0.2 −19,160
	w := SwingOf(design, out, s)
	if w.By != "net" || w.Base.Worlds != 3 || !closeTo(w.Base.Outcome, -1340) || w.Flips != 0 || w.List[0].Name != "assumption.reboot_rate" || !closeTo(w.List[0].High.Outcome, -19160) || w.List[1].Name != "assumption.duplicate" {
		t.Errorf("got %+v, %+v", w.Base, w.List[0])
	}
	value = 2800 // 37,800: net 1,360, and −422 with a hundredth more nuisance
	if w = SwingOf(design, out, s); w.Flips != 2 || !w.List[1].High.Flips || w.List[1].Low.Flips || !closeTo(w.List[1].High.Change, -1782) || w.List[2].Flips() {
		t.Errorf("got %d flips, %+v", w.Flips, w.List[1])
	}
	s.Price = nil
	if w = SwingOf(design, out, s); w.By != "extra" || !closeTo(w.Base.Outcome, 27) || w.Flips != 0 {
		t.Errorf("without prices: %+v", w.Base)
	}
}

func closeTo(v *float64, want float64) bool { return v != nil && math.Abs(*v-want) < 1e-6 }

// BenchmarkDecide gives the time for five arms beside the ordinary seal over 80 worlds: what a full sheet costs.
func BenchmarkDecide(b *testing.B) {
	d := customsDesign(b, "scenarios: [land-bridge, road]\narms: [passive, {poc: kalman, params: {strikes: [1, 2, 3, 4, 5]}}]\nseeds: 1..40\n")
	out := handMade(d, func(arm, scenario int, seed uint64) map[string]float64 {
		return map[string]float64{RecallMeasure: 0.1*float64(arm) + 0.01*float64(int(seed)%5), NuisanceMeasure: 0.01 * float64(int(seed)%7+scenario)}
	})
	for b.Loop() {
		if _, err := Decide(d, out, 0, []int{0, 1, 2, 3, 4, 5}, given()); err != nil {
			b.Fatal(err)
		}
	}
}
