// The decision over the API: the numbers of the decide page as JSON and CSV.

package web

import (
	"context"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/pocs/experiment"
)

// decisionIn are the inputs as texts, so that one left out, one left empty and one that is wrong are told apart.
type decisionIn struct {
	ID             string   `path:"id" maxLength:"64"`
	Seals          string   `query:"seals" doc:"seals bought; default 500"`
	Price          string   `query:"price" doc:"currency a seal"`
	Years          string   `query:"years" doc:"over which the price is spread; default 1"`
	Fee            string   `query:"fee" doc:"currency a seal and year"`
	Loss           string   `query:"loss" doc:"per cent of the seals lost or broken a year"`
	Flow           string   `query:"flow" doc:"trips a day; default 1000"`
	Trips          string   `query:"trips" doc:"trips a seal and year; left out: the seals carry the whole flow"`
	BaseRate       string   `query:"base_rate" doc:"attacks per 10,000 trips; default the experiment's"`
	Value          string   `query:"value" doc:"currency at stake in one opening"`
	Saved          string   `query:"saved" doc:"per cent of it that detection saves; default 100"`
	Hours          string   `query:"hours" doc:"officer-hours a check"`
	HourCost       string   `query:"hour_cost" doc:"currency an officer-hour"`
	CO2e           string   `query:"co2e" doc:"kg CO2e a check"`
	RecallWithin   string   `query:"recall_within" doc:"half width in percentage points for a pilot; default 10"`
	NuisanceWithin string   `query:"nuisance_within" doc:"likewise for false alarms; default 1"`
	Currency       string   `query:"currency" doc:"a label, up to 8 characters"`
	Arm            string   `query:"arm" doc:"the arm to decide on; default the best by the headline"`
	Show           []string `query:"show,explode" doc:"further arms, at most five in all"`
	Scenario       string   `query:"scenario" doc:"in which the assumptions are tested; default the first"`
}

// query is the address of the page with these inputs.
func (in *decisionIn) query() url.Values {
	q := url.Values{}
	for _, f := range [][2]string{{"seals", in.Seals}, {"price", in.Price}, {"years", in.Years}, {"fee", in.Fee}, {"loss", in.Loss},
		{"flow", in.Flow}, {"trips", in.Trips}, {"base_rate", in.BaseRate}, {"value", in.Value}, {"saved", in.Saved},
		{"hours", in.Hours}, {"hour_cost", in.HourCost}, {"co2e", in.CO2e}, {"recall_within", in.RecallWithin},
		{"nuisance_within", in.NuisanceWithin}, {"currency", in.Currency}, {"arm", in.Arm}, {"scenario", in.Scenario}} {
		if f[1] != "" {
			q.Set(f[0], f[1])
		}
	}
	for _, name := range in.Show {
		q.Add("show", name)
	}
	return q
}

// decisionOut is the decision with what was put in.
type decisionOut struct {
	Experiment  string               `json:"experiment"`
	Inputs      map[string]string    `json:"inputs" doc:"as they were taken, defaults filled in; empty: not given"`
	Currency    string               `json:"currency"`
	LeftOut     int                  `json:"trials_left_out" doc:"failed or not played"`
	Candidate   string               `json:"candidate" doc:"the arm that the page's verdict is about; empty: there is none"`
	Decision    *experiment.Decision `json:"decision"`
	Assumptions *assumptionsJSON     `json:"assumptions" doc:"null where there is none to move"`
	URL         string               `json:"url"`
}

// assumptionsJSON is how the test of the assumptions stands.
type assumptionsJSON struct {
	Experiment  string             `json:"experiment" doc:"empty: not yet started"`
	State       string             `json:"state,omitempty"`
	Scenario    string             `json:"scenario"`
	Assumptions int                `json:"assumptions"`
	Trials      int                `json:"trials"`
	Seeds       int                `json:"seeds"`
	Swings      *experiment.Swings `json:"swings" doc:"null before the test is done"`
}

func (s *Server) apiDecision(ctx context.Context, in *decisionIn) (*answerOf[decisionOut], error) {
	q := in.query()
	d, err := s.decide(ctx, in.ID, q)
	if err != nil {
		return nil, err
	}
	if len(d.Wrong) > 0 {
		return nil, d.Wrong[0]
	}
	out := decisionOut{Experiment: d.view.ID, Inputs: map[string]string{}, Currency: d.Currency, LeftOut: d.lost, Decision: d.Decision,
		URL: address("/experiments/"+d.view.ID+"/decide", q)}
	for _, g := range d.Groups {
		for _, f := range g.List {
			out.Inputs[f.Name] = f.Value
		}
	}
	c := d.candidate()
	if c == nil {
		return ok(out)
	}
	out.Candidate = c.Arm
	test, err := s.assumptionTest(ctx, s.texts[defaultLanguage], d, q)
	if err != nil {
		return nil, err
	}
	if test.Assumptions > 0 {
		out.Assumptions = &assumptionsJSON{Scenario: test.Scenario, Assumptions: test.Assumptions, Trials: test.Trials, Seeds: test.Seeds, Swings: test.Swings}
	}
	if test.Experiment != nil {
		out.Assumptions.Experiment, out.Assumptions.State = test.Experiment.ID, test.Experiment.State
	}
	return ok(out)
}

// decisionCSV is the table of the page: one row an output and arm.
func (s *Server) decisionCSV(c *gin.Context) error {
	d, err := s.decide(c.Request.Context(), c.Param("id"), c.Request.URL.Query())
	if err != nil {
		return err
	}
	if len(d.Wrong) > 0 {
		return d.Wrong[0]
	}
	t := openTable(c, "decision-"+d.view.ID, "experiment", "output", "unit", "arm", "value", "low", "high", "needs", "note")
	for i := range d.Decision.Arms {
		a := &d.Decision.Arms[i]
		for _, o := range outputs {
			if o.of == nil {
				continue
			}
			unit := o.unit
			if unit == "money" {
				unit = orText(d.Currency, "currency")
			}
			f := o.of(a)
			t.row(d.view.ID, o.key, unit, a.Arm, f.Value, f.Low, f.High, strings.Join(f.Needs, " "), f.Note)
		}
		if p := a.Pilot; p != nil {
			t.row(d.view.ID, "pilot_attacks", "attacks", a.Arm, p.Attacks, "", "", "", "")
			t.row(d.view.ID, "pilot_recall", "trips", a.Arm, p.RecallTrips, "", "", "", "")
			t.row(d.view.ID, "pilot_nuisance", "trips", a.Arm, p.NuisanceTrips, "", "", "", "")
		}
		t.row(d.view.ID, "advice", "", a.Arm, string(a.Advice), "", "", "", a.Why)
	}
	return t.close()
}
