package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
)

func TestStartRunGivesItsScore(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("kalman", `,"params":{}`)
	var run runJSON
	h.get("/api/v1/runs/"+id).want(t, 200).json(t, &run)
	if run.State != stateDone || run.Score["score_balanced"] == nil || run.Digest == "" || run.Readings == 0 || run.Settings["seals"] != 20 {
		t.Errorf("got %+v", run)
	}
	var list runsOut
	h.get("/api/v1/runs?poc=kalman&limit=10").want(t, 200).json(t, &list)
	if list.Total != 1 || list.Runs[0].Run != id {
		t.Errorf("got %+v", list)
	}
	again := h.MustRun("kalman", "")
	var twin runJSON
	h.get("/api/v1/runs/"+again).json(t, &twin)
	if twin.Digest != run.Digest {
		t.Errorf("the same order gave digests %s and %s", run.Digest, twin.Digest)
	}
}

func TestTruthIsHiddenUntilRevealed(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("kalman", "")
	base := "/api/v1/runs/" + id
	for _, path := range []string{base + "/truth", base + "/truth.csv"} {
		if p := h.get(path).want(t, http.StatusForbidden).problem(t); p.Code != "truth_hidden" {
			t.Errorf("%s: got code %q", path, p.Code)
		}
	}
	var before, after findingsOut
	h.get(base+"/findings").json(t, &before)
	page := h.get("/runs/" + id).Body
	if strings.Contains(page, "truthlist") || strings.Contains(page, "f-missed") {
		t.Error("the page shows the truth before the reveal")
	}
	h.post(base+"/reveal", "").want(t, 200)
	var truth truthOut
	h.get(base+"/truth").want(t, 200).json(t, &truth)
	h.get(base+"/truth.csv").want(t, 200)
	h.get(base+"/findings").json(t, &after)
	if len(truth.Incidents) == 0 || before.Revealed || !after.Revealed {
		t.Errorf("got %d incidents, revealed %v then %v", len(truth.Incidents), before.Revealed, after.Revealed)
	}
	for _, f := range before.Findings {
		if f.Sort != "" || f.Incident != "" || f.DelayS != nil {
			t.Errorf("a finding told the judge's word before the reveal: %+v", f)
		}
	}
	if page = h.get("/runs/" + id).Body; !strings.Contains(page, "truthlist") {
		t.Error("the page does not show the truth after the reveal")
	}
	h.visitor.Jar = nil // another visitor
	h.get(base+"/truth").want(t, http.StatusForbidden)
}

func TestRevealByForm(t *testing.T) {
	h := MustHub(t)
	c := h.MustRun("passive", "")
	if res := h.form("/runs/"+c+"/reveal", nil); !strings.Contains(res.want(t, 200).Body, "truthlist") {
		t.Error("the form does not lead back to the revealed run")
	}
	h.form("/runs/r-none/reveal", nil).want(t, 404)
}

func TestPlanHidesWhatWillHappen(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("kalman", "")
	body := h.get("/api/v1/runs/" + id + "/plan").Body
	run, err := h.cfg.Store.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range run.Truth.Incidents {
		if strings.Contains(body, in.ID) || strings.Contains(body, in.Kind) {
			t.Fatalf("the plan names the incident %s", in.ID)
		}
	}
}

func TestCancel(t *testing.T) {
	h := MustHub(t)
	h.desk.slots = make(chan struct{}) // no core is free: every run waits
	var started startedOut
	h.post("/api/v1/runs", `{"poc":"kalman","scenario":"asia-europe","seed":7}`).want(t, 202).json(t, &started)
	var run runJSON
	h.get("/api/v1/runs/"+started.ID).json(t, &run)
	if run.State != stateQueued {
		t.Errorf("got state %q", run.State)
	}
	if body := h.get("/runs/"+started.ID).want(t, 200).Body; !strings.Contains(body, `id="progress"`) {
		t.Error("the page of a waiting run shows no progress")
	}
	h.get("/api/v1/runs/"+started.ID+"/findings").want(t, http.StatusConflict)
	h.do(http.MethodDelete, "/api/v1/runs/"+started.ID, "", "").want(t, 200)
	if last := h.until(started.ID); last.State != stateCancelled {
		t.Errorf("got state %q", last.State)
	}
	h.get("/runs/"+started.ID).want(t, 200)
	h.form("/runs/"+started.ID+"/cancel", nil).want(t, http.StatusConflict)
}

func TestDeletePutsAside(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("null", "")
	h.do(http.MethodDelete, "/api/v1/runs/"+id, "", "").want(t, 200)
	h.get("/api/v1/runs/"+id).want(t, 404)
}

func TestTooManyRunsAreRefused(t *testing.T) {
	h := MustHub(t)
	h.desk.slots = make(chan struct{})
	for range maxJobs {
		h.post("/api/v1/runs", `{"poc":"null","scenario":"land-bridge","seed":1}`).want(t, 202)
	}
	if p := h.post("/api/v1/runs", `{"poc":"null","scenario":"land-bridge","seed":1}`).want(t, 429).problem(t); p.Code != "too_many_runs" {
		t.Errorf("got %+v", p)
	}
}

