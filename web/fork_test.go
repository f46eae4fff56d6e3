package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// MustFork forks a run through the API to its end and returns the fork.
func (h *house) MustFork(parent, change string) runJSON {
	h.tb.Helper()
	var started forkedOut
	h.post("/api/v1/runs/"+parent+"/fork", change).want(h.tb, http.StatusAccepted).json(h.tb, &started)
	if last := h.until(started.Run); last.State != stateDone {
		h.tb.Fatalf("the fork ended as %s: %s", last.State, last.Reason)
	}
	var run runJSON
	h.get("/api/v1/runs/"+started.Run).want(h.tb, 200).json(h.tb, &run)
	if run.Parent != parent || started.Parent != parent || started.CodeDiffers {
		h.tb.Errorf("the fork %s has the parent %q, want %q", started.Run, run.Parent, parent)
	}
	return run
}

// TestForkWithoutChangeHasTheParentsDigest: under every carrier that can be played again, also where dice decide, and
// with terms and numbers that are not the defaults.
func TestForkWithoutChangeHasTheParentsDigest(t *testing.T) {
	t.Parallel()
	h := MustHub(t, withBroker(t))
	for _, x := range [][2]string{{"kalman", "direct"}, {"kalman", "mqtt"}, {"coin", "direct"}, {"oracle", "mqtt"}} {
		poc, carrier := x[0], x[1]
		var started startedOut
		h.post("/api/v1/runs", fmt.Sprintf(`{"poc":%q,"scenario":"northern-corridor","seed":7,"settings":{"seals":20,"span_days":10},"carrier":%q}`,
			poc, carrier)).want(t, http.StatusAccepted).json(t, &started)
		h.until(started.Run)
		var was runJSON
		h.get("/api/v1/runs/"+started.Run).json(t, &was)
		is := h.MustFork(started.Run, `{}`)
		if was.Digest == "" || is.Digest != was.Digest || is.FindingsDigest != was.FindingsDigest || is.Carrier != carrier {
			t.Errorf("%s by %s: the fork's digest is %s (%s), the parent's %s", poc, carrier, is.Digest, is.Carrier, was.Digest)
		}
	}
}

