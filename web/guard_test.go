package web

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

func TestHeaders(t *testing.T) {
	h := MustHub(t)
	for _, path := range []string{"/", "/nowhere", "/api/v1/pocs", "/static/icon.svg", "/healthz"} {
		res := h.get(path)
		csp := res.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy %q lacks %s", path, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
			t.Errorf("%s: the policy is loose: %q", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if res.Header.Get("Permissions-Policy") == "" || res.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers are missing", path)
		}
	}
}

func TestSocketsAreAllowedInTheLabOnly(t *testing.T) {
	h := MustHub(t)
	if csp := h.get("/lab/mqtt").Header.Get("Content-Security-Policy"); !strings.Contains(csp, " ws://127.0.0.1:") {
		t.Errorf("the lab may not open its socket: %q", csp)
	}
	if csp := h.get("/").Header.Get("Content-Security-Policy"); strings.Contains(csp, "ws:") {
		t.Errorf("the live page may open sockets: %q", csp)
	}
	for _, host := range []string{"a b", "x;script-src *", "evil.example'", "x\r\ny"} {
		if plainHost.MatchString(host) {
			t.Errorf("the host %q would be written into a header", host)
		}
	}
}

func TestCrossSiteIsRefused(t *testing.T) {
	h := MustHub(t)
	body := `{"poc":"null","scenario":"asia-europe","seed":1}`
	send := func(headers ...string) int {
		return h.do(http.MethodPost, "/api/v1/runs", "application/json", body, headers...).Status
	}
	if got := send("Sec-Fetch-Site", "cross-site"); got != 403 {
		t.Errorf("cross-site: got %d", got)
	}
	if got := send("Origin", "http://evil.example"); got != 403 {
		t.Errorf("foreign origin: got %d", got)
	}
	if got := send("Sec-Fetch-Site", "same-origin"); got != 202 {
		t.Errorf("same origin: got %d", got)
	}
	if got := send(); got != 202 {
		t.Errorf("command line: got %d", got)
	}
	if got := h.do(http.MethodPost, "/theme", "application/x-www-form-urlencoded", "theme=dark", "Sec-Fetch-Site", "cross-site").Status; got != 403 {
		t.Errorf("form: got %d", got)
	}
}

func TestLargeBodiesAreCut(t *testing.T) {
	h := MustHub(t)
	huge := strings.Repeat("x", maxBody+1)
	h.post("/api/v1/runs", `{"poc":"`+huge+`"}`).want(t, http.StatusRequestEntityTooLarge)
	h.do(http.MethodPost, "/runs", "application/x-www-form-urlencoded", "poc="+huge).want(t, http.StatusRequestEntityTooLarge)
}

func TestWrongMethods(t *testing.T) {
	h := MustHub(t)
	h.do(http.MethodPut, "/runs", "", "").want(t, http.StatusMethodNotAllowed)
	if res := h.do(http.MethodHead, "/runs", "", "").want(t, 200); res.Body != "" {
		t.Error("HEAD has a body")
	}
}

func TestForwardedHeadersAreNotTrusted(t *testing.T) {
	h := MustHub(t)
	var seen string
	h.engine.GET("/test/ip", func(c *gin.Context) { seen = c.ClientIP() })
	h.get("/test/ip", "X-Forwarded-For", "203.0.113.9").want(t, 200)
	if seen != "127.0.0.1" {
		t.Errorf("got %q", seen)
	}
}

func TestPanicBecomesAPage(t *testing.T) {
	h := MustHub(t)
	h.engine.GET("/test/panic", func(*gin.Context) { panic("a secret of the inside") })
	res := h.get("/test/panic").want(t, 500)
	if strings.Contains(res.Body, "secret") || !strings.Contains(res.Body, "</html>") {
		t.Errorf("got %.200s", res.Body)
	}
}

func TestForeignTextIsEscaped(t *testing.T) {
	h := MustHub(t)
	evil := "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
	for _, path := range []string{"/search?q=" + evil, "/runs/" + evil, "/usecases/" + evil, "/pocs/" + evil, "/usecases?q=" + evil, "/usecases?view=" + evil, "/usecases?country=" + evil, "/usecases/compare?ids=a," + evil, "/runs?state=" + evil,
		"/compare?a=" + evil + "&b=" + evil + "&scenario=x&seeds=" + evil} {
		if body := h.get(path).Body; strings.Contains(body, "<script>alert") {
			t.Errorf("%s: the script came through", path)
		}
	}
}

func TestAssetsAreCachedByTheirNames(t *testing.T) {
	h := MustHub(t)
	css := h.get("/static/"+h.assets.cssName).want(t, 200)
	if css.Header.Get("Cache-Control") != immutable || !strings.Contains(css.Header.Get("Content-Type"), "text/css") {
		t.Errorf("got %q, %q", css.Header.Get("Cache-Control"), css.Header.Get("Content-Type"))
	}
	icon := h.get("/static/icon.svg").want(t, 200)
	if got := icon.Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("a fixed name is cached as %q", got)
	}
	h.get("/static/icon.svg", "If-None-Match", icon.Header.Get("ETag")).want(t, http.StatusNotModified)
	text := h.get("/i18n/en.json?v="+h.texts["en"].Tag).want(t, 200)
	if text.Header.Get("Cache-Control") != immutable {
		t.Error("texts under their hash are not cached")
	}
}

func TestSqueezeKeepsTheBytes(t *testing.T) {
	h := MustHub(t)
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/static/"+h.assets.cssName, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	h.Handler().ServeHTTP(w, r)
	if w.Header().Get("Content-Encoding") != "gzip" || bytes.Equal(w.Body.Bytes(), h.assets.css) || w.Body.Len() > len(h.assets.css)/2 {
		t.Errorf("got %d of %d bytes, encoding %q", w.Body.Len(), len(h.assets.css), w.Header().Get("Content-Encoding"))
	}
	if plain := h.get("/static/" + h.assets.cssName); plain.Body != string(h.assets.css) { // Go's client unpacks
		t.Error("unpacked it is not what was packed")
	}
}

func TestServerHasLimits(t *testing.T) {
	s := MustHub(t).HTTP()
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes > 1<<16 {
		t.Errorf("got %+v", s)
	}
}
