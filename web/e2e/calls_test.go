//go:build e2e

package e2e

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/catalog/call"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// invitation is the path by which a curator enters.
func (h *hub) invitation(tb testing.TB) string {
	tb.Helper()
	_, key, err := h.store.Invite(tb.Context(), catalog.Curator{Name: "Desk 1"}, time.Hour, time.Now())
	if err != nil {
		tb.Fatal(err)
	}
	return "/enter/" + key
}

var (
	judging sync.Once
	judged  string
)

// judgedCall is an open call with two answers, judged, and one that is a use case.
func (h *hub) judgedCall(tb testing.TB) string {
	tb.Helper()
	judging.Do(func() {
		frozen, err := suites()
		if err != nil {
			tb.Fatal(err)
		}
		few := &frozen[len(frozen)-1]
		c, _, err := h.store.NewCall(tb.Context(), "", call.Call{Title: "Bolts that are cut at night", Problem: "A bolt is cut in one trip in ten thousand.\n\nNobody sees it until the importer complains.",
			Organization: usecase.Party{Name: "Customs administration of somewhere", Kind: "administration"}, Gain: "Officers who are called out in vain.",
			Suite: call.SuiteRef{Name: few.Name, Hash: few.Hash()}, Measures: []string{"score_balanced", "delay_p50_s"}, Rule: []string{"recall >= 0.9", "nuisance_trips < 0.3"},
			Closes: time.Now().UTC().AddDate(0, 2, 0).Format(time.DateOnly)}, time.Now())
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := h.store.MoveCall(tb.Context(), c.ID, catalog.Step{To: call.Open, By: catalog.Actor{Role: review.Curator}}, 0, time.Now()); err != nil {
			tb.Fatal(err)
		}
		for _, offer := range []string{`"poc":"rules","title":"Fixed rules"`, `"poc":"kalman","params":{"nis":20},"title":"Filtered positions"`, `"usecase":"tradelens","title":"What a platform taught us"`} {
			body := `{"organization":{"name":"Sealwatch Ltd","kind":"company"},"approach":"It looks at every message.",` + offer + `}`
			if status := h.call(tb, "POST", "/api/v1/calls/"+c.ID+"/answers", body, nil); status != http.StatusCreated {
				tb.Fatalf("the answer %s got %d", offer, status)
			}
		}
		judged = "/calls/" + c.ID
		for end := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
			var at struct {
				Answers []struct{ Judgement *struct{ State string } }
			}
			h.call(tb, "GET", "/api/v1"+judged, "", &at)
			if at.Answers[0].Judgement.State == "judged" && at.Answers[1].Judgement.State == "judged" {
				break
			}
			if time.Now().After(end) {
				tb.Fatalf("after two minutes: %+v", at.Answers)
			}
		}
	})
	return judged
}

// fillForm types into the fields of a form, by the names of the fields; a box is ticked, a list set.
func (t *tab) fillForm(fields ...string) {
	t.tb.Helper()
	for i := 0; i < len(fields); i += 2 {
		t.eval(`(name, value) => {
			const list = [...document.querySelectorAll("[name='" + name + "']")], box = list.find(e => e.type === "checkbox" && e.value === value)
			if (box) box.checked = true
			else list[0].value = value
			return ""
		}`, fields[i], fields[i+1])
	}
}

// A call is posted on a phone without JavaScript, opened by a curator, answered with rules and with a tuned filter, and
// both are judged side by side; a late answer is refused.
func TestCallIsPostedAnsweredAndJudged(t *testing.T) {
	t.Parallel()
	h, err := startHub(false, nil)
	defer h.Close()
	if err != nil {
		t.Fatal(err)
	}
	plain := phone
	plain.NoScript = true
	poster := mustTab(t, h, plain).open("/calls")
	poster.follow(`.empty a.button`)
	poster.fillForm("title", "Bolts that are cut at night", "rule", "recall >= 0.2")
	poster.follow(".callform button.button")
	if got := poster.text(".summary"); !strings.Contains(got, "Problem") || !strings.Contains(got, "Last day") {
		t.Errorf("the summary says %q", got)
	}
	poster.fillForm("organization.name", "Customs of somewhere", "organization.kind", "administration", "problem", "A bolt is cut, and nobody sees it.",
		"gain", "Officers who are called out in vain.", "suite", "few-worlds", "measures", "score_balanced", "closes", time.Now().UTC().AddDate(0, 1, 0).Format(time.DateOnly))
	poster.follow(".callform button.button")
	mine := poster.address()
	if !strings.HasPrefix(mine, "/calls/mine/") {
		t.Fatalf("after posting one is at %s: %s", mine, poster.text("main"))
	}

	curator := mustTab(t, h, desk).open(h.invitation(t))
	curator.fillForm("name", "Desk 1")
	curator.follow(`main form button`)
	curator.follow(`.doclist a`)
	curator.follow(`#curate button[value="open"]`)
	address := curator.address()

	for _, poc := range []string{"rules", "kalman"} { // they are played in this order
		seen := plain
		seen.NoScript = poc == "rules"
		firm := mustTab(t, h, seen).open(address)
		firm.fillForm("organization.name", "Firm of "+poc, "organization.kind", "company", "title", "Answer with "+poc, "approach", "It looks at every message.", "poc", poc)
		if poc == "kalman" {
			firm.fillForm("params", "nis=20 leap_m=4000")
		}
		firm.follow("#answer button.button")
		if !strings.HasPrefix(firm.address(), "/calls/mine/") {
			t.Fatalf("after answering one is at %s: %s", firm.address(), firm.text("main"))
		}
		if poc == "kalman" {
			firm.until(`() => document.querySelector("main .verdict")`) // the page looks again by itself
		}
		firm.leave()
	}
	reader := mustTab(t, h, desk).open(address)
	board := reader.text(".callboard tbody")
	for _, want := range []string{"Answer with rules", "kalman leap_m=4000 nis=20", "oracle", "null", "passive", "Pass"} {
		if !strings.Contains(board, want) {
			t.Errorf("the table lacks %q: %s", want, board)
		}
	}
	reader.shoot("call-judged-by-browser")
	curator.open(address).follow(`#curate button[value="closed"]`)
	if reader.open(address).text("#answer") != "" {
		t.Error("a closed call still has a form to answer")
	}
	if got := poster.open(mine).text("main"); !strings.Contains(got, "2 answers") || !strings.Contains(got, "Closed") {
		t.Errorf("the poster's link says %q", got)
	}
	for _, p := range []*tab{poster, curator, reader} {
		p.calm("422")
		p.leave()
	}
}
