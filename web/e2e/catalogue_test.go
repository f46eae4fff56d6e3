//go:build e2e

// A use case on its way from a phone without scripts to the catalogue, and a call from its posting to its judgement.

package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/catalog/review"
)

// answer writes into a form as a hand would: texts, and boxes and choices by their values.
func (t *tab) answer(fields ...[2]string) {
	t.tb.Helper()
	for _, f := range fields {
		got := t.eval(`(name, value) => {
			const all = [...document.querySelectorAll("main [name]")].filter(e => e.name === name)
			const e = all.find(e => (e.type === "radio" || e.type === "checkbox") && e.value === value) ?? all[0]
			if (!e) return "there is no field " + name
			if (e.type === "radio" || e.type === "checkbox") e.checked = true
			else e.value = value
			return e.checked || e.value === value ? "" : name + " does not take " + value
		}`, f[0], f[1])
		if got != "" {
			t.tb.Fatalf("%s: %s", t.address(), got)
		}
	}
}

// whole looks at a page of the catalogue's business: no overflow, nothing cut off or too small, sound for everyone.
func (t *tab) whole(l look, name string) {
	t.tb.Helper()
	for _, js := range []string{overflow, clipped} {
		if got := t.eval(js); got != "" {
			t.tb.Errorf("%s %s: %s", name, l, got)
		}
	}
	if got := t.eval(small); l.Width < 600 && got != "" {
		t.tb.Errorf("%s %s: targets are too small for a finger: %s", name, l, got)
	}
	t.shoot(name + "-" + l.String())
	if !l.NoScript { // the checker is a script
		t.axe(l)
	}
}

// mustCurator is a tab in which somebody has entered by an invitation.
func mustCurator(tb testing.TB, h *hub) *tab {
	tb.Helper()
	_, key, err := h.store.Invite(tb.Context(), catalog.Curator{}, time.Hour, time.Now())
	if err != nil {
		tb.Fatal(err)
	}
	p := mustTab(tb, h, desk).open("/enter/" + key)
	p.answer([2]string{"name", "Curator of the hub"}, [2]string{"organization", "The hub"})
	p.follow("main form button")
	if at := p.address(); at != "/review" {
		tb.Fatalf("the invitation leads to %s", at)
	}
	return p
}

// review opens an entry from the queue.
func (t *tab) review(title string) {
	t.tb.Helper()
	t.open("/review")
	link := t.eval(`title => [...document.querySelectorAll(".queue a")].find(a => a.textContent === title)?.getAttribute("href") ?? ""`, title)
	if link == "" {
		t.tb.Fatalf("%q is not in the queue: %s", title, t.text("main"))
	}
	t.open(link)
}

// step presses the button for a step, where it takes a reason after writing that.
func (t *tab) step(to review.State, reason, field string) {
	t.tb.Helper()
	form := `form:has(input[name=to][value="` + string(to) + `"])`
	t.eval(`(s, reason, field) => {
		const f = document.querySelector(s)
		if (f.closest("details")) f.closest("details").open = true
		if (f.elements.reason) f.elements.reason.value = reason
		if (field) f.querySelector('input[name=field][value="' + field + '"]').checked = true
		return ""
	}`, form, reason, field)
	t.follow(form + " button")
	if got := t.text(".summary"); got != "" {
		t.tb.Fatalf("the step to %s is refused: %s", to, got)
	}
}

