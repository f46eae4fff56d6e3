// What the user owns of a decision: trade, prices and worth, all of it in the address. No price has a default.

package web

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"sealab/pocs/experiment"
	"sealab/sim"
)

// stake is one input of the decide page.
type stake struct {
	Name     string
	Unit     string // key of its text; empty: none
	Default  string // empty: only the user can know it
	Min, Max float64
	Whole    bool
	Example  bool // the default is an example to be replaced
	put      func(*experiment.Stakes, *float64)
}

// stakes are all inputs, in groups as the form shows them.
var stakes = []struct {
	Name string
	List []stake
}{
	{"buy", []stake{
		{Name: "seals", Default: "500", Min: 1, Max: 1e7, Whole: true, Example: true, put: func(s *experiment.Stakes, v *float64) { s.Seals = *v }},
		{Name: "price", Unit: "money", Max: 1e9, put: func(s *experiment.Stakes, v *float64) { s.Price = v }},
		{Name: "years", Unit: "years", Default: "1", Min: 0.1, Max: 50, put: func(s *experiment.Stakes, v *float64) { s.Years = *v }},
		{Name: "fee", Unit: "money_year", Max: 1e9, put: func(s *experiment.Stakes, v *float64) { s.Fee = v }},
		{Name: "loss", Unit: "percent", Max: 10_000, put: func(s *experiment.Stakes, v *float64) { s.Loss = hundredth(v) }},
	}},
	{"trade", []stake{
		{Name: "flow", Unit: "trips_day", Default: "1000", Min: 0.01, Max: 1e7, Example: true, put: func(s *experiment.Stakes, v *float64) { s.FlowPerDay = *v }},
		{Name: "trips", Unit: "trips_seal", Min: 0.01, Max: 10_000, put: func(s *experiment.Stakes, v *float64) { s.TripsPerSeal = v }},
		{Name: "base_rate", Unit: "per_10000", Max: 10_000, Example: true, put: func(s *experiment.Stakes, v *float64) { s.BaseRate = *v }},
		{Name: "value", Unit: "money", Max: 1e12, put: func(s *experiment.Stakes, v *float64) { s.Value = v }},
		{Name: "saved", Unit: "percent", Default: "100", Max: 100, put: func(s *experiment.Stakes, v *float64) { s.Saved = *hundredth(v) }},
	}},
	{"check", []stake{
		{Name: "hours", Unit: "hours", Max: 1_000, put: func(s *experiment.Stakes, v *float64) { s.CheckHours = v }},
		{Name: "hour_cost", Unit: "money", Max: 1e9, put: func(s *experiment.Stakes, v *float64) { s.HourCost = v }},
		{Name: "co2e", Unit: "kg", Max: 1e6, put: func(s *experiment.Stakes, v *float64) { s.CheckCO2eKg = v }},
	}},
	{"pilot", []stake{
		{Name: "recall_within", Unit: "points", Default: "10", Min: 0.1, Max: 50, put: func(s *experiment.Stakes, v *float64) { s.RecallWithin = *hundredth(v) }},
		{Name: "nuisance_within", Unit: "points", Default: "1", Min: 0.01, Max: 50, put: func(s *experiment.Stakes, v *float64) { s.NuisanceWithin = *hundredth(v) }},
	}},
}

func hundredth(v *float64) *float64 {
	if v == nil {
		return nil
	}
	h := *v / 100
	return &h
}

// stakeField is an input as the form shows it.
type stakeField struct {
	stake
	Value   string // as given, or the default
	Problem *Problem
}

// Printed is the value as a person writes it on paper: with commas in large whole numbers.
func (f stakeField) Printed() string {
	if n, err := strconv.ParseInt(f.Value, 10, 64); err == nil {
		return whole(n)
	}
	return f.Value
}

// PrintedUnit is the key of the unit's text beside it, which is another for one year.
func (f stakeField) PrintedUnit() string {
	if f.Unit == "years" && f.Value == "1" {
		return "year"
	}
	return f.Unit
}

// stakeGroup is a part of the form.
type stakeGroup struct {
	Name string
	List []stakeField
}

// maxCurrency is how long the name of a currency may be, in characters.
const maxCurrency = 8

// readStakes reads the address. What is wrong is listed and nothing that was typed is lost; an input that is wrong, or
// empty without a default, counts as not given.
func readStakes(q url.Values, baseRate float64) (s experiment.Stakes, groups []stakeGroup, currency string, wrong problemsOf) {
	for _, g := range stakes {
		group := stakeGroup{Name: g.Name}
		for _, in := range g.List {
			if in.Name == "base_rate" {
				in.Default = sim.Number(baseRate)
			}
			f := stakeField{stake: in, Value: in.Default}
			if q.Has(in.Name) {
				f.Value = strings.TrimSpace(q.Get(in.Name))
			}
			var v *float64
			if v, f.Problem = in.parse(f.Value); f.Problem != nil {
				wrong = append(wrong, f.Problem)
			}
			if v == nil && in.Default != "" {
				v, _ = in.parse(in.Default)
			}
			in.put(&s, v)
			group.List = append(group.List, f)
		}
		groups = append(groups, group)
	}
	currency = strings.TrimSpace(q.Get("currency"))
	if utf8.RuneCountInString(currency) > maxCurrency {
		wrong = append(wrong, invalid("bad_input", "currency", currency, "allowed are up to 8 characters, such as EUR"))
	}
	return s, groups, clip(currency), wrong
}

// parse reads one number; nil where it is empty or wrong.
func (in *stake) parse(text string) (*float64, *Problem) {
	if text == "" {
		return nil, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= in.Min && v <= in.Max) || in.Whole && v != float64(int64(v)) {
		kind := "a number"
		if in.Whole {
			kind = "a whole number"
		}
		return nil, invalid("bad_input", in.Name, text, "allowed is "+kind+" from "+sim.Number(in.Min)+" to "+whole(int64(in.Max))+", or nothing")
	}
	return &v, nil
}
