//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// besieged is a hub for the corpus of hostile submissions. At /control it has a page where such a text does run.
var besieged = sync.OnceValues(func() (*hub, error) {
	return startHub(false, func(pages http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/control" {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				_, _ = io.WriteString(w, `<!doctype html><title>x</title><main><img src="data:," onerror="window.ran=1;alert(1)"></main>`)
				return
			}
			pages.ServeHTTP(w, r)
		})
	})
})

// hostileEntries reads the corpus that the tests of web hold against the pages' text: an entry for each trick.
func hostileEntries(tb testing.TB) (texts []string, list []usecase.Entry) {
	tb.Helper()
	const dir = "../testdata/hostile/"
	form, err := os.ReadFile(dir + "entry.json")
	if err != nil {
		tb.Fatal(err)
	}
	raw, err := os.ReadFile(dir + "texts.json")
	if err != nil {
		tb.Fatal(err)
	}
	var tricks []struct{ Name, Text string }
	if err := json.Unmarshal(raw, &tricks); err != nil {
		tb.Fatal(err)
	}
	part := func(text string, most int) string {
		if r := []rune(text); len(r) > most {
			text = string(r[:most])
		}
		inside, _ := json.Marshal(strings.TrimSpace(text)) // a text always can be
		return string(inside[1 : len(inside)-1])
	}
	for i, x := range tricks {
		line := strings.Join(strings.Fields(x.Text), " ")
		e, faults := usecase.Parse([]byte(strings.NewReplacer("TITLE", part(x.Text, 120), "TEXT", part(x.Text, 160), "LINE", part(line, 120), "BRIEF", part(line, 80),
			"SHORT", part(line, 16)).Replace(string(form))))
		if len(faults) > 0 {
			tb.Fatalf("%s: %v", x.Name, faults)
		}
		e.ID = fmt.Sprintf("hostile-%d", i)
		texts, list = append(texts, x.Text), append(list, e)
	}
	return texts, list
}

// mustSend takes an entry so far and returns the version and its personal path.
func (h *hub) mustSend(tb testing.TB, of string, e usecase.Entry, states ...review.State) (*catalog.Edition, string) {
	tb.Helper()
	v, key, err := h.store.NewDraft(tb.Context(), "", of, e, time.Now())
	for _, to := range states {
		by := catalog.Actor{Role: review.Curator, Name: "c-1"}
		if to == review.Sent {
			by = catalog.Actor{Role: review.Submitter}
		}
		if err == nil {
			v, err = h.store.Move(tb.Context(), v.ID, catalog.Step{To: to, By: by}, time.Now())
		}
	}
	if err != nil {
		tb.Fatal(err)
	}
	return v, "/usecases/mine/" + key
}

// guard has the tab take down whatever a hostile text does: a dialog, or the trap that every one of them sets off.
func (t *tab) guard() {
	t.tb.Helper()
	_, err := t.EvalOnNewDocument(`Object.defineProperty(window, "ran", { set() { console.error("a hostile text ran") } })`)
	t.must(err)
	go t.EachEvent(func(e *proto.PageJavascriptDialogOpening) {
		t.note("dialog: %s", e.Message)
		_ = proto.PageHandleJavaScriptDialog{Accept: false}.Call(t.Page)
	})()
}

// provoke does with every element of the page what a visitor's mouse and keyboard would set off.
func (t *tab) provoke() {
	t.tb.Helper()
	t.eval(`() => {
		for (const e of document.querySelectorAll("main *")) for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "begin"]) e.dispatchEvent(new Event(kind))
		return ""
	}`)
}

// TestNothingHostileRuns opens the pages on which hostile texts stand, published and not: no script runs, nothing is asked
// of another host, nothing is even refused by the browser's policy, which would be the last line.
func TestNothingHostileRuns(t *testing.T) {
	t.Parallel()
	h := mustHub(t, besieged)
	texts, entries := hostileEntries(t)
	var paths []string
	for i, e := range entries {
		h.mustSend(t, "", e, review.Sent, review.InReview, review.Approved, review.Published)
		next := entries[(i+1)%len(entries)]
		next.ID = e.ID
		h.mustSend(t, e.ID, next, review.Sent, review.InReview, review.Approved, review.Published)
		_, draft := h.mustSend(t, e.ID, e)
		places := []string{"/usecases/" + e.ID, "/usecases/" + e.ID + "/diff/v1..v2", draft, draft + "/2?check=1", "/usecases?q=" + url.QueryEscape(string([]rune(texts[i])[:min(len([]rune(texts[i])), 40)]))}
		if os.Getenv("SEALAB_LOOKS") != "all" { // the tests of web read every place of each text
			places = places[i%len(places):][:1]
		}
		paths = append(paths, places...)
	}
	for page := range len(entries)/24 + 1 {
		paths = append(paths, fmt.Sprintf("/usecases?page=%d", page+1), fmt.Sprintf("/usecases?view=table&page=%d", page+1))
	}
	for i := range entries {
		if i%8 == 0 {
			v, _ := h.mustSend(t, entries[i].ID, entries[i], review.Sent)
			paths = append(paths, "/review/"+v.ID)
		}
	}
	p := mustCurator(t, h)
	p.guard()
	p.open("/control")
	p.until(`() => document.readyState === "complete"`)
	p.provoke()
	p.mu.Lock()
	seen := strings.Join(p.wrong, "\n")
	p.wrong = nil
	p.mu.Unlock()
	if !strings.Contains(seen, "dialog: 1") || !strings.Contains(seen, "a hostile text ran") {
		t.Fatalf("where a text does run, the test sees only %q", seen)
	}
	for _, path := range append(paths, "/review") {
		p.open(path)
		p.provoke()
		if got := p.eval(`() => document.querySelector("main")?.textContent.trim().length > 100 ? location.pathname : document.title`); !strings.HasPrefix(path, got) {
			t.Fatalf("%s leads to %s", path, got)
		}
		if p.calm(); t.Failed() {
			t.Fatalf("on %s", path)
		}
	}
}
