package web

import (
	"bufio"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/sim/mqtt"
)

// house is a hub under test with a visitor who keeps cookies.
type house struct {
	*Server
	tb      testing.TB
	site    *httptest.Server
	visitor *http.Client
	end     func() // stops it; so does the end of the test
}

// MustHub makes a hub with a store of its own; with a broker where the test wants one.
func MustHub(tb testing.TB, change ...func(*Config)) *house {
	tb.Helper()
	return MustHubIn(tb, tb.TempDir(), change...)
}

// MustHubIn makes a hub whose data are where another may have kept them before. A change may give it the store of
// another hub instead; closing that is the other's business.
func MustHubIn(tb testing.TB, dir string, change ...func(*Config)) *house {
	tb.Helper()
	store, err := catalog.Open(tb.Context(), dir)
	if err != nil {
		tb.Fatal(err)
	}
	cfg := Config{Store: store, PoCs: all.PoCs, Challenges: all.Challenges, SeesTruth: all.SeesTruth, Suites: all.Suites(), Watch: "kalman",
		Commit: "0123456789abcdef0123456789abcdef01234567", Logger: slog.New(slog.DiscardHandler)}
	for _, f := range change {
		f(&cfg)
	}
	s, err := New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	jar, _ := cookiejar.New(nil) // it fails with options only
	h := &house{Server: s, tb: tb, site: httptest.NewServer(s.Handler()), visitor: &http.Client{Jar: jar}}
	h.end = sync.OnceFunc(func() {
		if err := s.Close(tb.Context()); err != nil && tb.Context().Err() == nil {
			tb.Error(err)
		}
		h.site.Close()
		if err := store.Close(); err != nil {
			tb.Error(err)
		}
	})
	tb.Cleanup(h.end)
	return h
}

// withBroker gives the hub an embedded broker on a free port.
func withBroker(tb testing.TB) func(*Config) {
	return func(c *Config) {
		b, err := mqtt.Start(mqtt.Config{Addr: "127.0.0.1:0"})
		if err != nil {
			tb.Fatal(err)
		}
		tb.Cleanup(func() { _ = b.Close(tb.Context()) })
		c.Broker = b
	}
}

// answered is what came back.
type answered struct {
	Status int
	Header http.Header
	Body   string
}

func (h *house) do(method, path, kind, body string, headers ...string) answered {
	h.tb.Helper()
	r, err := http.NewRequestWithContext(h.tb.Context(), method, h.site.URL+path, strings.NewReader(body))
	if err != nil {
		h.tb.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1] // the client takes it from nowhere else
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := h.visitor.Do(r)
	if err != nil {
		h.tb.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		h.tb.Fatal(err)
	}
	return answered{res.StatusCode, res.Header, string(raw)}
}

func (h *house) get(path string, headers ...string) answered {
	h.tb.Helper()
	return h.do(http.MethodGet, path, "", "", headers...)
}

func (h *house) form(path string, v url.Values) answered {
	h.tb.Helper()
	return h.do(http.MethodPost, path, "application/x-www-form-urlencoded", v.Encode())
}

func (h *house) post(path, body string) answered {
	h.tb.Helper()
	return h.do(http.MethodPost, path, "application/json", body)
}

// want fails unless the answer has this status.
func (a answered) want(tb testing.TB, status int) answered {
	tb.Helper()
	if a.Status != status {
		tb.Fatalf("got status %d, want %d: %.400s", a.Status, status, a.Body)
	}
	return a
}

// json reads the answer into v.
func (a answered) json(tb testing.TB, v any) {
	tb.Helper()
	if err := json.Unmarshal([]byte(a.Body), v); err != nil {
		tb.Fatalf("read %.200s: %v", a.Body, err)
	}
}

// problem reads the answer as an error.
func (a answered) problem(tb testing.TB) Problem {
	tb.Helper()
	var out struct{ Error Problem }
	a.json(tb, &out)
	return out.Error
}

// MustRun plays a small run through the API to its end and returns its id.
func (h *house) MustRun(poc, more string) string {
	h.tb.Helper()
	res := h.post("/api/v1/runs", `{"poc":"`+poc+`","scenario":"northern-corridor","seed":7,"settings":{"seals":20}`+more+`}`)
	var started startedOut
	res.want(h.tb, http.StatusAccepted).json(h.tb, &started)
	h.until(started.Run)
	return started.Run
}

// until follows a run's progress to its end and returns its last state.
func (h *house) until(run string) (last progress) {
	h.tb.Helper()
	res, err := h.visitor.Get(h.site.URL + "/api/v1/runs/" + run + "/progress")
	if err != nil {
		h.tb.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if err := json.Unmarshal([]byte(data), &last); err != nil {
				h.tb.Fatal(err)
			}
		}
	}
	if !last.ended() {
		h.tb.Fatalf("the stream of run %s ended in state %q", run, last.State)
	}
	return last
}

// stored puts a run of few findings straight into the store.
func (h *house) stored(id string, change func(*pocs.Run)) {
	h.tb.Helper()
	r := &pocs.Run{ID: id, Challenge: "seals", PoC: "kalman", Scenario: "asia-europe", Seed: 1, Carrier: "direct",
		Claim: pocs.DefaultClaim, Verdict: pocs.Unknown, Digest: "sha256:00", WorldDigest: "sha256:01", FindingsDigest: "sha256:02",
		Started: time.UnixMilli(1e12).UTC(), Terms: pocs.DefaultTerms()}
	change(r)
	if err := h.cfg.Store.SaveRun(h.tb.Context(), r); err != nil {
		h.tb.Fatal(err)
	}
}
