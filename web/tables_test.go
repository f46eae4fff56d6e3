package web

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim"
)

// MustTable gives a hub a store of eight unlike runs.
func MustTable(tb testing.TB) *house {
	tb.Helper()
	h := MustHub(tb)
	for i := range 8 {
		h.stored(fmt.Sprintf("r-%d", i), func(r *pocs.Run) {
			r.PoC, r.Seed = []string{"kalman", "rules", "coin"}[i%3], uint64(i)
			r.Settings, r.Params = sim.Settings{"seals": float64(100 - i)}, pocs.Params{"gate_km": float64(i) / 2}
			r.Started = time.UnixMilli(1e12 + int64(i)*1e9).UTC()
			recall := float64(i%4) / 4
			r.Score.Values = map[string]*float64{"recall": &recall, "nuisance_trips": nil}
			if i == 5 {
				r.Reason, r.Verdict = "detector_timeout", pocs.Fail
			}
		})
	}
	for id, tag := range map[string]string{"r-1": "pilot", "r-2": "pilot", "r-3": `<b>"x" & y`} {
		h.do(http.MethodPut, "/api/v1/runs/"+id+"/tags?tag="+url.QueryEscape(tag), "", "").want(tb, http.StatusOK)
	}
	return h
}

// shown lists the runs of a table in the order in which they stand there.
func shown(body string) (ids []string) {
	for _, part := range strings.Split(body, `data-run="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		ids = append(ids, id)
	}
	return ids
}

// TestColumnsAndOrder: page, API and CSV show the same runs in the same order, with the columns that were chosen.
func TestColumnsAndOrder(t *testing.T) {
	h := MustTable(t)
	for query, want := range map[string]string{
		"":                                "r-7 r-6 r-5 r-4 r-3 r-2 r-1 r-0",
		"sort=set.seals&dir=desc":         "r-0 r-1 r-2 r-3 r-4 r-5 r-6 r-7",
		"sort=recall&dir=asc&cols=recall": "r-0 r-4 r-1 r-5 r-2 r-6 r-3 r-7",
		"sort=tag&dir=desc&cols=tag,param.gate_km": "r-2 r-1 r-3 r-7 r-6 r-5 r-4 r-0",
		"sort=elapsed&cols=elapsed_s":              "r-7 r-6 r-5 r-4 r-3 r-2 r-1 r-0",
		"query=tag+%3D+pilot&cols=commit,digest,note,started,experiment,parent,id,nuisance_trips": "r-2 r-1",
		"query=param.gate_km+%3E+2+AND+NOT+reason+%3D+null&cols=reason&cols=set.seals":            "r-7 r-6 r-5",
	} {
		page := h.get("/runs?"+query).want(t, http.StatusOK)
		checkPage(t, "runs", "en", page)
		var out runsOut
		h.get("/api/v1/runs?"+strings.ReplaceAll(query, "&cols=set.seals", "")).want(t, http.StatusOK).json(t, &out)
		var ids, rows []string
		for _, r := range out.Runs {
			ids = append(ids, r.Run)
		}
		for _, line := range strings.Split(strings.TrimSpace(h.get("/api/v1/runs.csv?"+query).want(t, http.StatusOK).Body), "\n")[1:] {
			rows = append(rows, strings.SplitN(line, ",", 2)[0])
		}
		if got := strings.Join(shown(page.Body), " "); got != want || strings.Join(ids, " ") != want || strings.Join(rows, " ") != want {
			t.Errorf("%s:\npage %s\nAPI  %v\nCSV  %v\nwant %s", query, got, ids, rows, want)
		}
	}
	var out runsOut
	h.get("/api/v1/runs?cols=recall,set.seals,tag,nuisance_trips,started&sort=seed&dir=asc").json(t, &out)
	got, _ := json.Marshal(out.Runs[1].Cells)
	if want := `{"nuisance_trips":null,"recall":0.25,"set.seals":99,"started":"2001-09-20T15:33:20Z","tag":["pilot"]}`; string(got) != want {
		t.Errorf("cells %s, want %s", got, want)
	}
	csv := h.get("/api/v1/runs.csv?cols=recall,set.seals,tag,poc&query=seed+%3D+3").Body
	if want := "run,started,poc,scenario,seed,verdict,state,recall,set.seals,tag\nr-3,2001-10-13T19:06:40Z,coin,"; csv != strings.ReplaceAll(want, "coin,", "kalman,")+`asia-europe,3,unknown,done,0.75,97,"<b>""x"" & y"`+"\n" {
		t.Errorf("got %s", csv)
	}
	page := h.get("/runs?cols=tag,set.seals&query=seed+%3D+3").Body
	for _, want := range []string{`aria-sort="none"><a href="/runs?cols=tag%2Cset.seals&dir=desc&query=seed+%3D+3&sort=set.seals"`,
		`href="/runs?query=tag+%3D+%22%3Cb%3E%5C%22x%5C%22+%26+y%22"`, `value="set.seals"`} {
		if !strings.Contains(html.UnescapeString(page), want) || strings.Contains(page, "<b>") {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestBadColumnsAndOrders(t *testing.T) {
	h := MustTable(t)
	for query, field := range map[string]string{"cols=recal": "cols", "sort=recal": "sort", "dir=up": "dir", "cols=set.": "cols",
		"cols=" + strings.Repeat("set.a%2C", 3) + strings.Join(slices.Repeat([]string{"x"}, 30), ","): "cols", "cols=%3Cscript%3E": "cols"} {
		for _, path := range []string{"/api/v1/runs?", "/api/v1/runs.csv?"} {
			if p := h.get(path+query).want(t, 422).problem(t); p.Field != field || p.Allowed == "" {
				t.Errorf("%s%s: got %+v", path, query, p)
			}
		}
		if body := h.get("/runs?"+query).want(t, 422).Body; strings.Contains(body, "<script>") {
			t.Error("a script came through")
		}
	}
	many := make([]string, 21)
	for i := range many {
		many[i] = fmt.Sprintf("set.s%d", i)
	}
	if p := h.get("/api/v1/runs?cols="+strings.Join(many, ",")).want(t, 422).problem(t); p.Code != "too_many_columns" {
		t.Errorf("got %+v", p)
	}
	if p := h.get("/api/v1/runs?sort=recal").problem(t); !strings.Contains(p.Message, "recall") {
		t.Errorf("no suggestion in %+v", p)
	}
}

// TestDeleteSeveralAndUndo: ticked runs go to the trash together and come back together, into the table as it was.
func TestDeleteSeveralAndUndo(t *testing.T) {
	t.Parallel()
	h := MustTable(t)
	before := len(shown(h.get("/runs").Body))
	res := h.form("/runs/delete", url.Values{"runs": {"r-1", "r-5"}, "back": {"cols=recall&sort=seed&dir=asc&evil=1"}}).want(t, 200)
	checkPage(t, "after delete", "en", res)
	if got := strings.Join(shown(res.Body), " "); got != "r-0 r-2 r-3 r-4 r-6 r-7" || strings.Contains(res.Body, "evil") {
		t.Errorf("got %s", got)
	}
	for _, want := range []string{`action="/runs/restore"`, `name="runs" value="r-1"`, `name="runs" value="r-5"`, "2 runs"} {
		if !strings.Contains(res.Body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	h.get("/runs/r-1").want(t, 404)
	for range 2 { // twice is no error
		res = h.form("/runs/restore", url.Values{"runs": {"r-1", "r-5"}}).want(t, 200)
	}
	if got := len(shown(res.Body)); got != before {
		t.Errorf("%d runs came back of %d", got, before)
	}
	h.form("/runs/delete", nil).want(t, 422)
	h.form("/runs/delete", url.Values{"runs": {"r-2", "r-none"}}).want(t, 404)
	h.get("/runs/r-2").want(t, 200) // none was put aside without the others
	h.form("/runs/delete", url.Values{"runs": make([]string, 201)}).want(t, 422)
	h.do(http.MethodDelete, "/api/v1/runs/r-2", "", "").want(t, 200)
	h.post("/api/v1/runs/r-2/undelete", "").want(t, 200)
	if p := h.post("/api/v1/runs/r-2/undelete", "").want(t, 404).problem(t); p.Field != "run" {
		t.Errorf("got %+v", p)
	}
	if body := h.get("/runs?deleted="+url.QueryEscape(`"><script>alert(1)</script>`)).want(t, 200).Body; strings.Contains(body, "<script>alert") {
		t.Error("a script came through")
	}
}

