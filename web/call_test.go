package web

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

var callDay = time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)

// callBodyOf is a call in the small suite, as JSON, with parts of it replaced.
func callBodyOf(more string) string {
	return `{"title":"Cut bolts at night","organization":{"name":"Customs of somewhere","kind":"administration"},"problem":"Bolts are cut at night, and nobody sees it.",
		"gain":"Officers who are called out in vain.","suite":"small","scenarios":["land-bridge"],"measures":["score_balanced"],
		"rule":["recall >= 0.2","nuisance_trips < 0.9"],"closes":"2026-06-30"` + more + `}`
}

func answerBody(more string) string {
	return `{"organization":{"name":"A firm","kind":"company"},"title":"A filter","approach":"Positions are filtered.",` + more + `}`
}

// posted posts a call, and with a curator opens it.
func (h *house) posted(curator *house) sentOut {
	h.tb.Helper()
	var out sentOut
	h.post("/api/v1/calls", callBodyOf("")).want(h.tb, http.StatusCreated).json(h.tb, &out)
	if curator != nil {
		curator.post("/api/v1/calls/"+out.ID+"/step", `{"to":"open"}`).want(h.tb, 200)
	}
	return out
}

// answeredCall sends an answer and waits until it was played.
func (h *house) answeredCall(id, more string) (out sentOut) {
	h.tb.Helper()
	h.post("/api/v1/calls/"+id+"/answers", answerBody(more)).want(h.tb, http.StatusCreated).json(h.tb, &out)
	if out.Experiment != "" {
		h.played(out.Experiment)
	}
	return out
}

func (h *house) call(id string) (out callOut) {
	h.tb.Helper()
	h.get("/api/v1/calls/"+id).want(h.tb, 200).json(h.tb, &out)
	return out
}

// A call is posted, opened, answered with three proofs of concept and a use case, and all are judged alike.
func TestCallFromPostToJudgement(t *testing.T) {
	t.Parallel()
	now := callDay
	h := MustHub(t, withSuite(t, smallSuite), withClock(&now))
	if _, err := h.cfg.Store.SeedUsecases(context.Background(), "", []usecase.Entry{usecases.List()[0]}, now); err != nil {
		t.Fatal(err)
	}
	checkPage(t, "no calls", "en", h.get("/calls").want(t, 200))
	curator, _ := h.entered("Desk 1", "A hub")
	c := h.posted(nil)
	h.get("/calls/"+c.ID).want(t, 404)
	h.post("/api/v1/calls/"+c.ID+"/answers", answerBody(`"poc":"rules"`)).want(t, 404)
	for _, page := range []string{"/calls/" + c.ID, "/calls", "/review"} {
		checkPage(t, "waiting "+page, "en", curator.get(page).want(t, 200))
	}
	h.post("/api/v1/calls/"+c.ID+"/step", `{"to":"open"}`).want(t, http.StatusUnauthorized)
	curator.post("/api/v1/calls/"+c.ID+"/step", `{"to":"open"}`).want(t, 200)
	checkPage(t, "open", "en", h.get("/calls/"+c.ID).want(t, 200))

	strict := h.answeredCall(c.ID, `"poc":"rules"`)
	now = now.Add(time.Minute)
	h.answeredCall(c.ID, `"poc":"kalman","params":{"nis":20}`)
	now = now.Add(time.Minute)
	again := h.answeredCall(c.ID, `"poc":"rules"`)
	now = now.Add(time.Minute)
	h.answeredCall(c.ID, `"usecase":"`+usecases.List()[0].ID+`"`)
	if strict.Experiment != again.Experiment {
		t.Error("equal answers do not share their runs")
	}
	out := h.call(c.ID)
	if len(out.Answers) != 4 || out.Answered != 4 || len(out.References) != 4 || out.Worlds != 3 || !slices.Equal(out.Scenarios, []string{"land-bridge"}) || out.Measures[0].Name != "score_balanced" {
		t.Fatalf("got %+v", out)
	}
	for i := range out.Answers[:3] {
		a := &out.Answers[i]
		h.holdsLikeItsExperiment(t, a)
		if a.Judgement.State != stateJudged || len(a.Judgement.Measures) != 3 || a.Judgement.Measures[0].Mean == nil || a.Judgement.Measures[0].Group == 0 || len(a.Judgement.Rule) != 2 {
			t.Errorf("answer %d: %+v", i, a.Judgement)
		}
	}
	if out.Answers[1].Arm != "kalman nis=20" || out.Answers[3].Judgement != nil {
		t.Errorf("got %+v", out.Answers)
	}
	for _, r := range out.References {
		if want := r.PoC == "oracle"; *r.Passes != want && (r.PoC == "oracle" || r.PoC == "null") || r.SeesTruth != want {
			t.Errorf("%s passes: %v", r.PoC, *r.Passes)
		}
	}
	page := h.get("/calls/"+c.ID).want(t, 200)
	checkPage(t, "judged", "en", page)
	for _, want := range []string{"kalman nis=20", ">oracle<", "v-pass", out.SuiteHash, `href="/usecases/` + usecases.List()[0].ID, "recall &gt;= 0.2"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(h.get("/api/v1/calls/"+c.ID+"/answers.csv").want(t, 200).Body)).ReadAll()
	if err != nil || len(rows) != 1+3*3+1+4*3 {
		t.Errorf("%d rows of CSV, %v", len(rows), err)
	}
	now = now.AddDate(0, 3, 0)
	if out := h.call(c.ID); out.State != "closed" {
		t.Errorf("after its last day it is %s", out.State)
	}
	p := h.post("/api/v1/calls/"+c.ID+"/answers", answerBody(`"poc":"kalman"`)).want(t, http.StatusConflict).problem(t)
	if p.Code != "not_open" {
		t.Errorf("got %+v", p)
	}
}

