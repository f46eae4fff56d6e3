package web

import (
	"encoding/json"
	"html"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sealab/pocs/experiment"
	"sealab/sim"
)

const buyPlan = `name: buy
scenarios:
  - name: northern-corridor
    set: {seals: 20, span_days: 10}
  - name: land-bridge
    set: {seals: 20, span_days: 10}
arms: [passive, rules, kalman, "null"]
seeds: 1..3
`

const prices = "price=45&fee=12&loss=8&hours=2&hour_cost=38&co2e=14&value=60000&currency=EUR&trips=8"

func TestDecidePage(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(buyPlan)
	h.played(id)
	if !strings.Contains(h.get("/experiments/"+id).Body, "/experiments/"+id+"/decide") {
		t.Error("no tab leads there")
	}
	page := h.get("/experiments/"+id+"/decide").want(t, 200)
	checkPage(t, "without inputs", "en", page)
	for _, want := range []string{"cannot be told", `href="#in-price"`, "needs 5 more inputs", "needs: CO₂e of a check", "365,000 trips", "more than one a day", "in 10,000 trips"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("without inputs the page lacks %q", want)
		}
	}
	page = h.get("/experiments/"+id+"/decide?"+prices).want(t, 200)
	checkPage(t, "with inputs", "en", page)
	for _, want := range []string{`value="45"`, "4,000 trips a year", "EUR", "instead of passive", "Test the"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("with inputs the page lacks %q", want)
		}
	}
	if strings.Contains(page.Body, "needs:") {
		t.Error("all is given, and something is missing")
	}
	bad := h.get("/experiments/"+id+"/decide?price=cheap&years=0&seals=2.5&currency=doubloons&arm=nobody&fee=3").want(t, 422)
	checkPage(t, "bad inputs", "en", bad)
	for _, want := range []string{`value="cheap"`, "allowed is a number from 0 to", `aria-invalid="true"`, `value="2.5"`, `value="3"`, "up to 8 characters", `href="#in-arm"`} {
		if !strings.Contains(bad.Body, want) {
			t.Errorf("the refusal lacks %q", want)
		}
	}
	h.get("/experiments/x-none/decide").want(t, 404)
	h.get("/experiments/"+id+"/decide?scenario=moon&"+prices).want(t, 404)
}

func TestDecisionOverTheAPI(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(buyPlan)
	h.played(id)
	base := "/api/v1/experiments/" + id + "/decision"
	var out decisionOut
	h.get(base+"?"+prices+"&arm=rules&show=null").want(t, 200).json(t, &out)
	if len(out.Decision.Arms) != 3 || out.Decision.Reference != "passive" || out.Candidate != "rules" || out.Inputs["seals"] != "500" || out.Inputs["base_rate"] != "1" ||
		out.Decision.TripsPerYear != 4000 || out.Assumptions == nil || out.Assumptions.Experiment != "" || out.Assumptions.Trials > h.cfg.MaxTrials {
		t.Fatalf("got %+v", out)
	}
	rules := out.Decision.Arms[1]
	if rules.Net.Value == nil || rules.Worlds != 6 || rules.Advice == "" {
		t.Errorf("got %+v", rules)
	}
	// The same figure as the experiment's own table says.
	var kept experimentOut
	var results experiment.Results
	h.get("/api/v1/experiments/"+id).json(t, &kept)
	if err := json.Unmarshal(kept.Results, &results); err != nil {
		t.Fatal(err)
	}
	for _, m := range results.Measures {
		if m.Measure == "recall" && math.Abs(*m.Arms[1].Mean-*rules.Recall.Value) > 1e-12 {
			t.Errorf("the recall is %v here and %v there", *rules.Recall.Value, *m.Arms[1].Mean)
		}
	}
	csv := h.get(base+".csv?"+prices).want(t, 200).Body
	if strings.Count(csv, ",net,EUR,") != 3 || !strings.Contains(csv, ",advice,") {
		t.Errorf("got %.400s", csv)
	}
	if p := h.get(base+"?price=-1").want(t, 422).problem(t); p.Field != "price" || p.Value != "-1" || !strings.Contains(p.Allowed, "from 0") {
		t.Errorf("got %+v", p)
	}
	h.get(base+".csv?price=x").want(t, 422)
	h.get("/api/v1/experiments/x-none/decision").want(t, 404)
}

