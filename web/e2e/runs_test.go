//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
)

// choose picks an option as a visitor does, with its change event.
func (t *tab) choose(selector, value string) {
	t.tb.Helper()
	t.must(t.MustElement(selector).Select([]string{"^" + value + "$"}, true, "regex"))
}

func (t *tab) fill(selector, value string) {
	t.tb.Helper()
	e := t.MustElement(selector)
	t.must(e.SelectAllText())
	t.must(e.Input(value))
}

func TestRunFromFormToTruth(t *testing.T) {
	t.Parallel()
	p := mustTab(t, mustHub(t, playing), desk).open("/runs#start")
	p.eval(`() => { document.documentElement.dataset.old = "1"; return "" }`)
	p.choose("#f-scenario", "asia-europe")
	p.eval(`() => { document.documentElement.dataset.old = "1"; return "" }`)
	p.choose("#f-poc", "rules")
	p.until(`() => !document.documentElement.dataset.old && document.querySelector("#f-poc").value === "rules"`)
	p.settled()
	p.fill("#f-seed", "11")
	p.eval(`() => { for (const d of document.querySelectorAll("#start details")) d.open = true; return "" }`)
	p.fill(`#start input[name$="seals"]`, "3000")
	p.follow("#start .actions button:not([name])")
	run := strings.TrimPrefix(p.address(), "/runs/")
	if !strings.HasPrefix(run, "r-") {
		t.Fatalf("the form leads to %s", run)
	}
	p.until(`() => document.querySelector("#progress progress")?.value > 0.02 && /[1-9]/.test(document.querySelector("#progress [data-field=readings]").innerText)`)
	p.shoot("run-progress")
	p.until(`() => document.querySelector(".result .verdict")`) // it comes by itself
	p.settled()

	status := `async run => String((await fetch("/api/v1/runs/" + run + "/truth")).status)`
	if got := p.eval(status, run); got != "403" {
		t.Errorf("the truth answers %s before the reveal", got)
	}
	if n := p.eval(`() => String(document.querySelectorAll(".truthlist, [data-truth]").length)`); n != "0" {
		t.Error("the page shows the truth before the reveal")
	}
	p.follow(`form[action$="/reveal"] button`)
	p.until(`() => document.querySelectorAll(".truthlist li").length > 0`)
	if got := p.eval(status, run); got != "200" {
		t.Errorf("the truth answers %s after the reveal", got)
	}
	p.click("#timeline [data-act=next]")
	p.until(`() => location.search.includes("t=") && location.search.includes("c=") && !document.querySelector("#card").hidden`)
	clock := p.text("#clock")
	p.click("#timeline [data-act=play]")
	p.until(`was => document.querySelector("#clock").innerText !== was`, clock)
	p.shoot("run-revealed")
	p.calm("403")
}

func TestBadSettingIsNamed(t *testing.T) {
	t.Parallel()
	p := mustTab(t, mustHub(t, idle), desk).open("/runs#start")
	p.eval(`() => { for (const d of document.querySelectorAll("#start details")) d.open = true; return "" }`)
	p.fill(`#start input[name$="seals"]`, "3")
	p.follow("#start .actions button:not([name])")
	p.until(`() => document.querySelector("#summary") && document.activeElement === document.querySelector("#summary")`)
	if got := p.eval(`() => document.querySelector('#start input[name$="seals"]').value`); got != "3" {
		t.Errorf("the value given is lost: %q", got)
	}
	p.axe(desk)
	p.shoot("form-wrong-summary")
	p.calm("422")
}

func TestCompareTickedRuns(t *testing.T) {
	t.Parallel()
	h, a, b := mustPair(t)
	p := mustTab(t, h, desk).open("/runs?scenario=asia-europe&q=")
	for _, id := range []string{a, b} {
		p.click(`#runs-table input[value="` + id + `"]`)
	}
	p.until(`n => document.querySelector("[data-compare]").innerText.includes("2")`)
	p.open(p.address()) // the choice is in the address
	p.until(`() => document.querySelectorAll("#runs-table input:checked").length === 2`)
	p.keys(input.KeyC)
	p.until(`() => location.pathname === "/compare"`)
	p.until(`() => document.querySelectorAll("#compare-table tbody tr").length > 5 && document.querySelectorAll(".chip").length === 2`)
	p.until(`() => document.querySelectorAll(".matrix tbody tr").length > 0`)
	p.calm()
}

func TestContainerCurvesAndEvents(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	p := mustTab(t, h, desk).open("/containers/" + h.alarmed(t))
	p.until(`() => document.querySelector(".cursor:not([hidden])") && document.querySelector(".cursor-value").innerText`)
	was := p.text(".cursor-value")
	p.must(p.Mouse.MoveTo(p.middle("#series svg.chart")))
	p.until(`was => document.querySelector(".cursor-value").innerText !== was`, was)
	values := p.eval(`() => new Set([...document.querySelectorAll(".cursor-value")].map(v => v.innerText.split("·")[1])).size < 4 ? "shared" : "apart"`)
	if values != "shared" {
		t.Error("the curves do not share one cursor")
	}
	p.click("#timeline [data-act=next]")
	p.until(`() => location.search.includes("t=") && document.querySelector(".eventlist .here, .alarmlist .here")`)
	p.click("#messages [data-copy]")
	p.until(`() => document.querySelector("#notice.shown")`)
	p.calm()
}

