//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sealab/catalog"
	"sealab/catalog/usecases"
	"sealab/pocs/all"
	"sealab/sim/mqtt"
	"sealab/web"
)

// hub is a whole hub on free ports: store, broker, demo world, pages.
type hub struct {
	URL   string
	store *catalog.Store
	close []func()
}

// startHub starts a hub; without the demo, and the shipped use cases, it shows its empty states. front may stand before its pages.
func startHub(demo bool, front func(http.Handler) http.Handler) (*hub, error) {
	h := &hub{}
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "sealab-e2e-")
	if err != nil {
		return nil, err
	}
	h.later(func() { os.RemoveAll(dir) })
	store, err := catalog.Open(ctx, dir)
	if err != nil {
		return h, err
	}
	h.store = store
	h.later(func() { store.Close() })
	if demo {
		if _, err := store.SeedUsecases(ctx, "", usecases.List(), time.Now()); err != nil {
			return h, err
		}
	}
	broker, err := mqtt.Start(mqtt.Config{Addr: "127.0.0.1:0"})
	if err != nil {
		return h, err
	}
	h.later(func() { broker.Close(ctx) })
	frozen, err := suites()
	if err != nil {
		return h, err
	}
	s, err := web.New(web.Config{Store: store, Broker: broker, PoCs: all.PoCs, Challenges: all.Challenges,
		SeesTruth: all.SeesTruth, Suites: frozen, Watch: "kalman", Demo: demo, Commit: "0123456789abcdef0123456789abcdef01234567",
		Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return h, err
	}
	pages := s.Handler()
	if front != nil {
		pages = front(pages)
	}
	sockets := broker.WebSocket()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/mqtt" {
			sockets.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	}))
	h.URL = site.URL
	h.later(func() { site.CloseClientConnections(); site.Close() })
	h.later(func() {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		s.Close(ctx)
	})
	return h, s.Start(ctx)
}

func (h *hub) later(f func()) { h.close = append(h.close, f) }

func (h *hub) Close() {
	for i := len(h.close) - 1; i >= 0; i-- {
		h.close[i]()
	}
}

// The hubs that the tests share: one that plays, one that is empty. Each is started when first asked for.
var (
	playing = sync.OnceValues(func() (*hub, error) { return startHub(true, nil) })
	idle    = sync.OnceValues(func() (*hub, error) { return startHub(false, nil) })
	used    struct {
		sync.Mutex
		hubs []*hub
	}
)

func mustHub(tb testing.TB, start func() (*hub, error)) *hub {
	tb.Helper()
	h, err := start()
	if h != nil {
		used.Lock()
		used.hubs = append(used.hubs, h)
		used.Unlock()
	}
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// call sends JSON and reads JSON.
func (h *hub) call(tb testing.TB, method, path, body string, out any) int {
	tb.Helper()
	req, err := http.NewRequestWithContext(tb.Context(), method, h.URL+path, strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		tb.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		tb.Fatal(err)
	}
	if out != nil {
		if err := json.Unmarshal(raw, out); err != nil {
			tb.Fatalf("%s %s: %v in %.200s", method, path, err, raw)
		}
	}
	return res.StatusCode
}

// mustRun plays a small run to its end and returns its id.
func (h *hub) mustRun(tb testing.TB, poc, scenario string, seed int) string {
	tb.Helper()
	var started struct{ ID string }
	body := fmt.Sprintf(`{"poc":%q,"scenario":%q,"seed":%d,"settings":{"seals":20}}`, poc, scenario, seed)
	if status := h.call(tb, "POST", "/api/v1/runs", body, &started); status != http.StatusAccepted {
		tb.Fatalf("start run: status %d", status)
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		var run struct{ State, Reason string }
		h.call(tb, "GET", "/api/v1/runs/"+started.ID, "", &run)
		switch run.State {
		case "done":
			return started.ID
		case "queued", "running":
		default:
			tb.Fatalf("run ended as %s: %s", run.State, run.Reason)
		}
	}
	tb.Fatal("run did not end")
	return ""
}

// pair is two runs of one world, played once for all tests.
var pair = struct {
	sync.Once
	a, b string
}{}

func mustPair(tb testing.TB) (h *hub, a, b string) {
	tb.Helper()
	h = mustHub(tb, playing)
	pair.Do(func() {
		pair.a = h.mustRun(tb, "kalman", "asia-europe", 7)
		pair.b = h.mustRun(tb, "rules", "asia-europe", 7)
	})
	return h, pair.a, pair.b
}

// alarmed is a container of the demo that has an alarm.
func (h *hub) alarmed(tb testing.TB) string {
	tb.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var hello struct{ Alarms []struct{ C string } }
		h.call(tb, "GET", "/api/v1/live/snapshot", "", &hello)
		if n := len(hello.Alarms); n > 0 {
			return hello.Alarms[n-1].C
		}
	}
	tb.Fatal("no alarm came")
	return ""
}

const top = "../.." // of the checkout

var screens = filepath.Join(top, "artefacts", "screens")

// built says whether the front end was built.
func built() bool {
	_, err := os.Stat(filepath.Join(top, "web", "dist", "manifest.json"))
	return err == nil
}

var axe = sync.OnceValues(func() (string, error) {
	raw, err := os.ReadFile(filepath.Join(top, "web", "ui", "node_modules", "axe-core", "axe.min.js"))
	return string(bytes.TrimSpace(raw)), err
})
