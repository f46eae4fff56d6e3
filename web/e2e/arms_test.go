//go:build e2e

package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// files are small experiments of 2, 7 and 20 arms. That of 7 has the longest titles, and in its world a test of its
// assumptions, of about a thousand trials, takes least.
var files = map[int]string{
	2: "name: Experiment of 2 arms\nquestion: Which of them finds most, and at what price?\n" +
		"scenarios: [{name: northern-corridor, set: {seals: 40}}]\narms: [{poc: rules}, {poc: kalman}]\n" +
		"thresholds: ['kalman: recall > 0.5']\n",
	7: "name: Experiment of 7 arms" + strings.Repeat(" by a long name", 6) + "\nquestion:" + strings.Repeat(" Which of them finds most, and at what price?", 8) +
		"\nscenarios: [{name: northern-corridor, set: {seals: 20, span_days: 10}}]\n" +
		"arms: [{poc: rules}, {poc: kalman, params: {nis: [9, 16, 25]}}, {poc: 'null'}, {poc: oracle}, {poc: coin}]\n" +
		"thresholds: ['kalman: recall > 0.5']\n",
	20: "name: Experiment of 20 arms\nquestion: Which of them finds most, and at what price?\n" +
		"scenarios: [{name: northern-corridor, set: {seals: 40}}]\n" +
		"arms: [{poc: kalman, params: {nis: [6, 9, 12, 15, 20, 25]}}, {poc: rules, params: {silence_h: [3, 6, 9, 12, 18, 24, 36]}}, " +
		"{poc: kalman, name: hourly, set: {report_interval_s: 3600}, params: {nis: [9, 12, 25]}}, {poc: 'null'}, {poc: oracle}, {poc: coin}, {poc: passive}]\n" +
		"thresholds: ['hourly: recall > 0.99']\n",
}

var (
	playedOnce sync.Mutex
	playedIDs  = map[int]string{}
)

// mustExperiment gives an experiment of so many arms that has been played.
func mustExperiment(tb testing.TB, arms int) string {
	tb.Helper()
	playedOnce.Lock()
	defer playedOnce.Unlock()
	if id := playedIDs[arms]; id != "" {
		return id
	}
	h := mustHub(tb, playing)
	body, _ := json.Marshal(map[string]string{"file": files[arms] + "seeds: 1..6\n"})
	var started struct{ ID, State string }
	if status := h.call(tb, "POST", "/api/v1/experiments", string(body), &started); status != http.StatusAccepted {
		tb.Fatalf("start experiment of %d arms: status %d", arms, status)
	}
	for end := time.Now().Add(patience); started.State != "done"; time.Sleep(100 * time.Millisecond) {
		if h.call(tb, "GET", "/api/v1/experiments/"+started.ID, "", &started); time.Now().After(end) {
			tb.Fatalf("the experiment of %d arms is %s", arms, started.State)
		}
	}
	playedIDs[arms] = started.ID
	return started.ID
}

// armViews are the pages of experiments.
func armViews(t *testing.T) []view {
	two := "/experiments/" + mustExperiment(t, 2)
	list := []view{
		{name: "experiment-7", path: "/experiments/" + mustExperiment(t, 7), hub: playing, want: "#matrix tbody tr"},
		{name: "experiment-20", path: "/experiments/" + mustExperiment(t, 20) + "?show=kinds", hub: playing, want: "#matrix tbody tr"},
	}
	for _, section := range []string{"measures", "time", "levels", "kinds", "cost", "differences"} {
		list = append(list, view{name: "experiment-2-" + section, path: two + "?show=" + section, hub: playing, want: "#section > *"})
	}
	return list
}

