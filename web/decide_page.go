// The decide page: is it worth buying these seals, at prices that only the reader knows? One sheet when printed.

package web

import (
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"sealab/pocs/experiment"
)

// decidePage is what its template shows.
type decidePage struct {
	experimentJSON
	*decided
	Tab       string
	None      string // why there is nothing to decide
	Candidate *experiment.ArmDecision
	Reference string // in words
	Arms      []armChoice
	Columns   []armColumn
	Rows      []decideRow
	Missing   []string // inputs without which there is no verdict
	TripsSeal float64  // that each seal makes a year
	With      string   // the experiment file with the ordinary seal in it, where that is missing
	WithRuns  int      // trials that it adds
	Test      *assumptionTest
	Query     string // of this address
	Still     string // this address
	Watch     string // likewise, looking again by itself while the test plays
	JSON, CSV string
}

// armChoice is an arm in the form.
type armChoice struct {
	Name          string
	Shown, Chosen bool // Chosen: the verdict is about it
}

// armColumn heads a column of the table.
type armColumn struct {
	Name      string
	Reference bool
}

// decideRow is one output for each arm.
type decideRow struct {
	Key   string // of its text; a row without cells is a heading
	Needs string // inputs without which an arm has no figure here
	Cells []decideCell
}

// decideCell is an output in words.
type decideCell struct{ Text, Range, Note string }

func (p *decidePage) title(t *texts) string { return t.T("decide.of", "name", p.Heading()) }

// Heading is the experiment's.
func (p *decidePage) Heading() string { return p.experimentJSON.Heading() }

// Problem is what is wrong with an input, or nil.
func (p *decidePage) Problem(name string) *Problem {
	for _, w := range p.Wrong {
		if w.Field == name {
			return w
		}
	}
	return nil
}

func (s *Server) decidePage(c *gin.Context) error {
	return s.decideWith(c, c.Request.URL.Query(), nil)
}

// decideWith shows the page for a query; also is a problem of what was asked beside it.
func (s *Server) decideWith(c *gin.Context, q url.Values, also *Problem) error {
	ctx, t := c.Request.Context(), s.set(c).texts
	d, err := s.decide(ctx, c.Param("id"), q)
	if err != nil {
		p := problemOf(err)
		if d == nil || p.Status != http.StatusConflict && p.Status != http.StatusUnprocessableEntity {
			return err
		}
		s.render(c, http.StatusOK, "decide", &decidePage{experimentJSON: d.view, decided: d, Tab: "decide", None: p.Message})
		return nil
	}
	p := &decidePage{experimentJSON: d.view, decided: d, Tab: "decide", Candidate: d.candidate(), Reference: d.Decision.Reference}
	if also != nil {
		d.Wrong = append(d.Wrong, also)
	}
	q.Del("watch")
	p.Query = q.Encode()
	p.Still, p.Watch = address(d.view.URL+"/decide", q), address(d.view.URL+"/decide", plusValue(q, "watch", "1"))
	base := apiBase + "/experiments/" + d.view.ID + "/decision"
	p.JSON, p.CSV = address(base, q), address(base+".csv", q)
	if p.Reference == "" {
		p.Reference = t.T("decide.noseal")
		p.With, p.WithRuns = s.withOrdinarySeal(d)
	}
	p.lay(t)
	if p.Candidate != nil {
		if p.Test, err = s.assumptionTest(ctx, t, d, q); err != nil {
			return err
		}
		if p.Test.Plays() && c.Query("watch") == "1" {
			lookAgain(c)
		}
	}
	status := http.StatusOK
	if len(d.Wrong) > 0 {
		status = http.StatusUnprocessableEntity
	}
	s.render(c, status, "decide", p)
	return nil
}

// plusValue is a copy of a query with one value more.
func plusValue(q url.Values, name, value string) url.Values {
	out := maps.Clone(q)
	out.Set(name, value)
	return out
}

// lay puts the outputs in words.
func (p *decidePage) lay(t *texts) {
	d := p.decided
	for _, a := range d.ranked {
		name := d.design.Arms[a].Name
		p.Arms = append(p.Arms, armChoice{name, slices.Contains(d.Chosen, a), len(d.Chosen) > 0 && d.Chosen[0] == a})
	}
	p.TripsSeal = d.Decision.TripsPerYear / d.Stakes.Seals
	for _, a := range d.Decision.Arms {
		p.Columns = append(p.Columns, armColumn{a.Arm, a.Reference})
	}
	if c := p.Candidate; c != nil {
		p.Missing = c.Net.Needs
	}
	p.Rows = decideRows(t, d)
}

// outputs of the table, in its order; a key without a figure is a heading.
var outputs = []struct {
	key  string
	unit string // money, money3, count, percent, rate, kg
	of   func(*experiment.ArmDecision) experiment.Figure
}{
	{"measured", "", nil},
	{"recall", "percent", func(a *experiment.ArmDecision) experiment.Figure { return a.Recall }},
	{"nuisance", "percent", func(a *experiment.ArmDecision) experiment.Figure { return a.Nuisance }},
	{"yearly", "", nil},
	{"checks", "count", func(a *experiment.ArmDecision) experiment.Figure { return a.ChecksPerDay }},
	{"detected", "count", func(a *experiment.ArmDecision) experiment.Figure { return a.Detected }},
	{"co2e", "kg", func(a *experiment.ArmDecision) experiment.Figure { return a.CO2eKg }},
	{"cost_day", "money", func(a *experiment.ArmDecision) experiment.Figure { return a.CostPerDay }},
	{"cost", "money", func(a *experiment.ArmDecision) experiment.Figure { return a.CostPerYear }},
	{"per_found", "money", func(a *experiment.ArmDecision) experiment.Figure { return a.CostPerFound }},
	{"against", "", nil},
	{"per_extra", "money", func(a *experiment.ArmDecision) experiment.Figure { return a.CostPerExtra }},
	{"net", "money", func(a *experiment.ArmDecision) experiment.Figure { return a.Net }},
	{"even_value", "money", func(a *experiment.ArmDecision) experiment.Figure { return a.EvenValue }},
	{"even_rate", "rate", func(a *experiment.ArmDecision) experiment.Figure { return a.EvenRate }},
}

