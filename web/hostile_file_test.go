package web

// This file sends what must be refused: files that are none (testdata/hostile/refused), floods of bytes, characters that
// nobody sees. Each refusal says what is wrong and where, costs little, and leaves nothing behind.

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"sealab/catalog/usecase"
)

// refusals are the files with what is said of each, in the words of the API.
var refusals = map[string]string{
	"anchors.yaml":     "line 1: anchors (&) and aliases (*) are not read here",
	"bomb.yaml":        "line 2: anchors (&) and aliases (*) are not read here",
	"merge.yaml":       "line 2: anchors (&) and aliases (*) are not read here",
	"tag.yaml":         "line 2: tags (!) are not read here",
	"binary.yaml":      "line 2: tags (!) are not read here",
	"documents.yaml":   "a second document begins here: one file is one use case",
	"twice.yaml":       `line 3: the key "title" stands twice, first in line 1`,
	"twice.json":       `line 2: the key "title" stands twice, first in line 1`,
	"behind.json":      "line 2: something stands behind the object: one file is one use case",
	"list.yaml":        "line 1: want a mapping, not a list",
	"word.yaml":        "line 1: want a mapping, not a text",
	"empty.yaml":       "the file is empty: want at least a title",
	"deep-flow.yaml":   "line 2: nested deeper than 8 levels",
	"deep-dashes.yaml": "line 3: nested deeper than 8 levels",
	"deep-quoted.yaml": "line 2: nested deeper than 8 levels",
	"deep-keys.yaml":   "line 10: nested deeper than 8 levels",
	"deep.json":        "line 1: nested deeper than 8 levels",
	"latin-1.yaml":     "the file is not UTF-8 text",
	"utf-16.yaml":      "the file is not UTF-8 text",
	"overlong.yaml":    "the file is not UTF-8 text",
	"surrogate.yaml":   "the file is not UTF-8 text",
	"zip.yaml":         "the file is not UTF-8 text",
	"html.yaml":        "want a mapping, not a text",
	"xml.yaml":         "line 1: ",
	"many-lines.yaml":  "the file has more than 2000 lines",
	"constructor.json": "line 1: __proto__: is not a field here",
}

// refusalBytes is what refusing one of them may cost in memory, all allocations together; the files have 13 kB at most.
const refusalBytes = 16 << 20

func TestHostileFilesAreRefused(t *testing.T) {
	now := time.Now()
	h := MustHub(t, withClock(&now))
	files, err := os.ReadDir("testdata/hostile/refused")
	if err != nil || len(files) != len(refusals) {
		t.Fatalf("%d files, %d refusals: %v", len(files), len(refusals), err)
	}
	for _, f := range files {
		now = now.Add(time.Minute)
		raw, err := os.ReadFile("testdata/hostile/refused/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		want := refusals[f.Name()]
		if want == "" {
			t.Fatalf("nothing is said of %s", f.Name())
		}
		kind := "application/" + strings.TrimPrefix(f.Name()[strings.LastIndex(f.Name(), "."):], ".")
		cost := allocated(func() {
			p := h.do(http.MethodPost, "/api/v1/submissions?draft=true", kind, string(raw)).want(t, http.StatusUnprocessableEntity).problem(t)
			if said := p.Faults[0].Error(); !strings.Contains(said, want) || p.Message == "" {
				t.Errorf("%s: the API says %q, want %q", f.Name(), said, want)
			}
			page := h.file(string(raw))
			if checkPage(t, f.Name(), "en", page); page.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s: the form answers %d", f.Name(), page.Status)
			}
			_, what, _ := strings.Cut(want, ": ")
			if text := partsOf(t, page.Body).words; !strings.Contains(text, "could not be read") && !strings.Contains(text, what) {
				t.Errorf("%s: the page does not say %q", f.Name(), what)
			}
		})
		if cost > refusalBytes {
			t.Errorf("%s: refusing it took %d kB", f.Name(), cost>>10)
		}
	}
}

// allocated is how many bytes were allocated meanwhile, given back or not.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// endless is a body without an end, which counts what is read of it.
type endless struct {
	begins string
	read   int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.read >= 50<<20 {
		return 0, io.EOF
	}
	for i := range p {
		if at := e.read + i; at < len(e.begins) {
			p[i] = e.begins[at]
		} else {
			p[i] = 'x'
		}
	}
	e.read += len(p)
	return len(p), nil
}

