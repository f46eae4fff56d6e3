//go:build e2e

package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/launcher/flags"
	"github.com/go-rod/rod/lib/proto"
)

var browser *rod.Browser

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	bin := os.Getenv("SEALAB_CHROMIUM")
	if bin == "" {
		bin = "/usr/bin/chromium"
	}
	missing := ""
	if _, err := os.Stat(bin); err != nil {
		missing = "there is no browser at " + bin
	} else if !built() {
		missing = "the front end is not built (make ui)"
	}
	if missing != "" {
		fmt.Fprintln(os.Stderr, "browser tests:", missing)
		if os.Getenv("CI") == "true" {
			return 1
		}
		return 0
	}
	l := launcher.New().Bin(bin).NoSandbox(true).Leakless(false).Headless(true)
	for _, flag := range []string{"disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
		"disable-component-update", "disable-sync"} {
		l.Set(flags.Flag(flag))
	}
	address, err := l.Launch()
	if err != nil {
		fmt.Fprintln(os.Stderr, "start browser:", err)
		return 1
	}
	defer l.Cleanup()
	browser = rod.New().ControlURL(address)
	if err := browser.Connect(); err != nil {
		fmt.Fprintln(os.Stderr, "reach browser:", err)
		l.Kill()
		return 1
	}
	code := m.Run()
	_ = browser.Close()
	used.Lock()
	defer used.Unlock()
	for _, h := range slices.Compact(used.hubs) {
		h.Close()
	}
	return code
}

// patience is how long a condition may take: on an idle machine all are met at once.
const patience = 90 * time.Second

// look is how a visitor sees the hub.
type look struct {
	Theme         string
	Width, Height int
	NoScript      bool
}

var (
	desk  = look{Theme: "light", Width: 1440, Height: 900}
	phone = look{Theme: "light", Width: 390, Height: 844}
)

// looks are those a page is looked at in: both sizes and both themes in two, and with SEALAB_LOOKS=all (make looks) each
// size in each theme.
func looks() []look {
	list := []look{desk, phone.in("dark")}
	if os.Getenv("SEALAB_LOOKS") == "all" {
		list = append(list, desk.in("dark"), phone)
	}
	return list
}

func (l look) in(theme string) look { l.Theme = theme; return l }

func (l look) String() string { return fmt.Sprintf("%s-%d", l.Theme, l.Width) }

// tab is a page in a browser of its own: no cookie or cache is shared.
type tab struct {
	*rod.Page
	tb  testing.TB
	hub *hub

	leave    func()
	noScript bool

	mu    sync.Mutex
	wrong []string
}

// mustTab opens a tab and watches all that goes wrong in it.
func mustTab(tb testing.TB, h *hub, l look) *tab {
	tb.Helper()
	own, err := browser.Incognito()
	if err != nil {
		tb.Fatal(err)
	}
	p, err := own.Page(proto.TargetCreateTarget{})
	if err != nil {
		tb.Fatal(err)
	}
	t := &tab{Page: p.Timeout(8 * time.Minute), tb: tb, hub: h, noScript: l.NoScript} // whatever hangs ends then
	t.leave = sync.OnceFunc(func() {
		if tb.Failed() {
			t.shoot("failed-" + strings.ReplaceAll(tb.Name(), "/", "-"))
		}
		_ = proto.TargetDisposeBrowserContext{BrowserContextID: own.BrowserContextID}.Call(browser) // with its page
	})
	tb.Cleanup(t.leave)
	t.must(proto.EmulationSetDeviceMetricsOverride{Width: l.Width, Height: l.Height, DeviceScaleFactor: 1, Mobile: l.Width < 600}.Call(p))
	t.must(p.SetCookies([]*proto.NetworkCookieParam{{Name: "theme", Value: l.Theme, URL: h.URL}}))
	if l.NoScript {
		t.must(proto.EmulationSetScriptExecutionDisabled{Value: true}.Call(p))
	}
	t.watch()
	return t
}

func (t *tab) must(err error) {
	t.tb.Helper()
	if err != nil {
		t.tb.Fatal(err)
	}
}

func (t *tab) note(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wrong = append(t.wrong, fmt.Sprintf(format, args...))
}

// watch takes down errors on the console, exceptions, requests that fail and requests that leave the hub.
func (t *tab) watch() {
	t.must(proto.LogEnable{}.Call(t.Page))
	wait := t.EachEvent(func(e *proto.RuntimeConsoleAPICalled) {
		if e.Type == proto.RuntimeConsoleAPICalledTypeError || e.Type == proto.RuntimeConsoleAPICalledTypeWarning {
			args, _ := json.Marshal(e.Args)
			t.note("console: %s", args)
		}
	}, func(e *proto.RuntimeExceptionThrown) {
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		t.note("exception: %s", text)
	}, func(e *proto.LogEntryAdded) {
		if e.Entry.Level == proto.LogLogEntryLevelError || e.Entry.Level == proto.LogLogEntryLevelWarning {
			t.note("log: %s (%s)", e.Entry.Text, e.Entry.URL)
		}
	}, func(e *proto.NetworkRequestWillBeSent) {
		if u, err := url.Parse(e.Request.URL); err != nil || (u.Scheme != "data" && u.Scheme != "blob" && "http://"+u.Host != t.hub.URL) {
			t.note("foreign request: %s", e.Request.URL)
		}
	}, func(e *proto.NetworkLoadingFailed) {
		if !e.Canceled && e.ErrorText != "net::ERR_ABORTED" { // a stream that the page closed is no failure
			t.note("failed request: %s %s", e.Type, e.ErrorText)
		}
	})
	go wait()
}

