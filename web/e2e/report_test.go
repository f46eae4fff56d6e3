//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// reporting is a hub with experiments of 2, 7 and 20 arms.
var reporting = sync.OnceValues(func() (*hub, error) { return startHub(false, nil) })

const threeWorlds = "question: Which one?\nscenarios: [{name: northern-corridor, set: {seals: 30}}]\nseeds: 2001..2003\n"

// reported are the experiments by their number of arms; a grid has long names.
var reported = map[int]string{
	2:  "arms: [rules, kalman]\nthresholds: ['kalman: recall >= 0.5', 'rules: recall > 0.99']\n",
	7:  "arms: [rules, kalman, 'null', coin, passive, oracle, {poc: kalman, name: 'kalman hourly', set: {report_interval_s: 3600}}]\n",
	20: "arms: [{poc: kalman, params: {lux_lx: [5, 10, 20], cooldown_h: [6, 12, 24]}}, {poc: rules, params: {lux_lx: [5, 10, 20], cooldown_h: [6, 12, 24]}}, 'null', coin]\n",
}

// mustExperiment plays an experiment to its end and returns its id.
func (h *hub) mustExperiment(tb testing.TB, file string) string {
	tb.Helper()
	var started struct{ ID string }
	body, _ := json.Marshal(map[string]string{"file": file})
	if status := h.call(tb, "POST", "/api/v1/experiments", string(body), &started); status != http.StatusAccepted {
		tb.Fatalf("start experiment: status %d", status)
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		var e struct{ State, Reason string }
		h.call(tb, "GET", "/api/v1/experiments/"+started.ID, "", &e)
		switch e.State {
		case "done":
			return started.ID
		case "queued", "running":
		default:
			tb.Fatalf("experiment ended as %s: %s", e.State, e.Reason)
		}
	}
	tb.Fatal("experiment did not end")
	return ""
}

// The room that the report's page rule leaves on A4, in CSS pixels: 210 − 2·15 mm by 297 − 16 − 19 mm.
const paperWidth, paperHeight = 680, 990

func TestReports(t *testing.T) {
	t.Parallel()
	h := mustHub(t, reporting)
	for arms, plan := range reported {
		t.Run(strconv.Itoa(arms), func(t *testing.T) {
			id := h.mustExperiment(t, threeWorlds+plan)
			v := view{name: fmt.Sprintf("report-%d", arms), path: "/experiments/" + id + "/report", hub: reporting, want: ".report .chart"}
			for _, l := range looks() {
				v.check(t, l)
			}
			served := mustTab(t, h, desk).open(v.path + ".html")
			if got := served.eval(`() => getComputedStyle(document.querySelector(".report")).maxWidth`); got != "900px" {
				t.Errorf("the file's style does not pass its policy: %s", got)
			}
			served.calm()
			served.leave()
			checkFile(t, h, id)
		})
	}
}

// checkFile opens a report from disk, reads it and prints it.
func checkFile(t *testing.T, h *hub, id string) {
	t.Helper()
	res, err := http.Get(h.URL + "/experiments/" + id + "/report.html")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	path := filepath.Join(t.TempDir(), "report.html")
	file, err := os.Create(path)
	if err == nil {
		_, err = file.ReadFrom(res.Body)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	p := mustTab(t, h, look{Theme: "dark", Width: paperWidth, Height: paperHeight})
	var mu sync.Mutex
	var asked []string
	listen := p.EachEvent(func(e *proto.NetworkRequestWillBeSent) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, e.Request.URL)
	})
	go listen()
	p.must(p.Timeout(patience).Navigate("file://" + path))
	p.until(`() => document.readyState === "complete"`)
	if got := p.eval(overflow); got != "" {
		t.Error(got)
	}
	p.axe(desk)
	p.must(proto.EmulationSetEmulatedMedia{Media: "print"}.Call(p))
	if got := p.eval(overflow); got != "" {
		t.Errorf("on paper: %s", got)
	}
	if got := p.eval(offPaper, paperWidth, paperHeight); got != "" {
		t.Errorf("on paper: %s", got)
	}
	printOut(t, p)
	p.calm("foreign request: file://")
	mu.Lock()
	defer mu.Unlock()
	if len(asked) != 1 || asked[0] != "file://"+path {
		t.Errorf("the file asked for %q", asked)
	}
	p.leave()
}

// printOut prints to A4 and looks at the size of each page.
func printOut(t *testing.T, p *tab) {
	t.Helper()
	out, err := p.Timeout(patience).PDF(&proto.PagePrintToPDF{PreferCSSPageSize: true})
	if err != nil {
		t.Fatal(err)
	}
	pdf := new(strings.Builder)
	for part := make([]byte, 1<<16); err == nil; {
		var n int
		n, err = out.Read(part)
		pdf.Write(part[:n])
	}
	pages := regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`).FindAllStringSubmatch(pdf.String(), -1)
	if len(pages) < 3 {
		t.Errorf("%d pages were printed", len(pages))
	}
	for _, m := range pages {
		if !strings.HasPrefix(m[1], "594.9") && !strings.HasPrefix(m[1], "595") || !strings.HasPrefix(m[2], "841") && !strings.HasPrefix(m[2], "842") {
			t.Fatalf("a page of %s × %s points is not A4", m[1], m[2])
		}
	}
}

// offPaper finds what a sheet of paper would cut: what is too wide, and charts that are too high or may be parted.
const offPaper = `(width, height) => {
	const out = []
	for (const e of document.querySelectorAll("body *")) {
		const r = e.getBoundingClientRect()
		if (r.right > width + 1 && !e.closest("svg")) out.push("too wide: " + e.tagName + "." + e.className)
	}
	for (const e of document.querySelectorAll("svg.chart")) {
		const all = [...e.querySelectorAll("text, path, rect")].map(x => x.getBoundingClientRect())
		if (Math.max(...all.map(r => r.right)) > width + 1) out.push("a chart is too wide: " + e.id)
		const box = e.closest(".r-chart")
		if (!box || box.getBoundingClientRect().height > height) out.push("a chart is too high")
		else if (getComputedStyle(box).breakInside !== "avoid") out.push("a chart may be cut")
	}
	return out.slice(0, 5).join(" | ")
}`
