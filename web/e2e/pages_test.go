//go:build e2e

package e2e

import (
	"encoding/json"
	"strings"
	"testing"
)

// view is a page in a state, at an address that may need what is there only when the hub plays.
type view struct {
	name string
	path string
	hub  func() (*hub, error)
	want string   // a selector that must be there
	ok   []string // noise that is meant: the answer of an error page is an error to the browser
	map_ bool     // has a map that must show something
}

func views(t *testing.T) []view {
	h, a, b := mustPair(t)
	box := h.alarmed(t)
	list := []view{
		{name: "live", path: "/", hub: playing, want: "#alarms li", map_: true},
		{name: "live-card", path: "/?c=" + box, hub: playing, want: "#card:not([hidden]) dl", map_: true},
		{name: "container", path: "/containers/" + box, hub: playing, want: "#series svg.chart", map_: true},
		{name: "experiments", path: "/experiments", hub: playing, want: "main h1"},
		{name: "runs", path: "/runs", hub: playing, want: "#runs-table tbody tr"},
		{name: "runs-columns", path: "/runs?cols=recall,set.seals,commit,tag,note&sort=recall&deleted=r-1,r-2", hub: playing, want: "#runs-table.chosen"},
		{name: "experiments-query", path: "/experiments?query=pocs+%3D+kalman", hub: playing, want: "#q-wrong", ok: []string{"422"}},
		{name: "run", path: "/runs/" + a, hub: playing, want: ".result", map_: true},
		{name: "fork", path: "/runs/" + a + "/fork", hub: playing, want: ".tries button"},
		{name: "compare", path: "/compare?runs=" + a + "," + b, hub: playing, want: "#compare-table"},
		{name: "compare-pair", path: "/compare?a=kalman&b=rules&scenario=asia-europe&seeds=7", hub: playing, want: "main h1"},
		{name: "compare-pick", path: "/compare", hub: playing, want: ".picks"},
		{name: "boards", path: "/leaderboards", hub: playing, want: ".boards table"},
		{name: "board", path: h.board(t), hub: playing, want: ".board tbody tr"},
		{name: "suites", path: "/suites", hub: playing, want: ".doclist li"},
		{name: "suite", path: "/suites/seals-draft", hub: playing, want: "#bibtex"},
		{name: "usecases", path: "/usecases", hub: playing, want: ".usecard"},
		{name: "usecases-stopped", path: "/usecases?tech=blockchain&stage=stopped", hub: playing, want: ".usecard"},
		{name: "usecases-table", path: "/usecases?view=table&q=seal", hub: playing, want: "table tbody tr"},
		{name: "usecases-nothing", path: "/usecases?q=zeppelin&tech=drones", hub: playing, want: "main h1"},
		{name: "usecases-map", path: "/usecases/map", hub: playing, want: "table"},
		{name: "usecases-beside", path: "/usecases/compare?ids=tradelens,us-csd,cadena", hub: playing, want: "table"},
		{name: "usecase-stopped", path: "/usecases/tradelens", hub: playing, want: "#similar"},
		{name: "usecase-new", path: "/usecases/new", hub: playing, want: "#begin"},
		{name: "usecase", path: "/usecases/kalman", hub: playing, want: "main h1"},
		{name: "pocs", path: "/pocs", hub: playing, want: ".usecard"},
		{name: "poc", path: "/pocs/fusion", hub: playing, want: "main h1"},
		{name: "empty-usecases", path: "/usecases", hub: idle, want: ".empty"},
		{name: "calls", path: "/calls", hub: playing, want: ".doclist li"},
		{name: "call", path: h.judgedCall(t), hub: playing, want: ".callboard .verdict"},
		{name: "call-new", path: "/calls/new", hub: playing, want: "#f-rule"},
		{name: "empty-calls", path: "/calls", hub: idle, want: ".empty"},
		{name: "lab", path: "/lab", hub: playing, want: "main h1"},
		{name: "library", path: "/library", hub: playing, want: ".kinds li"},
		{name: "library-kind", path: "/library/bolt_cut", hub: playing, want: ".tracecurves svg.chart"},
		{name: "library-alike", path: "/library/authorised_inspection", hub: playing, want: "table.trace .sort-extra"},
		{name: "lab-mqtt", path: "/lab/mqtt", hub: playing, want: "#tail li"},
		{name: "contract", path: "/lab/contract", hub: idle, want: "table"},
		{name: "help", path: "/help", hub: playing, want: "#keys"},
		{name: "search", path: "/search?q=kalman", hub: playing, want: "main h1"},
		{name: "error", path: "/runs/no-such-run", hub: playing, want: "main h1", ok: []string{"404"}},
		{name: "form-wrong", path: "/runs?start=kalman/asia-europe/7#start", hub: playing, want: "#start form"},
		{name: "empty-live", path: "/", hub: idle, want: ".empty"},
		{name: "empty-runs", path: "/runs", hub: idle, want: ".empty"},
		{name: "empty-compare", path: "/compare", hub: idle, want: ".empty"},
		{name: "empty-board", path: "/leaderboards/seals/asia-europe", hub: idle, want: ".empty"},
		{name: "empty-lab", path: "/lab/mqtt", hub: idle, want: ".empty"},
	}
	return append(list, armViews(t)...)
}