func decideRows(t *texts, d *decided) []decideRow {
	var rows []decideRow
	for _, o := range outputs {
		row := decideRow{Key: o.key}
		for i := range d.Decision.Arms {
			if a := &d.Decision.Arms[i]; o.of != nil {
				f := o.of(a)
				row.Cells = append(row.Cells, figureCell(t, o.unit, f))
				if len(f.Needs) > 0 {
					row.Needs = needsText(t, f.Needs)
				}
			}
		}
		if o.of == nil || len(row.Cells) > 0 {
			rows = append(rows, row)
		}
	}
	head := len(rows)
	rows = append(rows, decideRow{Key: "pilot"})
	for _, p := range pilots {
		row := decideRow{Key: p.key}
		for i := range d.Decision.Arms {
			cell := decideCell{Text: "–"}
			if pilot := d.Decision.Arms[i].Pilot; pilot != nil {
				cell = p.cell(t, pilot)
			}
			row.Cells = append(row.Cells, cell)
		}
		rows = append(rows, row)
	}
	if len(d.Decision.Arms) == 0 {
		return rows[:head]
	}
	return rows
}

// pilots are the rows of the field pilot.
var pilots = []struct {
	key  string
	cell func(*texts, *experiment.Pilot) decideCell
}{
	{"pilot_attacks", func(_ *texts, p *experiment.Pilot) decideCell { return decideCell{Text: amount(p.Attacks)} }},
	{"pilot_recall", func(t *texts, p *experiment.Pilot) decideCell {
		if p.RecallTrips == nil {
			return decideCell{Text: "–"}
		}
		return decideCell{Text: amount(*p.RecallTrips), Range: t.T("decide.years", "n", amount(*p.RecallYears))}
	}},
	{"pilot_nuisance", func(t *texts, p *experiment.Pilot) decideCell {
		return decideCell{Text: amount(p.NuisanceTrips), Range: t.T("decide.days", "n", amount(p.NuisanceDays))}
	}},
}

// figureCell writes a figure with its interval, or why there is none.
func figureCell(t *texts, unit string, f experiment.Figure) decideCell {
	if f.Value == nil && f.Note != "" {
		return decideCell{Note: t.Or("decide.note."+f.Note, f.Note)}
	}
	if f.Value == nil {
		return decideCell{Text: "–"}
	}
	c := decideCell{Text: unitText(unit, "", *f.Value)}
	switch {
	case f.Low != nil && *f.Low == *f.High && unit == "percent":
		c.Note = t.T("decide.same")
	case f.Low != nil && *f.Low == *f.High:
	case f.Low != nil:
		c.Range = unitText(unit, "", *f.Low) + " … " + unitText(unit, "", *f.High)
	case f.Note != "":
		c.Note = t.Or("decide.note."+f.Note, f.Note)
	}
	return c
}

// needsText names a few inputs and counts many, which the verdict names.
func needsText(t *texts, names []string) string {
	if len(names) > 2 {
		return t.T("decide.needs.many", "n", len(names))
	}
	return t.T("decide.needs", "inputs", inputNames(t, names))
}

// inputNames lists inputs in words.
func inputNames(t *texts, names []string) string {
	text := ""
	for i, n := range names {
		if i > 0 {
			text += ", "
		}
		text += t.Or("decide.in."+n, n)
	}
	return text
}

func unitText(unit, currency string, v float64) string {
	switch unit {
	case "percent":
		return decimals(percentDigits(v), 100*v) + " %"
	case "money":
		if currency != "" {
			return amount(v) + " " + currency
		}
	}
	return amount(v)
}

// percentDigits shows small shares to three digits after the point.
func percentDigits(v float64) int {
	if math.Abs(v) < 0.01 {
		return 3
	}
	return 1
}

// amount writes a number of any size to three or more places that count, from a million on in millions (M).
func amount(v float64) string {
	switch a := math.Abs(v); {
	case a >= 1e15:
		return fmt.Sprintf("%.3g", v)
	case a >= 1e8:
		return whole(int64(math.Round(v/1e6))) + " M"
	case a >= 1e7:
		return decimals(1, v/1e6) + " M"
	case a >= 1e6:
		return decimals(2, v/1e6) + " M"
	case a >= 100:
		return whole(int64(math.Round(v)))
	case a >= 10:
		return decimals(1, v)
	case a >= 0.1:
		return decimals(2, v)
	}
	return decimals(5, v)
}

// amountOf is amount for a template, where a number may be one of several types.
func amountOf(v any) string {
	switch v := v.(type) {
	case *float64:
		if v != nil {
			return amount(*v)
		}
	case float64:
		return amount(v)
	}
	return "–"
}

// Lost counts the trials that have no figures.
func (p *decidePage) Lost() int { return p.lost }
