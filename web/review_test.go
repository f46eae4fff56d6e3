package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

var ways = map[review.State][]review.State{ // to a state, from a draft
	review.Draft: nil, review.Sent: {review.Sent}, review.InReview: {review.Sent, review.InReview},
	review.ChangesRequested: {review.Sent, review.InReview, review.ChangesRequested},
	review.Approved:         {review.Sent, review.InReview, review.Approved},
	review.Published:        {review.Sent, review.InReview, review.Approved, review.Published},
	review.Withdrawn:        {review.Withdrawn},
}

// at makes a submission that stands in a state, and returns its key and its edition.
func (h *house) at(state review.State) (key string, e *catalog.Edition) {
	h.tb.Helper()
	d, key, err := h.cfg.Store.NewDraft(h.tb.Context(), "", "", wholeEntry(), h.cfg.Now())
	if err != nil {
		h.tb.Fatal(err)
	}
	e = d
	for _, to := range ways[state] {
		by := catalog.Actor{Role: review.Curator, Name: "c-other"}
		if to == review.Sent || to == review.Withdrawn {
			by = catalog.Actor{Role: review.Submitter}
		}
		if e, err = h.cfg.Store.Move(h.tb.Context(), d.ID, catalog.Step{To: to, By: by, Reason: "for a reason"}, h.cfg.Now()); err != nil {
			h.tb.Fatal(err)
		}
	}
	return key, e
}

// TestEveryTransition tries every step from every state, as a curator and as the submitter: 200 where the rules have it,
// 422 where only the reason is missing, 409 everywhere else.
func TestEveryTransition(t *testing.T) {
	h := MustHub(t)
	c, _ := h.entered("Desk 1", "A hub")
	h.gates = newGates()
	step := func(from, to review.State, by review.Role) *review.Step {
		i := slices.IndexFunc(review.Steps, func(s review.Step) bool { return s.From == from && s.To == to && s.By == by })
		if i < 0 {
			return nil
		}
		return &review.Steps[i]
	}
	for _, from := range review.States {
		for _, to := range review.States {
			h.gates = newGates()
			_, e := h.at(from)
			send := func(reason string) answered {
				return c.post("/api/v1/review/"+e.ID+"/move", fmt.Sprintf(`{"to":%q,"reason":%q}`, to, reason))
			}
			rule := step(from, to, review.Curator)
			switch {
			case e.Version == 0: // nobody but its submitter knows of it
				send("because").want(t, http.StatusNotFound)
			case rule == nil:
				if p := send("because").want(t, http.StatusConflict).problem(t); p.Code != "illegal_step" || !strings.Contains(p.Message, "What happened last") {
					t.Errorf("%s to %s: %+v", from, to, p)
				}
			default:
				if rule.Reason {
					if p := send(" ").want(t, http.StatusUnprocessableEntity).problem(t); p.Field != "reason" || p.Code != "missing_reason" {
						t.Errorf("%s to %s without a reason: %+v", from, to, p)
					}
				}
				var out submissionOut
				send("because").want(t, 200).json(t, &out)
				if out.State != to {
					t.Errorf("%s to %s: it is %s", from, to, out.State)
				}
			}
		}
		for to, act := range map[review.State]string{review.Sent: "send", review.Withdrawn: "withdraw"} {
			key, _ := h.at(from)
			want := http.StatusConflict
			if step(from, to, review.Submitter) != nil {
				want = http.StatusOK
			}
			if got := h.post("/api/v1/submissions/"+key+"/"+act, ""); got.Status != want {
				t.Errorf("%s by the submitter in %s: got %d, want %d: %s", act, from, got.Status, want, got.Body)
			}
		}
	}
}

