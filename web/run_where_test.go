package web

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sealab/pocs"
)

func TestQueryOfRuns(t *testing.T) {
	h := MustHub(t)
	h.stored("r-one", func(r *pocs.Run) {})
	h.stored("r-two", func(r *pocs.Run) { r.PoC, r.Seed = "rules", 9 })
	for query, want := range map[string]string{
		"":                                "r-two,r-one",
		"poc = kalman":                    "r-one",
		"NOT poc = kalman AND seed > 2":   "r-two",
		"poc = passive OR seed = 1":       "r-one",
		"recall != null":                  "",
		`scenario ~ "europe" AND seed=9 `: "r-two",
	} {
		var out runsOut
		h.get("/api/v1/runs?sort=seed&dir=desc&query="+url.QueryEscape(query)).want(t, http.StatusOK).json(t, &out)
		var ids []string
		for _, r := range out.Runs {
			ids = append(ids, r.Run)
		}
		if got := strings.Join(ids, ","); got != want || out.Total != len(ids) {
			t.Errorf("%q: got %q of %d, want %q", query, got, out.Total, want)
		}
		page := h.get("/runs?query="+url.QueryEscape(query)).want(t, http.StatusOK).Body
		csv := h.get("/api/v1/runs.csv?query="+url.QueryEscape(query)).want(t, http.StatusOK).Body
		for _, id := range []string{"r-one", "r-two"} {
			there := strings.Contains(want, id)
			if strings.Contains(page, `data-run="`+id+`"`) != there || strings.Contains(csv, id) != there {
				t.Errorf("%q: page or CSV differ from the API about %s", query, id)
			}
		}
	}
}

func TestBadQueryPointsAtTheCharacter(t *testing.T) {
	h := MustHub(t)
	for query, at := range map[string]string{
		"poc = kalman AND": "character 17", "pcc = kalman": "character 1", "recall > high": "character 10", "(seed = 1": "character",
		strings.Repeat("x", 2100): "character",
	} {
		for _, path := range []string{"/api/v1/runs?query=", "/api/v1/runs.csv?query="} {
			p := h.get(path+url.QueryEscape(query)).want(t, http.StatusUnprocessableEntity).problem(t)
			if p.Field != "query" || p.Code != "bad_query" || !strings.Contains(p.Message, at) || !strings.HasSuffix(p.Drawing, "^") {
				t.Errorf("%.30q at %s: got %+v", query, path, p)
			}
		}
		res := h.get("/runs?query="+url.QueryEscape(query)).want(t, http.StatusUnprocessableEntity)
		checkPage(t, "bad query", "en", res)
		if !strings.Contains(res.Body, `value="`+html.EscapeString(query)+`"`) || !strings.Contains(res.Body, "^</pre>") {
			t.Errorf("%.30q: the page lost the query or shows no caret", query)
		}
	}
}
