package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sealab/pocs/experiment"
)

const smallPlan = `name: small
question: Which one?
scenarios:
  - name: northern-corridor
    set: {seals: 20, span_days: 10}
arms: [rules, kalman, "null"]
seeds: 1..3
baseline: rules
thresholds: ["kalman: recall >= 0", "null: recall > 0.5"]
`

// order sends an experiment file and returns its id.
func (h *house) order(file string) string {
	h.tb.Helper()
	body, _ := json.Marshal(map[string]string{"file": file})
	var out experimentStarted
	h.post("/api/v1/experiments", string(body)).want(h.tb, http.StatusAccepted).json(h.tb, &out)
	return out.ID
}

// played follows an experiment to its end.
func (h *house) played(id string) experimentOut {
	h.tb.Helper()
	body := h.get("/api/v1/experiments/"+id+"/progress").want(h.tb, http.StatusOK).Body
	if !strings.Contains(body, "event: progress") {
		h.tb.Fatalf("got %.300s", body)
	}
	for range 200 { // the stream says so a moment before the desk is clear
		if h.bench.find(id) == nil {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	var out experimentOut
	h.get("/api/v1/experiments/"+id).want(h.tb, http.StatusOK).json(h.tb, &out)
	return out
}

func TestExperimentFromFileToVerdict(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(smallPlan)
	out := h.played(id)
	if out.State != stateDone || out.Runs != 9 || out.Progress.Done != 9 || out.Arms != 3 || out.Worlds != 3 || out.File != smallPlan {
		t.Fatalf("got %+v", out)
	}
	var r experiment.Results
	if err := json.Unmarshal(out.Results, &r); err != nil || len(r.Measures) < 5 || !r.Breached || len(r.Thresholds) != 2 || len(out.SeedsOut) != 0 {
		t.Errorf("got %v, %+v", err, r)
	}
	page := h.get("/experiments/"+id).want(t, http.StatusOK)
	checkPage(t, "experiment", "en", page)
	for _, want := range []string{"Which one?", "kalman", "rules", "null: recall &gt; 0.5", "<svg", out.Hash, "Leaderboard"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if all := h.get("/experiments/"+id+"?all=1").want(t, 200).Body; strings.Count(all, "<tr>") <= strings.Count(page.Body, "<tr>") {
		t.Error("all measures are no more than the first")
	}
	csv := h.get("/api/v1/experiments/"+id+"/results.csv").want(t, 200).Body
	if strings.Count(csv, "\n") != 1+3*len(r.Measures) || !strings.Contains(csv, "score_balanced") {
		t.Errorf("got %.300s", csv)
	}
	var runs runsOut
	h.get("/api/v1/runs?query="+url.QueryEscape(`experiment = "`+id+`"`)).want(t, 200).json(t, &runs)
	if runs.Total != 9 {
		t.Errorf("the query finds %d runs", runs.Total)
	}
	if again := h.order("# the same\n" + smallPlan); again != id { // nothing is played twice
		t.Errorf("the same file became %s", again)
	}
	h.get("/api/v1/runs").json(t, &runs)
	if runs.Total != 9 {
		t.Errorf("got %d runs", runs.Total)
	}
}

func TestExperimentListDeleteUndo(t *testing.T) {
	h := MustHub(t)
	checkPage(t, "no experiments", "en", h.get("/experiments").want(t, 200))
	id := h.order(strings.Replace(smallPlan, "1..3", "1", 1))
	h.played(id)
	total := func(query string) int {
		var out experimentsOut
		h.get("/api/v1/experiments"+query).want(t, 200).json(t, &out)
		csv := h.get("/api/v1/experiments.csv"+query).want(t, 200).Body
		if strings.Count(csv, "\n") != out.Total+1 {
			t.Errorf("%s: CSV and JSON differ", query)
		}
		return out.Total
	}
	if a, b, c := total(""), total("?q=which"), total("?q=zebra"); a != 1 || b != 1 || c != 0 {
		t.Errorf("got %d, %d, %d", a, b, c)
	}
	checkPage(t, "no match", "en", h.get("/experiments?q=zebra").want(t, 200))
	h.get("/api/v1/experiments?state=odd").want(t, 422)
	res := h.form("/experiments/"+id+"/delete", nil).want(t, 200)
	if total("") != 0 || !strings.Contains(res.Body, "/experiments/"+id+"/restore") {
		t.Error("it is still there, or there is no way back")
	}
	h.get("/experiments/"+id).want(t, 404)
	h.form("/experiments/"+id+"/restore", nil).want(t, 200)
	if total("") != 1 {
		t.Error("it did not come back")
	}
	if p := h.get("/api/v1/experiments/x-none").want(t, 404).problem(t); p.Field != "experiment" {
		t.Errorf("got %+v", p)
	}
	h.post("/api/v1/experiments/x-none/undelete", "").want(t, 404)
}

func TestBadExperimentNamesLineAndField(t *testing.T) {
	h := MustHub(t, func(c *Config) { c.MaxTrials = 10 })
	for file, want := range map[string]struct {
		field, message string
		line           int
	}{
		"": {"file", "empty", 0},
		"arms: [kalmn]\nseeds: 1\nscenarios: [northern-corridor]":      {"arms[0]", "kalman", 1},
		"arms: [kalman]\nseeds: 1..20\nscenarios: [northern-corridor]": {"", "10", 0},
		smallPlan + "colour: red\n":                                    {"", "colour", 10},
		smallPlan + "carrier: mqtt\n":                                  {"carrier", "direct", 0},
	} {
		body, _ := json.Marshal(map[string]string{"file": file})
		p := h.post("/api/v1/experiments", string(body)).want(t, 422).problem(t)
		if want.field != "" && p.Field != want.field || !strings.Contains(p.Message, want.message) || want.line > 0 && p.Line != want.line {
			t.Errorf("%.30q: got %+v", file, p)
		}
		res := h.form("/experiments", url.Values{"file": {file}, "step": {"start"}}).want(t, 422)
		checkPage(t, "bad file", "en", res)
		if file != "" && !strings.Contains(res.Body, strings.SplitN(file, "\n", 2)[0]) {
			t.Errorf("%.30q: the page lost the text", file)
		}
	}
	var out experimentsOut
	if h.get("/api/v1/experiments").json(t, &out); out.Total != 0 {
		t.Error("a bad file was kept")
	}
}

func TestFormWritesAFileThatRuns(t *testing.T) {
	h := MustHub(t)
	if _, _, err := h.design(h.planForm().File); err != nil {
		t.Errorf("the example cannot be run: %v", err)
	}
	res := h.form("/experiments", url.Values{"name": {`a "b": #c`}, "question": {"<why>?"}, "arm": {"null", "rules"}, "scenario": {"land-bridge"},
		"seeds": {"1,3..4"}, "baseline": {"null"}, "thresholds": {"rules: recall > 0\r\n\r\nnull: recall < 1"}, "step": {"write"}}).want(t, 200)
	checkPage(t, "written", "en", res)
	f := planForm{Name: `a "b": #c`, Question: "<why>?", Arms: []string{"null", "rules"}, Scenarios: []string{"land-bridge"}, Seeds: "1,3..4",
		Baseline: "null", Thresholds: "rules: recall > 0\r\n\r\nnull: recall < 1"}
	file, d, err := h.design(f.write())
	if err != nil || file.Name != `a "b": #c` || d.Question != "<why>?" || len(d.Trials()) != 6 || len(d.Thresholds) != 2 || d.Arms[d.Baseline].Name != "null" {
		t.Errorf("got %v, %+v of %s", err, d, f.write())
	}
}

func TestExperimentGoesOnAfterACancel(t *testing.T) {
	h := MustHub(t)
	id := h.order(strings.Replace(smallPlan, "1..3", "1..200", 1))
	page := h.get("/experiments/"+id).want(t, 200)
	checkPage(t, "playing", "en", page)
	if !strings.Contains(page.Body, `http-equiv="refresh"`) {
		t.Error("without a script the page stands still")
	}
	checkPage(t, "list while playing", "en", h.get("/experiments").want(t, 200))
	h.do(http.MethodDelete, "/api/v1/experiments/"+id, "", "").want(t, 200)
	out := h.played(id)
	if out.State != stateInterrupted || out.Runs >= 600 {
		t.Fatalf("got %s with %d runs", out.State, out.Runs)
	}
	page = h.get("/experiments/"+id).want(t, 200)
	checkPage(t, "interrupted", "en", page)
	if !strings.Contains(page.Body, "/experiments/"+id+"/start") {
		t.Error("there is no way to go on")
	}
	h.post("/api/v1/experiments/"+id+"/start", "").want(t, 202)
	h.do(http.MethodDelete, "/api/v1/experiments/"+id, "", "").want(t, 200)
	if again := h.played(id); again.Runs < out.Runs {
		t.Errorf("it had %d runs and then %d", out.Runs, again.Runs)
	}
}

func TestExperimentGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(strings.Replace(smallPlan, "1..3", "1..20", 1))
	for e := 0; e == 0; { // some trial is kept
		links, err := h.cfg.Store.Links(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		e = len(links)
		time.Sleep(2 * time.Millisecond)
	}
	if err := h.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	next := MustHub(t, func(c *Config) { c.Store = h.cfg.Store })
	before := next.played(id)
	if before.State != stateInterrupted || before.Runs == 0 || before.Runs >= 60 {
		t.Fatalf("after the restart it is %s with %d runs", before.State, before.Runs)
	}
	checkPage(t, "half", "en", next.get("/experiments/"+id).want(t, 200))
	next.form("/experiments/"+id+"/start", nil).want(t, 200)
	after := next.played(id)
	if after.State != stateDone || after.Runs != 60 || after.Progress.Done != 60 {
		t.Fatalf("got %s with %d runs: %s", after.State, after.Runs, after.Reason)
	}
	fresh := MustHub(t)
	whole := fresh.played(fresh.order(strings.Replace(smallPlan, "1..3", "1..20", 1)))
	if string(whole.Results) != string(after.Results) {
		t.Error("an interrupted experiment has other results than one that was not")
	}
}