// TestTagsAndNotes: by form and by API, on runs and experiments, with a way back, and escaped.
func TestTagsAndNotes(t *testing.T) {
	t.Parallel()
	h := MustTable(t)
	x := h.order(strings.Replace(smallPlan, "1..3", "1", 1))
	h.played(x)
	for _, at := range []struct{ list, id string }{{"/runs", "r-7"}, {"/experiments", x}} {
		path := at.list + "/" + at.id
		page := h.form(path+"/tags", url.Values{"tag": {"  <i>two words "}}).want(t, 200)
		checkPage(t, path, "en", page)
		if !strings.Contains(page.Body, "&lt;i&gt;two words</a>") || !strings.Contains(html.UnescapeString(page.Body), at.list+"?query=tag+%3D+%22%3Ci%3Etwo+words%22") {
			t.Errorf("%s does not show the tag", path)
		}
		if list := h.get(at.list+"?query="+url.QueryEscape(`tag = "<i>two words"`)).want(t, 200).Body; !strings.Contains(list, at.id) || !strings.Contains(list, "&lt;i&gt;two words") {
			t.Errorf("the table at %s does not find it", at.list)
		}
		page = h.form(path+"/tags", url.Values{"remove": {"<i>two words"}}).want(t, 200)
		if !strings.Contains(page.Body, `name="tag" value="&lt;i&gt;two words"`) {
			t.Errorf("%s: no way back to the tag", path)
		}
		h.form(path+"/note", url.Values{"note": {"line one\r\n<script>alert(1)</script>"}}).want(t, 200)
		page = h.form(path+"/note", url.Values{"note": {"shorter"}}).want(t, 200)
		if !strings.Contains(page.Body, `value="undo"`) {
			t.Errorf("%s: no way back to the note", path)
		}
		page = h.form(path+"/note", url.Values{"step": {"undo"}}).want(t, 200)
		checkPage(t, path, "en", page)
		if !strings.Contains(page.Body, "line one\n&lt;script&gt;") {
			t.Errorf("%s: the note did not come back", path)
		}
		api := "/api/v1" + path
		var out besideOut
		h.do(http.MethodPut, api+"/tags?tag=p%2Fq", "", "").want(t, 200).json(t, &out)
		h.do(http.MethodPut, api+"/note", "application/json", `{"note":"by API"}`).want(t, 200).json(t, &out)
		if len(out.Tags) != 1 || out.Tags[0] != "p/q" || out.Note != "by API" {
			t.Errorf("got %+v", out)
		}
		if body := h.get(api).want(t, 200).Body; !strings.Contains(body, `"tags":["p/q"]`) || !strings.Contains(body, `"note":"by API"`) {
			t.Errorf("%s lacks them: %.200s", api, body)
		}
		h.do(http.MethodDelete, api+"/tags?tag=p%2Fq", "", "").want(t, 200).json(t, &out)
		if len(out.Tags) != 0 {
			t.Errorf("got %+v", out)
		}
		h.do(http.MethodDelete, api+"/tags?tag=p%2Fq", "", "").want(t, 404)
		for body, status := range map[string]int{`{"note":"` + strings.Repeat("x", 20_001) + `"}`: 422, `{"note":7}`: 422, `{`: 400} {
			h.do(http.MethodPut, api+"/note", "application/json", body).want(t, status)
		}
		if p := h.do(http.MethodPut, api+"/tags?tag="+strings.Repeat("x", 41), "", "").want(t, 422).problem(t); p.Field != "tag" {
			t.Errorf("got %+v", p)
		}
		h.form(path+"/tags", url.Values{"tag": {""}}).want(t, 422)
	}
	for _, path := range []string{"/api/v1/runs/r-none/tags?tag=a", "/api/v1/experiments/x-none/tags?tag=a"} {
		h.do(http.MethodPut, path, "", "").want(t, 404)
	}
	h.form("/runs/r-none/note", url.Values{"note": {"a"}}).want(t, 404)
	h.form("/runs/r-0/note", url.Values{"step": {"undo"}}).want(t, 404)
}