func TestLabShowsFiltersAndPauses(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	p := mustTab(t, h, desk).open("/lab/mqtt")
	newest := `() => document.querySelector("#tail > li:not([hidden]) pre")?.innerText ?? ""`
	was := p.eval(newest)
	p.until(`was => ((`+newest+`)()) !== was`, was)
	p.fill("#filter", "sealab/v1/open/run/+/tick")
	p.until(`() => { const li = [...document.querySelectorAll("#tail > li:not([hidden]) code")]; return li.length > 0 && li.every(c => c.innerText.endsWith("/tick")) }`)
	if !strings.Contains(p.address(), "topic=") {
		t.Errorf("the filter is not in the address: %s", p.address())
	}
	p.click("[data-act=pause]")
	p.until(`() => document.querySelector(".waiting-note:not([hidden])")`)
	p.click("[data-act=pause]")
	p.until(`() => !document.querySelector(".waiting-note:not([hidden])")`)
	p.fill("#connect-topic", "sealab/v1/open/#")
	p.fill("#filter", "")
	if got := p.text("#cmd-own"); !strings.Contains(got, "mosquitto_sub") || !strings.Contains(got, "'sealab/v1/open/#'") {
		t.Errorf("the command is %q", got)
	}
	p.click(".connect [type=submit]")
	p.until(`() => document.querySelector("#connection").innerText.includes("MQTT")`)
	was = p.eval(newest)
	p.until(`was => ((`+newest+`)()) !== was`, was)
	p.calm()
}

func TestKeyboardAlone(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	h.alarmed(t)
	p := mustTab(t, h, desk).open("/")
	p.keys(input.Tab)
	p.until(`() => document.activeElement.classList.contains("skip")`)
	p.keys(input.Enter)
	p.until(`() => document.activeElement.id === "main"`)
	p.until(`s => document.querySelector(s)`, firstRow)
	p.keys(input.KeyJ)
	p.until(`() => document.activeElement.closest("#alarms")`)
	p.keys(input.Enter)
	p.until(`() => !document.querySelector("#card").hidden && location.search.startsWith("?c=")`)
	p.keys(input.Slash)
	p.until(`() => document.activeElement.id === "search"`)
	p.must(p.InsertText("kalman"))
	p.keys(input.KeyG, input.KeyR) // typing, not a shortcut
	p.until(`() => location.pathname === "/" && document.querySelector("#search").value === "kalmangr"`)
	p.keys(input.Enter)
	p.until(`() => location.pathname === "/search"`)
	p.settled()
	p.keys(input.KeyG, input.KeyR)
	p.until(`() => location.pathname === "/runs"`)
	p.open("/help")
	p.click("[data-keys-off]")
	p.open("/help")
	p.keys(input.KeyG, input.KeyL)
	p.until(`() => document.querySelector("[data-keys-off]").checked && location.pathname === "/help"`)
	p.calm()
}

func TestReadingAndRunningWithoutScript(t *testing.T) {
	t.Parallel()
	h, a, b := mustPair(t)
	l := phone
	l.NoScript = true
	p := mustTab(t, h, l)
	for path, want := range map[string]string{"/": "#alarms li", "/runs/" + a: ".result", "/compare?runs=" + a + "," + b: "#compare-table",
		"/containers/" + h.alarmed(t): "#series svg.chart", "/lab/mqtt": "#tail li", "/usecases": "main a", "/help": "#keys"} {
		p.open(path)
		p.until(`s => document.querySelector(s)`, want)
		if got := p.eval(overflow); got != "" {
			t.Errorf("%s: %s", path, got)
		}
		if n := p.eval(`() => [...document.querySelectorAll(".js-only")].filter(e => e.offsetParent).length + ""`); n != "0" {
			t.Errorf("%s shows %s things that need a script", path, n)
		}
	}
	p.open("/")
	p.shoot("live-no-script")
	p.open("/runs?start=rules/northern-corridor/5#start")
	p.eval(`() => { document.querySelector('#start input[name$="seals"]').value = "20"; return "" }`)
	p.follow("#start .actions button:not([name])")
	for end := time.Now().Add(patience); p.text(".result .verdict") == "" && time.Now().Before(end); {
		p.open(p.address()) // the hub asks the browser to look again every three seconds, which automation without scripts does not
	}
	if got := p.text(".result .verdict"); got == "" {
		t.Error("the run does not end")
	}
	p.calm()
}
