// Assumptions put to the test: does the verdict turn when a value that nobody has measured goes to its low or high?

package experiment

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"sealab/sim"
)

// AssumptionsFile writes the experiment that moves every assumption-marked setting of one scenario of a design to its
// low and its high, one at a time, under one arm and a reference (−1: none) on the first seeds. It follows from the
// design alone, so that the same question has the same hash. The first scenario of the file is the unmoved one. What an
// arm sets itself is not moved; what the scenario sets is moved from there, where low or high is another value.
func AssumptionsFile(d *Design, arm, reference, scenario, seeds int) File {
	sc := &d.Scenarios[scenario]
	f := File{Question: fmt.Sprintf("Does the verdict on %s in %s turn when an assumption goes to its low or high?", d.Arms[arm].Name, sc.Name),
		Challenge: d.Challenge.Name, Profile: d.Profile, BaseRate: &d.BaseRate, Seeds: d.Seeds[:min(seeds, len(d.Seeds))]}
	f.Name = cut("Assumptions: "+orElse(d.Name, sc.Name)+", "+d.Arms[arm].Name, maxName)
	f.Question = cut(f.Question, maxQuestion)
	arms := []int{arm}
	if reference >= 0 {
		arms = []int{reference, arm}
	}
	for _, a := range arms {
		f.Arms = append(f.Arms, d.Arms[a].asFile())
	}
	base := Values{}
	for name, value := range sc.Set {
		base[name] = []string{value}
	}
	same := FileScenario{Name: sc.Scenario.Name, Extends: sc.Scenario.Extends, Set: base}
	if same.Extends != "" {
		same.Doc = sc.Scenario.Doc
	}
	f.Scenarios = []FileScenario{same}
	for _, s := range d.movable(arms, scenario) {
		set := maps.Clone(base)
		set[s.Name] = s.moves
		moved := same
		moved.Set = set
		f.Scenarios = append(f.Scenarios, moved)
	}
	return f
}

// TestsAssumptions reports whether a design is one that AssumptionsFile writes: its worlds differ from the first by one
// assumption each, and not all by the same.
func (d *Design) TestsAssumptions() bool {
	base, all := &d.Scenarios[0], map[string]bool{}
	for _, s := range d.Scenarios[1:] {
		moved := maps.Clone(s.Set)
		maps.DeleteFunc(moved, func(name, value string) bool { return value == base.Set[name] })
		if len(moved) != 1 || s.Scenario.Name != base.Scenario.Name {
			return false
		}
		for name := range moved {
			if !strings.HasPrefix(name, sim.AssumptionPrefix) {
				return false
			}
			all[name] = true
		}
	}
	return len(all) > 1
}

// movable is an assumption with the words that give it another value than it has.
type movable struct {
	sim.Setting
	moves []string
}

func (d *Design) movable(arms []int, scenario int) []movable {
	var list []movable
	settings := d.Scenarios[scenario].Scenario.Settings
	for i := range settings {
		s := &settings[i]
		if s.Mark != sim.Assumption || s.Low == 0 && s.High == 0 {
			continue
		}
		m := movable{Setting: *s}
		now := d.Settings(arms[0], scenario)[s.Name]
		if s.Low != now {
			m.moves = append(m.moves, "low")
		}
		if s.High != now {
			m.moves = append(m.moves, "high")
		}
		set := slices.ContainsFunc(arms, func(a int) bool { _, there := d.Arms[a].Set[s.Name]; return there })
		if len(m.moves) > 0 && !set {
			list = append(list, m)
		}
	}
	return list
}

// asFile writes a planned arm: its parameters where they are not the defaults.
func (a *PlannedArm) asFile() FileArm {
	f := FileArm{Name: a.Name, PoC: a.PoC.Name, Params: Values{}, Set: Values{}}
	for i := range a.PoC.Params {
		if p := &a.PoC.Params[i]; a.Params[p.Name] != p.Default {
			f.Params[p.Name] = []string{sim.Number(a.Params[p.Name])}
		}
	}
	for name, value := range a.Set {
		f.Set[name] = []string{value}
	}
	return f
}

func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// Turn is what comes out under one value of an assumption, as a mean over the seeds.
type Turn struct {
	At       float64  `json:"at" doc:"the assumption's value"`
	Worlds   int      `json:"worlds"`
	Recall   *float64 `json:"recall"`
	Nuisance *float64 `json:"nuisance"`
	Outcome  *float64 `json:"outcome" doc:"in the terms of by"`
	Change   *float64 `json:"change" doc:"of the outcome, over the seeds that both have"`
	Flips    bool     `json:"flips" doc:"the outcome has the other sign"`
}

// Swing is one assumption at its low and high; nil where that is its value anyway.
type Swing struct {
	Name string  `json:"name"`
	Unit string  `json:"unit"`
	Doc  string  `json:"doc"`
	Base float64 `json:"base"`
	Low  *Turn   `json:"low"`
	High *Turn   `json:"high"`
}

// Flips says whether the verdict turns at either end.
func (s *Swing) Flips() bool { return s.Low != nil && s.Low.Flips || s.High != nil && s.High.Flips }