// TestQueryOfExperiments: page, API and CSV find the same, and errors point at the character.
func TestQueryOfExperiments(t *testing.T) {
	h := MustHub(t)
	one := h.order(strings.Replace(smallPlan, "1..3", "1", 1))
	h.played(one)
	two := h.order(strings.NewReplacer("1..3", "1", "name: small", "name: other", "rules, kalman, \"null\"", "rules", "\"kalman: recall >= 0\", \"null: recall > 0.5\"", "").Replace(smallPlan))
	h.played(two)
	for where, want := range map[string]string{
		"": two + " " + one, "poc = kalman": one, "NOT poc = kalman": two, "poc = rules AND name = other": two, "runs >= 3": one,
		"state = done AND question ~ WHICH": two + " " + one, "scenario = asia-europe": "", "created < 2020-01-01 OR arms = 1": two, "tag = x OR note != null": "",
	} {
		q := url.QueryEscape(where)
		var out experimentsOut
		h.get("/api/v1/experiments?query="+q).want(t, 200).json(t, &out)
		var ids []string
		for _, e := range out.Experiments {
			ids = append(ids, e.ID)
		}
		if got := strings.Join(ids, " "); got != want || out.Total != len(ids) {
			t.Errorf("%s: got %q, want %q", where, got, want)
		}
		page := h.get("/experiments?query="+q).want(t, 200)
		checkPage(t, where, "en", page)
		csv := h.get("/api/v1/experiments.csv?query="+q).want(t, 200).Body
		for _, id := range []string{one, two} {
			if there := strings.Contains(want, id); strings.Contains(page.Body, `<a href="/experiments/`+id+`">`) != there || strings.Contains(csv, id) != there {
				t.Errorf("%s: page or CSV differ about %s", where, id)
			}
		}
	}
	var out experimentsOut
	for _, sort := range []string{"sort=name&dir=desc", "sort=runs&dir=asc", "sort=created"} {
		h.get("/experiments?"+sort).want(t, 200)
		if h.get("/api/v1/experiments?"+sort).want(t, 200).json(t, &out); (out.Experiments[0].ID == two) != (sort != "sort=name&dir=desc") {
			t.Errorf("%s: got %s first", sort, out.Experiments[0].Name)
		}
	}
	for where, at := range map[string]string{"pocs = kalman": "character 1:", "poc = kalman AND": "character 17", "runs ~ 3": "character 6"} {
		for _, path := range []string{"/api/v1/experiments?query=", "/api/v1/experiments.csv?query="} {
			if p := h.get(path+url.QueryEscape(where)).want(t, 422).problem(t); p.Field != "query" || !strings.Contains(p.Message, at) || !strings.HasSuffix(p.Drawing, "^") {
				t.Errorf("%s: got %+v", where, p)
			}
		}
		res := h.get("/experiments?query="+url.QueryEscape(where)).want(t, 422)
		checkPage(t, "bad query", "en", res)
		if !strings.Contains(res.Body, "^</pre>") || !strings.Contains(res.Body, where) {
			t.Errorf("%s: the page shows no caret or lost the query", where)
		}
	}
	h.get("/api/v1/experiments?sort=nam").want(t, 422)
	h.get("/api/v1/experiments?sort=name&dir=up").want(t, 422)
}

