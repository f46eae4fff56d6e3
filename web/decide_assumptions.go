// Does the verdict turn when an assumption does? The test is an experiment like any other, found by its hash.

package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/web/chart"
)

// mostTestSeeds is how many of the first seeds a test of the assumptions plays: enough for a sign, few enough to wait for.
const mostTestSeeds = 3

// assumptionTest is how the test of the assumptions stands.
type assumptionTest struct {
	Arm         string
	Scenario    string
	Scenarios   []string
	Assumptions int
	Trials      int
	Seeds       int
	Minutes     float64
	Limit       int             // of trials, where even one seed is too many
	Experiment  *experimentJSON // nil: not yet played
	Swings      *experiment.Swings
	Chart       template.HTML
	Sentence    string
	Rows        []swingRow
	Rest        []swingRow // those that matter least
	More        int        // rows that print leaves out

	file experiment.File
}

// Plays reports whether the test is under way.
func (a *assumptionTest) Plays() bool {
	return a != nil && a.Experiment != nil && !a.Experiment.Ended()
}

// swingRow is one assumption in words.
type swingRow struct {
	Name, Doc, Unit string
	Base            float64
	Low, High       swingCell
	Flips           bool
	Few             bool // printed only on screen
}

type swingCell struct {
	At, Outcome string
	Flips       bool
}

// printedSwings is how many assumptions the sheet has room for, firstSwings how many the page shows at first.
const printedSwings, firstSwings = 6, 12

// plan says what a test of the assumptions would be.
func (s *Server) planTest(d *decided, q url.Values) (*assumptionTest, error) {
	arm, scenario := d.Chosen[0], 0
	a := &assumptionTest{Arm: d.design.Arms[arm].Name}
	for i := range d.design.Scenarios {
		a.Scenarios = append(a.Scenarios, d.design.Scenarios[i].Name)
	}
	if name := q.Get("scenario"); name != "" {
		if scenario = slices.Index(a.Scenarios, name); scenario < 0 {
			return nil, notFound("scenario", name, "this experiment has "+strings.Join(a.Scenarios, ", "))
		}
	}
	a.Scenario = a.Scenarios[scenario]
	arms := 1
	if d.Ref >= 0 {
		arms = 2
	}
	var worlds int
	a.Assumptions, worlds = d.design.Movable(arm, d.Ref, scenario)
	a.Seeds = min(mostTestSeeds, len(d.design.Seeds), s.cfg.MaxTrials/(worlds*arms))
	if a.Seeds < 1 {
		a.Limit, a.Trials = s.cfg.MaxTrials, worlds*arms
		return a, nil
	}
	a.Trials = worlds * arms * a.Seeds
	a.Minutes = math.Ceil(d.worldSeconds(arm, scenario) * float64(worlds*a.Seeds) / 60 / float64(cap(s.desk.slots)))
	a.file = experiment.AssumptionsFile(d.design, arm, d.Ref, scenario, a.Seeds)
	return a, nil
}

// worldSeconds is what a world and its detectors took: arms of equal settings shared it, and each has its part of the time.
func (d *decided) worldSeconds(arm, scenario int) float64 {
	sum := 0.0
	for a := range d.design.Arms {
		if maps.Equal(d.design.Settings(a, scenario), d.design.Settings(arm, scenario)) {
			sum += d.elapsed[a]
		}
	}
	return sum
}

// assumptionTest finds the test of an address and, when it is done, what it says at these stakes.
func (s *Server) assumptionTest(ctx context.Context, t *texts, d *decided, q url.Values) (*assumptionTest, error) {
	a, err := s.planTest(d, q)
	if err != nil || a.Assumptions == 0 || a.Limit > 0 {
		return a, err
	}
	known, err := s.cfg.Store.Experiments(ctx, catalog.ExperimentQuery{Hash: a.file.Hash(), Limit: 1})
	if err != nil || len(known) == 0 {
		return a, err
	}
	view, design := s.jsonOfExperiment(&known[0])
	a.Experiment = &view
	if !view.Whole() || design == nil {
		return a, nil
	}
	out, _, err := s.linkedFigures(ctx, view.ID, design)
	if err != nil {
		return nil, err
	}
	sw := experiment.SwingOf(design, out, d.Stakes)
	a.Swings = &sw
	a.words(t, d.Currency)
	return a, nil
}

// words puts the swings in words and draws the far ones.
func (a *assumptionTest) words(t *texts, currency string) {
	unit := "count"
	if a.Swings.By == "net" {
		unit = "money"
	}
	cell := func(turn *experiment.Turn) swingCell {
		if turn == nil {
			return swingCell{At: "–", Outcome: "–"}
		}
		c := swingCell{At: amount(turn.At), Outcome: "–", Flips: turn.Flips}
		if turn.Outcome != nil {
			c.Outcome = unitText(unit, "", *turn.Outcome)
		}
		return c
	}
	for i := range a.Swings.List {
		w := &a.Swings.List[i]
		a.Rows = append(a.Rows, swingRow{Name: assumptionName(w.Name), Doc: w.Doc, Unit: w.Unit, Base: w.Base, Low: cell(w.Low), High: cell(w.High),
			Flips: w.Flips(), Few: i >= printedSwings})
	}
	a.More = max(0, len(a.Rows)-printedSwings)
	first := 0
	for first < len(a.Rows) && a.Swings.List[first].Reach() > 0 && (first < firstSwings || a.Rows[first].Flips) {
		first++
	}
	a.Rows, a.Rest = a.Rows[:first], a.Rows[first:]
	if v := a.Swings.Base.Outcome; v != nil {
		a.Sentence = unitText(unit, currency, *v)
	}
	a.Chart = a.tornado(t)
}

