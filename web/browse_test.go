// Browsing the catalogue: counts, files, gaps, comparisons.
package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sealab/catalog"
	"sealab/catalog/find"
	"sealab/catalog/interchange"
	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

// listing asks the API in this process, since the tests ask often.
func (h *house) listing(query string) (out usecasesOut) {
	h.tb.Helper()
	w := httptest.NewRecorder()
	h.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/usecases?"+query, nil))
	if w.Code != http.StatusOK {
		h.tb.Fatalf("%s: %d %s", query, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		h.tb.Fatal(err)
	}
	return out
}

var countOnPage = regexp.MustCompile(`data-count="([a-z]+=[^"]+)">([0-9,]+)<`)

// counts reads what the page shows beside the values of its facets, and above its list.
func (h *house) counts(query string) (byValue map[string]int, total int) {
	h.tb.Helper()
	w := httptest.NewRecorder()
	h.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/usecases?"+query, nil))
	byValue = map[string]int{}
	for _, m := range countOnPage.FindAllStringSubmatch(w.Body.String(), -1) {
		byValue[m[1]], _ = strconv.Atoi(strings.ReplaceAll(m[2], ",", ""))
	}
	m := regexp.MustCompile(`data-total>([0-9,]+)<`).FindStringSubmatch(w.Body.String())
	if m == nil {
		h.tb.Fatalf("%s: the page has no total: %d", query, w.Code)
	}
	total, _ = strconv.Atoi(m[1])
	return byValue, total
}

// TestFacetCountsAreThoseOfTheAPI goes through every value of every facet, alone and with every other one: what page and
// API announce beside a value is what the API finds when it is asked for, and what the page then shows.
func TestFacetCountsAreThoseOfTheAPI(t *testing.T) {
	h := MustHub(t)
	h.shelve()
	var values []string
	whole := h.listing("limit=1")
	for _, f := range whole.Facets {
		for _, v := range f.Values {
			values = append(values, f.Name+"="+v.Value)
		}
	}
	if whole.Total != len(usecases.List()) || len(values) < 80 {
		t.Fatalf("%d use cases, %d values", whole.Total, len(values))
	}
	totals := map[string]int{"": whole.Total}
	for i, a := range values {
		totals[a] = h.listing("limit=1&" + a).Total
		for _, b := range values[:i] {
			totals[b+"&"+a] = h.listing("limit=1&" + b + "&" + a).Total
		}
	}
	announced := func(where string, counts map[string]int, chosen string) {
		for v, n := range counts {
			want := totals[v]
			switch facet, _, _ := strings.Cut(v, "="); {
			case chosen == "" || strings.HasPrefix(chosen, facet+"="): // alone in its facet
			case slices.Index(values, chosen) < slices.Index(values, v):
				want = totals[chosen+"&"+v]
			default:
				want = totals[v+"&"+chosen]
			}
			if n != want {
				t.Errorf("%s with %q announces %d for %s, the API finds %d", where, chosen, n, v, want)
			}
		}
	}
	for _, chosen := range append([]string{""}, values...) {
		api := map[string]int{}
		for _, f := range h.listing("limit=1&" + chosen).Facets {
			for _, v := range f.Values {
				api[f.Name+"="+v.Value] = v.Count
			}
		}
		if len(api) != len(values) {
			t.Errorf("with %q the API has %d values, want %d", chosen, len(api), len(values))
		}
		announced("the API", api, chosen)
		page, total := h.counts(chosen)
		announced("the page", page, chosen)
		if total != totals[chosen] {
			t.Errorf("with %q the page shows %d, the API %d", chosen, total, totals[chosen])
		}
		for _, slug := range usecase.Technologies {
			if _, there := page["tech="+slug]; !there {
				t.Errorf("with %q the page hides the technology %s", chosen, slug)
			}
		}
	}
}

func TestEveryInitiativeIsBrowsable(t *testing.T) {
	h := MustHub(t)
	h.shelve()
	seen := map[string]bool{}
	next := "/usecases?sort=title"
	for pages := 0; next != ""; pages++ {
		body := h.get(next).want(t, 200).Body
		for _, m := range regexp.MustCompile(`<h3 id="u-([a-z0-9-]+)"><a href="/usecases/`).FindAllStringSubmatch(body, -1) {
			seen[m[1]] = true
		}
		m := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(body)
		if next = ""; m != nil {
			next = strings.ReplaceAll(m[1], "&amp;", "&")
		}
		if pages > 5 {
			t.Fatal("the pages do not end")
		}
	}
	for _, e := range usecases.List() {
		if !seen[e.ID] {
			t.Errorf("%s is on no page", e.ID)
		}
		body := h.get("/usecases/"+e.ID).want(t, 200).Body
		for _, source := range e.Sources {
			if !strings.Contains(body, strings.ReplaceAll(source.URL, "&", "&amp;")) {
				t.Errorf("%s: its page does not link %s", e.ID, source.URL)
			}
		}
	}
	if body := h.get("/usecases?sort=title&page=99").want(t, 200).Body; !strings.Contains(body, `rel="prev"`) || !strings.Contains(body, "usecard") {
		t.Error("a page beyond the last one is not the last one")
	}
}

func TestStoppedCasesSayWhy(t *testing.T) {
	h := MustHub(t)
	h.shelve()
	body := h.get("/usecases").want(t, 200).Body
	if strings.Contains(body, "Why it was stopped") || !strings.Contains(body, `href="/usecases?stage=stopped"`) {
		t.Error("the list says why without being asked, or does not lead to what was stopped")
	}
	body = h.get("/usecases?stage=stopped").want(t, 200).Body
	if !strings.Contains(body, "a viable business were never reached") || !strings.Contains(body, "stage=stopped&amp;tech=blockchain") {
		t.Error("what was stopped does not say why, or cannot be narrowed by its technology")
	}
	if body = h.get("/usecases?stopped=reason&view=table").Body; !strings.Contains(body, "a viable business were never reached") {
		t.Error("the table does not say why")
	}
}

func TestNothingFoundNamesWhatStandsInTheWay(t *testing.T) {
	h := MustHub(t)
	body := h.get("/usecases").want(t, 200).Body
	if !strings.Contains(body, "No use case has been published") || strings.Contains(body, `id="browse"`) {
		t.Error("an empty catalogue does not say so")
	}
	h.shelve()
	body = h.get("/usecases?tech=3d-printing&stage=stopped").want(t, 200).Body
	if !strings.Contains(body, `<a href="/usecases?stage=stopped">Leave out Technology: 3D printing</a> <span class="count">3</span>`) || strings.Contains(body, "Leave out Stage") {
		t.Errorf("nothing is found, and no way out named: %.600s", body[strings.Index(body, `id="nothing"`):])
	}
	body = h.get("/usecases?q=qqqzzz&tech=iot").want(t, 200).Body
	if !strings.Contains(body, `<a href="/usecases?tech=iot">Leave out Text: qqqzzz</a>`) {
		t.Error("the text is not named")
	}
}

func TestBadFiltersAreRefused(t *testing.T) {
	h := MustHub(t)
	h.shelve()
	for path, says := range map[string]string{
		"/api/v1/usecases?tech=ito": "allowed are blockchain", "/api/v1/usecases?country=Kenya": "two capital letters", "/api/v1/usecases?sort=best": "relevance, newest, title",
		"/api/v1/usecases.csv?tehc=iot": "tehc", "/api/v1/usecases?tehc=iot": "tehc", "/usecases?view=list": "cards, table", "/usecases?view=table&cols=x": "technologies",
		"/usecases/map?year=soon": "a year", "/api/v1/usecases?q=" + strings.Repeat("a", 300): "200",
	} {
		if res := h.get(path); res.Status != http.StatusUnprocessableEntity || !strings.Contains(res.Body, says) {
			t.Errorf("%s: %d, %.300s", path, res.Status, res.Body)
		}
	}
	if a, b := h.listing("tech=iot,drones"), h.listing("tech=drones&tech=iot"); a.Total != b.Total || a.Total <= h.listing("tech=iot").Total {
		t.Errorf("two values: %d and %d", a.Total, b.Total)
	}
}

func TestFilesOfAList(t *testing.T) {
	h := MustHub(t)
	h.shelve()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(usecase.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("u.json", schema); err != nil {
		t.Fatal(err)
	}
	valid := c.MustCompile("u.json")
	for _, query := range []string{"", "tech=iot&stage=pilot", "tech=3d-printing"} {
		total := h.listing(query).Total
		var list []json.RawMessage
		h.get("/api/v1/usecases.json?"+query).want(t, 200).json(t, &list)
		if len(list) != total {
			t.Errorf("%q: the file has %d entries, the list %d", query, len(list), total)
		}
		shipped := map[string]string{}
		for _, e := range usecases.List() {
			shipped[e.ID] = e.Hash()
		}
		for _, raw := range list {
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
			if err == nil {
				err = valid.Validate(doc)
			}
			e, faults := usecase.Parse(raw)
			if err != nil || len(faults) > 0 || e.Hash() != shipped[e.ID] {
				t.Errorf("%s: %v, %v", e.ID, err, faults)
			}
		}
		text := h.get("/api/v1/usecases.yaml?"+query).want(t, 200).Body
		n := 0
		for _, item := range strings.Split("\n"+strings.TrimPrefix(text, "[]\n"), "\n- ")[1:] {
			e, faults := usecase.Parse([]byte("  " + item))
			if n++; len(faults) > 0 || e.Hash() != shipped[e.ID] {
				t.Errorf("%s in YAML: %v", e.ID, faults)
			}
		}
		if n != total {
			t.Errorf("%q: the YAML has %d entries, the list %d", query, n, total)
		}
		if rows := h.table("/api/v1/usecases.csv?" + query); len(rows) != total+1 {
			t.Errorf("%q: the table has %d rows", query, len(rows))
		}
	}
}

// table reads a CSV file.
func (h *house) table(path string) [][]string {
	h.tb.Helper()
	rows, err := csv.NewReader(strings.NewReader(h.get(path).want(h.tb, 200).Body)).ReadAll()
	if err != nil {
		h.tb.Fatalf("%s: %v", path, err)
	}
	return rows
}

// put puts an entry of the test's own on the shelf.
func (h *house) put(e usecase.Entry) {
	h.tb.Helper()
	if _, err := h.cfg.Store.SeedUsecases(h.tb.Context(), "", []usecase.Entry{e}, h.cfg.Now()); err != nil {
		h.tb.Fatal(err)
	}
}

func TestTablesRunNoFormulas(t *testing.T) {
	h := MustHub(t)
	e := usecases.List()[0]
	price := -2.5
	e.ID, e.Title = "evil", `=HYPERLINK("http://evil.example","x")`
	e.Metrics = []usecase.Metric{{Name: "@SUM(A1)", Unit: "+1+1", Measured: &price}}
	e.Countries, e.Standards = []string{"KE", "UG"}, []string{"-2+3", "ISO 17712"}
	h.put(e)
	rows := h.table("/api/v1/usecases.csv")
	cell := func(rows [][]string, name string) string { return rows[1][slices.Index(rows[0], name)] }
	if got := cell(rows, "title"); !strings.HasPrefix(got, "'=") {
		t.Errorf("title: %s", got)
	}
	if got := cell(rows, "countries"); got != "KE; UG" {
		t.Errorf("countries: %s", got)
	}
	if got := cell(rows, "standards"); got != "'-2+3; ISO 17712" {
		t.Errorf("standards: %s", got)
	}
	rows = h.table("/api/v1/usecases-metrics.csv")
	if cell(rows, "name") != "'@SUM(A1)" || cell(rows, "unit") != "'+1+1" || cell(rows, "measured") != "-2.5" || cell(rows, "target") != "" {
		t.Errorf("figures: %q", rows)
	}
}

func TestCoverageMapCountsWhatTheListShows(t *testing.T) {
	h := MustHub(t)
	h.shelve()
	cell := regexp.MustCompile(`<a href="([^"]+)" data-cell="([a-z0-9-]+) ([a-z-]+)">([0-9]+)<`)
	for _, filter := range []string{"", "stage=pilot"} {
		body := h.get("/usecases/map?"+filter).want(t, 200).Body
		cells := cell.FindAllStringSubmatch(body, -1)
		gaps := strings.Count(body, `class="gap"`)
		if len(cells) == 0 || len(cells)+gaps != len(usecase.Technologies)*len(usecase.Processes) {
			t.Errorf("%q: %d fields and %d gaps", filter, len(cells), gaps)
		}
		for _, m := range cells {
			want := h.listing(fmt.Sprintf("%s&tech=%s&process=%s", filter, m[2], m[3])).Total
			there := strings.ReplaceAll(m[1], "&amp;", "&")
			if _, total := h.counts(strings.TrimPrefix(there, "/usecases?")); m[4] != strconv.Itoa(want) || total != want {
				t.Errorf("%s by %s shows %s, its list %d, the API %d", m[2], m[3], m[4], total, want)
			}
		}
	}
}

func TestSideBySideShowsDifferencesOnly(t *testing.T) {
	h := MustHub(t)
	a := usecases.List()[0]
	b := a
	a.ID, b.ID, b.Stage = "one", "two", "stopped"
	h.put(a)
	h.put(b)
	rows := func(path string) (fields []string) {
		for _, m := range regexp.MustCompile(`<tr[^>]*><th scope="row">([^<]+)</th>`).FindAllStringSubmatch(h.get(path).want(t, 200).Body, -1) {
			fields = append(fields, m[1])
		}
		return fields
	}
	if got := rows("/usecases/compare?ids=one&ids=two"); !slices.Equal(got, []string{"Stage"}) {
		t.Errorf("differences: %v", got)
	}
	if got := rows("/usecases/compare?ids=one,two&all=1"); len(got) < 8 || !slices.Contains(got, "Problem") {
		t.Errorf("all fields: %v", got)
	}
	h.get("/usecases/compare?ids=one,one").want(t, http.StatusUnprocessableEntity)
	h.get("/usecases/compare?ids=a,b,c,d,e").want(t, http.StatusUnprocessableEntity)
}

func TestSearchMarksHitsAndEscapesTheRest(t *testing.T) {
	h := MustHub(t)
	e := usecases.List()[0]
	e.ID, e.Title, e.Summary = "evil", "<b>Zebra</b> & <script>alert(1)</script>", "A zebra <img src=x onerror=alert(1)> that is long enough to be kept."
	h.put(e)
	for _, path := range []string{"/usecases?q=zebras", "/usecases?q=zebras&view=table", "/search?q=zebras"} {
		body := h.get(path).want(t, 200).Body
		if !strings.Contains(body, "&lt;b&gt;<mark>Zebra</mark>&lt;/b&gt; &amp; &lt;script&gt;") || strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			t.Errorf("%s: %.300s", path, body[max(strings.Index(body, "Zebra")-100, 0):])
		}
	}
}

// TestListFollowsThePublished: what is published can be found at once, what is withdrawn cannot.
func TestListFollowsThePublished(t *testing.T) {
	h := MustHub(t)
	h.shelve()
	before := h.listing("q=zebra")
	e := usecases.List()[0]
	e.ID, e.Title = "zebra", "Zebras at the border"
	h.put(e)
	after := h.listing("q=zebra")
	if before.Total != 0 || after.Total != 1 || after.Items[0].ID != "zebra" || after.Sort != find.ByRelevance {
		t.Errorf("before %d, after %d", before.Total, after.Total)
	}
	versions, err := h.cfg.Store.Versions(t.Context(), catalog.DefaultRoom, "zebra")
	if err != nil {
		t.Fatal(err)
	}
	h.withdraw(&versions[0], "a test")
	if got := h.listing("q=zebra"); got.Total != 0 {
		t.Errorf("withdrawn, and %d found", got.Total)
	}
}

// TestWholeCatalogueIsAFile: anyone may take it along, and it can be read again.
func TestWholeCatalogueIsAFile(t *testing.T) {
	t.Parallel()
	h := shelved(t)
	h.publish(submitted())
	got := h.get("/api/v1/catalogue.json").want(t, 200)
	a, err := interchange.Read(strings.NewReader(got.Body))
	if err != nil || len(a.Editions) != len(usecases.List())+1 {
		t.Fatalf("%v, %+v", err, a)
	}
}