// TestFormStandsForTheFile: a form with parameters, settings, carrier, profile and base rate orders the same experiment
// as the file that one would write.
func TestFormStandsForTheFile(t *testing.T) {
	h := MustHub(t)
	first := h.get("/experiments").want(t, 200)
	if !strings.Contains(first.Body, `name="params.kalman"`) || !strings.Contains(first.Body, `name="terms.northern-corridor"`) || !strings.Contains(first.Body, "At most 2,000 trials") {
		t.Error("the form lacks fields, or does not say how many trials the host allows")
	}
	form := url.Values{"name": {"small"}, "question": {"Which?"}, "seeds": {"1..2"}, "baseline": {"rules"}, "arm": {"rules", "kalman"}, "scenario": {"northern-corridor"},
		"params.kalman": {"nis=9, 15"}, "set.rules": {"report_interval_s=7200"}, "params.coin": {"not ticked"}, "terms.northern-corridor": {"seals=20; span_days=10"},
		"profile": {"few_misses"}, "carrier": {"direct"}, "base_rate": {"2.5"}, "thresholds": {"rules: recall >= 0"}, "file": {h.planForm().File}, "wrote": {h.planForm().File}, "step": {"start"}}
	hand := `name: small
question: Which?
scenarios: [{name: northern-corridor, set: {seals: 20, span_days: 10}}]
arms: [{poc: rules, set: {report_interval_s: 7200}}, {poc: kalman, params: {nis: [9, 15]}}]
seeds: [1, 2]
baseline: rules
profile: few_misses
base_rate: 2.5
thresholds: ["rules: recall >= 0"]
`
	file, d, err := h.design(hand)
	if err != nil || len(d.Trials()) != 6 {
		t.Fatalf("got %v", err)
	}
	page := h.form("/experiments", form).want(t, 200)
	checkPage(t, "started", "en", page)
	id := h.order(hand)
	out := h.played(id)
	var all experimentsOut
	if h.get("/api/v1/experiments").json(t, &all); all.Total != 1 || out.Hash != file.Hash() || out.Runs != 6 {
		t.Errorf("form and file are %d experiments of %d runs", all.Total, out.Runs)
	}
}