// TestFiftyMegabytesAreNotRead wherever somebody could send them: the hub stops at its limit and says so.
func TestFiftyMegabytesAreNotRead(t *testing.T) {
	h := MustHub(t)
	draft := h.begin("Stamps", usecase.Idea)
	key := strings.TrimPrefix(draft, minePath)
	const urlencoded = "application/x-www-form-urlencoded"
	for _, c := range []struct{ method, path, kind, begins string }{
		{"POST", "/usecases/new", urlencoded, "stage=idea&title="},
		{"POST", draft + "/1", urlencoded, "step=what&title="},
		{"POST", draft + "/remarks", urlencoded, "text="},
		{"POST", "/usecases/new/file", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.yaml\"\r\n\r\ntitle: "},
		{"POST", "/usecases/new/file", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n"},
		{"POST", "/usecases/new/file", "multipart/form-data; boundary=b", "--b\r\nX: "},
		{"POST", "/api/v1/submissions", "application/json", `{"title": "`},
		{"POST", "/api/v1/submissions", "application/yaml", "title: "},
		{"PUT", "/api/v1/submissions/" + key, "application/json", `{"title": "`},
		{"PUT", "/api/v1/submissions/" + key + "/part", "application/json", `{"step": "what", "fields": {"title": ["`},
		{"POST", "/api/v1/submissions/" + key + "/remarks", "application/json", `{"text": "`},
		{"POST", "/calls/new", urlencoded, "title="},
		{"POST", "/api/v1/calls", "application/json", `{"title": "`},
	} {
		body := &endless{begins: c.begins}
		r := httptest.NewRequest(c.method, c.path, body)
		r.ContentLength = -1
		r.Header.Set("Content-Type", c.kind)
		w := httptest.NewRecorder()
		cost := allocated(func() { h.Handler().ServeHTTP(w, r) })
		name := fmt.Sprintf("%s %s %.20q", c.method, strings.ReplaceAll(c.path, key, "KEY"), c.begins)
		if w.Code != http.StatusRequestEntityTooLarge && (w.Code != http.StatusBadRequest || !strings.HasSuffix(c.begins, "X: ")) {
			t.Errorf("%s: got %d: %.200s", name, w.Code, w.Body)
		}
		if !strings.Contains(w.Body.String(), "larger than") && w.Code == http.StatusRequestEntityTooLarge {
			t.Errorf("%s: the answer does not say why: %.300s", name, w.Body)
		}
		if body.read > maxBody+64<<10 || cost > refusalBytes {
			t.Errorf("%s: %d kB were read, %d kB taken", name, body.read>>10, cost>>10)
		}
	}
	if e := h.edition(draft).Entry; e.Title != "Stamps" || e.Summary != "" {
		t.Errorf("the draft became %s", e.JSON())
	}
}

// TestUnseenCharacters are refused where an entry is sent in, with the field and what it holds; of invalid UTF-8 in a
// form nothing is kept but what can be shown.
func TestUnseenCharacters(t *testing.T) {
	now := time.Now()
	h := MustHub(t, withClock(&now))
	for _, c := range []struct{ character, problem string }{
		{"\x00", "holds a control character"}, {"\x07", "holds a control character"}, {"\x1b[2J", "holds a control character"}, {"\x7f", "holds a control character"},
		{"\r", "holds a control character"}, {"\u0085", "holds a control character"}, {"\u009b", "holds a control character"},
		{"\u202e", "turns the direction of writing unseen"}, {"\u202a", "turns the direction of writing unseen"}, {"\u2066", "turns the direction of writing unseen"},
	} {
		now = now.Add(time.Minute)
		e := wholeEntry()
		e.Submitter.Name = "Customs" + c.character + "of somewhere"
		p := h.post("/api/v1/submissions", string(e.JSON())).want(t, http.StatusUnprocessableEntity).problem(t)
		if p.Field != "submitter.name" || !strings.Contains(p.Faults[0].Problem, c.problem) {
			t.Errorf("%q: the API says %+v", c.character, p)
		}
		path := h.byForm(&e)
		res := h.form(path+"/4", url.Values{"step": {"sources"}, "go": {"send"}}).want(t, http.StatusUnprocessableEntity)
		if !strings.Contains(res.Body, c.problem) || !strings.Contains(res.Body, "f-submitter-name") {
			t.Errorf("%q: the form does not say so: %.300s", c.character, res.Body)
		}
		h.form(path+"/remarks", url.Values{"text": {"Words " + c.character + " words"}})
		if v := h.edition(path); !v.State.Open() {
			t.Errorf("%q: it was sent in", c.character)
		}
	}
	path := h.begin("Stamps", usecase.Idea)
	res := h.form(path+"/1", url.Values{"step": {"what"}, "title": {"Stamps"}, "summary": {"St\xffmps \xed\xa0\x80 that tell"}, "go": {"save"}}).want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(res.Body, "is not UTF-8 text") || !strings.Contains(res.Body, "St\ufffdmps") {
		t.Error("invalid UTF-8 is not told, or its text is lost")
	}
	if e := h.edition(path).Entry; e.Title != "Stamps" || e.Summary != "" {
		t.Errorf("it was saved: %q", e.Summary)
	}
}
