package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// begin makes a draft through the form and returns its personal path.
func (h *house) begin(title, stage string) string {
	h.tb.Helper()
	h.visitor.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	defer func() { h.visitor.CheckRedirect = nil }()
	res := h.form("/usecases/new", url.Values{"title": {title}, "stage": {stage}}).want(h.tb, http.StatusSeeOther)
	path := res.Header.Get("Location")
	if !regexp.MustCompile(`^/usecases/mine/[a-z0-9]{26}$`).MatchString(path) {
		h.tb.Fatalf("the draft is at %q", path)
	}
	return path
}

// edition reads what a personal path leads to.
func (h *house) edition(path string) *catalog.Edition {
	h.tb.Helper()
	e, err := h.cfg.Store.EditionByKey(h.tb.Context(), strings.TrimPrefix(path, minePath))
	if err != nil {
		h.tb.Fatal(err)
	}
	return e
}

// answers are those of an idea, by step.
var answers = []url.Values{
	{"step": {"what"}, "title": {"Stamps that tell"}, "summary": {"A stamp on the paper tells the officer by itself whether it was issued."},
		"problem": {"Officers cannot tell a forged stamp."}, "approach": {"A stamp with a signature in it."}, "technologies[0]": {"blockchain"}, "technologies": {"iot"},
		"process[0]": {"origin-certificates"}},
	{"step": {"where"}, "stage": {"idea"}, "countries": {"Kenya, ug"}, "submitter.name": {"Customs of somewhere"}, "submitter.kind": {"administration"}},
	{"step": {"data"}},
	{"step": {"sources"}},
}

// with is the answers to a step with some of them changed.
func answersWith(step int, pairs ...string) url.Values {
	v := url.Values{}
	for k, list := range answers[step-1] {
		v[k] = slices.Clone(list)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			v.Del(pairs[i])
		} else {
			v[pairs[i]] = strings.Split(pairs[i+1], "|")
		}
	}
	return v
}

// written is a draft of an idea in which every answer was given.
func (h *house) written() string {
	h.tb.Helper()
	path := h.begin("Stamps", "idea")
	for n := range answers {
		h.form(fmt.Sprintf("%s/%d", path, n+1), answersWith(n+1, "go", "save")).want(h.tb, http.StatusOK)
	}
	return path
}

// sentIn is an idea that its submitter has sent in.
func (h *house) sentIn() string {
	h.tb.Helper()
	path := h.written()
	h.form(path+"/4", answersWith(4, "go", "send")).want(h.tb, http.StatusOK)
	if e := h.edition(path); e.State != review.Sent {
		h.tb.Fatalf("it is %s", e.State)
	}
	return path
}

func TestSubmissionPages(t *testing.T) {
	h := MustHub(t)
	path := h.written()
	for _, page := range []string{"/usecases/new", path, path + "/1", path + "/2", path + "/3?check=1&more=metrics", path + "/4?saved=1"} {
		res := h.get(page).want(t, 200)
		checkPage(t, page, "en", res)
		if strings.HasPrefix(page, path) && (res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Referrer-Policy") != "no-referrer") {
			t.Errorf("%s may be kept or told on: %v", page, res.Header)
		}
		if key := regexp.MustCompile(`>\s*(submit|submit_step|mine|enter|review|edition)\.[a-z_.]+\s*<`).FindString(res.Body); key != "" {
			t.Errorf("%s: a text is missing: %s", page, key)
		}
	}
	if body := h.get(path).Body; !strings.Contains(body, h.site.URL+path) || !strings.Contains(body, "Keep this address") {
		t.Error("the page does not tell its address")
	}
	h.get(path+"/5").want(t, http.StatusNotFound)
	h.get(minePath+"nonsense").want(t, http.StatusNotFound)
	h.form(minePath+"nonsense/1", answersWith(1)).want(t, http.StatusNotFound)
}

func TestBeginning(t *testing.T) {
	h := MustHub(t)
	for _, c := range []struct{ title, stage, field string }{{"", "idea", "title"}, {strings.Repeat("x", 121), "idea", "title"}, {"Stamps", "soon", "stage"}} {
		res := h.form("/usecases/new", url.Values{"title": {c.title}, "stage": {c.stage}}).want(t, http.StatusUnprocessableEntity)
		if !strings.Contains(res.Body, `id="wrong-`+c.field+`"`) {
			t.Errorf("%v: the field is not marked", c)
		}
	}
	e := h.edition(h.begin("Stamps", "pilot"))
	if e.State != review.Draft || e.Entry.Title != "Stamps" || e.Entry.Stage != "pilot" || e.Entry.Origin != usecase.Submitted {
		t.Errorf("got %+v", e.Entry)
	}
}