// TestFormKeepsWhatWasWrittenByHand: the box that somebody wrote in is what runs, and stays when the form writes anew.
func TestFormKeepsWhatWasWrittenByHand(t *testing.T) {
	h := MustHub(t)
	wrote := h.planForm().File
	form := func(step, box, kept string, more ...string) answered {
		v := url.Values{"name": {"anew"}, "seeds": {"1"}, "baseline": {"rules"}, "arm": {"rules"}, "scenario": {"land-bridge"},
			"file": {strings.ReplaceAll(box, "\n", "\r\n")}, "wrote": {wrote}, "kept": {kept}, "step": {step}}
		for i := 0; i+1 < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return h.form("/experiments", v)
	}
	box := func(body, id string) string {
		_, rest, _ := strings.Cut(body, `<textarea id="`+id+`"`)
		_, rest, _ = strings.Cut(rest, ">")
		text, _, _ := strings.Cut(rest, "</textarea>")
		return html.UnescapeString(text)
	}
	untouched := form("write", wrote, "").want(t, 200).Body
	if !strings.HasPrefix(box(untouched, "x-file"), `name: "anew"`) || strings.Contains(untouched, `id="x-kept"`) {
		t.Error("what nobody wrote is kept")
	}
	mine := wrote + "# mine <b>\n"
	res := form("write", mine, "").want(t, 200)
	checkPage(t, "kept", "en", res)
	if !strings.HasPrefix(box(res.Body, "x-file"), `name: "anew"`) || oneText(box(res.Body, "x-kept")) != oneText(mine) {
		t.Errorf("my file is gone: %q", box(res.Body, "x-kept"))
	}
	back := form("keep", box(res.Body, "x-file"), mine).want(t, 200).Body
	if oneText(box(back, "x-file")) != oneText(mine) || !strings.HasPrefix(box(back, "x-kept"), `name: "anew"`) {
		t.Error("it cannot be put back")
	}
	for field, value := range map[string]string{"params.rules": "gate", "terms.land-bridge": "seals=1 seals=2", "base_rate": "many", "set.rules": "=3"} {
		res := form("write", mine, "", field, value).want(t, 422)
		checkPage(t, field, "en", res)
		if !strings.Contains(res.Body, `id="summary"`) || oneText(box(res.Body, "x-file")) != oneText(mine) {
			t.Errorf("%s: nothing is said, or my file is gone", field)
		}
	}
	form("start", strings.Replace(mine, "2001..2010", "1", 1), "").want(t, 200)
	var out experimentsOut
	if h.get("/api/v1/experiments").json(t, &out); out.Total != 1 || out.Experiments[0].Name != "filter against rules" {
		t.Errorf("not the box was started: %+v", out)
	}
}