func TestWithoutTheOrdinarySeal(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(strings.Replace(buyPlan, "passive, ", "", 1))
	h.played(id)
	page := h.get("/experiments/"+id+"/decide?"+prices).want(t, 200)
	checkPage(t, "no passive", "en", page)
	if !strings.Contains(page.Body, "no smart seal") || !strings.Contains(page.Body, "Add the ordinary seal (6 trials)") {
		t.Fatal("it does not say that the ordinary seal is missing")
	}
	file, trials := h.withOrdinarySeal(mustDecide(t, h, id))
	if trials != 6 {
		t.Errorf("got %d trials", trials)
	}
	h.form("/experiments", url.Values{"file": {file}, "step": {"start"}}).want(t, 200)
	var list experimentsOut
	h.get("/api/v1/experiments").json(t, &list)
	h.played(list.Experiments[0].ID)
	if d := mustDecide(t, h, list.Experiments[0].ID); d.Decision.Reference != "passive" || list.Total != 2 {
		t.Errorf("after adding it: %+v", d.Decision)
	}
}

func mustDecide(t *testing.T, h *house, id string) *decided {
	t.Helper()
	d, err := h.decide(t.Context(), id, url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fewAssumptions leaves four of the world's assumptions to be moved: the others would only take longer.
func fewAssumptions(c *Config) {
	left := []string{"radio_loss", "reboot_rate", "duplicate", "cut_g_max"}
	c.Challenges = slices.Clone(c.Challenges)
	for i := range c.Challenges {
		list := slices.Clone(c.Challenges[i].Scenarios)
		for k := range list {
			list[k].Settings = slices.Clone(list[k].Settings)
			for n := range list[k].Settings {
				if x := &list[k].Settings[n]; !slices.Contains(left, strings.TrimPrefix(x.Name, sim.AssumptionPrefix)) {
					x.Mark = sim.Known
				}
			}
		}
		c.Challenges[i].Scenarios = list
	}
}

func TestAssumptionsArePutToTheTest(t *testing.T) {
	t.Parallel()
	h := MustHub(t, fewAssumptions)
	id := h.order(strings.Replace(buyPlan, "1..3", "1", 1))
	h.played(id)
	at := "/experiments/" + id + "/decide"
	page := h.form(at+"/test", url.Values{"query": {prices}, "scenario": {"land-bridge"}}).want(t, 200)
	checkPage(t, "test under way", "en", page)
	if plays := strings.Contains(page.Body, "<progress"); plays != strings.Contains(page.Body, " data-again") {
		t.Error("a test that plays is followed, and one that is done is not")
	} else if plays {
		still := regexp.MustCompile(`href="(/[^"]*/decide\?[^"]*)#assumptions">Do not`).FindStringSubmatch(page.Body)
		if still == nil {
			t.Fatal("there is no way to stop following it")
		}
		page = h.get(html.UnescapeString(still[1])).want(t, 200)
		if strings.Contains(page.Body, " data-again") || !strings.Contains(page.Body, `value="60000"`) {
			t.Error("it is still followed, or the inputs were lost")
		}
	}
	q, _ := url.ParseQuery(prices + "&scenario=land-bridge")
	test, err := h.planTest(mustDecide(t, h, id), q)
	if err != nil || test.Seeds != 1 || test.Scenario != "land-bridge" || test.Assumptions != 4 {
		t.Fatalf("got %+v, %v", test, err)
	}
	var list experimentsOut
	h.get("/api/v1/experiments?q=Assumptions").json(t, &list)
	if list.Total != 1 || list.Experiments[0].Hash != test.file.Hash() {
		t.Fatalf("got %+v", list)
	}
	if e := h.played(list.Experiments[0].ID); e.State != stateDone || e.Runs != test.Trials {
		t.Fatalf("got %s with %d runs of %d: %s", e.State, e.Runs, test.Trials, e.Reason)
	}
	if live := h.get("/").Body; !strings.Contains(live, `class="task" href="/experiments/`+id+`"`) {
		t.Error("the live page asks which is better of a test of assumptions")
	}
	page = h.get(at+"?"+prices+"&scenario=land-bridge").want(t, 200)
	checkPage(t, "test done", "en", page)
	for _, want := range []string{"<svg", "radio loss", "Outcome at high", "turn"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(h.get(at+"?"+prices).Body, "Outcome at high") {
		t.Error("another scenario shows this one's test")
	}
	var out decisionOut
	h.get("/api/v1"+strings.Replace(at, "/decide", "/decision", 1)+"?"+prices+"&scenario=land-bridge").json(t, &out)
	if out.Assumptions.Swings == nil || len(out.Assumptions.Swings.List) != test.Assumptions || out.Assumptions.Swings.By != "net" {
		t.Errorf("got %+v", out.Assumptions)
	}
	var dear experiment.Swings // at another price the same runs say another thing
	h.get("/api/v1"+strings.Replace(at, "/decide", "/decision", 1)+"?"+strings.Replace(prices, "price=45", "price=4500", 1)+"&scenario=land-bridge").json(t, &out)
	if dear = *out.Assumptions.Swings; *dear.Base.Outcome > -500*4455 {
		t.Errorf("got %v", *dear.Base.Outcome)
	}
}

func TestTooManyAssumptions(t *testing.T) {
	h := MustHub(t, func(c *Config) { c.MaxTrials = 20 })
	id := h.order(strings.Replace(buyPlan, "1..3", "1", 1))
	h.played(id)
	if body := h.get("/experiments/"+id+"/decide").want(t, 200).Body; !strings.Contains(body, "this host allows 20") {
		t.Error("the limit is not said")
	}
	h.form("/experiments/"+id+"/decide/test", url.Values{"query": {""}}).want(t, http.StatusUnprocessableEntity)
	h.form("/experiments/"+id+"/decide/test", url.Values{"query": {"%zz"}}).want(t, http.StatusBadRequest)
}

func TestAmounts(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1234567.4: "1.23 M", 999_999: "999,999", -63461.9: "−63,462", 12.34: "12.3", 0.4: "0.4", 2.0606: "2.06", 0.00012: "0.00012", 3e20: "3e+20", 12_345_678: "12.3 M", 4e12: "4,000,000 M"} {
		if got := amount(v); got != want {
			t.Errorf("amount(%v) = %q, want %q", v, got, want)
		}
	}
}

// TestInputsArePrintedAsPeopleWriteThem: on paper one year is no "1 years", and millions have their commas.
func TestInputsArePrintedAsPeopleWriteThem(t *testing.T) {
	for _, row := range []struct {
		unit, value, want, wantUnit string
	}{{"years", "1", "1", "year"}, {"years", "2", "2", "years"}, {"money", "22000000", "22,000,000", "money"}, {"money", "12.50", "12.50", "money"}, {"percent", "a lot", "a lot", "percent"}} {
		f := stakeField{stake: stake{Unit: row.unit}, Value: row.value}
		if f.Printed() != row.want || f.PrintedUnit() != row.wantUnit {
			t.Errorf("%s %s is printed %s %s", row.value, row.unit, f.Printed(), f.PrintedUnit())
		}
	}
}

func TestEveryInputAndOutputHasItsWords(t *testing.T) {
	h := MustHub(t)
	for lang, list := range h.texts {
		var want []string
		for _, g := range stakes {
			want = append(want, "decide.group."+g.Name)
			for _, in := range g.List {
				want = append(want, "decide.in."+in.Name, "decide.hint."+in.Name)
				if in.Unit != "" {
					want = append(want, "decide.unit."+in.Unit)
				}
			}
		}
		for _, o := range outputs {
			want = append(want, "decide.out."+o.key)
		}
		for _, p := range pilots {
			want = append(want, "decide.out."+p.key)
		}
		for _, word := range []string{"worth_it", "not_worth_it", "cannot_be_told"} {
			want = append(want, "decide.advice."+word)
		}
		for _, why := range []string{"pays", "loses", "chance", "one_world", "nothing"} {
			want = append(want, "decide.why."+why)
		}
		for _, note := range []string{"no_gain", "nothing", "never", "always", "open"} {
			want = append(want, "decide.note."+note)
		}
		for _, key := range append(want, "decide.in.currency", "decide.in.arm", "decide.in.show", "decide.in.scenario", "decide.out.pilot") {
			if !list.Has(key) {
				t.Errorf("%s has no text for %q", lang, key)
			}
		}
	}
}

// TestNothingToDecide: a challenge that catches nothing has neither tab nor verdict, and the page says why.
func TestNothingToDecide(t *testing.T) {
	h := MustHub(t, withToys)
	id := h.order("scenarios: [{name: northern-corridor, set: {seals: 10, span_days: 5}}]\narms: [often, seldom]\nseeds: 1..2\n")
	h.played(id)
	if strings.Contains(h.get("/experiments/"+id).want(t, 200).Body, "/decide") {
		t.Error("a tab leads to nothing")
	}
	page := h.get("/experiments/"+id+"/decide").want(t, 200)
	checkPage(t, "toys", "en", page)
	if !strings.Contains(page.Body, "no measure recall") {
		t.Error("the page does not say why")
	}
	if p := h.get("/api/v1/experiments/"+id+"/decision").want(t, http.StatusConflict).problem(t); p.Code != "no_decision" {
		t.Errorf("got %+v", p)
	}
	h.get("/api/v1/experiments/"+id+"/decision.csv").want(t, http.StatusConflict)
}
