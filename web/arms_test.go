package web

import (
	"encoding/csv"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestArmsSectionsAndState: each section of an experiment's page is there, carries its state in its links, and every
// figure has a table, a CSV and an address of its own.
func TestArmsSectionsAndState(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(smallPlan)
	h.played(id)
	figures := map[string][]string{"measures": {"forest"}, "time": {"time"}, "levels": {"precision-recall", "checks"},
		"kinds": {"recall-by-kind", "false-by-kind"}, "cost": {"pareto"}, "differences": nil}
	for section, want := range figures {
		at := "/experiments/" + id + "?show=" + section + "&side=only_a&base=50"
		page := h.get(at).want(t, http.StatusOK)
		checkPage(t, "experiment", "en", page)
		for _, fig := range want {
			if !strings.Contains(page.Body, `id="fig-`+fig+`"`) {
				t.Errorf("section %s lacks the figure %s", section, fig)
			}
			rows, err := csv.NewReader(strings.NewReader(h.get(at+"&csv="+fig).want(t, 200).Body)).ReadAll()
			if err != nil || len(rows) < 2 {
				t.Errorf("CSV of %s: %v, %v", fig, rows, err)
			}
		}
		if !strings.Contains(page.Body, `base=50`) || !strings.Contains(page.Body, `side=only_a`) {
			t.Errorf("section %s: its links lose the state", section)
		}
	}
	h.get("/experiments/"+id+"?csv=matrix").want(t, 200)
	h.get("/experiments/"+id+"?csv=nothing").want(t, http.StatusUnprocessableEntity)
	for _, bad := range []string{"show=x", "side=x", "arm_a=9", "arm_b=0", "arm=x", "from=-1", "base=x", "base=10001", "check=-1", "seed=x", "arm=1&arm=2&arm=3&arm=1&arm=0"} {
		res := h.get("/experiments/"+id+"?"+bad).want(t, http.StatusUnprocessableEntity)
		checkPage(t, "error", "en", res)
	}
}

var sumLine = regexp.MustCompile(`(\d+) both \+ (\d+) only A \+ (\d+) only B \+ (\d+) neither = (\d+) attacks heard`)

// TestMatrixAddsUp: on the page and over the API, for an experiment and for loose runs.
func TestMatrixAddsUp(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order(smallPlan)
	h.played(id)
	a, b := h.MustRun("kalman", ""), h.MustRun("rules", "")
	for _, at := range []string{"/experiments/" + id, "/experiments/" + id + "?arm_a=3&arm_b=1", "/compare?runs=" + a + "," + b} {
		page := h.get(at).want(t, http.StatusOK).Body
		found := sumLine.FindStringSubmatch(html.UnescapeString(page))
		if found == nil {
			t.Fatalf("%s: no sum", at)
		}
		var n [5]int
		for i := range n {
			fmt.Sscan(found[i+1], &n[i])
		}
		if n[0]+n[1]+n[2]+n[3] != n[4] || n[4] == 0 {
			t.Errorf("%s: %v do not add up", at, n)
		}
	}
	var out struct{ Sides []sidesOf }
	h.get("/api/v1/compare?runs="+a+","+b).want(t, 200).json(t, &out)
	if s := out.Sides; len(s) != 1 || s[0].Both+s[0].OnlyA+s[0].OnlyB+s[0].Neither != s[0].Heard || s[0].Heard == 0 {
		t.Errorf("got %+v", s)
	}
}

// TestBaseRateRecomputes: at a thousandfold base rate the same runs are far more precise.
func TestBaseRateRecomputes(t *testing.T) {
	h := MustHub(t)
	a, b := h.MustRun("kalman", ""), h.MustRun("rules", "")
	at := "/compare?runs=" + a + "," + b
	low, high := h.get(at).Body, h.get(at+"&base=1000&check=20").Body
	if strings.Contains(low, "Cost of the checks") || low == high {
		t.Error("a price of a check changes nothing")
	}
	if !strings.Contains(high, `value="1000"`) {
		t.Error("the base rate is not kept")
	}
}

// TestLooseRuns: runs of several seeds are arms; a run twice opens an arm of its own; runs of different worlds are shown
// side by side without a verdict.
func TestLooseRuns(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	k1, k2 := h.MustRun("kalman", `,"seed":1`), h.MustRun("kalman", `,"seed":2`)
	r1, r2 := h.MustRun("rules", `,"seed":1`), h.MustRun("rules", `,"seed":2`)
	page := h.get("/compare?runs="+strings.Join([]string{r1, k1, r2, k2}, ",")).want(t, 200).Body
	if !strings.Contains(page, "arms 2 · worlds 2 · seeds 1..2") {
		t.Error("four runs of two detectors are not two arms over two seeds")
	}
	page = h.get("/compare?runs="+k1+","+h.MustRun("kalman", `,"seed":1`)).want(t, 200).Body
	if !strings.Contains(page, "kalman (2)") || !strings.Contains(page, "w-not_distinguishable") {
		t.Error("a detector against itself is not told so")
	}
	page = h.get("/compare?runs="+k1+","+r2).want(t, 200).Body
	if strings.Contains(page, `id="matrix"`) || !strings.Contains(page, "share no world") {
		t.Error("runs of two worlds are paired")
	}
	page = h.get("/compare?"+url.Values{"a": {"kalman"}, "b": {"kalman"}, "scenario": {"asia-europe"}, "seeds": {"1..2"}}.Encode()).want(t, 200).Body
	if !strings.Contains(page, "pair-progress") {
		t.Error("what was not played in this scenario is not asked for")
	}
}

// TestPairsKeepToTheHostsLimit: a comparison started from the form is held to --max-trials like any other experiment.
func TestPairsKeepToTheHostsLimit(t *testing.T) {
	h := MustHub(t, func(c *Config) { c.MaxTrials = 4 })
	asked := url.Values{"a": {"rules"}, "b": {"null"}, "scenario": {"land-bridge"}, "seeds": {"1..3"}}
	h.form("/compare", asked)
	if body := h.get("/compare?"+asked.Encode()).want(t, 422).Body; !strings.Contains(body, "at most 2 seeds") {
		t.Error("the page does not say how many seeds are allowed")
	}
	var runs struct{ Total int }
	if h.get("/api/v1/runs").json(t, &runs); runs.Total != 0 {
		t.Errorf("%d runs were started", runs.Total)
	}
}