// TestStepsAreSavedWholeOrNot: what can be held is, what cannot is shown again with its fault, and nothing else changes.
func TestStepsAreSavedWholeOrNot(t *testing.T) {
	h := MustHub(t)
	path := h.begin("Stamps", "pilot")
	h.form(path+"/1", answersWith(1, "summary", "short", "problem", "", "go", "save")).want(t, 200)
	if e := h.edition(path).Entry; e.Summary != "short" || !slices.Equal(e.Technologies, []string{"blockchain", "iot"}) {
		t.Errorf("saved: %s", e.JSON())
	}
	res := h.form(path+"/1", answersWith(1, "summary", "short", "problem", "", "go", "next")).want(t, http.StatusUnprocessableEntity)
	for _, want := range []string{`href="#f-problem"`, `href="#f-summary"`, `aria-invalid="true"`, ">short</textarea>", "is too short", "Go on all the same", `id="summary"`} {
		if !strings.Contains(res.Body, want) {
			t.Errorf("the step lacks %s", want)
		}
	}
	res = h.form(path+"/3", answersWith(3, "metrics[1].name", "Time", "metrics[1].target", "soon", "metrics[0].unit", "", "attack_modes", "insider|model-drift",
		"attack_modes.own", "Bribed officer, Late paper", "caveats[0]", "One figure is doubtful.", "standards", "UFF\nISO 18185", "go", "save")).want(t, http.StatusUnprocessableEntity)
	for _, want := range []string{`value="soon"`, `href="#f-metrics-0-target"`, "is not a number"} {
		if !strings.Contains(res.Body, want) {
			t.Errorf("the step lacks %s", want)
		}
	}
	e := h.edition(path).Entry
	if len(e.Metrics) != 1 || e.Metrics[0].Name != "Time" || e.Metrics[0].Target != nil || e.Summary != "short" || len(e.Standards) != 2 ||
		!slices.Equal(e.AttackModes, []string{"insider", "model-drift", "bribed-officer", "late-paper"}) {
		t.Errorf("saved: %s", e.JSON())
	}
	res = h.form(path+"/3", answersWith(3, "metrics[0].name", "Time", "metrics[1].name", "Cost", "drop", "metrics[0]", "go", "more:metrics")).want(t, 200)
	if e := h.edition(path).Entry; len(e.Metrics) != 1 || e.Metrics[0].Name != "Cost" || len(e.Caveats) != 0 {
		t.Errorf("saved: %s", e.JSON())
	}
	if n := strings.Count(res.Body, `id="f-metrics-3"`); n != 1 {
		t.Error("there are no more empty rows")
	}
	h.form(path+"/2", answersWith(1)).want(t, http.StatusBadRequest)
	h.do(http.MethodPost, path+"/1", "application/json", `{}`).want(t, http.StatusUnsupportedMediaType)
	h.do(http.MethodPost, path+"/1", "application/x-www-form-urlencoded", "step=what&title=%zz").want(t, http.StatusBadRequest)
	if got := h.edition(path).Entry.Summary; got != "short" {
		t.Errorf("what was no form changed the text to %q", got)
	}
}