func TestFromAPhoneToTheCatalogue(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	const title = "Seals that call for help"
	l := phone
	l.NoScript = true
	p := mustTab(t, h, l).open("/usecases")
	p.follow(`main a[href="/usecases/new"]`)
	p.whole(l, "submit-new")
	p.answer([2]string{"title", title}, [2]string{"stage", "idea"})
	p.follow("#begin button")
	personal := p.address() // how the submitter comes back
	p.follow("main .actions .button")
	p.whole(l, "submit-step")
	p.answer([2]string{"summary", "A seal that is cut calls the officers who are nearest, in place of a room far away."},
		[2]string{"problem", "Alarms reach a control room hours later."}, [2]string{"approach", "The seal chooses whom it calls; we stop if nobody comes."},
		[2]string{"technologies[0]", "iot"})
	p.follow(`main form .askbar button[value="next"]`)
	if got := p.text(".summary"); !strings.Contains(got, "process") {
		t.Errorf("of the process, which is missing, the hub says %q", got)
	}
	p.follow(`.summary a[href$="/2"]`)
	p.answer([2]string{"countries", "Kenya"}, [2]string{"submitter.name", "An academy"}, [2]string{"submitter.kind", "academia"})
	p.follow(`main form .askbar button[value="save"]`)
	p.leave()

	p = mustTab(t, h, l).open(personal) // another day, by the personal link alone
	p.whole(l, "submit-mine")
	p.open(personal + "/4")
	p.follow(`main form .askbar button[value="send"]`)
	if got := p.text("main"); !strings.Contains(strings.ToLower(got), "process is missing") {
		t.Errorf("without a process the hub says %q", got)
	}
	p.calm("422")
	p.open(personal + "/1")
	p.answer([2]string{"process[0]", "transit-cargo-tracking"})
	p.follow(`main form .askbar button[value="save"]`)
	p.open(personal + "/4")
	p.follow(`main form .askbar button[value="send"]`)
	p.until(`s => document.querySelector(s)`, ".ed-submitted")

	c := mustCurator(t, h)
	c.whole(desk, "review-queue")
	c.review(title)
	c.step(review.InReview, "", "")
	c.whole(desk, "review-entry")
	form := `form:has(input[name=to][value="changes-requested"])`
	c.eval(`s => { document.querySelector(s).closest("details").open = true; return "" }`, form)
	c.follow(form + " button")
	if got := c.text(".summary"); !strings.Contains(got, "reason") {
		t.Errorf("without a reason the hub says %q", got)
	}
	c.calm("422")
	c.review(title)
	c.step(review.ChangesRequested, "Who pays for the calls?", "approach")

	p.open(personal)
	p.until(`s => document.querySelector(s)`, ".ed-changes-requested")
	if got := p.text(".reason"); !strings.Contains(got, "Who pays for the calls?") {
		t.Errorf("the submitter reads %q", got)
	}
	p.whole(l, "submit-returned")
	p.follow("main .actions .button")
	p.open(personal + "/1?check=1")
	p.answer([2]string{"approach", "The seal chooses whom it calls, and its owner pays; we stop if nobody comes."})
	p.follow(`main form .askbar button[value="save"]`)
	p.open(personal + "/4?check=1")
	p.follow(`main form .askbar button[value="send"]`)
	p.until(`s => document.querySelector(s)`, ".ed-submitted")

	c.review(title)
	c.step(review.InReview, "", "")
	c.step(review.Approved, "", "")
	c.step(review.Published, "", "")
	c.calm()
	p.open(personal)
	p.until(`s => document.querySelector(s)`, ".ed-published")
	p.follow(`main .actions a[href^="/usecases/"]`)
	if got := p.text("main"); !strings.Contains(got, title) || !strings.Contains(got, "its owner pays") {
		t.Errorf("the page says %.400q", got)
	}
	p.open("/usecases?q=" + url.QueryEscape("call for help"))
	if got := p.text("main"); !strings.Contains(got, title) {
		t.Error("the catalogue does not find it")
	}
	p.calm()
}

