package web

import (
	"crypto/sha256"
	"fmt"
	"html"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
	"sealab/sim/attacks"
)

// day0 is when tests publish.
var day0 = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// shelved is a hub with the shipped entries on its shelf.
func shelved(tb testing.TB) *house {
	tb.Helper()
	h := MustHub(tb)
	h.shelve()
	return h
}

// submitted is an entry with every field that there is.
func submitted() usecase.Entry {
	n := func(v float64) *float64 { return &v }
	year := 2025
	long := "First **what** it was.\n\n- one\n- two, see [the paper](https://example.org/paper)\n\n<img src=x onerror=alert(1)> and [this](javascript:alert(1))"
	return usecase.Entry{ID: "smart-stamps", Origin: usecase.Submitted, Title: "Stamps that tell & don't lie <b>", Lang: "fr",
		Summary: "A stamp on the paper tells the officer by itself whether it was issued.", Problem: long, Approach: long, Outcome: long,
		Technologies: []string{"blockchain", "iot"}, Process: []string{"origin-certificates"}, Stage: usecase.Stopped, Started: "2024-03", Ended: "2025-06-30",
		Countries: []string{"KE", "HK"}, Regions: []string{"east-southern-africa"}, Submitter: &usecase.Party{Name: "Customs of somewhere", Kind: "administration"},
		Partners:  []usecase.Partner{{Name: "A university", Role: "tests", Kind: "academia"}},
		Data:      []usecase.Data{{Name: "Scans", Owner: "Customs", Sensitivity: "restricted"}},
		Standards: []string{"ISO 18185"}, Metrics: []usecase.Metric{{Name: "Time at the desk", Unit: "min", Baseline: n(1234567.5), Target: n(2), Measured: n(0.3), Better: "lower", Note: "in one port"}},
		Costs: []usecase.Cost{{Item: "Printer", Amount: n(1200), Currency: "EUR", Year: &year}}, Lessons: &usecase.Lessons{Legal: "Ask the lawyers first.", Policy: "Ask the traders first.", Technical: "Test the ink first."},
		StoppedWhy: "The ink faded in the sun, and nobody read the stamps.", AttackModes: []string{"seal-clone", "odd-mode"}, Environment: "About 2 kg CO2e a printer, expected.",
		Caveats: []string{"Tried with twelve officers only."}, Sources: []usecase.Source{{Title: "The report", URL: "https://example.org/report?a=1&b=2"}},
		Evidence: "primary", AnnexNumber: "7", Licence: "CC-BY-4.0", PoCs: []string{"kalman"}}
}

// publish takes an entry the whole way, as the next version of its use case where that is there.
func (h *house) publish(e usecase.Entry) *catalog.Edition {
	h.tb.Helper()
	store, ctx := h.cfg.Store, h.tb.Context()
	of := e.ID
	if _, err := store.Versions(ctx, "", of); err != nil {
		of = ""
	}
	d, _, err := store.NewDraft(ctx, "", of, e, day0)
	if err != nil {
		h.tb.Fatal(err)
	}
	curator := catalog.Actor{Role: review.Curator, Name: "c-1"}
	for _, step := range []struct {
		to  review.State
		who catalog.Actor
	}{{review.Sent, catalog.Actor{Role: review.Submitter}}, {review.InReview, curator}, {review.Approved, curator}, {review.Published, curator}} {
		if d, err = store.Move(ctx, d.ID, catalog.Step{To: step.to, By: step.who}, day0); err != nil {
			h.tb.Fatal(err)
		}
	}
	return d
}

func (h *house) withdraw(e *catalog.Edition, reason string) {
	h.tb.Helper()
	if _, err := h.cfg.Store.Move(h.tb.Context(), e.ID, catalog.Step{To: review.Withdrawn, By: catalog.Actor{Role: review.Curator, Name: "c-1"}, Reason: reason}, day0); err != nil {
		h.tb.Fatal(err)
	}
}