// TestBadDesignsAreRefusedBeforeAnythingRuns: by API and by form, with line and field, and nothing is kept or played.
func TestBadDesignsAreRefusedBeforeAnythingRuns(t *testing.T) {
	h := MustHub(t)
	const head = "scenarios: [northern-corridor]\n"
	for file, want := range map[string]struct {
		field, message string
		line           int
	}{
		head + "arms: [kalmn]\nseeds: 1\n":                                 {"arms[0]", "did you mean kalman", 2},
		head + "arms:\n  - poc: kalman\n    params: {nis: []}\nseeds: 1\n": {"arms[0].params.nis", "empty", 4},
		head + "arms: []\nseeds: 1\n":                                      {"arms", "", 2},
		head + "arms: [kalman]\nseeds: []\n":                               {"seeds", "", 3},
		head + "arms: [kalman]\nseeds: 1..1000000\n":                       {"", "1", 0},
		head + "arms: [kalman]\nseeds: 1..3000\n":                          {"file", "3000 trials; this host allows 2000", 0},
		head + "arms: [kalman]\nseeds: 1\nthresholds:\n  - 'kalman: recall > 0.9'\n  - 'kalman: recall < 0.5'\n":                                   {"thresholds[1]", "contradicts", 6},
		head + "arms: [{poc: kalman, params: {nis: [9, 15]}}]\nseeds: 1\nthresholds:\n  - 'kalman: recall = 1'\n  - 'kalman nis=9: recall != 1'\n": {"thresholds[1]", "contradicts", 6},
	} {
		body, _ := json.Marshal(map[string]string{"file": file})
		p := h.post("/api/v1/experiments", string(body)).want(t, 422).problem(t)
		if want.field != "" && p.Field != want.field || !strings.Contains(p.Message, want.message) || p.Line != want.line && want.line > 0 {
			t.Errorf("%s: got %+v", file, p)
		}
		res := h.form("/experiments", url.Values{"file": {file}, "step": {"start"}}).want(t, 422)
		if !strings.Contains(html.UnescapeString(res.Body), p.Message) {
			t.Errorf("%s: the form does not say %q", file, p.Message)
		}
	}
	var out experimentsOut
	var runs runsOut
	h.get("/api/v1/experiments").json(t, &out)
	h.get("/api/v1/runs").json(t, &runs)
	if out.Total != 0 || runs.Total != 0 {
		t.Errorf("%d experiments and %d runs are kept", out.Total, runs.Total)
	}
}