// holdsLikeItsExperiment holds a judgement against the thresholds of the experiment, which work them out by themselves.
func (h *house) holdsLikeItsExperiment(t *testing.T, a *answerJSON) {
	t.Helper()
	if !a.Judgement.Judged() {
		t.Fatalf("not judged: %+v", a.Judgement)
	}
	var e struct {
		Results struct {
			Thresholds []struct {
				Measure string
				Mean    *float64
				Holds   bool
			}
			Breached bool
		}
	}
	h.get("/api/v1/experiments/"+a.Experiment).want(t, 200).json(t, &e)
	if len(e.Results.Thresholds) != len(a.Judgement.Rule) || e.Results.Breached == *a.Judgement.Passes {
		t.Fatalf("the experiment says %+v, the call %+v", e.Results, a.Judgement)
	}
	for i, c := range a.Judgement.Rule {
		x := e.Results.Thresholds[i]
		if x.Measure != c.Measure || x.Holds != c.Holds || x.Mean == nil || *x.Mean != *c.Mean {
			t.Errorf("%s: the experiment says %+v, the call %+v", c.Clause, x, c)
		}
	}
}

func TestCallIsRefusedByField(t *testing.T) {
	t.Parallel()
	now := callDay
	h := MustHub(t, withSuite(t, smallSuite), withClock(&now))
	p := h.post("/api/v1/calls", `{"title":"x"}`).want(t, 422).problem(t)
	if p.Field != "title" || len(p.Faults) != 7 || p.Faults[1].Field != "organization.name" || p.Code != "bad_field" {
		t.Errorf("got %+v", p)
	}
	p = h.post("/api/v1/calls", callBodyOf(`,"suite_hash":"sha256:00"`)).want(t, 422).problem(t)
	if p.Field != "suite" {
		t.Errorf("got %+v", p)
	}
	page := h.form("/calls/new", url.Values{"title": {"Cut bolts <b>at night</b>"}, "rule": {"recall >= 0.5\r\nbeauty > 1"}, "suite": {"small"}}).want(t, 422)
	checkPage(t, "refused form", "en", page)
	for _, want := range []string{`value="Cut bolts &lt;b&gt;at night&lt;/b&gt;"`, "Pass rule, line 2: ", `href="#f-problem"`, `id="f-problem"`, "beauty &gt; 1</textarea>"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	curator, _ := h.entered("Desk 1", "")
	c := h.posted(curator)
	p = h.post("/api/v1/calls/"+c.ID+"/answers", answerBody(`"poc":"kalman","params":{"nis":-1}`)).want(t, 422).problem(t)
	if p.Field != "params.nis" {
		t.Errorf("got %+v", p)
	}
	h.post("/api/v1/calls/"+c.ID+"/answers", answerBody(`"poc":"oracle"`)).want(t, 422)
	h.post("/api/v1/calls/"+c.ID+"/answers", answerBody(`"usecase":"none"`)).want(t, 422)
	filled := url.Values{"title": {"A filter"}, "approach": {"It filters positions."}, "organization.name": {"A firm"}, "organization.kind": {"company"}, "poc": {"kalman"}}
	for params, want := range map[string]string{"nis=9,20": "has 2 values", "nis": "is not understood", "nis=x": "want a number", "nis=1e999": "want a number", "magic=1": "magic"} {
		filled.Set("params", params)
		page := h.form("/calls/"+c.ID+"/answers", filled).want(t, 422)
		checkPage(t, params, "en", page)
		if !strings.Contains(page.Body, want) || !strings.Contains(page.Body, `value="A filter"`) {
			t.Errorf("%s: the page does not say %q, or has lost what was written", params, want)
		}
	}
	if out := h.call(c.ID); len(out.Answers) != 0 {
		t.Errorf("kept: %+v", out.Answers)
	}
}

func TestCallStepsThatAreNotAllowed(t *testing.T) {
	t.Parallel()
	now := callDay
	h := MustHub(t, withSuite(t, smallSuite), withClock(&now))
	curator, _ := h.entered("Desk 1", "")
	c := h.posted(nil)
	step := func(body string, status int, code string) {
		t.Helper()
		if p := curator.post("/api/v1/calls/"+c.ID+"/step", body).want(t, status).problem(t); p.Code != code {
			t.Errorf("%s: got %+v", body, p)
		}
	}
	step(`{"to":"closed"}`, 409, "illegal_step")
	step(`{"to":"withdrawn"}`, 422, "missing_reason")
	step(`{"to":"open","seen":"2020-01-01T00:00:00Z"}`, 409, "moved_on")
	h.do(http.MethodPut, "/api/v1"+c.Mine, "application/json", callBodyOf(`,"title":"Cut bolts by day"`)).want(t, 200)
	curator.form("/calls/"+c.ID+"/step", url.Values{"to": {"open"}}).want(t, 200)
	if out := h.call(c.ID); out.Title != "Cut bolts by day" || out.State != "open" {
		t.Errorf("got %+v", out.callJSON)
	}
	p := h.do(http.MethodPut, "/api/v1"+c.Mine, "application/json", callBodyOf("")).want(t, 409).problem(t)
	if p.Code != "closed" {
		t.Errorf("got %+v", p)
	}
	step(`{"to":"open"}`, 409, "illegal_step")
	a := h.answeredCall(c.ID, `"poc":"rules"`)
	h.do(http.MethodPut, "/api/v1"+a.Mine, "application/json", callBodyOf("")).want(t, 409) // an answer never changes
	curator.form("/calls/"+c.ID+"/answers/"+a.ID+"/withdraw", url.Values{}).want(t, 422)
	h.form("/calls/"+c.ID+"/answers/"+a.ID+"/withdraw", url.Values{"reason": {"mischief"}}).want(t, http.StatusUnauthorized)
	h.post("/api/v1"+a.Mine+"/withdraw", `{}`).want(t, 200)
	h.post("/api/v1"+a.Mine+"/withdraw", `{}`).want(t, 409)
	h.post("/api/v1"+c.Mine+"/withdraw", `{}`).want(t, 422)
	out := h.call(c.ID)
	if out.Answered != 0 || out.Answers[0].Title != "" || out.Answers[0].WithdrawnBy != "submitter" || out.Answers[0].Judgement != nil {
		t.Errorf("the withdrawn answer: %+v", out.Answers[0])
	}
	checkPage(t, "withdrawn answer", "en", h.get("/calls/"+c.ID).want(t, 200))
	checkPage(t, "its link", "en", h.get(a.Mine).want(t, 200))
	step(`{"to":"closed","reason":"`+strings.Repeat("x", maxReason+1)+`"}`, 422, "bad_field")
	curator.post("/api/v1/calls/"+c.ID+"/step", `{"to":"closed"}`).want(t, 200)
	curator.post("/api/v1/calls/"+c.ID+"/step", `{"to":"withdrawn","reason":"It was <i>a jest</i>."}`).want(t, 200)
	page := h.get("/calls/"+c.ID).want(t, 200)
	checkPage(t, "withdrawn", "en", page)
	if !strings.Contains(page.Body, "It was &lt;i&gt;a jest&lt;/i&gt;.") {
		t.Error("the page does not say why it was withdrawn")
	}
	if log, err := h.cfg.Store.CheckLog(t.Context()); err != nil || log.Altered != "" {
		t.Errorf("the log: %+v, %v", log, err)
	}
}

// A personal link shows what was sent, with its state, and nobody else's.
func TestPersonalLinkOfACall(t *testing.T) {
	t.Parallel()
	now := callDay
	h := MustHub(t, withSuite(t, smallSuite), withClock(&now))
	res := h.form("/calls/new", url.Values{"title": {"Cut bolts at night"}, "organization.name": {"Customs of somewhere"}, "organization.kind": {"administration"},
		"problem": {"Bolts are cut at night.\r\n\r\nNobody sees it."}, "gain": {"Officers who wait."}, "suite": {"small"}, "scenarios": {"land-bridge"}, "rule": {"recall >= 0.5"}, "closes": {"2026-06-30"}}).want(t, 200)
	checkPage(t, "mine", "en", res)
	if !strings.Contains(res.Body, "Keep this address") || !strings.Contains(res.Body, "Bolts are cut at night.\n\nNobody sees it.</textarea>") || res.Header.Get("Cache-Control") != "no-store" {
		t.Error("the link does not lead to the call and its form")
	}
	curator, _ := h.entered("Desk 1", "")
	c := h.posted(curator)
	a := h.answeredCall(c.ID, `"poc":"rules"`)
	page := h.get(a.Mine).want(t, 200)
	checkPage(t, "judged answer", "en", page)
	if !strings.Contains(page.Body, "v-fail") && !strings.Contains(page.Body, "v-pass") {
		t.Error("the link does not show the verdict")
	}
	for i := range 40 {
		if res := h.get(fmt.Sprintf("/calls/mine/guess%d", i)); res.Status == http.StatusTooManyRequests {
			if res.Header.Get("Retry-After") == "" {
				t.Error("who guesses is not told when to come back")
			}
			return
		}
	}
	t.Error("who guesses links is never slowed")
}

// What was put into the trash, or stands still, is played on by one button.
func TestAnswerWhoseRunsWereDeleted(t *testing.T) {
	t.Parallel()
	now := callDay
	h := MustHub(t, withSuite(t, smallSuite), withClock(&now))
	curator, _ := h.entered("Desk 1", "")
	c := h.posted(curator)
	a := h.answeredCall(c.ID, `"poc":"rules"`)
	h.do(http.MethodDelete, "/api/v1/experiments/"+a.Experiment, "", "").want(t, 200)
	if j := h.call(c.ID).Answers[0].Judgement; j.State != stateDeleted || j.Passes != nil {
		t.Errorf("got %+v", j)
	}
	checkPage(t, "deleted", "en", h.get("/calls/"+c.ID).want(t, 200))
	checkPage(t, "deleted", "en", h.form("/calls/"+c.ID+"/answers/"+a.ID+"/play", nil).want(t, 200))
	h.played(a.Experiment)
	if j := h.call(c.ID).Answers[0].Judgement; j.State != stateJudged || j.Passes == nil {
		t.Errorf("got %+v", j)
	}
}

// Who floods the hub with calls is slowed.
func TestFloodOfCalls(t *testing.T) {
	t.Parallel()
	now := callDay
	h := MustHub(t, withSuite(t, smallSuite), withClock(&now))
	for i := range 100 {
		if res := h.post("/api/v1/calls", callBodyOf("")); res.Status == http.StatusTooManyRequests {
			if p := res.problem(t); i < 10 || p.RetryAfter == 0 {
				t.Errorf("after %d: %+v", i, p)
			}
			return
		}
	}
	t.Error("never slowed")
}
