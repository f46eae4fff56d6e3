package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestArmsTellRunsApart: the runs of a grid differ in nothing else that a list shows.
func TestArmsTellRunsApart(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	h.played(h.order("name: a grid\narms: [{poc: kalman, params: {nis: [9, 25]}}, {poc: 'null'}]\n" +
		"scenarios: [{name: northern-corridor, set: {seals: 10, span_days: 5}}]\nseeds: [7]\n"))
	for path, subject := range map[string]string{"/runs": "runs", "/": "live", "/experiments": "experiments", "/compare": "compare"} {
		page := h.get(path).want(t, http.StatusOK)
		checkPage(t, subject, "en", page)
		for _, arm := range []string{"kalman nis=9", "kalman nis=25"} {
			if below := regexp.MustCompile(`sub[a-z ]*">`+arm+`( · [^<]*)?<`).FindAllString(page.Body, -1); len(below) != 1 {
				t.Errorf("%s: %q stands below the names of %d runs", path, arm, len(below))
			}
		}
	}
	var out runsOut
	h.get("/api/v1/runs?query=arm+%3D+%22kalman+nis%3D25%22").want(t, http.StatusOK).json(t, &out)
	if out.Total != 1 || !slices.Equal(out.Runs[0].Arms, []string{"kalman nis=25"}) || out.Runs[0].Called() != "kalman nis=25" {
		t.Errorf("asked for an arm, got %+v", out.Runs)
	}
	h.get("/api/v1/runs?query=poc+%3D+%22null%22").json(t, &out)
	if out.Total != 1 || !slices.Equal(out.Runs[0].Arms, []string{"null"}) || out.Runs[0].Called() != "" {
		t.Errorf("an arm that its proof of concept names is %+v", out.Runs)
	}
	if body := h.get("/runs?cols=arm").want(t, http.StatusOK).Body; strings.Count(body, "kalman nis=25") != 1 {
		t.Error("an arm that has a column stands below the name too")
	}
}
