//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// dear are inputs with figures as large as they come.
const dear = "price=45000&fee=1200&loss=8&hours=2&hour_cost=3800&co2e=1400&value=22000000&currency=ROUBLES&trips=8&flow=1000"

// mustAssumptions plays the test of the assumptions of a decide page to its end.
func (h *hub) mustAssumptions(tb testing.TB, path, query string) {
	tb.Helper()
	res, err := http.PostForm(h.URL+path+"/test", url.Values{"query": {query}})
	if err != nil {
		tb.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		tb.Fatalf("start the test of the assumptions: status %d", res.StatusCode)
	}
	api := "/api/v1" + strings.TrimSuffix(path, "decide") + "decision?" + query
	for done, end := -1, time.Now().Add(patience); ; time.Sleep(300 * time.Millisecond) {
		var out struct {
			Assumptions struct{ Experiment, State string }
		}
		if h.call(tb, "GET", api, "", &out); out.Assumptions.State == "done" {
			return
		}
		var test struct{ Progress struct{ Done int } }
		if h.call(tb, "GET", "/api/v1/experiments/"+out.Assumptions.Experiment, "", &test); test.Progress.Done != done {
			done, end = test.Progress.Done, time.Now().Add(patience) // hundreds of trials: it may take long, but never stands still
		}
		if time.Now().After(end) {
			tb.Fatalf("the test of the assumptions is %q and stands at %d trials", out.Assumptions.State, done)
		}
	}
}

func TestDecide(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	for _, arms := range []int{2, 7, 20} {
		path := "/experiments/" + mustExperiment(t, arms) + "/decide"
		query := dear
		switch arms {
		case 7:
			query += "&show=rules&show=" + url.QueryEscape("kalman nis=9") + "&show=" + url.QueryEscape("kalman nis=25") + "&show=oracle&show=coin"
			h.mustAssumptions(t, path, query)
		case 20:
			query += "&show=" + url.QueryEscape("hourly nis=25")
		}
		want := ".decide-verdict"
		if arms == 7 {
			want = "#assumptions svg.chart"
		}
		views := []view{{name: fmt.Sprint("decide-", arms), path: path + "?" + query, hub: playing, want: want}}
		if arms == 2 {
			views = append(views, view{name: "decide-blank", path: path, hub: playing, want: `.decide-verdict a[href="#in-price"]`},
				view{name: "decide-wrong", path: path + "?price=cheap", hub: playing, want: ".summary", ok: []string{"422"}})
		}
		for _, v := range views {
			t.Run(v.name, func(t *testing.T) {
				for _, l := range looks() {
					v.check(t, l)
				}
				p := mustTab(t, h, desk).open(v.path)
				if n := p.sheets(t); n != 1 {
					t.Errorf("it prints on %d sheets", n)
				}
				p.leave()
			})
		}
	}
}

// TestDecideFromTheLivePage: "what would it cost us a day?" takes three clicks, and the form keeps all in the address.
func TestDecideFromTheLivePage(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	id := mustExperiment(t, 7)
	p := mustTab(t, h, desk).open("/")
	p.follow(`.mainnav a[href="/experiments"]`)
	p.follow(`a[href="/experiments/` + id + `"]`)
	p.follow(`a[href="/experiments/` + id + `/decide"]`)
	for name, value := range map[string]string{"price": "45", "fee": "12", "loss": "8", "hours": "2", "hour_cost": "38", "trips": "8"} {
		p.fill("#in-"+name, value)
	}
	p.follow(`.decide-form button[type="submit"]`)
	if day := p.text("#row-cost_day"); !regexp.MustCompile(`\d{2,}`).MatchString(day) {
		t.Errorf("the cost of a day is %q", day)
	}
	again := mustTab(t, h, phone).open(p.eval(`() => location.pathname + location.search`))
	if a, b := p.text("#outputs tbody"), again.text("#outputs tbody"); a != b {
		t.Errorf("another visitor sees %q instead of %q", b, a)
	}
	p.calm()
}

// sheets prints to A4 and counts the pages.
func (t *tab) sheets(tb testing.TB) int {
	tb.Helper()
	out, err := t.Timeout(patience).PDF(&proto.PagePrintToPDF{PreferCSSPageSize: true})
	if err != nil {
		tb.Fatal(err)
	}
	pdf := new(strings.Builder)
	for part := make([]byte, 1<<16); err == nil; {
		var n int
		n, err = out.Read(part)
		pdf.Write(part[:n])
	}
	return len(regexp.MustCompile(`/MediaBox \[0 0 `).FindAllString(pdf.String(), -1))
}