func TestEveryEntryHasItsPage(t *testing.T) {
	t.Parallel()
	h := shelved(t)
	for _, e := range usecases.List() {
		page := h.get("/usecases/"+e.ID).want(t, 200)
		checkPage(t, e.ID, "en", page)
		text := html.UnescapeString(page.Body)
		for _, s := range e.Sources {
			if !strings.Contains(text, `<a href="`+s.URL+`" rel="noreferrer noopener nofollow">`+s.Title) {
				t.Errorf("%s does not link its source %s", e.ID, s.URL)
			}
		}
		for _, want := range append([]string{e.Title, e.Summary, e.StoppedWhy}, e.Caveats...) {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", e.ID, want)
			}
		}
		if compiled := strings.Contains(text, "Compiled from public sources; not submitted by the organization named"); compiled != (e.Origin == usecase.Compiled) {
			t.Errorf("%s is %s, and its page says otherwise", e.ID, e.Origin)
		}
	}
}

// TestAWholeEntryIsShownWhole looks for every text of an entry that has all fields.
func TestAWholeEntryIsShownWhole(t *testing.T) {
	h := shelved(t)
	e := submitted()
	h.publish(e)
	page := h.get("/usecases/smart-stamps").want(t, 200)
	checkPage(t, "smart-stamps", "en", page)
	text := html.UnescapeString(page.Body)
	for _, want := range []string{e.Title, e.Summary, "Blockchain", "Internet of things", "Origin and certificates", "Stopped", "Mar 2024 – 30 Jun 2025", "Kenya", "Hong Kong, China",
		"Customs of somewhere", "A university", "tests", "Scans", "Restricted", "ISO 18185", "Time at the desk", "1,234,567.5", "0.3", "in one port", "1,200 EUR", "2025",
		"Ask the lawyers first.", "Ask the traders first.", "Test the ink first.", e.StoppedWhy, "/library/clone", "Odd mode", e.Environment, e.Caveats[0], "CC-BY-4.0", "/pocs/kalman",
		"Primary source", "French", `<strong>what</strong>`, `<li>one</li>`, `<a href="https://example.org/paper" rel="nofollow noreferrer">the paper</a>`,
		"sha256:", `/experiments?usecase=smart-stamps#write`, `action="/usecases/smart-stamps/edit"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page.Body, "<img") || strings.Contains(page.Body, `href="javascript`) || strings.Contains(page.Body, "<b>") {
		t.Error("what was written as HTML is HTML on the page")
	}
	if strings.Contains(text, "not known") {
		t.Error("a field that is there is not known")
	}
}

func TestWhatIsAbsentIsNotKnown(t *testing.T) {
	h := shelved(t)
	page := h.get("/usecases/tradelens").want(t, 200).Body
	for _, field := range []string{"Countries", "Licence of its outputs"} {
		if !regexp.MustCompile(`<dt>` + field + `</dt><dd><span class="muted">not known`).MatchString(page) {
			t.Errorf("%s is absent, and not said to be", field)
		}
	}
	if !strings.Contains(page, "Stopped, and why") || !strings.Contains(page, `class="panel whystopped"`) {
		t.Error("why it was stopped does not stand out")
	}
	for _, field := range []string{"Costs", "Environmental effect", "WCO/WTO report"} {
		if strings.Contains(page, ">"+field) {
			t.Errorf("%s is absent, and nobody looks for it", field)
		}
	}
}

// entryPart is what a page shows of the entry itself: all but the badge, which tells of its evidence.
var (
	entryHeadAndBody = regexp.MustCompile(`(?s)<header class="pagehead entryhead">.*</article>`)
	entryBadge       = regexp.MustCompile(`<li class="badged">.*?</li>`)
)

func entryPart(page string) string {
	return entryBadge.ReplaceAllString(entryHeadAndBody.FindString(page), "")
}