func TestReviewOnPages(t *testing.T) {
	h := MustHub(t)
	c, _ := h.entered("Desk 1", "A hub")
	path := h.sentIn()
	e := h.edition(path)
	page := "/review/" + e.ID
	h.get(page).want(t, http.StatusUnauthorized)
	c.get("/review/u-none").want(t, http.StatusNotFound)
	if body := c.get("/review").want(t, 200).Body; !strings.Contains(body, page) || !strings.Contains(body, "Stamps that tell") {
		t.Error("the queue does not have it")
	}
	c.get("/review?state=odd").want(t, http.StatusUnprocessableEntity)
	move := func(to string, more ...string) answered {
		v := url.Values{"to": {to}, "seen": {fmt.Sprint(h.edition(path).Changed.UnixMilli())}}
		for i := 0; i+1 < len(more); i += 2 {
			v.Add(more[i], more[i+1])
		}
		return c.form(page+"/move", v)
	}
	checkPage(t, page, "en", move("in-review").want(t, 200))
	if body := c.get("/review?mine=1").want(t, 200).Body; !strings.Contains(body, page) {
		t.Error("who took it does not find it under his own")
	}
	res := move("changes-requested", "field", "approach").want(t, http.StatusUnprocessableEntity)
	checkPage(t, "refused", "en", res)
	if !strings.Contains(res.Body, `<details class="doing" open>`) || !strings.Contains(res.Body, "A reason is missing") {
		t.Error("the page does not say what is missing, or where")
	}
	move("changes-requested", "reason", "Say who reads it.", "field", "no field").want(t, http.StatusUnprocessableEntity)
	move("changes-requested", "reason", "Say who reads the stamp.", "field", "approach", "field", "summary").want(t, 200)
	for at, want := range map[string]string{path: "Say who reads the stamp.", path + "/1": `class="saidof"`} {
		if body := h.get(at).want(t, 200).Body; !strings.Contains(body, want) {
			t.Errorf("%s lacks %s", at, want)
		}
	}
	h.form(path+"/1", answersWith(1, "approach", "A stamp with a signature, read by a telephone.", "go", "save")).want(t, 200)
	h.form(path+"/4", answersWith(4, "go", "send", "answer", "A telephone does.")).want(t, 200)
	if body := c.get(page).want(t, 200).Body; !strings.Contains(body, "A telephone does.") {
		t.Error("the answer is not in the thread")
	}
	move("in-review").want(t, 200)
	c.form(page+"/evidence", url.Values{"evidence": {"hearsay"}}).want(t, http.StatusUnprocessableEntity)
	c.form(page+"/evidence", url.Values{"evidence": {"secondary"}}).want(t, 200)
	if got := h.edition(path).Entry.Evidence; got != "secondary" {
		t.Errorf("the label is %q", got)
	}
	c.form(page+"/remarks", url.Values{"text": {"Well said."}, "field": {"title"}}).want(t, 200)
	c.form(page+"/remarks", url.Values{"text": {" "}}).want(t, http.StatusUnprocessableEntity)
	move("approved").want(t, 200)
	c.form(page+"/evidence", url.Values{"evidence": {"primary"}}).want(t, http.StatusConflict)
	move("published").want(t, 200)
	checkPage(t, "the use case", "en", h.get("/usecases/stamps-that-tell").want(t, 200))
	if check, err := h.cfg.Store.CheckLog(t.Context()); err != nil || check.Altered != "" {
		t.Errorf("the log: %+v, %v", check, err)
	}
	move("withdrawn", "reason", "Asked for by the submitter.").want(t, 200)
	h.get("/usecases/stamps-that-tell").want(t, http.StatusGone)
}

