package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/sim/event"
)

// TestReportOfManyArms: above eight arms the verdict gathers those of which the same is said, and above 150 runs the
// manifest lists the first.
func TestReportOfManyArms(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	id := h.order("name: many\nscenarios: [{name: land-bridge, set: {seals: 10, span_days: 5}}]\n" +
		"arms: [{poc: coin, params: {rate: [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4]}}, 'null', rules]\nseeds: 1..16\nbaseline: rules\n")
	if out := h.played(id); out.State != stateDone || out.Runs != 160 {
		t.Fatalf("got %s with %d runs", out.State, out.Runs)
	}
	md := h.report(id, "md").Body
	verdict, _, _ := strings.Cut(md, "## Design")
	if n := strings.Count(verdict, "\n- "); n == 0 || n > 3 || !strings.Contains(verdict, "Worse than rules (") {
		t.Errorf("%d sentences on ten arms: %s", n, verdict)
	}
	for _, arm := range []string{`coin rate=0.001`, `coin rate=0.4`, "null"} {
		if strings.Count(verdict, arm+" (") != 1 {
			t.Errorf("the verdict names %q %d times", arm, strings.Count(verdict, arm+" ("))
		}
	}
	checkTables(t, md)
	_, manifest, _ := strings.Cut(md, "## Manifest")
	if n := strings.Count(manifest, "| `r-"); n != firstRuns || !strings.Contains(manifest, "The first 40") {
		t.Errorf("%d of 160 runs are listed", n)
	}
	tex := h.report(id, "tex").Body
	checkLaTeX(t, tex)
	if !strings.Contains(tex, `\begin{tabular}`) {
		t.Error("ten arms fit a table that floats")
	}
}

// faller gives up at its tenth tick.
type faller struct{ tick int }

func (d *faller) Step(event.Batch) ([]pocs.Finding, error) {
	if d.tick++; d.tick == 10 {
		return nil, errors.New("out of <breath>")
	}
	return nil, nil
}

func TestReportNamesWhatWasLeftOut(t *testing.T) {
	fall := pocs.PoC{Name: "faller", Challenge: "seals", New: func(pocs.Setup) (pocs.Detector, error) { return &faller{}, nil }}
	h := MustHub(t, func(c *Config) { c.PoCs = append([]pocs.PoC{fall}, c.PoCs...) })
	plan := strings.Replace(smallPlan, "[rules, kalman", "[faller, rules, kalman", 1)
	id := h.order(plan)
	h.played(id)
	for format, want := range map[string]string{"html": "out of &lt;breath&gt;", "md": "out of &lt;breath&gt;"} {
		body := h.report(id, format).Body
		if strings.Count(body, want) != 3 || !strings.Contains(body, "Left out") || !strings.Contains(body, "faller cannot be compared with rules") {
			t.Errorf("%s names %d failures", format, strings.Count(body, want))
		}
	}
	// A seed that one arm lacks is left out of all.
	links, err := h.cfg.Store.Links(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	before := h.report(id, "md").Body
	if err := h.cfg.Store.DeleteRun(t.Context(), links[len(links)-1].Run); err != nil {
		t.Fatal(err)
	}
	h.outcomes.forget(links[len(links)-1].Run)
	after := h.report(id, "md").Body
	if want := fmt.Sprintf("Seeds %d: not every arm", links[len(links)-1].Seed); strings.Contains(before, want) || !strings.Contains(after, want) {
		t.Errorf("the report does not say %q", want)
	}
}

func TestReportOfAlteredFileIsRefused(t *testing.T) {
	h := MustHub(t)
	id := h.order(smallPlan)
	h.played(id)
	other := MustHub(t, func(c *Config) { c.Store, c.PoCs, c.Watch = h.cfg.Store, c.PoCs[:1], c.PoCs[0].Name })
	if p := other.get("/experiments/"+id+"/report.tex", "Accept", "application/json").want(t, http.StatusConflict); !strings.Contains(p.Body, "other code") {
		t.Errorf("got %.200s", p.Body)
	}
	checkPage(t, "other code", "en", other.get("/experiments/"+id+"/report").want(t, http.StatusOK))
}