func TestAVersionStaysByteForByte(t *testing.T) {
	h := shelved(t)
	first := submitted()
	h.publish(first)
	look := func() (page, text string) {
		page = entryPart(h.get("/usecases/smart-stamps/v1").want(t, 200).Body)
		return page, h.get("/api/v1/usecases/smart-stamps/versions/1").want(t, 200).Body
	}
	page, text := look()
	if len(page) < 1000 || text != string(first.JSON()) {
		t.Fatalf("v1 is not as it was sent:\n%s", text)
	}
	second := submitted()
	second.Title, second.Countries = "Stamps that speak", []string{"KE", "UG"}
	second.Metrics[0].Measured = nil
	h.publish(second)
	if p, s := look(); p != page || s != text {
		t.Error("v1 is not what it was before v2")
	}
	if sum := fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(text))); !strings.Contains(h.get("/usecases/smart-stamps/v1").Body, sum) {
		t.Errorf("the page of v1 does not show the hash %s", sum)
	}
	newest := h.get("/usecases/smart-stamps").want(t, 200).Body
	if !strings.Contains(newest, "Stamps that speak") || entryPart(newest) != entryPart(h.get("/usecases/smart-stamps/v2").want(t, 200).Body) {
		t.Error("the newest version is not v2")
	}
	var out usecaseOut
	h.get("/api/v1/usecases/smart-stamps").want(t, 200).json(t, &out)
	if out.Version != 2 || len(out.Versions) != 2 || string(out.Entry) != string(second.JSON()) || out.Hash != second.Hash() || out.Versions[0].Hash != first.Hash() {
		t.Errorf("got %+v", out)
	}
	checkPage(t, "v1", "en", h.get("/usecases/smart-stamps/v1"))

	var diff struct{ Changes []usecase.Change }
	h.get("/api/v1/usecases/smart-stamps/diff/v1..v2").want(t, 200).json(t, &diff)
	want := []usecase.Change{{Field: "title", Old: first.Title, New: second.Title}, {Field: "countries[HK]", Old: "HK"}, {Field: "countries[UG]", New: "UG"},
		{Field: "metrics[Time at the desk].measured", Old: "0.3"}}
	if !reflect.DeepEqual(diff.Changes, want) {
		t.Errorf("got %+v", diff.Changes)
	}
	changes := h.get("/usecases/smart-stamps/diff/v1..v2").want(t, 200)
	checkPage(t, "diff", "en", changes)
	if rows := strings.Count(changes.Body, "<tr>") - 1; rows != len(want) {
		t.Errorf("the page lists %d changes", rows)
	}
}

func TestAWithdrawnVersionSaysWhy(t *testing.T) {
	h := shelved(t)
	h.publish(submitted())
	second := h.publish(submitted())
	h.withdraw(second, "The organization named <i>asks</i> for it.")
	for path, status := range map[string]int{"/usecases/smart-stamps/v2": 410, "/usecases/smart-stamps/v1": 200, "/usecases/smart-stamps": 200,
		"/usecases/smart-stamps/diff/v1..v2": 410, "/api/v1/usecases/smart-stamps/versions/2": 410, "/api/v1/usecases/smart-stamps": 200} {
		if got := h.get(path); got.Status != status {
			t.Errorf("%s: %d, want %d", path, got.Status, status)
		}
	}
	gone := h.get("/usecases/smart-stamps/v2")
	checkPage(t, "withdrawn", "en", gone)
	if text := html.UnescapeString(gone.Body); !strings.Contains(text, "The organization named <i>asks</i> for it.") || strings.Contains(text, "The ink faded") || !strings.Contains(text, "version 1") {
		t.Error("the page does not say why, or still tells the text")
	}
	first, err := h.cfg.Store.Versions(t.Context(), "", "smart-stamps")
	if err != nil {
		t.Fatal(err)
	}
	h.withdraw(&first[0], "Wrong throughout.")
	h.get("/usecases/smart-stamps").want(t, 410)
	h.get("/api/v1/usecases/smart-stamps").want(t, 410)
}

