package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/sim/attacks"
	"sealab/sim/event"
	"sealab/sim/seal"
)

// TestEveryFindingHasAPage: in words, with its messages; the judge's word only after the reveal.
func TestEveryFindingHasAPage(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	for _, poc := range []string{"kalman", "coin"} {
		id := h.MustRun(poc, "")
		var run runJSON
		h.get("/api/v1/runs/"+id).json(t, &run)
		for n := 1; n <= min(run.Findings, 12); n++ {
			var x explanationJSON
			h.get(fmt.Sprintf("/api/v1/runs/%s/findings/%d/explanation", id, n)).want(t, 200).json(t, &x)
			if x.N != n || !x.Says || (len(x.Messages) > 0) != (poc == "kalman") || x.Sort != "" || x.Incident != "" || x.Alike != "" {
				t.Errorf("%s finding %d: got %+v", poc, n, x)
			}
			page := h.get(fmt.Sprintf("/runs/%s/findings/%d", id, n)).want(t, 200).Body
			if strings.Count(page, `class="told is-trigger"`) != len(x.Messages[:min(1, len(x.Messages))]) || strings.Contains(page, "so-") {
				t.Errorf("%s finding %d: the page does not mark what set it off, or tells the judge's word", poc, n)
			}
			for _, m := range x.Messages {
				if m.At > x.At || m.Payload == "" || m.What == "" {
					t.Errorf("%s finding %d rests on %+v", poc, n, m)
				}
			}
		}
		if body := h.get("/runs/" + id).Body; !strings.Contains(body, `href="/runs/`+id+`/findings/1"`) {
			t.Error("the run's page does not lead to the explanation")
		}
		h.post("/api/v1/runs/"+id+"/reveal", "").want(t, 200)
		var x explanationJSON
		h.get("/api/v1/runs/"+id+"/findings/1/explanation").json(t, &x)
		if page := h.get("/runs/" + id + "/findings/1").Body; x.Sort == "" || !strings.Contains(page, "so-"+x.Sort) {
			t.Errorf("%s: after the reveal the judge's word is %q", poc, x.Sort)
		}
	}
}

// TestFindingThatIsNotExplained: the page says that it shows what was heard, not what the detector went by; and that
// other code, a live run and numbers that are not there cannot be explained.
func TestFindingThatIsNotExplained(t *testing.T) {
	mute := pocs.PoC{Name: "mute", Challenge: "seals", Doc: "Accuses whoever speaks.", New: func(pocs.Setup) (pocs.Detector, error) { return &accuser{}, nil }}
	h := MustHub(t, func(c *Config) { c.PoCs = append(c.PoCs[:len(c.PoCs):len(c.PoCs)], mute) })
	id := h.MustRun("mute", "")
	var x explanationJSON
	h.get("/api/v1/runs/"+id+"/findings/3/explanation").want(t, 200).json(t, &x)
	if x.Says || len(x.Messages) == 0 {
		t.Errorf("got %+v", x)
	}
	if page := h.get("/runs/" + id + "/findings/3").Body; !strings.Contains(page, "does not say what its findings rest on") {
		t.Error("the page does not say that the detector does not say")
	}
	run, err := h.cfg.Store.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*pocs.Run){
		"r-other": func(r *pocs.Run) { r.Commit, r.Seed = "fedcba", 8 },
		"r-live":  func(r *pocs.Run) { r.Carrier = "live" },
		"r-big":   func(r *pocs.Run) { r.Readings = explainedReadings + 1 },
	} {
		other := *run
		other.ID = name
		change(&other)
		if err := h.cfg.Store.SaveRun(t.Context(), &other); err != nil {
			t.Fatal(err)
		}
		p := h.get("/api/v1/runs/"+name+"/findings/3/explanation").want(t, http.StatusConflict).problem(t)
		if !contains(p.Message, "Code differs: it was made by fedcba|carried live|too many to play") {
			t.Errorf("%s: got %+v", name, p)
		}
		h.get("/runs/"+name+"/findings/3").want(t, http.StatusConflict)
	}
	for _, n := range []string{"0", "-1", "99999", "x", "1e3"} {
		h.get("/runs/"+id+"/findings/"+n).want(t, 404)
		h.get("/api/v1/runs/"+id+"/findings/"+n+"/explanation").want(t, 404)
	}
	h.get("/runs/r-none/findings/1").want(t, 404)
}