// calm fails the test if something went wrong in the tab; what is listed was meant.
func (t *tab) calm(meant ...string) {
	t.tb.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, w := range t.wrong {
		if !slices.ContainsFunc(meant, func(m string) bool { return strings.Contains(w, m) }) {
			t.tb.Error(w)
		}
	}
	t.wrong = nil
}

// open goes to a page and waits until it and its island are ready.
func (t *tab) open(path string) *tab {
	t.tb.Helper()
	t.must(t.Timeout(patience).Navigate(t.hub.URL + path))
	t.settled()
	return t
}

// settled waits for the page that is loading; its scripts are modules, which are done before it counts as loaded.
func (t *tab) settled() {
	t.tb.Helper()
	t.until(`() => document.readyState === "complete" && (!document.documentElement.classList.contains("js") ||
		!document.querySelector("#map") || document.querySelector("#map").dataset.ready === "true")`)
}

// until waits for a condition; the browser looks whenever it draws.
func (t *tab) until(js string, args ...any) {
	t.tb.Helper()
	what := rod.Eval("async (...args) => !!(await ("+js+")(...args))", args...).ByPromise()
	if t.noScript { // promises are kept by no one there
		what = rod.Eval("(...args) => !!("+js+")(...args)", args...)
	}
	p := t.Timeout(patience)
	err := p.Wait(what)
	for err != nil && p.GetContext().Err() == nil { // the page that was asked has gone; the next one is asked
		err = p.Wait(what)
	}
	if err != nil {
		t.tb.Fatalf("did not become true: %s %v: %v", js, args, err)
	}
}

// eval asks the page.
func (t *tab) eval(js string, args ...any) string {
	t.tb.Helper()
	return t.evalIn(t.Timeout(patience), js, args...)
}

// evalIn asks the page within the time that p has.
func (t *tab) evalIn(p *rod.Page, js string, args ...any) string {
	t.tb.Helper()
	what := rod.Eval(js, args...)
	if !t.noScript {
		what = what.ByPromise()
	}
	got, err := p.Evaluate(what)
	if err != nil {
		t.tb.Fatalf("eval %s: %v", js, err)
	}
	return got.Value.Str()
}

// click brings an element into view and presses the button on its middle, as a hand would.
func (t *tab) click(selector string) {
	t.tb.Helper()
	if t.noScript { // finding the middle takes frames, which are not drawn for a page without scripts
		t.eval(`s => { document.querySelector(s).click(); return "" }`, selector)
		return
	}
	t.must(t.Mouse.MoveTo(t.middle(selector)))
	t.must(t.Mouse.Click(proto.InputMouseButtonLeft, 1))
}

// follow clicks what leads to another page, and waits for that.
func (t *tab) follow(selector string) {
	t.tb.Helper()
	t.eval(`() => { document.documentElement.dataset.old = "1"; return "" }`)
	t.click(selector)
	t.until(`() => !document.documentElement.dataset.old`)
	t.settled()
}

func (t *tab) keys(keys ...input.Key) {
	t.tb.Helper()
	for _, k := range keys {
		t.must(t.Keyboard.Type(k))
	}
}

func (t *tab) address() string {
	t.tb.Helper()
	return t.eval(`() => location.pathname + location.search`)
}

func (t *tab) text(selector string) string {
	t.tb.Helper()
	return t.eval(`s => document.querySelector(s)?.innerText ?? ""`, selector)
}

// shoot keeps a picture of the whole page.
func (t *tab) shoot(name string) {
	img, err := t.Timeout(patience).Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
	if err == nil {
		err = os.MkdirAll(screens, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(screens, name+".png"), img, 0o644)
	}
	if err != nil {
		t.tb.Logf("screenshot %s: %v", name, err)
	}
}

// middle brings an element into view and gives its centre. A list that is drawn anew meanwhile has another such element.
func (t *tab) middle(selector string) proto.Point {
	t.tb.Helper()
	p := t.Timeout(patience)
	for {
		at, err := middleIn(p, selector)
		if err == nil {
			return at
		}
		if p.GetContext().Err() != nil {
			t.tb.Fatalf("find the middle of %s: %v", selector, err)
		}
	}
}

func middleIn(p *rod.Page, selector string) (at proto.Point, err error) {
	e, err := p.Element(selector)
	if err != nil {
		return at, err
	}
	if err := e.ScrollIntoView(); err != nil {
		return at, err
	}
	shape, err := e.Shape()
	if err != nil {
		return at, err
	}
	inside := shape.OnePointInside() // of a link on two lines: the middle of the first, not what lies between them
	if inside == nil {
		return at, errors.New("it has no shape")
	}
	return *inside, nil
}