func TestUnknownEntriesAndVersions(t *testing.T) {
	h := shelved(t)
	for path, status := range map[string]int{"/usecases/no-such": 404, "/usecases/kalman/v9": 404, "/usecases/kalman/x": 404, "/usecases/kalman/diff/v1": 404, "/usecases/kalman/diff/v1..v7": 404,
		"/api/v1/usecases/no-such": 404, "/api/v1/usecases/kalman/versions/x": 422, "/api/v1/usecases/kalman/versions/4": 404, "/experiments?usecase=no-such": 404, "/experiments?usecase=cadena": 404} {
		if got := h.get(path); got.Status != status {
			t.Errorf("%s: %d, want %d", path, got.Status, status)
		}
	}
}

// TestTryItFillsTheForm: the button of each entry with a proof of concept opens a form that would run as it is.
func TestTryItFillsTheForm(t *testing.T) {
	h := shelved(t)
	value := 0.5
	e := submitted()
	e.Claims = []usecase.Claim{{PoC: "kalman", Experiment: "x-1", Measure: "recall", Comparator: ">=", Value: &value}}
	h.publish(e)
	for _, id := range []string{"kalman", "rules", "passive", "smart-stamps"} {
		f, err := h.planForUsecase(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Arms) != 2 || len(f.Scenarios) != 1 || !slices.Contains(f.Arms, f.Baseline) {
			t.Errorf("%s: arms %v against %s in %v", id, f.Arms, f.Baseline, f.Scenarios)
		}
		if id == "smart-stamps" && f.Thresholds != "kalman: recall >= 0.5" {
			t.Errorf("the claim became %q", f.Thresholds)
		}
		if problem := f.check(); problem != nil {
			t.Errorf("%s: %v", id, problem)
		}
		if page := h.get("/experiments?usecase="+id).want(t, 200).Body; !strings.Contains(page, "try "+id) {
			t.Errorf("%s: the form is not filled in", id)
		}
	}
}

func TestModesLeadToKindsThatAreThere(t *testing.T) {
	known := map[string]bool{}
	for _, k := range attacks.All {
		known[k.Name] = true
	}
	for mode, kinds := range modeKinds {
		if !slices.Contains(usecase.AttackModes, mode) {
			t.Errorf("%s is no known attack mode", mode)
		}
		for _, k := range kinds {
			if !known[k] {
				t.Errorf("%s leads to %s, which the library does not have", mode, k)
			}
		}
	}
	if got := kindsOfMode("hinge-bypass"); !slices.Equal(got, []string{"hinge_bypass"}) {
		t.Errorf("got %v", got)
	}
}

// TestProseKeepsWordsAndNothingActs: whatever is written, its letters are there, and no tag or address that could act.
func TestProseKeepsWordsAndNothingActs(t *testing.T) {
	tag := regexp.MustCompile(`<([a-z0-9]+)[^>]*>`)
	allowed := []string{"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
	check := func(t interface{ Errorf(string, ...any) }, text string) {
		out := string(prose(text))
		for _, m := range tag.FindAllStringSubmatch(out, -1) {
			if !slices.Contains(allowed, m[1]) || strings.Contains(m[0], " on") || m[1] != "a" && strings.Contains(m[0], " ") {
				t.Errorf("%q gives %s", text, out)
			}
		}
		if regexp.MustCompile(`(href|src)="(?:[^h]|h[^t])`).MatchString(out) {
			t.Errorf("%q leads elsewhere: %s", text, out)
		}
	}
	for _, text := range []string{"<script>alert(1)</script>", "<svg/onload=alert(1)>", "![x](https://e.org/x.png)", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "<javascript:alert(1)>",
		"[x](data:text/html,<script>)", "[x](//e.org)", "<a href='x' onclick=y>", "`<b>`", "    <script>", "<!-- x -->", "[x](https://e.org \"a\" onclick=b)", "&lt;script&gt;", "<style>*{}</style>"} {
		check(t, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"<", ">", "[", "](", ")", "javascript:", "https://e.org", "\n", "\n\n", "    ", "- ", "`", "*", "!", "\"", "on=", "<a href=", "x", "&#58;"})).Draw(t, "text"), ""))
	})
	rapid.Check(t, func(t *rapid.T) {
		words := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"word", "# ", "\n", "\n\n", "    ", "- ", "> ", "1. ", "===", "***", "\t", "<x>"})).Draw(t, "text"), "")
		if got, want := strings.Count(string(prose(words)), "word"), strings.Count(words, "word"); got != want {
			t.Fatalf("%q keeps %d of %d words: %s", words, got, want, prose(words))
		}
	})
}