func TestRegionsAreProposed(t *testing.T) {
	h := MustHub(t)
	path := h.begin("Stamps", "idea")
	regions := func(pairs ...string) string {
		h.form(path+"/2", answersWith(2, append(pairs, "go", "save")...)).want(t, 200)
		return strings.Join(h.edition(path).Entry.Regions, " ")
	}
	for _, c := range []struct{ countries, chosen, want string }{
		{"Kenya", "", "east-southern-africa"},
		{"Kenya, France", "east-southern-africa", "europe east-southern-africa"}, // nobody touched it: it follows
		{"Kenya, France", "global", "global"},                                    // chosen
		{"Ghana", "global", "global"},                                            // and kept
		{"Ghana", "", "west-central-africa"},
		{"Atlantis", "", ""},
	} {
		if got := regions("countries", c.countries, "wco_region", c.chosen); got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
	if got := h.edition(path).Entry.Countries; !slices.Equal(got, []string{"Atlantis"}) {
		t.Errorf("what is no country was lost: %v", got)
	}
}

// TestAnIdeaIsAskedLittle: what a stage does not need is folded away, and opens where it holds something.
func TestAnIdeaIsAskedLittle(t *testing.T) {
	h := MustHub(t)
	folded := regexp.MustCompile(`<details class="ask askmore"( open)?>`)
	ask := func(stage string, step int) (before string, open bool) {
		body := h.get(fmt.Sprintf("%s/%d", h.begin("Stamps", stage), step)).want(t, 200).Body
		at := folded.FindStringSubmatchIndex(body)
		if at == nil {
			t.Fatalf("%s, step %d: nothing is folded", stage, step)
		}
		return body[:at[0]], at[2] >= 0
	}
	for _, c := range []struct {
		stage   string
		step    int
		field   string
		visible bool
	}{{"idea", 2, "f-outcome", false}, {"idea", 3, "f-metrics", false}, {"idea", 4, "f-sources", false}, {"idea", 2, "f-countries", true},
		{"pilot", 3, "f-metrics", true}, {"pilot", 2, "f-outcome", false}, {"stopped", 2, "f-stopped_why", true}, {"production", 2, "f-started", true}} {
		before, open := ask(c.stage, c.step)
		if got := strings.Contains(before, `id="`+c.field+`"`); got != c.visible || open {
			t.Errorf("%+v: visible %v, the rest open %v", c, got, open)
		}
	}
}

func TestSendingAndWithdrawing(t *testing.T) {
	h := MustHub(t)
	path := h.begin("Stamps", "idea")
	res := h.form(path+"/4", answersWith(4, "go", "send")).want(t, http.StatusUnprocessableEntity)
	for _, want := range []string{"/1?check=1#f-problem", "/2?check=1#f-countries"} {
		if !strings.Contains(res.Body, want) {
			t.Errorf("the refusal does not lead to %s", want)
		}
	}
	path = h.sentIn()
	if body := h.get(path).want(t, 200).Body; !strings.Contains(body, "waits for a curator") || strings.Contains(body, "steplines") {
		t.Error("the page does not say where it stands")
	}
	if e := h.edition(path); e.Usecase != "stamps-that-tell" || e.Version != 1 {
		t.Errorf("it is %s, version %d", e.Usecase, e.Version)
	}
	h.form(path+"/1", answersWith(1)).want(t, http.StatusConflict)
	h.form(path+"/4", answersWith(4, "go", "send")).want(t, http.StatusConflict)
	h.form(path+"/remarks", url.Values{"text": {""}}).want(t, http.StatusUnprocessableEntity)
	if body := h.form(path+"/remarks", url.Values{"text": {"Take your time."}}).want(t, 200).Body; !strings.Contains(body, "Take your time.") {
		t.Error("the remark is not in the thread")
	}
	if body := h.form(path+"/withdraw", url.Values{"reason": {"We thought again."}}).want(t, 200).Body; !strings.Contains(body, "We thought again.") || !strings.Contains(body, "ed-withdrawn") {
		t.Error("it was not withdrawn, or the reason was lost")
	}
	h.form(path+"/withdraw", nil).want(t, http.StatusConflict)
	h.form(path+"/remarks", url.Values{"text": {"Wait."}}).want(t, http.StatusConflict)
}

func TestADraftSurvivesARestart(t *testing.T) {
	dir := t.TempDir()
	h := MustHubIn(t, dir)
	path := h.begin("Stamps", "idea")
	h.form(path+"/1", answersWith(1, "go", "save")).want(t, 200)
	h.end()
	again := MustHubIn(t, dir)
	if body := again.get(path+"/1").want(t, 200).Body; !strings.Contains(body, "Officers cannot tell a forged stamp.") {
		t.Error("the draft did not survive")
	}
	again.form(path+"/2", answersWith(2, "go", "save")).want(t, 200)
}

func TestANewVersionIsSuggested(t *testing.T) {
	h := MustHub(t)
	path := h.sentIn()
	for _, to := range []review.State{review.InReview, review.Approved, review.Published} {
		step := catalog.Step{To: to, By: catalog.Actor{Role: review.Curator, Name: "c-1"}}
		if _, err := h.cfg.Store.Move(t.Context(), h.edition(path).ID, step, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	h.form("/usecases/none/edit", nil).want(t, http.StatusNotFound)
	page := h.do(http.MethodPost, "/usecases/stamps-that-tell/edit", "", "").want(t, 200)
	key := regexp.MustCompile(`/usecases/mine/[a-z0-9]{26}`).FindString(page.Body)
	d := h.edition(key)
	if d.State != review.Draft || d.Usecase != "stamps-that-tell" || d.Entry.Problem != "Officers cannot tell a forged stamp." {
		t.Errorf("the draft is %+v", d)
	}
	h.form(key+"/4", answersWith(4, "id", "another-name", "go", "send")).want(t, 200)
	if d = h.edition(key); d.Version != 2 || d.Usecase != "stamps-that-tell" || d.Entry.ID != d.Usecase {
		t.Errorf("sent in: %+v", d)
	}
	other := regexp.MustCompile(`/usecases/mine/[a-z0-9]{26}`).FindString(h.do(http.MethodPost, "/usecases/stamps-that-tell/edit", "", "").Body)
	if res := h.form(other+"/4", answersWith(4, "go", "send")).want(t, http.StatusConflict); !strings.Contains(res.Body, "under review") {
		t.Errorf("got %.300s", res.Body)
	}
}
