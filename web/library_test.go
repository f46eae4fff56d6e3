package web

import (
	"encoding/json"
	"html"
	"strings"
	"testing"
	"time"

	"sealab/sim/attacks"
)

// TestEveryKindHasItsPage looks for what happens, the observables, the trace and the truth of each: act, hearing, window;
// and for its way from the list.
func TestEveryKindHasItsPage(t *testing.T) {
	h := MustHub(t)
	list := h.get("/library").want(t, 200).Body
	for _, k := range attacks.All {
		page := html.UnescapeString(h.get("/library/"+k.Name).want(t, 200).Body)
		for _, want := range []string{k.Doc, k.Observables, k.Source, `id="timeline-t"`, "sealab trace " + k.Name} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %q", k.Name, want)
			}
		}
		if !strings.Contains(page, `class="sort-`) {
			t.Errorf("%s: the page counts no messages", k.Name)
		}
		if !strings.Contains(list, `href="/library/`+k.Name+`"`) {
			t.Errorf("%s: the list has no way to it", k.Name)
		}
		var told attacks.Told
		if err := json.Unmarshal([]byte(h.get("/api/v1/attacks/"+k.Name+"/trace").want(t, 200).Body), &told); err != nil || told.Kind != k.Name || len(told.Messages) == 0 {
			t.Errorf("%s: the API gives %d messages of %q: %v", k.Name, len(told.Messages), told.Kind, err)
		}
		truth := []time.Time{told.Start, told.HeardAt}
		if k.Hostile {
			truth = append(truth, told.WindowTo)
		}
		for _, at := range truth {
			if !strings.Contains(page, stamp(at)) {
				t.Errorf("%s: the page does not show %v, which the truth of its act holds", k.Name, at)
			}
		}
	}
	h.get("/library/no_such_kind").want(t, 404)
	h.get("/api/v1/attacks/no_such_kind/trace").want(t, 404)
}

// TestTryDetectorsAgainstAKind fills the experiment form in, so that it starts as it is.
func TestTryDetectorsAgainstAKind(t *testing.T) {
	h := MustHub(t)
	page := html.UnescapeString(h.get("/experiments?kind=drag_off").want(t, 200).Body)
	if !strings.Contains(page, `name: "who catches drag_off"`) || !strings.Contains(page, `  - poc: "kalman"`) {
		t.Error("the form is not filled in for drag_off")
	}
	h.get("/experiments?kind=no_such_kind").want(t, 404)
}