func TestBadInputNamesTheField(t *testing.T) {
	h := MustHub(t)
	good := `"poc":"kalman","scenario":"asia-europe","seed":7`
	for _, c := range []struct {
		body          string
		status        int
		field, allows string
	}{
		{`{"poc":"kalmann","scenario":"asia-europe","seed":7}`, 422, "poc", "kalman"},
		{`{"poc":"kalman","scenario":"asia-eurpe","seed":7}`, 422, "scenario", "asia-europe"},
		{`{"poc":"kalman","scenario":"asia-europe","seed":9007199254740992}`, 422, "seed", "9007199254740991"},
		{`{"poc":"kalman","scenario":"asia-europe","seed":-1}`, 422, "seed", "0"},
		{`{"poc":"kalman","scenario":"asia-europe","seed":1.5}`, 422, "seed", "whole|integer"},
		{`{"poc":"kalman","scenario":"asia-europe","seed":1e999}`, 400, "body", "1e999"},
		{`{"poc":"kalman","scenario":"asia-europe"}`, 422, "seed", "must be given"},
		{`{` + good + `,"settings":{"seels":10}}`, 422, "settings.seels", "seals"},
		{`{` + good + `,"settings":{"seals":5}}`, 422, "settings.seals", "from 10 to 100000"},
		{`{` + good + `,"settings":{"seals":"many"}}`, 422, "settings.seals", "whole number"},
		{`{` + good + `,"settings":{"seals":[1]}}`, 422, "settings.seals", "number"},
		{`{` + good + `,"params":{"nope":1}}`, 422, "params.nope", ""},
		{`{` + good + `,"carrier":"pigeon"}`, 422, "carrier", "direct"},
		{`{` + good + `,"oops":1}`, 422, "oops", "unexpected"},
		{`{` + good + `} trailing`, 400, "body", "after top-level"},
		{`not json`, 400, "body", "invalid"},
		{``, 400, "", ""},
	} {
		res := h.post("/api/v1/runs", c.body)
		if res.Status != c.status {
			t.Errorf("%s: got %d, want %d: %s", c.body, res.Status, c.status, res.Body)
			continue
		}
		p := res.problem(t)
		if !oneOfThese(p.Field, c.field) || !contains(p.Allowed, c.allows) || p.Code == "" || p.Message == "" {
			t.Errorf("%s: got %+v", c.body, p)
		}
	}
	if len(h.desk.open()) != 0 {
		t.Error("a bad order was taken")
	}
}

func oneOfThese(got, want string) bool {
	for _, w := range strings.Split(want, "|") {
		if got == w {
			return true
		}
	}
	return false
}

func contains(text, any string) bool {
	for _, w := range strings.Split(any, "|") {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func TestBadQueries(t *testing.T) {
	h := MustHub(t)
	for path, field := range map[string]string{
		"/api/v1/runs?state=odd": "state", "/api/v1/runs?sort=odd": "sort", "/api/v1/runs?dir=odd": "dir",
		"/api/v1/runs?verdict=odd": "verdict", "/api/v1/runs?seed=x": "seed", "/api/v1/runs?limit=0": "limit",
		"/api/v1/runs?page=0": "page", "/api/v1/compare": "runs", "/api/v1/runs.csv?sort=odd": "sort",
		"/api/v1/compare?runs=" + strings.Repeat("r-a,r-b,r-c,", 1) + manyIDs(30): "runs",
	} {
		if p := h.get(path).want(t, 422).problem(t); p.Field != field {
			t.Errorf("%s: got %+v", path, p)
		}
	}
	for _, path := range []string{"/api/v1/runs/r-none", "/api/v1/runs/..%2f..", "/api/v1/nowhere", "/api/v1/runs/r-none/plan",
		"/api/v1/runs/r-none/truth", "/api/v1/runs/r-none/findings.csv", "/api/v1/runs/r-none/progress", "/assets/manifest.json",
		"/assets/.gitkeep", "/assets/../server.go", "/static/../server.go", "/i18n/xx.json"} {
		h.get(path).want(t, 404)
	}
	for _, path := range []string{"/api/v1/live/snapshot", "/api/v1/live/plan", "/api/v1/live/frames", "/api/v1/containers/SLBU1000000"} {
		h.get(path).want(t, http.StatusServiceUnavailable)
	}
}

func manyIDs(n int) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("r-%d", i))
	}
	return strings.Join(out, ",")
}