// TestForkInherits: what a fork does not name is the parent's, down to dice and terms that no form can give.
func TestForkInherits(t *testing.T) {
	h := MustHub(t)
	base := h.MustRun("coin", "")
	run, err := h.cfg.Store.Run(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	cost := 12.5
	odd := *run
	odd.ID, odd.DiceSeed, odd.Params = "r-odd", run.DiceSeed+1, pocs.Params{"rate": 0.01}
	odd.Terms = pocs.Terms{Grace: 90 * time.Minute, BaseRate: 3, FlowPerDay: 50, CheckCost: &cost}
	if err := h.cfg.Store.SaveRun(t.Context(), &odd); err != nil {
		t.Fatal(err)
	}
	fork, err := h.cfg.Store.Run(t.Context(), h.MustFork("r-odd", `{"settings":{"report_interval_s":7200}}`).Run)
	if err != nil {
		t.Fatal(err)
	}
	if fork.DiceSeed != odd.DiceSeed || fork.Params["rate"] != 0.01 || fork.Settings["seals"] != 20 || fork.Settings["report_interval_s"] != 7200 {
		t.Errorf("got dice %d, params %v, settings %v", fork.DiceSeed, fork.Params, fork.Settings)
	}
	if got := fork.Terms; got.Grace != 90*time.Minute || got.BaseRate != 3 || got.FlowPerDay != 50 || got.CheckCost == nil || *got.CheckCost != cost {
		t.Errorf("got terms %+v", got)
	}
	graced, err := h.cfg.Store.Run(t.Context(), h.MustFork("r-odd", `{"settings":{"grace_h":2}}`).Run)
	if err != nil || graced.Terms.Grace != 2*time.Hour || graced.Terms.BaseRate != 3 {
		t.Errorf("with another grace: got %+v, %v", graced.Terms, err)
	}
}

// TestForkKeepsEveryAct: another report interval changes what is heard, and no act, in any scenario.
func TestForkKeepsEveryAct(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	moved := false
	for i := range h.cfg.Challenges[0].Scenarios {
		scenario := h.cfg.Challenges[0].Scenarios[i].Name
		var started startedOut
		h.post("/api/v1/runs", fmt.Sprintf(`{"poc":"null","scenario":%q,"seed":%d,"settings":{"seals":100}}`, scenario, i+1)).want(t, 202).json(t, &started)
		h.until(started.Run)
		interval := []string{"3600", "21600"}[i%2]
		fork := h.MustFork(started.Run, `{"settings":{"report_interval_s":`+interval+`}}`)
		was, is := h.acts(started.Run), h.acts(fork.Run)
		if was.acts != is.acts {
			t.Errorf("%s every %s s: acts are\n%s\nwant\n%s", scenario, interval, is.acts, was.acts)
		}
		moved = moved || was.heard != is.heard
	}
	if !moved {
		t.Error("no incident was heard at another time: the interval made no difference")
	}
}

type actsOf struct{ acts, heard string }

// acts prints the acts of a run's incidents, and when they were heard.
func (h *house) acts(id string) actsOf {
	h.tb.Helper()
	run, err := h.cfg.Store.Run(h.tb.Context(), id)
	if err != nil {
		h.tb.Fatal(err)
	}
	var a, b strings.Builder
	for _, in := range run.Truth.Incidents {
		fmt.Fprintln(&a, in.ID, in.Kind, in.Hostile, in.Seal, in.Container, in.Trip, in.Start, in.End)
		fmt.Fprintln(&b, in.ID, in.HeardAt)
	}
	if a.Len() == 0 {
		h.tb.Fatalf("run %s has no incidents", id)
	}
	return actsOf{a.String(), b.String()}
}

// TestForkToAnotherDetector hears the same world with the parameters that both have.
func TestForkToAnotherDetector(t *testing.T) {
	h := MustHub(t)
	parent := h.MustRun("rules", `,"params":{"silence_h":48}`)
	fork := h.MustFork(parent, `{"poc":"kalman","params":{"nis":20}}`)
	var was runJSON
	h.get("/api/v1/runs/"+parent).json(t, &was)
	if fork.PoC != "kalman" || fork.Params["silence_h"] != 48 || fork.Params["nis"] != 20 || fork.WorldDigest != was.WorldDigest {
		t.Errorf("got %s with %v in %s, want the world %s", fork.PoC, fork.Params, fork.WorldDigest, was.WorldDigest)
	}
}

func TestForkRefusals(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("kalman", "")
	h.stored("r-live", func(r *pocs.Run) { r.Carrier = "live" })
	h.stored("r-old", func(r *pocs.Run) { r.Scenario = "atlantis" })
	for _, c := range []struct {
		run, body     string
		status        int
		field, allows string
	}{
		{"r-none", `{}`, 404, "run", ""},
		{"r-live", `{}`, 409, "run", "carrier direct"},
		{"r-old", `{}`, 409, "run", ""},
		{id, `{"poc":"kalmann"}`, 422, "poc", "kalman"},
		{id, `{"settings":{"seels":10}}`, 422, "settings.seels", "seals"},
		{id, `{"settings":{"report_interval_s":1}}`, 422, "settings.report_interval_s", "from 60 to 86400"},
		{id, `{"params":{"nope":1}}`, 422, "params.nope", ""},
		{id, `{"params":{"nis":"x"}}`, 422, "params.nis", "number"},
		{id, `{"seed":8}`, 422, "seed", "unexpected"},
	} {
		p := h.post("/api/v1/runs/"+c.run+"/fork", c.body).want(t, c.status).problem(t)
		if p.Field != c.field || !contains(p.Allowed, c.allows) || p.Message == "" {
			t.Errorf("%s %s: got %+v", c.run, c.body, p)
		}
	}
	if len(h.desk.open()) != 0 {
		t.Error("a bad fork was taken")
	}
}

// TestForkPage: prefilled with the parent's numbers; only what was changed is sent on; one click is enough.
func TestForkPage(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("kalman", "")
	page := h.get("/runs/"+id+"/fork").want(t, 200).Body
	for _, want := range []string{`name="settings.seals" inputmode="decimal" autocomplete="off" value="20"`, `value="report_interval_s=`, `value="poc=rules"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	h.visitor.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	to := h.form("/runs/"+id+"/fork", url.Values{"poc": {"kalman"}, "shown": {"kalman"}, "settings.seals": {"20"},
		"settings.report_interval_s": {"7200"}, "params.nis": {""}}).want(t, http.StatusSeeOther).Header.Get("Location")
	fork := strings.TrimPrefix(to, "/runs/")
	h.until(fork)
	run, err := h.cfg.Store.Run(t.Context(), fork)
	if err != nil || run.Settings["report_interval_s"] != 7200 || run.Settings["seals"] != 20 {
		t.Fatalf("got %v, %v", run, err)
	}
	body := h.get(to).want(t, 200).Body
	for _, want := range []string{`href="/runs/` + id + `"`, `href="/compare?runs=` + id + `,` + fork + `"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the fork's page lacks %s", want)
		}
	}
	if body := h.get("/runs/" + id).Body; !strings.Contains(body, `href="/compare?runs=`+id+`,`+fork+`"`) {
		t.Error("the parent's page does not lead to the fork")
	}
	tried := h.form("/runs/"+id+"/fork", url.Values{"try": {"poc=rules"}}).want(t, http.StatusSeeOther).Header.Get("Location")
	h.until(strings.TrimPrefix(tried, "/runs/"))
	if run, err := h.cfg.Store.Run(t.Context(), strings.TrimPrefix(tried, "/runs/")); err != nil || run.PoC != "rules" {
		t.Errorf("one click gave %v, %v", run, err)
	}
	wrong := h.form("/runs/"+id+"/fork", url.Values{"poc": {"kalman"}, "settings.seals": {"5"}}).want(t, 422).Body
	if !strings.Contains(wrong, `value="5"`) || !strings.Contains(wrong, "from 10 to 100000") {
		t.Error("the wrong number and what is allowed are not shown")
	}
	h.do(http.MethodDelete, "/api/v1/runs/"+id, "", "").want(t, 200)
	if body := h.get(to).want(t, 200).Body; strings.Contains(body, `href="/runs/`+id+`"`) || !strings.Contains(body, id) {
		t.Error("a deleted parent is linked, or not named")
	}
	h.stored("r-live", func(r *pocs.Run) { r.Carrier = "live"; r.Settings = sim.Settings{"seals": 10} })
	if body := h.get("/runs/r-live/fork").want(t, 200).Body; strings.Contains(body, `action="/runs/r-live/fork"`) {
		t.Error("a live run offers to be forked")
	}
}

