package web

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/pocs/all"
)

const otherCommit = "fedcba9876543210fedcba9876543210fedcba98"

// otherPhysics is the code of another hub: under the same names its worlds begin an hour later.
func otherPhysics(c *Config) {
	c.Commit = otherCommit
	c.Challenges = slices.Clone(all.Challenges)
	for i := range c.Challenges {
		c.Challenges[i].Scenarios = slices.Clone(c.Challenges[i].Scenarios)
		for k := range c.Challenges[i].Scenarios {
			sc := &c.Challenges[i].Scenarios[k]
			sc.Start = sc.Start.Add(time.Hour)
		}
	}
}

// upload sends a bundle through the form.
func (h *house) upload(file []byte) answered {
	h.tb.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("bundle", "x.zip")
	if err != nil {
		h.tb.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		h.tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		h.tb.Fatal(err)
	}
	return h.do(http.MethodPost, "/experiments/import", w.FormDataContentType(), body.String())
}

// checked waits until nothing is checked any more and returns what came of it.
func (h *house) checked(id string) (out proofJSON) {
	h.tb.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		out = proofJSON{}
		if h.get("/api/v1/experiments/"+id+"/proof").want(h.tb, 200).json(h.tb, &out); out.Checking == nil {
			return out
		}
	}
	h.tb.Fatal("the check did not end")
	return out
}

func (h *house) bundle(id, events string) []byte {
	h.tb.Helper()
	res := h.get("/experiments/"+id+"/bundle?events="+events).want(h.tb, 200)
	if res.Header.Get("Content-Type") != "application/zip" || !strings.Contains(res.Header.Get("Content-Disposition"), id+".zip") {
		h.tb.Errorf("got %v", res.Header)
	}
	return []byte(res.Body)
}

