package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// wholeEntry is an idea that may be sent in.
func wholeEntry() usecase.Entry {
	return usecase.Entry{Origin: usecase.Submitted, Title: "Stamps that tell", Summary: "A stamp on the paper tells the officer by itself whether it was issued.",
		Problem: "Officers cannot tell a forged stamp from a true one.", Approach: "A stamp with a signature in it.", Technologies: []string{"blockchain"},
		Process: []string{"origin-certificates"}, Stage: usecase.Idea, Countries: []string{"KE"}, Regions: []string{"east-southern-africa"},
		Submitter: &usecase.Party{Name: "Customs of somewhere", Kind: "administration"}}
}

// TestEveryMissingFieldIsNamed leaves out one mandatory field after the other.
func TestEveryMissingFieldIsNamed(t *testing.T) {
	h := MustHub(t)
	for field, clear := range map[string]func(*usecase.Entry){
		"title": func(e *usecase.Entry) { e.Title = "" }, "summary": func(e *usecase.Entry) { e.Summary = "" }, "problem": func(e *usecase.Entry) { e.Problem = "" },
		"approach": func(e *usecase.Entry) { e.Approach = "" }, "technologies": func(e *usecase.Entry) { e.Technologies = nil }, "process": func(e *usecase.Entry) { e.Process = nil },
		"countries": func(e *usecase.Entry) { e.Countries = nil }, "wco_region": func(e *usecase.Entry) { e.Regions = nil },
		"submitter": func(e *usecase.Entry) { e.Submitter = nil }, "submitter.kind": func(e *usecase.Entry) { e.Submitter = &usecase.Party{Name: "Somebody"} },
	} {
		e := wholeEntry()
		clear(&e)
		p := h.post("/api/v1/submissions", string(e.JSON())).want(t, http.StatusUnprocessableEntity).problem(t)
		if p.Field != field || p.Code != "missing_field" || len(p.Faults) != 1 {
			t.Errorf("without %s: %+v", field, p)
		}
	}
	e := wholeEntry()
	e.Stage = ""
	if p := h.post("/api/v1/submissions", string(e.JSON())).want(t, http.StatusUnprocessableEntity).problem(t); p.Field != "stage" {
		t.Errorf("without a stage: %+v", p)
	}
	e.Stage, e.Title = "stopped", ""
	p := h.post("/api/v1/submissions", string(e.JSON())).want(t, http.StatusUnprocessableEntity).problem(t)
	var named []string
	for _, f := range p.Faults {
		named = append(named, f.Field)
	}
	for _, want := range []string{"title", "metrics", "data_used", "licence", "stopped_why", "outcome", "started", "sources", "evidence"} {
		if !slices.Contains(named, want) {
			t.Errorf("the answer does not name %s: %v", want, named)
		}
	}
}

func TestSubmissionsOverTheAPI(t *testing.T) {
	h := MustHub(t)
	whole := wholeEntry()
	var out submissionOut
	res := h.post("/api/v1/submissions", string(whole.JSON())).want(t, http.StatusCreated)
	res.json(t, &out)
	if len(out.Key) != 26 || out.URL != minePath+out.Key || out.State != review.Draft || len(out.Faults) != 0 || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %+v", out)
	}
	at := "/api/v1/submissions/" + out.Key
	put := func(body string) answered { return h.do(http.MethodPut, at, "application/json", body) }
	out = submissionOut{}
	put(`{"title":"Half"}`).want(t, 200).json(t, &out)
	if out.Key != "" || len(out.Faults) < 5 || h.edition(minePath+at[len("/api/v1/submissions/"):]).Entry.Title != "Half" {
		t.Errorf("half a draft: %+v", out)
	}
	for body, field := range map[string]string{`{"title":"x","prize":3}`: "prize", `{"metrics":[{"target":"soon"}]}`: "metrics[0].target", `{"title":["x"]}`: "title", `[]`: "", `{`: "", ``: ""} {
		if p := put(body); p.Status != 422 && p.Status != 400 || p.problem(t).Field != field {
			t.Errorf("%s: got %d %s", body, p.Status, p.Body)
		}
	}
	if e := h.edition(minePath + at[len("/api/v1/submissions/"):]).Entry; e.Title != "Half" {
		t.Errorf("a refused text was kept: %s", e.JSON())
	}
	p := h.post(at+"/send", "").want(t, http.StatusUnprocessableEntity).problem(t)
	if p.Code != "missing_field" || len(p.Faults) < 5 {
		t.Errorf("sending half a draft: %+v", p)
	}
	h.do(http.MethodPut, at, "application/yaml", "title: Stamps that tell\n").want(t, 200)
	h.do(http.MethodPut, at, "text/html", "<p>").want(t, http.StatusUnsupportedMediaType)
	put(string(whole.JSON())).want(t, 200)
	h.post(at+"/send", `{"text":"Here it is."}`).want(t, 200).json(t, &out)
	if out.State != review.Sent || out.Usecase != "stamps-that-tell" || out.Thread[0].Text != "Here it is." || !slices.Equal(out.Next, []review.State{review.Withdrawn}) {
		t.Errorf("sent: %+v", out)
	}
	put(string(whole.JSON())).want(t, http.StatusConflict)
	h.post(at+"/send", "").want(t, http.StatusConflict)
	h.post(at+"/remarks", `{"text":"x"}`).want(t, http.StatusUnprocessableEntity)
	h.post(at+"/remarks", `{"text":"Any news?"}`).want(t, 200)
	h.post(at+"/withdraw", `{"text":"No."}`).want(t, 200)
	h.get("/api/v1/submissions/nonsense").want(t, http.StatusNotFound)
	h.post("/api/v1/submissions?draft=true", `{"title":"Only a title"}`).want(t, http.StatusCreated)
}

func TestPartsAreSavedWhileWriting(t *testing.T) {
	h := MustHub(t)
	path := h.begin("Stamps", "pilot")
	at := "/api/v1/submissions/" + strings.TrimPrefix(path, minePath) + "/part"
	put := func(body string) answered { return h.do(http.MethodPut, at, "application/json", body) }
	var out savedOut
	put(`{"step":"data","fields":{"metrics[0].name":["Time"],"metrics[0].target":["soon"],"caveats[0]":["Doubtful."]}}`).want(t, 200).json(t, &out)
	if e := h.edition(path).Entry; len(out.Unread) != 1 || out.Unread[0].Field != "metrics[0].target" || e.Metrics[0].Name != "Time" || len(e.Caveats) != 1 {
		t.Errorf("got %+v, saved %s", out, e.JSON())
	}
	put(`{"step":"when","fields":{}}`).want(t, http.StatusUnprocessableEntity)
	put(`{"fields":{}}`).want(t, http.StatusUnprocessableEntity)
}