func assumptionName(setting string) string {
	return strings.ReplaceAll(strings.TrimPrefix(setting, assumptionPrefix), "_", " ")
}

// tornado draws how far each assumption moves the outcome from where it stands, the farthest on top.
func (a *assumptionTest) tornado(t *texts) template.HTML {
	base := a.Swings.Base.Outcome
	rows := min(printedSwings, len(a.Rows))
	if base == nil || rows == 0 {
		return ""
	}
	f := chart.Frame{ID: "tornado", Title: t.T("decide.tornado"), Desc: t.T("decide.tornado.desc"), Width: 460, Height: 52 + 28*float64(rows)}
	low, high := min(*base, 0), max(*base, 0)
	var bars []chart.Bar
	f.YTicks = append(f.YTicks, chart.Tick{At: 0.4})
	for i := range rows {
		w, row := &a.Swings.List[i], float64(rows-i)
		f.YTicks = append(f.YTicks, chart.Tick{At: row, Label: assumptionName(w.Name)})
		for _, end := range []struct {
			turn  *experiment.Turn
			class chart.Class
			off   float64
		}{{w.Low, "s1", 0.19}, {w.High, "s2", -0.19}} {
			if end.turn == nil || end.turn.Outcome == nil {
				continue
			}
			to := *end.turn.Outcome
			low, high = min(low, to), max(high, to)
			bars = append(bars, chart.Bar{Class: end.class, Row: row + end.off, From: *base, To: to, Thick: 8,
				Title: fmt.Sprintf("%s = %s", assumptionName(w.Name), amount(end.turn.At))})
		}
	}
	f.YTicks = append(f.YTicks, chart.Tick{At: float64(rows) + 0.6})
	f.XTicks = chart.Nice(low, high, 5)
	for i := range f.XTicks {
		f.XTicks[i].Label = amount(f.XTicks[i].At)
	}
	return chart.Bars(f, bars, nil)
}

// startAssumptions plays the test of the assumptions that an address asks for, and goes back there to watch it.
func (s *Server) startAssumptions(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	q, err := url.ParseQuery(c.Request.PostForm.Get("query"))
	if err != nil {
		return badForm(err)
	}
	if name := c.Request.PostForm.Get("scenario"); name != "" {
		q.Set("scenario", name)
	}
	d, err := s.decide(c.Request.Context(), c.Param("id"), q)
	if err != nil {
		return err
	}
	if len(d.Chosen) == 0 {
		return invalid("no_arm", "arm", "", "an experiment needs an arm beside the ordinary seal")
	}
	test, err := s.planTest(d, q)
	if err != nil {
		return err
	}
	if test.Limit > 0 || test.Assumptions == 0 {
		return invalid("too_many_trials", "scenario", test.Scenario, fmt.Sprintf("this host allows %d trials, and there must be an assumption to move", s.cfg.MaxTrials))
	}
	if _, err = s.bench.take(c.Request.Context(), readable(test.file)); err != nil {
		var p *Problem
		if errors.As(err, &p) && p.Status == http.StatusUnprocessableEntity {
			return s.decideWith(c, q, p)
		}
		return err
	}
	q.Set("watch", "1")
	c.Redirect(http.StatusSeeOther, address("/experiments/"+c.Param("id")+"/decide", q)+"#assumptions")
	return nil
}

// readable is an experiment file as JSON that a person can read.
func readable(f experiment.File) string {
	var b bytes.Buffer
	_ = json.Indent(&b, f.Canonical(), "", " ") // it is JSON
	return b.String() + "\n"
}

// withOrdinarySeal writes the experiment with the ordinary seal as an arm, where this hub has it for the challenge.
func (s *Server) withOrdinarySeal(d *decided) (file string, trials int) {
	i := slices.IndexFunc(s.cfg.PoCs, func(p pocs.PoC) bool { return p.Name == ordinarySeal && p.Challenge == d.design.Challenge.Name })
	f, err := experiment.Parse([]byte(d.record.File))
	if i < 0 || err != nil || len(d.design.Trials())+len(d.design.Scenarios)*len(d.design.Seeds) > s.cfg.MaxTrials {
		return "", 0
	}
	f.Arms = append(f.Arms, experiment.FileArm{PoC: ordinarySeal})
	return readable(f), len(d.design.Scenarios) * len(d.design.Seeds)
}