func TestPages(t *testing.T) {
	for _, v := range views(t) {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			for _, l := range looks() {
				v.check(t, l)
			}
		})
	}
}

func (v view) check(t *testing.T, l look) {
	t.Helper()
	p := mustTab(t, mustHub(t, v.hub), l).open(v.path)
	p.until(`s => document.querySelector(s)`, v.want)
	if v.map_ {
		p.until(colourful)
	}
	if got := p.eval(`() => getComputedStyle(document.documentElement).colorScheme`); got != l.Theme {
		t.Errorf("%s: the page is %s", l, got)
	}
	if got := p.eval(overflow); got != "" {
		t.Errorf("%s: %s", l, got)
	}
	if got := p.eval(clipped); got != "" {
		t.Errorf("%s: text is cut off: %s", l, got)
	}
	if got := p.eval(small); l.Width < 600 && got != "" {
		t.Errorf("%s: targets are too small for a finger: %s", l, got)
	}
	p.shoot(v.name + "-" + l.String())
	if l == desk || l == phone.in("dark") { // the audit takes a second: once a theme, and once a width
		p.axe(l)
	}
	p.calm(v.ok...)
	p.leave()
}

// axe lists what the accessibility checker finds serious or critical.
func (t *tab) axe(l look) {
	t.tb.Helper()
	source, err := axe()
	if err != nil {
		t.tb.Fatalf("read axe-core (npm ci in web/ui): %v", err)
	}
	t.eval(`source => { (0, eval)(source); return "" }`, source)
	raw := t.evalIn(t.Page, `async () => { // over a long report on a busy machine this takes minutes
		const r = await axe.run(document, { resultTypes: ["violations"] })
		return JSON.stringify(r.violations.filter(v => v.impact === "serious" || v.impact === "critical")
			.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.any[0]?.message ?? "")).join(" | ")))
	}`)
	var found []string
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		t.tb.Fatal(err)
	}
	for _, f := range found {
		t.tb.Errorf("%s: axe: %s", l, f)
	}
}

// colourful is true where the map shows more than one plain colour.
const colourful = `() => {
	const seen = new Set(), d = (` + pixels + `)()
	for (let i = 0; i < d.length; i += 4 * 61) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2])
	return seen.size > 4
}`

// pixels copies the map to where reading costs nothing.
const pixels = `() => {
	const c = document.querySelector("#map-canvas"), copy = document.createElement("canvas")
	if (!c?.width) return []
	copy.width = c.width
	copy.height = c.height
	const ctx = copy.getContext("2d", { willReadFrequently: true })
	ctx.drawImage(c, 0, 0)
	return ctx.getImageData(0, 0, c.width, c.height).data
}`

const overflow = `() => {
	const w = document.documentElement.clientWidth
	if (document.documentElement.scrollWidth <= w) return ""
	const out = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > w + 1).slice(-3)
	return "overflows to " + document.documentElement.scrollWidth + ": " + out.map(e => e.tagName + "." + e.className).join(", ")
}`

// clipped finds text that reaches out of the panel around it, which hides what reaches out, and that nothing scrolls.
const clipped = `() => {
	const out = []
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	for (let n; (n = walk.nextNode());) {
		const e = n.parentElement
		if (!n.data.trim() || !e || e.closest(".sr, svg, [hidden], .scroll, pre, select, script, template, details:not([open]) > :not(summary), .mainnav")) continue
		const r = document.createRange()
		r.selectNodeContents(n)
		const text = r.getBoundingClientRect(), box = (e.closest(".panel, .card, .map, header") ?? document.body).getBoundingClientRect()
		if (text.width > 0 && (text.right > box.right + 1 || text.left < box.left - 1)) out.push(n.data.trim().slice(0, 40))
	}
	return out.slice(0, 5).join(" | ")
}`

// small finds targets below 24 px (WCAG 2.2, 2.5.8); links within text may be as low as their line.
const small = `() => [...document.querySelectorAll("button, select, input:not([type=hidden]), summary, .segments a, .mainnav a")]
	.filter(e => e.offsetParent && !e.closest(".sr") && e.type !== "checkbox" && e.type !== "radio" && getComputedStyle(e).clipPath === "none")
	.filter(e => { const r = e.getBoundingClientRect(); return r.height < (e.type === "range" ? 16 : 23.5) || r.width < 23.5 })
	.map(e => e.tagName + "." + e.className + " " + (e.textContent || e.id).trim().slice(0, 20)).slice(0, 5).join(" | ")`

func TestConnectionIsShownWhileTheHubIsAway(t *testing.T) {
	t.Parallel()
	h, err := startHub(true, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := mustTab(t, h, desk).open("/")
	p.until(`() => document.querySelector("#connection").dataset.state === "live"`)
	h.Close()
	p.until(`() => document.querySelector("#connection").dataset.state !== "live"`)
	if text := p.text("#connection"); !strings.Contains(text, "onnecting") && !strings.Contains(text, "tale") {
		t.Errorf("the header says %q while the hub is away", text)
	}
}