// TestStalePages: who decides about what has moved on is told what happened, and nothing is done.
func TestStalePages(t *testing.T) {
	h := MustHub(t)
	one, _ := h.entered("Desk 1", "")
	two, _ := h.entered("Desk 2", "")
	_, e := h.at(review.InReview)
	seen := fmt.Sprint(e.Changed.UnixMilli() - 1)
	two.form("/review/"+e.ID+"/move", url.Values{"to": {"changes-requested"}, "reason": {"Shorter, please."}}).want(t, 200)
	res := one.form("/review/"+e.ID+"/move", url.Values{"to": {"withdrawn"}, "reason": {"Out of scope."}, "seen": {seen}}).want(t, http.StatusConflict)
	for _, want := range []string{"has changed since", "changes-requested by Desk 2", "Out of scope."} {
		if !strings.Contains(res.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if now, err := h.cfg.Store.Edition(t.Context(), e.ID); err != nil || now.State != review.ChangesRequested {
		t.Errorf("it is %s, %v", now.State, err)
	}
}

func TestNobodyDecidesAloneWhereTwoAreWanted(t *testing.T) {
	h := MustHub(t, func(c *Config) { c.TwoPersons = true })
	one, _ := h.entered("Desk 1", "")
	two, _ := h.entered("Desk 2", "")
	own, _ := h.entered("Desk 3", "customs  OF somewhere")
	_, e := h.at(review.InReview)
	move := func(c *house, to string) answered {
		return c.form("/review/"+e.ID+"/move", url.Values{"to": {to}})
	}
	if body := own.get("/review/" + e.ID).Body; !strings.Contains(body, "another curator has to approve it") {
		t.Error("who may not approve is not told")
	}
	move(own, "approved").want(t, http.StatusForbidden)
	move(one, "approved").want(t, 200)
	move(one, "published").want(t, http.StatusForbidden)
	move(two, "published").want(t, 200)
}

func TestADiffIsShownForANewVersion(t *testing.T) {
	h := MustHub(t)
	c, _ := h.entered("Desk 1", "")
	_, one := h.at(review.Published)
	var out submissionOut
	h.post("/api/v1/usecases/"+one.Usecase+"/edit", "").want(t, http.StatusCreated).json(t, &out)
	entry := wholeEntry()
	entry.Title = "Stamps that speak"
	h.do(http.MethodPut, "/api/v1/submissions/"+out.Key, "application/json", string(entry.JSON())).want(t, 200)
	h.post("/api/v1/submissions/"+out.Key+"/send", "").want(t, 200)
	page := c.get("/review/"+out.Edition).want(t, 200)
	checkPage(t, "review", "en", page)
	if !strings.Contains(page.Body, "<del>Stamps that tell</del>") || !strings.Contains(page.Body, "<ins>Stamps that speak</ins>") || strings.Count(page.Body, `class="was"`) != 1 {
		t.Error("the page does not show the one change")
	}
}

// TestQueueCounts: the queue holds what waits for curators, and nothing else.
func TestQueueCounts(t *testing.T) {
	h := MustHub(t)
	c, _ := h.entered("Desk 1", "")
	for _, state := range review.States {
		h.at(state)
	}
	var all, some struct {
		Queue  []queueLine
		Counts map[string]int
	}
	c.get("/api/v1/review").want(t, 200).json(t, &all)
	if len(all.Queue) != 4 || all.Counts[""] != 4 || all.Counts["approved"] != 1 {
		t.Errorf("got %+v", all)
	}
	c.get("/api/v1/review?state=approved").want(t, 200).json(t, &some)
	if len(some.Queue) != 1 || some.Queue[0].State != review.Approved || some.Queue[0].Usecase == "" {
		t.Errorf("got %+v", some)
	}
	h.get("/api/v1/review").want(t, http.StatusUnauthorized)
	if raw, err := json.Marshal(all); err != nil || strings.Contains(string(raw), "key") {
		t.Errorf("the queue tells %s", raw)
	}
}

// TestCuratorsSeeClaims before they publish them, and play nothing again that is not public.
func TestCuratorsSeeClaims(t *testing.T) {
	h := MustHub(t)
	c, _ := h.entered("Desk 1", "")
	e, value := wholeEntry(), 0.9
	e.PoCs, e.Claims = []string{"kalman"}, []usecase.Claim{{PoC: "kalman", Experiment: "x-1", Measure: "recall", Comparator: ">=", Value: &value}}
	d, _, err := h.cfg.Store.NewDraft(t.Context(), "", "", e, h.cfg.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.cfg.Store.Move(t.Context(), d.ID, catalog.Step{To: review.Sent, By: catalog.Actor{Role: review.Submitter}}, h.cfg.Now()); err != nil {
		t.Fatal(err)
	}
	page := c.get("/review/"+d.ID).want(t, 200)
	checkPage(t, "review", "en", page)
	if !strings.Contains(page.Body, "in the experiment x-1, which is not here") || strings.Contains(page.Body, "/verify") {
		t.Error("the page does not show the claim, or offers to play it again")
	}
}
