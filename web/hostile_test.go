package web

// This file sends the corpus of hostile texts (testdata/hostile) the way of a submission and looks at every page, list
// and file where they come out again. That nothing runs in a browser is tested in web/e2e with the same corpus.

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"sealab/catalog"
	"sealab/catalog/find"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// hostileText is one text of the corpus: a trick, and what it is for.
type hostileText struct{ Name, Text string }

func hostileTexts(tb testing.TB) (list []hostileText) {
	tb.Helper()
	raw, err := os.ReadFile("testdata/hostile/texts.json")
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	if err != nil || len(list) < 100 {
		tb.Fatalf("%d texts: %v", len(list), err)
	}
	return list
}

// entry is an entry that has the text in every field that takes words of one's own, cut where less is allowed.
func (x hostileText) entry(tb testing.TB, id string) usecase.Entry {
	tb.Helper()
	raw, err := os.ReadFile("testdata/hostile/entry.json")
	if err != nil {
		tb.Fatal(err)
	}
	line := strings.Join(strings.Fields(x.Text), " ")
	text := strings.NewReplacer("TITLE", inJSON(cut(x.Text, 120)), "TEXT", inJSON(x.Text), "LINE", inJSON(cut(line, 120)), "BRIEF", inJSON(cut(line, 80)),
		"SHORT", inJSON(cut(line, 16))).Replace(string(raw))
	e, faults := usecase.Parse([]byte(text))
	if len(faults) > 0 {
		tb.Fatalf("%s: the entry itself is refused: %v", x.Name, faults)
	}
	e.ID = id
	return e
}

func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		text = string(r[:most])
	}
	return strings.TrimSpace(text)
}

// inJSON is a text as it stands between the quotes.
func inJSON(text string) string {
	raw, _ := json.Marshal(text) // a text always can be
	return string(raw[1 : len(raw)-1])
}

// byForm writes an entry into the four steps of the form and returns its personal path.
func (h *house) byForm(e *usecase.Entry) string {
	h.tb.Helper()
	path := h.begin(e.Title, e.Stage)
	sent := url.Values{}
	for name, text := range e.Values() {
		sent.Set(name, text)
	}
	for n, st := range steps {
		sent.Set("step", st.Name)
		sent.Set("go", "save")
		h.form(fmt.Sprintf("%s/%d", path, n+1), sent).want(h.tb, http.StatusOK)
	}
	return path
}

var personal = regexp.MustCompile(`/usecases/mine/[a-z0-9]{26}`)

// byFile sends an entry as a file and returns its personal path.
func (h *house) byFile(content []byte) string {
	h.tb.Helper()
	return personal.FindString(h.file(string(content)).want(h.tb, http.StatusOK).Body)
}

// byAPI sends an entry to the API and returns its personal path.
func (h *house) byAPI(kind string, content []byte) string {
	h.tb.Helper()
	var out submissionOut
	h.do(http.MethodPost, "/api/v1/submissions", kind, string(content)).want(h.tb, http.StatusCreated).json(h.tb, &out)
	return out.URL
}

// accept takes what was sent in the rest of the way.
func (h *house) accept(path string) {
	h.tb.Helper()
	for _, to := range []review.State{review.InReview, review.Approved, review.Published} {
		step := catalog.Step{To: to, By: catalog.Actor{Role: review.Curator, Name: "c-1"}}
		if _, err := h.cfg.Store.Move(h.tb.Context(), h.edition(path).ID, step, h.cfg.Now()); err != nil {
			h.tb.Fatal(err)
		}
	}
}

// pagesOf takes a text from the form to a published version, and another into the next version, and returns every page on
// which they stand, by the kind of page.
func (h *house) pagesOf(x, after hostileText, id string, curator *house) map[string]answered {
	h.tb.Helper()
	e := x.entry(h.tb, id)
	path := h.byForm(&e)
	for way, at := range map[string]string{"form": path, "YAML": h.byFile(e.YAML()), "JSON": h.byFile(e.JSON()), "API": h.byAPI("application/json", e.JSON()),
		"API, YAML": h.byAPI("application/yaml", e.YAML())} {
		if got := h.edition(at).Entry; !reflect.DeepEqual(got, e) {
			h.tb.Errorf("%s: by %s it became\n%s\nof\n%s", x.Name, way, got.JSON(), e.JSON())
		}
	}
	pages := map[string]answered{"draft": h.get(path)}
	for n := range steps {
		pages[fmt.Sprintf("step %d", n+1)] = h.get(fmt.Sprintf("%s/%d?check=1", path, n+1))
	}
	sent := url.Values{"step": {"sources"}, "go": {"send"}}
	for name, text := range e.Values() {
		sent.Set(name, text)
	}
	pages["sent"] = h.form(path+"/4", sent)
	pages["remark"] = h.form(path+"/remarks", url.Values{"text": {x.Text}})
	pages["queue"] = curator.get("/review")
	pages["review"] = curator.get("/review/" + h.edition(path).ID)
	h.accept(path)
	h.publish(after.entry(h.tb, id))
	for kind, at := range map[string]string{"newest": "", "first version": "/v1", "diff": "/diff/v1..v2"} {
		pages[kind] = h.get("/usecases/" + id + at)
	}
	return pages
}

