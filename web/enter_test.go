package web

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"sealab/catalog"
)

// invited makes an invitation and returns the curator's id and the link's path.
func (h *house) invited(name string) (id, path string) {
	h.tb.Helper()
	who, key, err := h.cfg.Store.Invite(h.tb.Context(), catalog.Curator{Name: name}, 24*time.Hour, h.cfg.Now())
	if err != nil {
		h.tb.Fatal(err)
	}
	return who.ID, "/enter/" + key
}

// another is the same hub seen by somebody else.
func (h *house) another() *house {
	jar, _ := cookiejar.New(nil) // it fails with options only
	other := *h
	other.visitor = &http.Client{Jar: jar}
	return &other
}

// entered is somebody else who has entered as a curator.
func (h *house) entered(name, organization string) (*house, string) {
	h.tb.Helper()
	id, path := h.invited(name)
	c := h.another()
	c.form(path, url.Values{"name": {name}, "organization": {organization}}).want(h.tb, http.StatusOK)
	return c, id
}

// withClock lets a test turn the hub's clock.
func withClock(at *time.Time) func(*Config) {
	return func(c *Config) { c.Now = func() time.Time { return *at } }
}

func TestCuratorsEnterByInvitation(t *testing.T) {
	h := MustHub(t)
	checkPage(t, "review", "en", h.get("/review").want(t, http.StatusUnauthorized))
	h.get("/enter/nonsense").want(t, http.StatusNotFound)
	_, path := h.invited("Desk 1")
	page := h.get(path).want(t, 200)
	checkPage(t, path, "en", page)
	if !strings.Contains(page.Body, `value="Desk 1"`) || page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the form does not hold the name, or may be kept: %q", page.Header.Get("Cache-Control"))
	}
	if len(page.Header.Values("Set-Cookie")) > 0 {
		t.Error("a cookie was set before anybody entered")
	}
	wrong := h.form(path, url.Values{"name": {"x"}, "organization": {"A \u202e hub"}}).want(t, http.StatusUnprocessableEntity)
	for _, want := range []string{`id="wrong-name"`, `id="wrong-organization"`, `href="#f-name"`, `value="x"`, "2 to 80"} {
		if !strings.Contains(wrong.Body, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	queue := h.form(path, url.Values{"name": {"Desk one"}, "organization": {"A hub"}}).want(t, 200)
	checkPage(t, "/review", "en", queue)
	if !strings.Contains(queue.Body, "Desk one") || !strings.Contains(queue.Body, "Nothing waits") {
		t.Errorf("after entering: %.300s", queue.Body)
	}
	h.another().get(path).want(t, http.StatusGone)
	h.another().form(path, url.Values{"name": {"Thief"}}).want(t, http.StatusGone)
	h.another().get("/review").want(t, http.StatusUnauthorized)
}

// TestSessionCookie looks at the cookie itself: what a script, another site or a planted token could do with it.
func TestSessionCookie(t *testing.T) {
	h := MustHub(t)
	_, path := h.invited("Desk 1")
	enter := func(r *http.Request) *http.Cookie {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.Handler().ServeHTTP(w, r)
		for _, c := range w.Result().Cookies() {
			if strings.Contains(c.Name, "session") {
				return c
			}
		}
		t.Fatalf("no session: %d %v", w.Code, w.Header())
		return nil
	}
	planted := httptest.NewRequest(http.MethodPost, path, strings.NewReader("name=Desk+1"))
	planted.AddCookie(&http.Cookie{Name: "sealab_session", Value: "planted"})
	c := enter(planted)
	if c.Value == "planted" || len(c.Value) < 40 || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure || c.Path != "/" || c.Domain != "" {
		t.Errorf("the cookie is %+v", c)
	}
	_, path = h.invited("Desk 2")
	again := httptest.NewRequest(http.MethodPost, path, strings.NewReader("name=Desk+2"))
	again.AddCookie(c)
	if next := enter(again); next.Value == c.Value {
		t.Error("the token was not renewed at entering")
	}
	if w := h.with(c); w.Code != http.StatusUnauthorized {
		t.Errorf("the old token still opens: %d", w.Code)
	}
	_, path = h.invited("Desk 3")
	sealed := httptest.NewRequest(http.MethodPost, path, strings.NewReader("name=Desk+3"))
	sealed.TLS = &tls.ConnectionState{}
	if c := enter(sealed); c.Name != "__Host-sealab_session" || !c.Secure || !c.HttpOnly {
		t.Errorf("over TLS the cookie is %+v", c)
	}
}

// with asks for the queue with one cookie.
func (h *house) with(c *http.Cookie) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/review", nil)
	r.AddCookie(c)
	w := httptest.NewRecorder()
	h.Handler().ServeHTTP(w, r)
	return w
}