// TestEvidenceOnThePage: linked until somebody asks, then what came out; a visitor may ask.
func TestEvidenceOnThePage(t *testing.T) {
	t.Parallel()
	h := shelved(t)
	id := h.order(strings.Replace(smallPlan, "1..3", "1..2", 1))
	h.played(id)
	none, most := 0.0, 0.99
	e := submitted()
	e.Claims = []usecase.Claim{{PoC: "null", Experiment: id, Measure: "recall", Comparator: ">=", Value: &none}, {PoC: "null", Experiment: id, Measure: "recall", Comparator: ">", Value: &most}}
	published := h.publish(e)
	look := func() (page string, out usecaseOut) {
		h.get("/api/v1/usecases/smart-stamps").want(t, 200).json(t, &out)
		res := h.get("/usecases/smart-stamps").want(t, 200)
		checkPage(t, string(out.Badge), "en", res)
		return res.Body, out
	}
	page, out := look()
	if out.Badge != proof.BadgeLinked || len(out.Evidence) != 2 || out.Evidence[0].Answer != "" || !strings.Contains(page, "bd-linked") || !strings.Contains(page, "/experiments/"+id) {
		t.Errorf("before anybody asked: %+v", out)
	}
	h.form("/usecases/smart-stamps/verify", nil).want(t, 200)
	h.desk.wg.Wait()
	page, out = look()
	if out.Badge != proof.BadgeVerified || !*out.Evidence[0].Holds || *out.Evidence[1].Holds || out.Evidence[0].Commit != h.cfg.Commit || *out.Evidence[0].Value != 0 {
		t.Errorf("got %+v", out)
	}
	for _, want := range []string{"bd-verified", "the claim holds", "the claim does not hold", "an-reproduced"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	newer := MustHub(t, func(c *Config) { c.Store, c.Commit = h.cfg.Store, otherCommit })
	if body := newer.get("/usecases/smart-stamps").want(t, 200).Body; !strings.Contains(body, "bd-verified") || !strings.Contains(body, "makes nothing stale") {
		t.Error("that the code moved on is not told as it is")
	}
	if badges, err := h.badges(t.Context(), []catalog.Edition{*published}); err != nil || badges["smart-stamps"] != proof.BadgeVerified {
		t.Errorf("got %v, %v", badges, err)
	}
	h.form("/usecases/tradelens/verify", nil).want(t, 409)
	h.form("/usecases/no-such/verify", nil).want(t, 404)
}

// TestSimilarCases: a page leads on to what is most like it, never to itself, and lays them side by side.
func TestSimilarCases(t *testing.T) {
	t.Parallel()
	h := shelved(t)
	_, part, ok := strings.Cut(h.get("/usecases/tradelens").want(t, 200).Body, `id="similar"`)
	if !ok {
		t.Fatal("no case is similar to tradelens")
	}
	part, _, _ = strings.Cut(part, "</section>")
	if !strings.Contains(part, "Blockchain") || strings.Contains(part, `href="/usecases/tradelens"`) || strings.Count(part, "runline-name") != 4 {
		t.Errorf("similar cases are %s", part)
	}
	_, beside, _ := strings.Cut(part, `class="small" href="`)
	beside, _, _ = strings.Cut(beside, `"`)
	if page := h.get(html.UnescapeString(beside)).want(t, 200).Body; !strings.Contains(page, "TradeLens") {
		t.Errorf("%s does not show it", beside)
	}
	alone := MustHub(t)
	alone.publish(submitted())
	if body := alone.get("/usecases/smart-stamps").want(t, 200).Body; strings.Contains(body, `id="similar"`) {
		t.Error("the only use case has similar ones")
	}
}
