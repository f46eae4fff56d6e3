//go:build e2e

package e2e

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// TestPlay plays "Beat the detector" as a visitor with a phone would, and one at a desk, in both themes.
func TestPlay(t *testing.T) {
	for _, l := range looks() {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			playOnce(t, l)
		})
	}
}

// sound looks at a screen of the game: nothing cut off, nothing too small, and what the accessibility checker says.
func (t *tab) sound(l look, name string) {
	t.tb.Helper()
	for _, js := range []string{overflow, clipped} {
		if got := t.eval(js); got != "" {
			t.tb.Errorf("%s %s: %s", name, l, got)
		}
	}
	if got := t.eval(small); l.Width < 600 && got != "" {
		t.tb.Errorf("%s %s: targets are too small for a finger: %s", name, l, got)
	}
	t.shoot("play-" + name + "-" + l.String())
	t.axe(l)
}

func playOnce(t *testing.T, l look) {
	p := mustTab(t, mustHub(t, idle), l).open("/")
	p.follow(`main a[href="/play"]`) // one click from the live page
	if p.address() != "/play" {
		t.Fatalf("the call leads to %s", p.address())
	}
	p.sound(l, "start")
	p.click(`[name=guess][value="7"]`)
	p.follow(`form.playform .button.big`)
	p.until(`() => document.querySelector("#game")?.dataset.ready === "true"`)
	p.until(colourful)
	p.click(`[data-speed="4"]`)
	p.until(`() => document.querySelector(".tile.g1, .tile.g2") && document.querySelectorAll("#news li").length > 1`)
	p.pause() // news come in while a hand moves, and a busy machine takes the length of a game to look at one screen
	p.click(`#news li button`)
	p.until(`() => document.querySelector("#gamecard:not([hidden]) .cardnews li")`)
	p.click(`[data-act=flag]`)
	p.until(`() => document.querySelector("[data-act=undo]")`)
	p.sound(l, "flag")
	flags := p.text("#game-flags")
	if !strings.Contains(flags, "1") {
		t.Errorf("after a flag the page says %q", flags)
	}
	address := p.address()
	p.open(address) // loaded anew, the game is still there
	p.until(`() => document.querySelector("#game")?.dataset.ready === "true"`)
	if got := p.text("#game-flags"); got != flags {
		t.Errorf("loaded anew the page says %q, before it was %q", got, flags)
	}
	takeBack(t, p)
	p.click(`#board li:last-child .tile`)
	p.keys('f', 'p')
	p.until(plays, "true")
	p.pause()
	p.sound(l, "board")
	p.click(`.gameend summary`)
	p.until(`() => document.querySelector("#game-end").offsetParent`)
	p.sound(l, "end")
	p.follow(`#game-end`)
	if !strings.HasPrefix(p.address(), address+"?guess=7") {
		t.Errorf("the result is at %s", p.address())
	}
	p.until(`() => document.querySelector("#lesson .dots")||document.querySelector("#lesson-body p")`)
	p.sound(l, "result")
	p.eval(`() => { const r = document.querySelector("#rate"); r.value = "9"; r.dispatchEvent(new Event("input", { bubbles: true })); return "" }`)
	p.until(`() => location.search.includes("rate=1000") && document.querySelector("#lesson .segments [aria-current]")?.textContent === "1 in 10"`)
	p.calm()
	p.leave()
}

// plays says whether the world of a game plays, "true" or "false".
const plays = `want => document.querySelector("[data-act=play]").getAttribute("aria-pressed") === want`

// pause stops the world of a game that plays.
func (t *tab) pause() {
	t.tb.Helper()
	t.keys('p')
	t.until(plays, "false")
}

// takeBack flags by keyboard and takes the flag back.
func takeBack(t *testing.T, p *tab) {
	t.Helper()
	before := p.text("#game-flags")
	p.eval(`() => { // the one to the right is not the one that was flagged just before
		const all = [...document.querySelectorAll(".tile")]
		all[all.findIndex((_, i) => !all[i + 1].querySelector(".flagmark"))].focus()
		return ""
	}`)
	p.keys(input.ArrowRight, input.Enter)
	p.until(`() => document.querySelector("#gamecard:not([hidden]) [data-act=flag]")`)
	p.keys('f')
	p.until(`() => document.querySelector("[data-act=undo]")`)
	p.keys('u')
	p.until(`before => document.querySelector("#game-flags").textContent === before`, before)
	p.keys(input.Escape)
	p.until(`() => document.querySelector("#gamecard").hidden && document.activeElement.classList.contains("tile")`)
}

// TestPlayWithoutAScript: flags are forms then, and the result is a page like any other.
func TestPlayWithoutAScript(t *testing.T) {
	t.Parallel()
	l := phone
	l.NoScript = true
	p := mustTab(t, mustHub(t, idle), l).open("/play")
	p.follow(`form.playform .button.big`)
	address := p.address()
	p.follow(`.boardrow button`)
	if p.address() != address || !strings.Contains(p.text(".boardrow button"), "(1)") {
		t.Errorf("after a flag: %s, %q", p.address(), p.text(".boardrow button"))
	}
	p.shoot("play-noscript")
	p.click(`.gameend summary`)
	p.follow(`#game-end`)
	p.follow(`#lesson .segments a:nth-child(3)`)
	if !strings.Contains(p.address(), "rate=100") {
		t.Errorf("the rate's link leads to %s", p.address())
	}
	p.calm()
}

// TestPlayOutlivesALostConnection: while the hub is out of reach the page says so; the world waits, and goes on.
func TestPlayOutlivesALostConnection(t *testing.T) {
	t.Parallel()
	var lost atomic.Bool
	h, err := startHub(false, func(pages http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if lost.Load() && strings.HasPrefix(r.URL.Path, "/api/v1/play/") {
				http.Error(w, "out of reach", http.StatusBadGateway)
				return
			}
			pages.ServeHTTP(w, r)
		})
	})
	t.Cleanup(h.Close)
	if err != nil {
		t.Fatal(err)
	}
	p := mustTab(t, h, phone).open("/play")
	p.follow(`form.playform .button.big`)
	p.until(`() => document.querySelector("#game")?.dataset.ready === "true"`)
	lost.Store(true)
	p.until(`() => document.querySelector("#connection").dataset.state === "stale" && document.querySelector("#connection").offsetParent`)
	if text := p.text("#connection"); !strings.Contains(text, "the world waits") {
		t.Errorf("the page says %q", text)
	}
	lost.Store(false)
	p.until(`() => document.querySelector("#connection").dataset.state === "live"`)
	p.until(plays, "true")
	p.calm("502")
}