func TestSessionsEnd(t *testing.T) {
	now := time.Now()
	h := MustHub(t, withClock(&now))
	revoked, id := h.entered("Revoked", "")
	revoked.get("/review").want(t, 200)
	if err := h.cfg.Store.Revoke(t.Context(), id, now); err != nil {
		t.Fatal(err)
	}
	revoked.get("/review").want(t, http.StatusUnauthorized)

	leaver, _ := h.entered("Leaver", "")
	site, _ := url.Parse(h.site.URL)
	kept := leaver.visitor.Jar.Cookies(site)
	leaver.form("/review/leave", nil).want(t, 200)
	leaver.get("/review").want(t, http.StatusUnauthorized)
	for _, c := range kept {
		if w := h.with(c); w.Code != http.StatusUnauthorized {
			t.Errorf("the token of who left still opens: %d", w.Code)
		}
	}

	idle, _ := h.entered("Idle", "")
	idle.get("/review").want(t, 200)
	now = now.Add(sessionIdle + time.Minute)
	idle.get("/review").want(t, http.StatusUnauthorized)
}

// TestPublicPagesKeepNoSession: nobody gets a cookie for reading.
func TestPublicPagesKeepNoSession(t *testing.T) {
	h := MustHub(t)
	for _, path := range []string{"/", "/usecases", "/runs", "/help", "/review"} {
		if got := h.get(path).Header.Values("Set-Cookie"); len(got) > 0 {
			t.Errorf("%s sets %v", path, got)
		}
	}
}

func TestWrongKeysAreSlowed(t *testing.T) {
	now := time.Now()
	h := MustHub(t, withClock(&now))
	_, path := h.invited("Desk 1")
	refused := 0
	for i := range 40 {
		res := h.get(fmt.Sprintf("/enter/guess%d", i))
		if res.Status == http.StatusTooManyRequests {
			refused++
			if res.Header.Get("Retry-After") == "" || !strings.Contains(res.Body, "try again in") {
				t.Fatalf("refused without saying for how long: %v", res.Header)
			}
		}
	}
	if refused != 10 {
		t.Errorf("%d of 40 guesses were refused, want those after the first 30", refused)
	}
	h.get(path).want(t, http.StatusTooManyRequests)
	now = now.Add(11 * time.Second)
	h.get(path).want(t, 200)
}

func TestKeysAreNotLogged(t *testing.T) {
	for path, want := range map[string]string{"/enter/abc": "/enter/…", "/usecases/mine/abc/2": "/usecases/mine/…/2",
		"/api/v1/submissions/abc/send": "/api/v1/submissions/…/send", "/usecases/abc": "/usecases/abc", "/calls/mine/abc": "/calls/mine/…"} {
		if got := withoutKey(path); got != want {
			t.Errorf("%s is logged as %s, want %s", path, got, want)
		}
	}
}

func TestGates(t *testing.T) {
	now := time.Now()
	g := newGate("things", pace{2, time.Second}, pace{5, time.Minute})
	through := func(address string) bool { return g.enter(address, now) == nil }
	for _, c := range []struct {
		address string
		want    bool
	}{{"192.0.2.1", true}, {"192.0.2.1", true}, {"192.0.2.1", false}, {"::ffff:192.0.2.1", false}, {"192.0.2.2", true},
		{"2001:db8::1", true}, {"2001:db8::2", true}, {"2001:db8::3", false}, {"2001:db8:0:1::1", false}} {
		if got := through(c.address); got != c.want {
			t.Errorf("%s: let through %v, want %v", c.address, got, c.want)
		}
	}
	var p *Problem
	if err := g.closed("192.0.2.1", now); err == nil {
		t.Error("no turn is left, and it is open")
	} else if p = problemOf(err); p.RetryAfter != 60 && p.RetryAfter != 1 {
		t.Errorf("come back in %d s", p.RetryAfter)
	}
	now = now.Add(time.Minute)
	if !through("192.0.2.1") {
		t.Error("after the wait it is still closed")
	}
	for i := range keptAddresses + 10 {
		g.limiter(fmt.Sprint(i))
	}
	if n := len(g.addresses.byKey); n != keptAddresses {
		t.Errorf("%d addresses are remembered", n)
	}
}

// TestWayIn: whoever looks at the catalogue finds where to submit, and a curator where to review.
func TestWayIn(t *testing.T) {
	t.Parallel()
	h := MustHub(t)
	h.shelve()
	c, _ := h.entered("Desk 1", "")
	for name, who := range map[string]*house{"a visitor": h, "a curator": c} {
		for _, path := range []string{"/usecases", "/usecases/tradelens", "/calls"} {
			page := who.get(path).want(t, http.StatusOK).Body
			if !strings.Contains(page, `href="/usecases/new"`) || strings.Contains(page, `href="/review"`) != (who == c) {
				t.Errorf("%s finds another way on %s", name, path)
			}
		}
	}
}