// TestEveryIncidentHasAPage: hidden before the reveal, then with its act, its first message and what was said.
func TestEveryIncidentHasAPage(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id, other := h.MustRun("null", ""), h.MustRun("kalman", "")
	run, err := h.cfg.Store.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	at := func(in string) string { return "/runs/" + id + "/incidents/" + url.PathEscape(in) }
	first := run.Truth.Incidents[0].ID
	for _, path := range []string{at(first), at("no/such"), "/runs/" + id + "/incidents/" + first} {
		body := h.get(path).want(t, http.StatusForbidden).Body
		if !strings.Contains(body, `action="/runs/`+id+`/reveal"`) || strings.Contains(body, run.Truth.Incidents[0].Container) {
			t.Errorf("%s: no button to reveal it, or it is told", path)
		}
		h.get("/api/v1"+path).want(t, http.StatusForbidden)
	}
	if body := h.form("/runs/"+id+"/reveal", url.Values{"back": {at(first)}}).want(t, 200).Body; !strings.Contains(body, run.Truth.Incidents[0].Container) {
		t.Error("the reveal does not lead back to the incident")
	}
	fates := map[string]bool{}
	for i := range run.Truth.Incidents {
		in := &run.Truth.Incidents[i]
		var x sightingJSON
		h.get("/api/v1"+at(in.ID)).want(t, 200).json(t, &x)
		if in.Hostile || i < 20 {
			page := h.get(at(in.ID)).want(t, 200).Body
			if !strings.Contains(page, in.Container) || in.Hostile && x.Doc == "" {
				t.Errorf("%s: the page lacks the container, or the answer what was done", in.ID)
			}
		}
		if (x.First != nil) && !in.Heard() || x.Found || x.ID != in.ID || (x.First == nil) != (x.Shown == 0) {
			t.Errorf("%s: got %+v", in.ID, x)
		}
		if in.Hostile && in.Heard() {
			fates[x.Comparison] = true
			if len(x.Others) != 1 || x.Others[0].Run != other {
				t.Errorf("%s: the other run in this world is not told of: %+v", in.ID, x.Others)
			}
		}
	}
	if !fates["twin"] || !fates["nothing"] {
		t.Errorf("comparisons with the honest twin: %v", fates)
	}
	for i := range run.Truth.Incidents { // caught ones, on the other run's pages
		if in := run.Truth.Incidents[i]; in.Hostile {
			h.form("/runs/"+other+"/reveal", nil)
			if body := h.get("/runs/"+other+"/incidents/"+in.ID).want(t, 200).Body; !strings.Contains(body, in.Container) {
				t.Errorf("%s: the other run's page lacks it", in.ID)
			}
		}
	}
	h.get(at("no/such")).want(t, 404)
	if body := h.get("/runs/" + id).Body; !strings.Contains(body, `href="`+at(first)) && !strings.Contains(body, "Why was it missed?") {
		t.Error("the run's page does not ask why")
	}
}

// TestMissesAreThreeClicksAway: live page → run → reveal is one's own choice → why.
func TestMissesAreThreeClicksAway(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("passive", "")
	if body := h.get("/").Body; !strings.Contains(body, `href="/runs/`+id+`"`) {
		t.Error("the live page does not lead to the newest run")
	}
	if body := h.form("/runs/"+id+"/reveal", nil).Body; !strings.Contains(body, "/runs/"+id+"/incidents/") {
		t.Error("the revealed run does not lead to its incidents")
	}
}

// TestFieldsOfExplanationsHaveTexts: what pages show in words is not shown as a path.
func TestFieldsOfExplanationsHaveTexts(t *testing.T) {
	texts, err := loadTexts(languageFiles)
	if err != nil {
		t.Fatal(err)
	}
	for lang, list := range texts {
		for f := range seal.Field(seal.NumFields) {
			path := seal.Fields[f].Path
			shown := false
			for _, kind := range attacks.Hostile() {
				for _, g := range fieldsFor(kind.Name) {
					shown = shown || f == g
				}
			}
			if shown && !list.Has("field."+path) {
				t.Errorf("%s has no text for field.%s", lang, path)
			}
		}
		for _, sort := range []pocs.Sort{pocs.Hit, pocs.Repeat, pocs.Neither, pocs.False} {
			if !list.Has("heard." + string(sort)) {
				t.Errorf("%s has no text for heard.%s", lang, sort)
			}
		}
	}
}

// accuser speaks at every message and does not say why.
type accuser struct{}

func (*accuser) Step(b event.Batch) ([]pocs.Finding, error) {
	var said []pocs.Finding
	for _, e := range b.Events {
		if r, ok := e.Message.(*seal.Reading); ok && r.Container != "" && r.Val[seal.Seq]%50 == 0 {
			said = append(said, pocs.Finding{Container: r.Container, Kind: "bolt_cut", Level: 500, Why: "It spoke."})
		}
	}
	return said, nil
}

// TestAnotherWorldExplainsNothing: other code may come to the same finding in another world. What is said there was not
// what the detector heard.
func TestAnotherWorldExplainsNothing(t *testing.T) {
	there := MustHub(t, func(c *Config) { c.Commit = otherCommit })
	run := there.MustRun("rules", "")
	here := MustHub(t, func(c *Config) { c.Store = there.cfg.Store })
	r, err := here.cfg.Store.Run(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	if err := here.cfg.Store.NoteWorld(t.Context(), r.WorldDigest, here.cfg.Commit, false); err != nil {
		t.Fatal(err)
	}
	here.post("/api/v1/runs/"+run+"/reveal", "").want(t, 200)
	incident := url.PathEscape(r.Truth.Incidents[0].ID)
	for _, path := range []string{"/api/v1/runs/" + run + "/findings/1/explanation", "/api/v1/runs/" + run + "/incidents/" + incident} {
		if p := here.get(path).want(t, 409).problem(t); !strings.Contains(p.Message, otherCommit[:7]) {
			t.Errorf("%s: got %+v", path, p)
		}
	}
	for _, path := range []string{"/runs/" + run + "/findings/1", "/runs/" + run + "/incidents/" + incident} {
		page := here.get(path).want(t, 409)
		checkPage(t, "another world", "en", page)
	}
}
