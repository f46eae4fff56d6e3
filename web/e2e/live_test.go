//go:build e2e

package e2e

import (
	"net/url"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

const firstRow = "#alarms > li:not([hidden])"

func TestAlarmLeadsToItsContainer(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	h.alarmed(t)
	p := mustTab(t, h, desk).open("/")
	p.until(opened)
	p.until(`s => document.querySelector(s)`, firstRow)
	c := p.eval(`s => document.querySelector(s).dataset.c`, firstRow)
	p.click(firstRow + " a")
	p.until(`c => document.querySelector("#card").innerText.includes(c) && !document.querySelector("#card").hidden`, c)
	if got := p.address(); got != "/?c="+c {
		t.Errorf("the address is %s", got)
	}
	p.until(`c => document.querySelector("#alarms [aria-current=true]")?.dataset.c === c`, c)

	other := mustTab(t, h, phone).open(p.address()) // the address alone shows the same elsewhere
	other.until(`c => !document.querySelector("#card").hidden && document.querySelector("#card").innerText.includes(c)`, c)
	other.click("#card .close")
	other.until(`() => document.querySelector("#card").hidden && location.search === ""`)

	p.must(p.NavigateBack())
	p.until(`() => document.querySelector("#card").hidden`)
	p.must(p.NavigateForward())
	p.until(`() => !document.querySelector("#card").hidden`)
	p.follow("#card .card-more a")
	if got := p.address(); got != "/containers/"+c {
		t.Errorf("the card leads to %s", got)
	}
	p.calm()
	other.calm()
}

func TestSeverityFiltersListAndAddress(t *testing.T) {
	t.Parallel()
	h := mustHub(t, playing)
	h.alarmed(t)
	p := mustTab(t, h, desk).open("/")
	for _, sev := range []string{"critical", "major", "minor"} {
		p.click(".segments [data-sev=" + sev + "]")
		p.until(`sev => [...document.querySelectorAll("#alarms > li:not([hidden])")].every(li => li.dataset.sev === sev)`, sev)
		if got := p.address(); got != "/?sev="+sev {
			t.Errorf("the address is %s", got)
		}
	}
	p.open("/?sev=critical") // the hub filters as the script does
	p.until(`() => [...document.querySelectorAll("#alarms > li:not([hidden])")].every(li => li.dataset.sev === "critical") &&
		document.querySelector(".segments [aria-current]").dataset.sev === "critical"`)
	p.click(".segments [data-sev=all]")
	p.until(`() => location.search === ""`)
	p.calm()
}

const opened = `async () => { const h = await (await fetch("/api/v1/live/snapshot")).json(); return h.t > h.start + (h.end - h.start) / 4 + 36e5 }`

func TestTimeCanBePausedScrubbedAndSteppedThrough(t *testing.T) {
	t.Parallel()
	h, err := startHub(true, nil) // of its own: all visitors of a hub share its clock
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	h.alarmed(t)
	p := mustTab(t, h, desk).open("/")
	pressed := `want => document.querySelector("[data-act=play]").getAttribute("aria-pressed") === want`
	p.until(pressed, "true")
	p.until(opened) // a world is played to a quarter before its clock is anybody's
	before := p.text("#clock")
	p.until(`was => document.querySelector("#clock").innerText !== was`, before) // time passes without being told
	p.click("[data-act=play]")
	p.until(pressed, "false")
	var hello struct {
		Playing bool
		Speed   float64
	}
	if h.call(t, "GET", "/api/v1/live/snapshot", "", &hello); hello.Playing {
		t.Error("the world plays on after a pause")
	}
	p.click("[data-act=play]")
	p.until(pressed, "true")
	p.must(p.MustElement("#speed").Select([]string{`[value="3600"]`}, true, "css-selector"))
	p.until(`async () => (await (await fetch("/api/v1/live/snapshot")).json()).speed === 3600`)

	p.must(p.MustElement("#scrub").Focus())
	p.keys(input.Home)
	p.until(`() => new URLSearchParams(location.search).get("t") && document.querySelector("#timeline").dataset.mode === "local"`)
	p.until(`() => document.querySelectorAll("#alarms > li:not([hidden])").length === 0`) // nothing was said at the beginning
	last := ""
	for range 2 {
		p.click("[data-act=next]")
		p.until(`last => location.search !== last && new URLSearchParams(location.search).get("c")`, last)
		last = p.eval(`() => location.search`)
	}
	q, err := url.ParseQuery(strings.TrimPrefix(last, "?"))
	if err != nil || q.Get("t") == "" || q.Get("run") == "" || q.Get("c") == "" {
		t.Errorf("the address does not tell the moment: %s", last)
	}
	other := mustTab(t, h, desk).open("/" + last)
	other.until(`clock => document.querySelector("#clock").innerText === clock`, p.text("#clock"))
	p.click("[data-act=live]")
	p.until(`() => !location.search.includes("t=") && document.querySelector("#timeline").dataset.mode === "live"`)
	p.calm()
	other.calm()
}

func TestListKeepsTheReadersPlace(t *testing.T) {
	t.Parallel()
	h, err := startHub(true, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	h.call(t, "POST", "/api/v1/live/control", `{"speed":7200}`, nil)
	p := mustTab(t, h, phone).open("/")
	p.until(`() => document.querySelector("#alarms").scrollHeight > document.querySelector("#alarms").clientHeight + 60`)
	p.eval(`() => { document.querySelector("#alarms").scrollTop = 50; return "" }`)
	p.until(`() => !document.querySelector(".waiting").hidden && /\d/.test(document.querySelector(".waiting").innerText)`)
	if top := p.eval(`() => String(document.querySelector("#alarms").scrollTop)`); top != "50" {
		t.Errorf("the list moved to %s under the reader's eyes", top)
	}
	p.click(".waiting")
	p.until(`() => document.querySelector(".waiting").hidden && document.querySelector("#alarms").scrollTop < 9`)
	p.calm()
}

func TestMapMovesByHandAndKey(t *testing.T) {
	t.Parallel()
	p := mustTab(t, mustHub(t, playing), desk).open("/")
	p.until(colourful)
	hash := `() => { let h = 0; const d = (` + pixels + `)(); for (let i = 0; i < d.length; i += 404) h = (h * 31 + d[i]) | 0; return String(h) }`
	was := p.eval(hash)
	changed := func(what string) {
		t.Helper()
		p.until(`was => ((`+hash+`)()) !== was`, was)
		was = p.eval(hash)
		t.Log("moved by", what)
	}
	p.must(p.MustElement("#map-canvas").Focus())
	for name, key := range map[string]input.Key{"arrow": input.ArrowRight, "plus": input.NumpadAdd, "minus": input.Minus} {
		p.keys(key)
		changed(name)
	}
	at := p.middle("#map-canvas")
	p.must(p.Mouse.MoveTo(at))
	p.must(p.Mouse.Scroll(0, -240, 2))
	changed("wheel")
	p.must(p.Mouse.Down("left", 1))
	at.X += 120
	p.must(p.Mouse.MoveLinear(at, 5))
	p.must(p.Mouse.Up("left", 1))
	changed("pointer")
	p.click("[data-act=zoom-fit]")
	changed("fit")
	p.calm()
}

func TestThemeChangesWithoutReload(t *testing.T) {
	t.Parallel()
	p := mustTab(t, mustHub(t, playing), desk).open("/")
	p.eval(`() => { document.documentElement.dataset.old = "1"; return "" }`)
	colour := `() => (` + pixels + `)().slice(0, 3).join()`
	light := p.eval(colour)
	for _, theme := range []string{"auto", "dark"} { // light → auto → dark
		p.click("[data-act=theme]")
		p.until(`theme => document.documentElement.dataset.theme === theme && document.documentElement.dataset.old`, theme)
	}
	p.until(`light => ((`+colour+`)()) !== light`, light)
	p.open("/help")
	p.until(`() => document.documentElement.dataset.theme === "dark"`)
	p.calm()
}