// TestDraftOutlivesALostConnection: what is written while the hub is out of reach stays, over a reload, and is saved when it
// is back.
func TestDraftOutlivesALostConnection(t *testing.T) {
	t.Parallel()
	var lost atomic.Bool
	h, err := startHub(false, func(pages http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if lost.Load() && r.Method != http.MethodGet {
				http.Error(w, "out of reach", http.StatusBadGateway)
				return
			}
			pages.ServeHTTP(w, r)
		})
	})
	t.Cleanup(h.Close)
	if err != nil {
		t.Fatal(err)
	}
	p := mustTab(t, h, desk).open("/usecases/new")
	p.answer([2]string{"title", "Seals that wait"}, [2]string{"stage", "idea"})
	p.follow("#begin button")
	personal := p.address()
	const ready = `() => document.querySelector("form[data-submission]")?.dataset.ready === "true"`
	const state = `s => document.querySelector("#saving").dataset.state === s`
	p.open(personal + "/1")
	p.until(ready)
	p.fill(`[name="problem"]`, "Written while all is well.")
	p.until(state, "done")
	lost.Store(true)
	p.fill(`[name="summary"]`, "Written while the hub was out of reach, and not lost.")
	p.until(state, "lost")
	p.click(`main form .askbar button[value="next"]`) // does not lead to a page of the browser's that says it cannot be reached
	p.until(state, "lost")
	p.shoot("submit-lost-" + desk.String())
	p.open(personal + "/1")
	p.until(ready)
	if got := p.eval(`() => document.querySelector("[name=summary]").value`); !strings.Contains(got, "not lost") {
		t.Errorf("after a reload the field holds %q", got)
	}
	lost.Store(false)
	p.until(state, "done")
	p.calm("502")
	other := mustTab(t, h, phone).open(personal + "/1")
	for field, want := range map[string]string{"summary": "not lost", "problem": "all is well"} {
		if got := other.eval(`s => document.querySelector("[name=" + s + "]").value`, field); !strings.Contains(got, want) {
			t.Errorf("the hub has %q as %s", got, field)
		}
	}
	other.calm()
}

func TestCallFromPostingToJudgement(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	const title = "Who hears the cut in the night?"
	p := mustTab(t, h, phone.in("dark")).open("/calls")
	p.follow(`main a[href="/calls/new"]`)
	p.whole(phone.in("dark"), "call-new")
	p.answer([2]string{"title", title}, [2]string{"organization.name", "Customs of somewhere"}, [2]string{"organization.kind", "administration"},
		[2]string{"problem", "Bolts are cut at night, and nobody sees it."}, [2]string{"gain", "Officers who are called out in vain."},
		[2]string{"suite", "few-worlds"}, [2]string{"rule", "recall >= 0.2\nnuisance_trips < 0.9"},
		[2]string{"closes", time.Now().AddDate(0, 1, 0).Format(time.DateOnly)})
	p.follow("main form.callform button[type=submit]")
	p.whole(phone.in("dark"), "call-mine")

	c := mustCurator(t, h)
	address := c.eval(`title => [...document.querySelectorAll("main a")].find(a => a.textContent.includes(title))?.getAttribute("href") ?? ""`, title)
	if address == "" {
		t.Fatalf("the curator does not see the call: %s", c.text("main"))
	}
	c.open(address)
	c.follow(`#curate button[value="open"]`)
	c.calm()

	a := mustTab(t, h, desk).open("/calls")
	a.open(address)
	a.answer([2]string{"organization.name", "A firm"}, [2]string{"organization.kind", "company"}, [2]string{"title", "A filter"},
		[2]string{"approach", "Positions are filtered."}, [2]string{"poc", "kalman"})
	a.follow("#answer form button[type=submit]")
	a.whole(desk, "call-answered")
	for end := time.Now().Add(patience); !strings.Contains(a.text("#answers"), "A filter") || a.eval(`() => document.querySelector("#answers .wait, #answers progress") ? "" : "judged"`) == ""; {
		if time.Now().After(end) {
			t.Fatalf("it is not judged: %s", a.text("#answers"))
		}
		a.open(address)
	}
	if got := a.text(".callboard"); !strings.Contains(got, "oracle") || !strings.Contains(got, "kalman") {
		t.Errorf("the answers are judged beside no reference: %q", got)
	}
	a.whole(desk, "call-judged")
	a.calm()
	p.open(address)
	p.whole(phone.in("dark"), "call-judged")
	p.calm()
}
