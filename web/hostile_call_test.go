package web

// This file sends the corpus of hostile texts through calls and their answers.

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// hostileCall posts a call with a text in all its words, has it opened, answers it with a use case, and returns the pages.
func (h *house) hostileCall(x hostileText, curator *house) map[string]answered {
	h.tb.Helper()
	who := map[string]string{"name": x.Text, "kind": "company"}
	raw, err := json.Marshal(map[string]any{"title": cut(x.Text, 120), "organization": who, "problem": x.Text + " and words", "gain": x.Text + " and words", "suite": "small",
		"scenarios": []string{"land-bridge"}, "measures": []string{"score_balanced"}, "rule": []string{"recall >= 0.2"}, "closes": "2026-06-30"})
	if err != nil {
		h.tb.Fatal(err)
	}
	var call, answer sentOut
	h.post("/api/v1/calls", string(raw)).want(h.tb, http.StatusCreated).json(h.tb, &call)
	pages := map[string]answered{"mine": h.get(call.Mine), "waiting": curator.get(call.URL), "queue": curator.get("/review")}
	curator.post("/api/v1/calls/"+call.ID+"/step", `{"to":"open"}`).want(h.tb, http.StatusOK)
	if raw, err = json.Marshal(map[string]any{"organization": who, "title": cut(x.Text, 120), "approach": x.Text + " and words", "usecase": "plain-twin"}); err != nil {
		h.tb.Fatal(err)
	}
	h.post("/api/v1/calls/"+call.ID+"/answers", string(raw)).want(h.tb, http.StatusCreated).json(h.tb, &answer)
	pages["answer"], pages["open"], pages["list"] = h.get(answer.Mine), h.get(call.URL), h.get("/calls")
	pages["for curators"] = curator.get(call.URL)
	rows, err := csv.NewReader(strings.NewReader(h.get("/api/v1/calls/"+call.ID+"/answers.csv").want(h.tb, http.StatusOK).Body)).ReadAll()
	if err != nil {
		h.tb.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if formula.MatchString(cell) {
				h.tb.Errorf("%s: a spreadsheet would run %q", x.Name, cell)
			}
		}
	}
	curator.form(call.URL+"/step", url.Values{"to": {"withdrawn"}, "reason": {cut(x.Text, 120) + " and words"}}).want(h.tb, http.StatusOK)
	pages["withdrawn"] = h.get(call.URL)
	return pages
}

// TestHostileCallsAreInert: what companies and administrations write to one another is words, too.
func TestHostileCallsAreInert(t *testing.T) {
	t.Parallel()
	now := callDay
	h := MustHub(t, withSuite(t, smallSuite), withClock(&now))
	h.publish(hostileText{"plain", "Words and no trick"}.entry(t, "plain-twin"))
	curator, _ := h.entered("Desk 1", "A hub")
	plain := map[string]shape{}
	for kind, page := range h.hostileCall(hostileText{"plain", "Plain words, no trick"}, curator) {
		plain[kind] = partsOf(t, page.Body)
	}
	for _, x := range hostileTexts(t) {
		now = now.Add(2 * time.Minute)
		for kind, page := range h.hostileCall(x, curator) {
			got := partsOf(t, page.Body)
			for _, problem := range got.beyond(plain[kind]) {
				t.Errorf("%s, %s: %s", x.Name, kind, problem)
			}
			if !got.says(cut(x.Text, 120)) {
				t.Errorf("%s, %s: the page does not show the text", x.Name, kind)
			}
		}
	}
}