// TestForkOfAGame: a person cannot be asked again, but another can listen to the same world; and what the person had
// heard can be told.
func TestForkOfAGame(t *testing.T) {
	h := MustHub(t)
	base, err := h.cfg.Store.Run(t.Context(), h.MustRun("rules", ""))
	if err != nil {
		t.Fatal(err)
	}
	game := *base
	game.ID, game.PoC, game.Params = "r-game", visitor.Name, pocs.Params{}
	game.Findings = append([]pocs.Finding(nil), base.Findings...)
	for i := range game.Findings {
		game.Findings[i].Kind, game.Findings[i].Level = visitor.Kind, visitor.Level
	}
	if err := h.cfg.Store.SaveRun(t.Context(), &game); err != nil {
		t.Fatal(err)
	}
	if p := h.post("/api/v1/runs/r-game/fork", `{}`).want(t, 409).problem(t); !contains(p.Message, "A person played it") {
		t.Errorf("got %+v", p)
	}
	if fork := h.MustFork("r-game", `{"poc":"rules"}`); fork.WorldDigest != base.WorldDigest {
		t.Error("another heard another world")
	}
	if page := h.get("/runs/r-game/fork").want(t, 200).Body; !strings.Contains(page, "<option selected>kalman") {
		t.Error("the page does not offer another to listen")
	}
	var x explanationJSON
	h.get("/api/v1/runs/r-game/findings/2/explanation").want(t, 200).json(t, &x)
	if x.Says || len(x.Messages) == 0 {
		t.Errorf("got %+v", x)
	}
}

// TestForkOfOtherCodeSaysSo: the digest may not come out the same, and the page does not pretend that it must.
func TestForkOfOtherCodeSaysSo(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("null", "")
	run, err := h.cfg.Store.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	old := *run
	old.ID, old.Commit = "r-old", "fedcba9876543210"
	if err := h.cfg.Store.SaveRun(t.Context(), &old); err != nil {
		t.Fatal(err)
	}
	if body := h.get("/runs/r-old/fork").want(t, 200).Body; !strings.Contains(body, "fedcba9876") || !strings.Contains(body, "note-differs") {
		t.Error("the page does not say that the code differs")
	}
	var started forkedOut
	h.post("/api/v1/runs/r-old/fork", `{}`).want(t, 202).json(t, &started)
	h.until(started.Run)
	if !started.CodeDiffers {
		t.Error("the answer does not say that the code differs")
	}
	if body := h.get("/runs/" + id + "/fork").Body; strings.Contains(body, "note-differs") {
		t.Error("the page says that the code differs where it does not")
	}
}