// Reach is the larger of the two changes, without its sign.
func (s *Swing) Reach() float64 {
	far := 0.0
	for _, t := range []*Turn{s.Low, s.High} {
		if t != nil && t.Change != nil {
			far = max(far, math.Abs(*t.Change))
		}
	}
	return far
}

// Swings are all assumptions, those that flip the verdict first, then by how far they move it.
type Swings struct {
	By    string  `json:"by" enum:"net,extra" doc:"net: benefit less cost a year; extra: openings detected a year beyond the reference, where prices are missing"`
	Base  Turn    `json:"base" doc:"with no assumption moved"`
	List  []Swing `json:"list"`
	Flips int     `json:"flips"`
}

// Swing reads what an experiment of AssumptionsFile brought, at these stakes. The last arm is decided on, the one before
// it is the reference. The sign of the mean is all that counts: some few seeds have no interval worth the name.
func SwingOf(d *Design, out map[Job]Outcome, s Stakes) Swings {
	q := question{results: newResults(d, out), Stakes: s, reference: len(d.Arms) - 2}
	w := swinger{question: q, arm: len(d.Arms) - 1, base: d.Settings(len(d.Arms)-1, 0)}
	w.net, w.by = w.netOf()
	sw := Swings{By: w.by, Base: w.turn(0, 0), List: []Swing{}}
	at := make(map[string]int)
	for i := 1; i < len(d.Scenarios); i++ {
		set := w.Settings(w.arm, i)
		setting := w.moved(i)
		if setting == nil {
			continue
		}
		k, there := at[setting.Name]
		if !there {
			k = len(sw.List)
			at[setting.Name] = k
			sw.List = append(sw.List, Swing{Name: setting.Name, Unit: setting.Unit, Doc: setting.Doc, Base: w.base[setting.Name]})
		}
		t := w.turn(i, set[setting.Name])
		t.Flips = t.Outcome != nil && sw.Base.Outcome != nil && (*t.Outcome > 0) != (*sw.Base.Outcome > 0)
		if t.At == setting.Low {
			sw.List[k].Low = &t
		} else {
			sw.List[k].High = &t
		}
	}
	for i := range sw.List {
		if sw.List[i].Flips() {
			sw.Flips++
		}
	}
	slices.SortStableFunc(sw.List, func(a, b Swing) int {
		if a.Flips() != b.Flips() {
			if a.Flips() {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.Reach(), a.Reach())
	})
	return sw
}

type swinger struct {
	question
	arm  int
	base sim.Settings
	net  func(x, ref rates) float64
	by   string
}

// moved is the setting by which a scenario differs from the first.
func (w *swinger) moved(scenario int) *sim.Setting {
	settings := w.Scenarios[scenario].Scenario.Settings
	for i := range settings {
		if name := settings[i].Name; w.Settings(w.arm, scenario)[name] != w.base[name] {
			return &settings[i]
		}
	}
	return nil
}

// netOf is the outcome as a function of rates: net benefit, or what is detected beyond the reference.
func (w *swinger) netOf() (f func(x, ref rates) float64, by string) {
	n, p := w.Trips(), w.p()
	bought, missing := w.purchase()
	perCheck, also := w.perCheck()
	worth, more := w.worth()
	if missing != nil || also != nil || more != nil {
		return func(x, ref rates) float64 { return float64(float64(n*p) * (x.recall - ref.recall)) }, "extra"
	}
	return func(x, ref rates) float64 {
		extra := float64(float64(n*p) * (x.recall - ref.recall))
		return float64(extra*worth) - bought - float64(float64(n*perCheck)*(w.checks(x)-w.checks(ref)))
	}, "net"
}

// turn is the mean over the seeds of one scenario, and its change from the first.
func (w *swinger) turn(scenario int, at float64) Turn {
	t := Turn{At: at}
	var recall, nuisance, outcome, change []float64
	for _, seed := range w.Seeds {
		net, x, ok := w.at(scenario, seed)
		if !ok {
			continue
		}
		recall, nuisance, outcome = append(recall, x.recall), append(nuisance, x.nuisance), append(outcome, net)
		if base, _, ok := w.at(0, seed); ok {
			change = append(change, net-base)
		}
	}
	t.Worlds = len(outcome)
	t.Recall, t.Nuisance, t.Outcome, t.Change = defined(Mean(recall)), defined(Mean(nuisance)), defined(Mean(outcome)), defined(Mean(change))
	return t
}

func (w *swinger) at(scenario int, seed uint64) (net float64, x rates, ok bool) {
	x, ok = w.rates(w.arm, scenario, seed)
	ref, refOK := w.rates(w.reference, scenario, seed)
	if !ok || !refOK {
		return 0, x, false
	}
	return w.net(x, ref), x, true
}

// Movable counts the assumptions that AssumptionsFile would move, and the worlds that one seed then takes.
func (d *Design) Movable(arm, reference, scenario int) (assumptions, worlds int) {
	arms := []int{arm}
	if reference >= 0 {
		arms = append(arms, reference)
	}
	worlds = 1
	for _, m := range d.movable(arms, scenario) {
		assumptions++
		worlds += len(m.moves)
	}
	return assumptions, worlds
}
