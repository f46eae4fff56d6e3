// What an address asks of arms laid side by side: which section, which two arms, whose catches, at what base rate.

package web

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sealab/pocs"
	"sealab/pocs/experiment"
)

// sections are what lies a click away from the first screen, in order.
var sections = []string{"measures", "time", "levels", "kinds", "cost", "differences"}

// sides are what the matrix can be narrowed to.
var sides = []string{"all", "both", "only_a", "only_b", "neither", "unheard", "fooled"}

// drawnArms is how many arms a chart shows at once: more could not be told apart.
const drawnArms = 4

// armsAsk is the state of the page, all of it in the address.
type armsAsk struct {
	Section string
	A, B    int    // the two arms whose catches are told apart
	Side    string // of sides
	Seed    string // one world only: its seed; empty: all
	From    int    // first row of the matrix shown
	Drawn   []int  // arms in the charts
	All     bool   // all measures, or all numbers and not those alone that differ
	Terms   pocs.Terms
}

// askOf reads an address for a design. Arms are numbered from 1 there, as they are on the page.
func askOf(v url.Values, f *found) (*armsAsk, error) {
	d := f.Design
	a := &armsAsk{Section: orText(v.Get("show"), sections[0]), Side: orText(v.Get("side"), sides[0]), Seed: v.Get("seed"),
		All: v.Get("all") == "1", Terms: pocs.DefaultTerms()}
	if _, err := oneOf("show", a.Section, sections); err != nil {
		return nil, err
	}
	if _, err := oneOf("side", a.Side, sides); err != nil {
		return nil, err
	}
	if a.Seed != "" {
		if _, err := parseSeed(a.Seed); err != nil {
			return nil, err
		}
	}
	if err := a.readArms(v, f); err != nil {
		return nil, err
	}
	from, err := strconv.Atoi(orText(v.Get("from"), "0"))
	if err != nil || from < 0 {
		return nil, invalid("bad_from", "from", v.Get("from"), "allowed is a whole number from 0")
	}
	a.From = from
	a.Terms.BaseRate = d.BaseRate
	return a, a.readTerms(v)
}

// readArms finds the two arms that are told apart: the baseline, and beside it the best other one that is no reference.
func (a *armsAsk) readArms(v url.Values, f *found) error {
	d := f.Design
	ranked := f.ranked()
	a.B = d.Baseline
	a.A = slices.IndexFunc(ranked, func(arm int) bool { return arm != d.Baseline })
	if a.A = max(a.A, 0); len(ranked) > 0 {
		a.A = ranked[a.A]
	}
	for _, x := range []struct {
		name string
		into *int
	}{{"a", &a.A}, {"b", &a.B}} {
		if text := v.Get("arm_" + x.name); text != "" {
			n, err := armNumber(text, len(d.Arms))
			if err != nil {
				return invalid("bad_arm", "arm_"+x.name, text, err.Error())
			}
			*x.into = n
		}
	}
	for _, text := range v["arm"] {
		n, err := armNumber(text, len(d.Arms))
		if err != nil {
			return invalid("bad_arm", "arm", text, err.Error())
		}
		if !slices.Contains(a.Drawn, n) {
			a.Drawn = append(a.Drawn, n)
		}
	}
	if len(a.Drawn) > drawnArms {
		return invalid("too_many_arms", "arm", strconv.Itoa(len(a.Drawn))+" arms", "allowed are at most "+strconv.Itoa(drawnArms)+" in one chart")
	}
	if len(a.Drawn) == 0 {
		a.Drawn = f.drawnFirst(ranked)
	}
	slices.Sort(a.Drawn)
	return nil
}

type armError int

func (n armError) Error() string { return "allowed are 1 to " + strconv.Itoa(int(n)) }

func armNumber(text string, arms int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > arms {
		return 0, armError(arms)
	}
	return n - 1, nil
}

// ranked are the arms that compete, best first by the headline; then those that stand beside them.
func (f *found) ranked() []int {
	d := f.Design
	list := make([]int, len(d.Arms))
	for i := range list {
		list[i] = i
	}
	if f.Results == nil || len(f.Results.Measures) == 0 {
		return list
	}
	m := &f.Results.Measures[0]
	worth := func(arm int) float64 {
		v := math.Inf(-1)
		if mean := m.Arms[arm].Mean; mean != nil {
			if v = *mean; m.Better == pocs.Lower {
				v = -v
			}
		}
		if d.Arms[arm].PoC.Baseline {
			return math.Inf(-1)
		}
		return v
	}
	slices.SortStableFunc(list, func(i, j int) int {
		switch x, y := worth(i), worth(j); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return list
}

// drawnFirst are the arms that a chart begins with: the best, and the baseline.
func (f *found) drawnFirst(ranked []int) []int {
	list := []int{f.Design.Baseline}
	for _, arm := range ranked {
		if len(list) < drawnArms && arm != f.Design.Baseline {
			list = append(list, arm)
		}
	}
	return list
}

// readTerms reads the base rate and what a check costs.
func (a *armsAsk) readTerms(v url.Values) error {
	for _, x := range []struct {
		name      string
		low, high float64
		take      func(float64)
	}{
		{"base", 0, 10_000, func(n float64) { a.Terms.BaseRate = n }},
		{"flow", 0, 1e9, func(n float64) { a.Terms.FlowPerDay = n }},
		{"check", 0, 1e9, func(n float64) { a.Terms.CheckCost = &n }},
		{"kg", 0, 1e9, func(n float64) { a.Terms.CheckCO2eKg = &n }},
	} {
		text := strings.TrimSpace(v.Get(x.name))
		if text == "" {
			continue
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !(n >= x.low && n <= x.high) {
			return invalid("bad_"+x.name, x.name, text, "allowed is a number from "+decimals(0, x.low)+" to "+decimals(0, x.high))
		}
		x.take(n)
	}
	return nil
}

// shows reports whether a row of the matrix is asked for.
func (a *armsAsk) shows(r *experiment.IncidentRow) bool {
	if a.Seed != "" && a.Seed != strconv.FormatUint(r.Seed, 10) {
		return false
	}
	side := r.Side(a.A, a.B)
	fooled := !r.Hostile && (r.Cells[a.A].Fate == experiment.Alarmed || r.Cells[a.B].Fate == experiment.Alarmed)
	switch a.Side {
	case "all":
		return side != experiment.NoSide
	case "unheard":
		return r.Hostile && side == experiment.NoSide
	case "fooled":
		return fooled
	}
	return string(side) == a.Side
}
