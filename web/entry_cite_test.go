package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"sealab/catalog"
	"sealab/catalog/review"
)

// TestVersionIsCited in every form, on pages and in the API, alike.
func TestVersionIsCited(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	e := submitted()
	h.publish(e)
	e.Title = "Stamps that tell, again"
	h.publish(e)
	says := map[string][2]string{".bib": {"application/x-bibtex; charset=utf-8", "@misc{sealab-smart-stamps-v1,"}, ".cff": {"application/yaml; charset=utf-8", `version: "1"`},
		".csl.json": {"application/vnd.citationstyles.csl+json", `"id": "sealab-smart-stamps-v1"`}}
	page := h.get("/usecases/smart-stamps/v1").want(t, http.StatusOK).Body
	for ending, want := range says {
		first := h.get("/usecases/smart-stamps/v1"+ending).want(t, http.StatusOK)
		if kind := first.Header.Get("Content-Type"); kind != want[0] || !strings.Contains(first.Body, want[1]) || !strings.Contains(first.Body, "urn:sealab:usecase:smart-stamps:v1") {
			t.Errorf("%s: %s\n%s", ending, kind, first.Body)
		}
		if name := first.Header.Get("Content-Disposition"); name != `attachment; filename="sealab-smart-stamps-v1`+ending+`"` {
			t.Errorf("%s is sent as %s", ending, name)
		}
		if api := h.get("/api/v1/usecases/smart-stamps/versions/1/citation"+ending).want(t, http.StatusOK); api.Body != first.Body {
			t.Errorf("%s: the API says\n%s", ending, api.Body)
		}
		newest := h.get("/usecases/smart-stamps"+ending).want(t, http.StatusOK).Body
		if second := h.get("/usecases/smart-stamps/v2"+ending).want(t, http.StatusOK).Body; newest != second || !strings.Contains(second, "Stamps that tell, again") || second == first.Body {
			t.Errorf("%s: the newest is cited as\n%s", ending, newest)
		}
		if !strings.Contains(page, `href="/usecases/smart-stamps/v1`+ending+`"`) {
			t.Errorf("the page does not lead to %s", ending)
		}
		h.get("/usecases/smart-stamps/v3"+ending).want(t, http.StatusNotFound)
		h.get("/usecases/nobody"+ending).want(t, http.StatusNotFound)
	}
	h.get("/api/v1/usecases/smart-stamps/versions/x/citation.bib").want(t, http.StatusUnprocessableEntity)
}

// TestCitationOfWithdrawn: there is nothing to cite of what is not shown any more.
func TestCitationOfWithdrawn(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	d := h.publish(submitted())
	if _, err := h.cfg.Store.Move(t.Context(), d.ID, catalog.Step{To: review.Withdrawn, By: catalog.Actor{Role: review.Curator, Name: "c-1"}, Reason: "a mistake"}, day0); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/usecases/smart-stamps.bib", "/usecases/smart-stamps/v1.cff", "/api/v1/usecases/smart-stamps/versions/1/citation.csl.json"} {
		h.get(path).want(t, http.StatusGone)
	}
}

// TestCitationNamesAddress that others reach, and none that is only this machine's.
func TestCitationNamesAddress(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	h.publish(submitted())
	for host, want := range map[string]string{"hub.example.org": "http://hub.example.org/usecases/smart-stamps/v1", "192.0.2.7:8080": "http://192.0.2.7:8080/usecases/smart-stamps/v1",
		"127.0.0.1:8080": "", "localhost:8080": "", "[::1]:8080": "", "0.0.0.0": ""} {
		var list []struct{ URL string }
		if err := json.Unmarshal([]byte(h.get("/usecases/smart-stamps.csl.json", "Host", host).want(t, http.StatusOK).Body), &list); err != nil || len(list) != 1 || list[0].URL != want {
			t.Errorf("at %s: %v, %v", host, list, err)
		}
	}
}