func TestManifestOfARun(t *testing.T) {
	h := MustHub(t)
	id := h.MustRun("rules", "")
	var m proof.Manifest
	h.get("/api/v1/runs/"+id+"/manifest").want(t, 200).json(t, &m)
	sums, err := h.cfg.Store.Sealed(t.Context(), id)
	if err != nil || m.Run != id || m.Version != 1 || m.Settings["seals"] != 20 || m.Digests.Record != sums.Record || m.Digests.Truth != sums.Truth || m.Modified || m.DiceSeed == 0 {
		t.Errorf("got %+v, %v", m, err)
	}
	page := h.get("/runs/"+id).want(t, 200)
	checkPage(t, "run", "en", page)
	for _, want := range []string{m.Digests.Record, m.Digests.Truth, `id="proof"`, "Not checked by the code"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	h.get("/api/v1/runs/r-none/manifest").want(t, 404)
}

func TestProofOfAnExperiment(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(strings.Replace(smallPlan, "1..3", "1..2", 1))
	h.played(id)
	page := h.get("/experiments/"+id+"/proof").want(t, 200)
	checkPage(t, "proof", "en", page)
	if !strings.Contains(page.Body, "was not asked yet") || !strings.Contains(page.Body, h.cfg.Commit) {
		t.Error("it says nothing of an open question")
	}
	res := h.form("/experiments/"+id+"/verify", nil).want(t, 200)
	checkPage(t, "checking", "en", res)
	out := h.checked(id)
	if len(out.Answers) != 1 || out.Answers[0] != (proof.Count{Answer: proof.Reproduced, Runs: 6}) || out.Unchecked != 0 || out.Last == nil || out.Last.Digest == "" || out.Origin != nil {
		t.Fatalf("got %+v", out)
	}
	page = h.get("/experiments/"+id+"/proof").want(t, 200)
	checkPage(t, "proof, checked", "en", page)
	if strings.Count(page.Body, "an-reproduced") != 7 || page.Header.Get("Refresh") != "" {
		t.Errorf("the page shows %d answers", strings.Count(page.Body, "an-reproduced"))
	}
	if body := h.get("/runs/" + out.Runs[0].Run).Body; !strings.Contains(body, "an-reproduced") {
		t.Error("the run's page does not show the answer")
	}
	newer := MustHub(t, func(c *Config) { c.Store, c.Commit = h.cfg.Store, otherCommit })
	if again := newer.checked(id); again.Unchecked != 6 || again.Last != nil || len(again.Answers) != 0 {
		t.Errorf("another code's answers were taken: %+v", again)
	}
	for _, r := range out.Runs {
		h.do(http.MethodDelete, "/api/v1/runs/"+r.Run, "", "")
	}
	bare := h.get("/experiments/"+id+"/proof").want(t, 200)
	checkPage(t, "nothing to prove", "en", bare)
	if !strings.Contains(bare.Body, "Nothing to prove yet") {
		t.Error("an experiment whose runs were deleted is said to be proved")
	}
	refused := h.get("/experiments/"+id+"/bundle").want(t, 409)
	checkPage(t, "no bundle", "en", refused)
	if !strings.Contains(refused.Body, "was deleted") {
		t.Errorf("got %.500s", refused.Body)
	}
	h.get("/experiments/x-none/proof").want(t, 404)
	h.form("/experiments/x-none/verify", nil).want(t, 404)
	h.get("/experiments/x-none/bundle").want(t, 404)
	h.get("/experiments/"+id+"/bundle?events=most").want(t, 422)
}

func TestBundleGoesFromHubToHub(t *testing.T) {
	t.Parallel()
	there, here := MustHub(t), MustHub(t)
	id := there.order(strings.Replace(smallPlan, "1..3", "1..2", 1))
	there.played(id)
	file := there.bundle(id, "some")
	res := here.upload(file).want(t, 200)
	checkPage(t, "imported", "en", res)
	if !strings.Contains(res.Body, "Imported: every byte") {
		t.Errorf("got %.500s", res.Body)
	}
	out := here.checked(id)
	if len(out.Answers) != 1 || out.Answers[0].Answer != proof.Reproduced || out.Origin == nil || out.Last.Same == nil || !*out.Last.Same {
		t.Fatalf("got %+v", out)
	}
	for _, path := range []string{"/experiments/" + id, "/experiments/" + id + "?measures=all", "/experiments/" + id + "/report"} {
		if a, b := there.get(path).want(t, 200).Body, here.get(path).want(t, 200).Body; a != b {
			t.Errorf("%s is another page", path)
		}
	}
	if body := here.get("/experiments/" + id + "/proof").Body; !strings.Contains(body, "The conclusion is the one that was published.") {
		t.Error("the page does not say that the conclusion is the same")
	}
	if again := here.upload(file).want(t, 200); !strings.Contains(again.Body, id) {
		t.Error("the same bundle twice is no import")
	}
	here.checked(id)
	if !bytes.Equal(here.bundle(id, "some"), file) {
		t.Error("the importing hub gives another bundle")
	}
}

// TestOtherCodeIsShownAsItWasHeard: messages and map are those of the hub that made the run.
func TestOtherCodeIsShownAsItWasHeard(t *testing.T) {
	t.Parallel()
	there, here := MustHub(t, otherPhysics), MustHub(t)
	id := there.order(strings.Replace(smallPlan, "1..3", "1", 1))
	there.played(id)
	here.upload(there.bundle(id, "all")).want(t, 200)
	out := here.checked(id)
	if len(out.Answers) != 1 || out.Answers[0].Answer != proof.CodeDiffers {
		t.Fatalf("got %+v", out)
	}
	page := here.get("/experiments/"+id+"/proof").want(t, 200)
	checkPage(t, "differs", "en", page)
	if !strings.Contains(page.Body, "do not come out again") || !strings.Contains(page.Body, otherCommit) {
		t.Error("the proof does not say that the code differs")
	}
	run := out.Runs[0].Run
	if r, err := here.cfg.Store.Run(t.Context(), run); err != nil {
		t.Fatal(err)
	} else if kept, err := here.cfg.Store.Kept(t.Context(), r.WorldDigest); kept == nil || err != nil {
		t.Fatalf("its world was not kept: %v", err)
	}
	const banner = "Shown from the messages that were kept"
	for _, path := range []string{"/api/v1/runs/" + run + "/plan", "/api/v1/runs/" + run + "/findings", "/api/v1/runs/" + run} {
		if a, b := there.get(path).want(t, 200).Body, here.get(path).want(t, 200).Body; a != b {
			t.Errorf("%s is another: %.200s … %.200s", path, a, b)
		}
	}
	var plan planJSON
	here.get("/api/v1/runs/"+run+"/plan").json(t, &plan)
	if plan.Run != run || len(plan.Containers) != 20 {
		t.Errorf("got a plan of %q with %d containers", plan.Run, len(plan.Containers))
	}
	for _, box := range plan.Containers[:5] {
		path := "/api/v1/containers/" + box.C + "?run=" + run
		var a, b story
		there.get(path).want(t, 200).json(t, &a)
		here.get(path).want(t, 200).json(t, &b)
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		if !bytes.Equal(x, y) || b.Messages.Total == 0 {
			t.Errorf("%s: %d messages there, %d here", box.C, a.Messages.Total, b.Messages.Total)
		}
		page := here.get("/containers/"+box.C+"?run="+run).want(t, 200)
		checkPage(t, "container", "en", page)
		if !strings.Contains(page.Body, banner) || !strings.Contains(page.Body, otherCommit[:7]) {
			t.Error("the container's page does not say where the messages are from")
		}
		if strings.Contains(there.get("/containers/"+box.C+"?run="+run).Body, banner) {
			t.Error("the hub that made the run says that it did not")
		}
	}
	if p := here.get("/api/v1/runs/"+run+"/findings/1/explanation").want(t, 409).problem(t); !strings.Contains(p.Allowed, "?run="+run) {
		t.Errorf("the explanation does not lead to what was kept: %+v", p)
	}
	if body := here.get("/runs/"+run).want(t, 200).Body; !strings.Contains(body, banner) {
		t.Error("the run's page does not say it")
	}
}

// TestOtherCodeWithoutMessages: nothing is shown rather than something else.
func TestOtherCodeWithoutMessages(t *testing.T) {
	t.Parallel()
	there, here := MustHub(t, otherPhysics), MustHub(t)
	id := there.order(strings.Replace(smallPlan, "1..3", "1", 1))
	there.played(id)
	here.upload(there.bundle(id, "none")).want(t, 200)
	out := here.checked(id)
	run := out.Runs[0].Run
	page := here.get("/runs/"+run).want(t, 200)
	checkPage(t, "run", "en", page)
	if !strings.Contains(page.Body, "none were kept") {
		t.Error("the run's page does not say that nothing was kept")
	}
	r, err := here.cfg.Store.Run(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	box := r.Truth.Trips[0].Container
	if p := here.get("/api/v1/containers/"+box+"?run="+run).want(t, 409).problem(t); p.Code != "another_world" {
		t.Errorf("got %+v", p)
	}
	here.get("/api/v1/runs/"+run+"/plan").want(t, 409)
	res := here.get("/containers/"+box+"?run="+run).want(t, 409)
	checkPage(t, "no messages", "en", res)
	if !strings.Contains(res.Body, otherCommit[:7]) {
		t.Error("the page does not name the code")
	}
	here.get("/experiments/"+id).want(t, 200) // the conclusion needs no messages
	before := here.get("/api/v1/experiments/"+id).want(t, 200).Body
	own := here.order(strings.Replace(smallPlan, "1..3", "1", 1))
	if here.played(own); own == id || here.get("/api/v1/experiments/"+id).Body != before {
		t.Error("the same file goes on with somebody else's evidence")
	}
	here.post("/api/v1/experiments/"+id+"/start", "").want(t, 409)
}

// TestOldRunsAreComparedOnce: a run of the hub's own past is asked for without any import.
func TestOldRunsAreComparedOnce(t *testing.T) {
	t.Parallel()
	old := MustHub(t, otherPhysics)
	run := old.MustRun("rules", "")
	h := MustHub(t, func(c *Config) { c.Store = old.cfg.Store })
	h.get("/api/v1/runs/"+run+"/plan").want(t, 409)
	r, err := h.cfg.Store.Run(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	if same, known, err := h.cfg.Store.WorldNoted(t.Context(), r.WorldDigest, h.cfg.Commit); same || !known || err != nil {
		t.Errorf("got %v, %v, %v", same, known, err)
	}
	same := MustHub(t, func(c *Config) { c.Commit = otherCommit })
	run = same.MustRun("rules", "")
	newer := MustHub(t, func(c *Config) { c.Store = same.cfg.Store })
	newer.get("/api/v1/runs/"+run+"/plan").want(t, 200)
	if body := newer.get("/runs/" + run).Body; strings.Contains(body, "otherworld") {
		t.Error("a run that comes out is said not to")
	}
}

func TestBadBundles(t *testing.T) {
	there, here := MustHub(t), MustHub(t)
	id := there.order(strings.Replace(smallPlan, "1..3", "1", 1))
	there.played(id)
	file := there.bundle(id, "none")
	for name, bad := range map[string][]byte{"short": file[:len(file)-100], "no zip": []byte("PK"), "changed": changed(file, 400), "empty": {}} {
		res := here.upload(bad).want(t, 422)
		checkPage(t, name, "en", res)
		if name != "empty" && !strings.Contains(res.Body, "Nothing was imported") {
			t.Errorf("%s: got %.600s", name, res.Body)
		}
	}
	small := MustHub(t, func(c *Config) { c.MaxTrials = 2 })
	if res := small.upload(file).want(t, 422); !strings.Contains(res.Body, "sealab experiment import takes more") {
		t.Errorf("got %.600s", res.Body)
	}
	checkPage(t, "no form", "en", here.form("/experiments/import", nil).want(t, 400))
	if list, err := here.cfg.Store.Experiments(t.Context(), catalog.ExperimentQuery{}); err != nil || len(list) != 0 {
		t.Errorf("something was kept: %v, %v", list, err)
	}
	run := there.checked(id).Runs[0].Run
	r, err := there.cfg.Store.Run(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	r.Elapsed++
	if err := here.cfg.Store.SaveRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if res := here.upload(file).want(t, 422); !strings.Contains(res.Body, "another run of that id") {
		t.Errorf("got %.600s", res.Body)
	}
	there.stored("r-loose", func(*pocs.Run) {})
	there.get("/api/v1/runs/r-loose/manifest").want(t, 200)
}

func changed(file []byte, at int) []byte {
	out := bytes.Clone(file)
	out[at] ^= 1
	return out
}