// TestHostileTextsAreInert: on every page that shows them, they are words and nothing else.
func TestHostileTextsAreInert(t *testing.T) {
	t.Parallel()
	now := time.Now()
	h := MustHub(t, withClock(&now))
	curator, _ := h.entered("Desk 1", "A hub")
	plain := map[string]shape{}
	for kind, page := range h.pagesOf(hostileText{"plain", "Plain words, no trick"}, hostileText{"plain", "Other words, no trick"}, "plain-words", curator) {
		plain[kind] = partsOf(t, page.want(t, http.StatusOK).Body)
	}
	texts := hostileTexts(t)
	for i, x := range texts {
		after := texts[(i+1)%len(texts)]
		now = now.Add(2 * time.Minute) // so that nobody is too fast
		for kind, page := range h.pagesOf(x, after, fmt.Sprintf("hostile-%d", i), curator) {
			name := x.Name + ", " + kind
			shape := partsOf(t, page.want(t, http.StatusOK).Body)
			for _, problem := range shape.beyond(plain[kind]) {
				t.Errorf("%s: %s", name, problem)
			}
			shown := x
			if kind == "newest" {
				shown = after
			}
			if !shape.says(shown.Text) {
				t.Errorf("%s: the page does not show the text", name)
			}
		}
	}
	h.hostileLists(t, texts)
	h.hostileFiles(t, texts)
}

// hostileLists looks at what shows many use cases at once, and finds them.
func (h *house) hostileLists(t *testing.T, texts []hostileText) {
	t.Helper()
	var cols []string
	for _, c := range browseColumns {
		cols = append(cols, "cols="+c)
	}
	table := "/usecases?view=table&" + strings.Join(cols, "&")
	h.publish(hostileText{"plain", "Words and no trick"}.entry(t, "plain-twin"))
	plain := shape{}
	for _, path := range []string{"/usecases?q=plain+words&country=KE", table, "/usecases?q=nowhere", "/search?q=nosuchword", "/search?q=plain", "/usecases/compare?all=1&ids=plain-words,plain-twin"} {
		plain.add(partsOf(t, h.get(path).want(t, http.StatusOK).Body))
	}
	look := func(path string) {
		for _, problem := range partsOf(t, h.get(path).want(t, http.StatusOK).Body).beyond(plain) {
			t.Errorf("%s: %s", path, problem)
		}
	}
	for page := range len(texts)/24 + 1 {
		look(fmt.Sprintf("/usecases?page=%d", page+1))
		look(fmt.Sprintf("%s&page=%d", table, page+1))
	}
	for _, x := range texts {
		asked := url.QueryEscape(cut(x.Text, find.MaxText/4))
		look("/usecases?q=" + asked)
		look("/search?q=" + asked)
	}
	for i := range len(texts) / 3 {
		look(fmt.Sprintf("/usecases/compare?all=1&ids=hostile-%d,hostile-%d,hostile-%d", 3*i, 3*i+1, 3*i+2))
	}
}

// hostileFiles looks at the files in which all of them come out.
func (h *house) hostileFiles(t *testing.T, texts []hostileText) {
	t.Helper()
	for _, path := range []string{"/api/v1/usecases.csv", "/api/v1/usecases-metrics.csv"} {
		res := h.get(path).want(t, http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(res.Body)).ReadAll()
		if err != nil || len(rows) < len(texts) {
			t.Fatalf("%s: %d rows, %v", path, len(rows), err)
		}
		for _, row := range rows {
			for i, cell := range row {
				if runs := formula.FindString(cell); runs != "" && !negative.MatchString(cell) {
					t.Errorf("%s: in %s, a spreadsheet would take %q for a formula: %q", path, rows[0][i], runs, cell)
				}
			}
		}
	}
	want := map[string]string{}
	for i := range texts {
		e := texts[(i+1)%len(texts)].entry(t, fmt.Sprintf("hostile-%d", i))
		want[e.ID] = string(e.JSON())
	}
	var list []json.RawMessage
	h.get("/api/v1/usecases.json").want(t, http.StatusOK).json(t, &list)
	var read any // by another reader of YAML than ours
	if err := yaml.Unmarshal([]byte(h.get("/api/v1/usecases.yaml").want(t, http.StatusOK).Body), &read); err != nil {
		t.Fatal(err)
	}
	var other []usecase.Entry
	if asJSON, err := json.Marshal(read); err != nil {
		t.Fatal(err)
	} else if err := json.Unmarshal(asJSON, &other); err != nil {
		t.Fatal(err)
	}
	for form, entry := range map[string]func(i int) usecase.Entry{"JSON": func(i int) (e usecase.Entry) {
		if err := json.Unmarshal(list[i], &e); err != nil {
			t.Fatal(err)
		}
		return e
	}, "YAML": func(i int) usecase.Entry { return other[i] }} {
		found := 0
		for i := range list {
			if e := entry(i); want[e.ID] != "" {
				if found++; string(e.JSON()) != want[e.ID] {
					t.Errorf("%s gives\n%s\nof\n%s", form, e.JSON(), want[e.ID])
				}
			}
		}
		if found != len(texts) {
			t.Errorf("%s has %d of %d", form, found, len(texts))
		}
	}
	for i := range texts {
		for _, f := range citeForms {
			res := h.get(fmt.Sprintf("/usecases/hostile-%d%s", i, f.Ending)).want(t, http.StatusOK)
			if kind := res.Header.Get("Content-Disposition"); !strings.HasPrefix(kind, "attachment; ") || res.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s may be shown as a page: %v", f.Name, res.Header)
			}
		}
	}
}

// formula is what a spreadsheet runs: at the beginning of a cell, or behind what parts cells elsewhere.
var formula = regexp.MustCompile(`(^[\t\r\n]*|[;\t\r\n])[=+\-@＝＋－＠]`)

// negative is a number as a column of numbers has it.
var negative = regexp.MustCompile(`^-\d+(\.\d+)?(e[+-]\d+)?$`)