func TestFormKeepsWhatWasTyped(t *testing.T) {
	h := MustHub(t)
	res := h.form("/runs", map[string][]string{"poc": {"kalman"}, "scenario": {"asia-europe"}, "seed": {"9007199254740992"},
		"carrier": {"direct"}, "settings.seals": {"3"}, "settings.attacks": {"2"}, "settings.assumption.nope": {"1"}}).want(t, 422)
	for _, want := range []string{`value="9007199254740992"`, `name="settings.seals"`, `value="3"`, `value="2"`, `aria-invalid="true"`,
		`class="summary"`, `from 10 to 100000`, "assumption.nope"} {
		if !strings.Contains(res.Body, want) {
			t.Errorf("the form that comes back lacks %s", want)
		}
	}
	res = h.form("/runs", map[string][]string{"step": {"choose"}, "poc": {"rules"}, "scenario": {"land-bridge"}, "seed": {"5"}}).want(t, 200)
	if !strings.Contains(res.Body, "<option selected>rules") || !strings.Contains(res.Body, `value="5"`) {
		t.Error("choosing another detector lost the form")
	}
	res = h.form("/runs", map[string][]string{"poc": {"null"}, "scenario": {"land-bridge"}, "seed": {"5"}, "carrier": {"direct"}, "settings.seals": {"10"}}).want(t, 200)
	if !strings.Contains(res.Body, `data-page="run"`) {
		t.Error("a good form does not lead to the run")
	}
}

func TestCSVIsDefused(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+x": "'+x", "-x": "'-x", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "\n=1": "'\n'=1",
		"＝1": "'＝1", "a;=1;b": "a;'=1;b", "a\n- b\n-3": "a\n'- b\n'-3", "a\t@b": "a\t'@b", "a-b=c; -5": "a-b=c; -5",
		"-1.5": "-1.5", "x=1": "x=1", "": ""} {
		if got := defuse(in); got != want {
			t.Errorf("defuse(%q) = %q, want %q", in, got, want)
		}
	}
	h := MustHub(t)
	x := h.order("scenarios: [{name: land-bridge, set: {seals: 20, span_days: 10}}]\narms: [{poc: rules, name: \"=1+1\"}, \"null\"]\nseeds: 1\n")
	h.played(x)
	if body := h.get("/experiments/"+x+"?csv=matrix").want(t, 200).Body; !strings.Contains(body, ",'=1+1,'=1+1 delay_s,") {
		t.Errorf("an arm's name is a formula: %.200s", body)
	}
	h.stored("r-evil", func(r *pocs.Run) {
		r.Reason = `=HYPERLINK("http://evil.example")`
		r.Findings = []pocs.Finding{{At: time.UnixMilli(1e12), Container: "SLBU1000000", Kind: "+kind", Level: 900, Why: "@why"}}
	})
	for _, path := range []string{"/api/v1/runs.csv", "/api/v1/runs/r-evil/findings.csv", "/api/v1/compare.csv?runs=r-evil"} {
		res := h.get(path).want(t, 200)
		rows, err := csv.NewReader(strings.NewReader(res.Body)).ReadAll()
		if err != nil || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/csv") {
			t.Fatalf("%s: %v, %s", path, err, res.Header.Get("Content-Type"))
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+@\t\r", rune(cell[0])) {
					t.Errorf("%s: the cell %q would be run", path, cell)
				}
			}
		}
	}
}

func TestOpenAPIHoldsEveryRoute(t *testing.T) {
	h := MustHub(t)
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]json.RawMessage
		Components struct{ Schemas map[string]json.RawMessage }
	}
	res := h.get("/api/v1/openapi.json").want(t, 200)
	res.json(t, &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("got version %q", doc.OpenAPI)
	}
	for _, ref := range refs.FindAllStringSubmatch(res.Body, -1) {
		if _, ok := doc.Components.Schemas[ref[1]]; !ok {
			t.Errorf("nothing is behind the reference to %s", ref[1])
		}
	}
	known := map[string]bool{}
	for path, ops := range doc.Paths {
		for method := range ops {
			known[strings.ToUpper(method)+" "+path] = true
		}
	}
	for _, r := range h.engine.Routes() {
		if !strings.HasPrefix(r.Path, apiBase) || strings.Contains(r.Path, "/openapi") {
			continue
		}
		path := params.ReplaceAllString(r.Path, "{$1}")
		if !known[r.Method+" "+path] {
			t.Errorf("%s %s is not in the document", r.Method, path)
		}
		delete(known, r.Method+" "+path)
	}
	for left := range known {
		t.Errorf("the document holds %s, which nothing serves", left)
	}
}

var (
	refs   = regexp.MustCompile(`#/components/schemas/([A-Za-z0-9]+)`)
	params = regexp.MustCompile(`[:*]([a-z]+)`)
)

func TestLists(t *testing.T) {
	h := MustHub(t)
	for path, least := range map[string]int{"pocs": 6, "scenarios": 3, "attacks": 9, "measures": 20} {
		var list []map[string]any
		h.get("/api/v1/"+path).want(t, 200).json(t, &list)
		if len(list) < least || list[0]["name"] == "" {
			t.Errorf("%s: got %d entries", path, len(list))
		}
	}
}