// TestChoicesChangeThePageInPlace: filters, sections and the base rate change the page without loading it anew, the
// address follows, and back leads back.
func TestChoicesChangeThePageInPlace(t *testing.T) {
	t.Parallel()
	p := mustTab(t, mustHub(t, playing), desk).open("/experiments/" + mustExperiment(t, 2))
	p.eval(`() => { document.documentElement.dataset.old = "1"; return "" }`)
	same := `() => document.documentElement.dataset.old === "1"`
	p.click(`.sides a[href*="side=only_a"]`)
	p.until(`() => location.search.includes("side=only_a") && document.querySelector(".sides a[aria-current]")?.href.includes("only_a")`)
	rows := p.eval(`() => document.querySelectorAll("#matrix tbody tr").length + " of " + document.querySelector(".sides a[aria-current] strong").innerText`)
	if parts := strings.Split(rows, " of "); parts[0] != parts[1] {
		t.Errorf("rows %s", rows)
	}
	p.click(`#more a[href*="show=levels"]`)
	p.until(`() => location.search.includes("show=levels") && location.search.includes("side=only_a") && document.querySelector("#fig-checks svg")`)
	was := p.text("#cost tbody")
	p.eval(`() => { const s = document.querySelector("input[data-log]"); s.value = "2"; s.dispatchEvent(new Event("input", {bubbles: true})); s.dispatchEvent(new Event("change", {bubbles: true})); return "" }`)
	p.until(`was => location.search.includes("base=100") && document.querySelector("#cost tbody").innerText !== was`, was)
	p.until(same)
	p.eval(`() => { history.back(); return "" }`)
	p.until(`() => !location.search.includes("base=") && document.querySelector("#fig-checks svg")`)
	p.until(same)
	p.calm()
}

// TestCellOpensTheMapAtThatMoment: one click from the matrix to the place and time.
func TestCellOpensTheMapAtThatMoment(t *testing.T) {
	t.Parallel()
	p := mustTab(t, mustHub(t, playing), desk).open("/experiments/" + mustExperiment(t, 2) + "?side=both")
	box := p.eval(`() => document.querySelector("#matrix tbody th .mono").innerText`)
	p.follow("#matrix tbody td.fate-caught > a")
	p.until(`box => location.pathname.startsWith("/runs/") && location.search.includes("c=" + box) && location.search.includes("t=")`, box)
	p.until(`box => !document.querySelector("#card").hidden && document.querySelector("#card").innerText.includes(box)`, box)
	p.calm()
}

// TestWhyIsOneClickAwayWithManyArms: also where the cells of the matrix are narrow.
func TestWhyIsOneClickAwayWithManyArms(t *testing.T) {
	t.Parallel()
	p := mustTab(t, mustHub(t, playing), desk).open("/experiments/" + mustExperiment(t, 7))
	p.follow(`#matrix .fate-missed .why-link`)
	p.until(`() => document.querySelector(".page-incident main h1")`)
	p.calm()
}

// TestFiveTasksInThreeClicks: what new users come for, from the live page.
func TestFiveTasksInThreeClicks(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	mustExperiment(t, 2)
	for name, task := range map[string]struct {
		clicks []string
		want   string
	}{
		"which of these two is better, and are you sure?": {[]string{`.task[href^="/experiments/"]`}, `#verdict .says strong`},
		"what would it cost us a day?":                    {[]string{`.task[href$="/decide"]`}, `main form input`},
		"why did it miss this one?":                       {[]string{`.task[href^="/experiments/"]`, `#matrix .fate-missed .why-link`}, `.page-incident main h1`},
		"send me the proof":                               {[]string{`.task[href$="/proof"]`}, `main form[action$="/bundle"] button`},
		"play":                                            {[]string{`.task.first`}, `main form button`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := mustTab(t, h, desk).open("/")
			for _, click := range task.clicks {
				p.until(`s => document.querySelector(s)`, click)
				p.follow(click)
			}
			p.until(`s => document.querySelector(s)`, task.want)
			p.shoot("task-" + strings.ReplaceAll(strings.Fields(name)[0], "/", ""))
			p.calm()
		})
	}
}
