package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sealab/catalog/usecase"
)

// from sends a request as if from an address.
func (h *house) from(address, method, path, kind, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr = address
	r.Header.Set("Content-Type", kind)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.Handler().ServeHTTP(w, r)
	return w
}

// begins sends the first form of a submission from an address and returns the answer.
func (h *house) begins(address string, headers ...string) *httptest.ResponseRecorder {
	return h.from(address, http.MethodPost, "/usecases/new", "application/x-www-form-urlencoded", "title=Stamps&stage=idea", headers...)
}

// TestAFloodIsSlowed: whoever floods the hub with submissions has to wait, is told so in words and for how long, and can
// read on meanwhile; nobody else waits.
func TestAFloodIsSlowed(t *testing.T) {
	now := day0
	h := MustHub(t, withClock(&now))
	const flooder, other = "192.0.2.1:1234", "192.0.2.2:1234"
	taken := 0
	for range 200 {
		if w := h.begins(flooder); w.Code == http.StatusSeeOther {
			taken++
		} else if w.Code != http.StatusTooManyRequests {
			t.Fatalf("got %d", w.Code)
		}
	}
	if taken != 40 {
		t.Errorf("%d of 200 were taken, want 40", taken)
	}
	w := h.begins(flooder)
	page := answered{w.Code, w.Header(), w.Body.String()}
	checkPage(t, "flood", "en", page)
	for _, want := range []string{"Slow down, please", "Too many drafts came from your address, or to this hub, in a short time. Nothing was changed: try again in 15 s."} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if got := page.Header.Get("Retry-After"); got != "15" {
		t.Errorf("Retry-After is %q", got)
	}
	whole := wholeEntry()
	w = h.from(flooder, http.MethodPost, "/api/v1/submissions", "application/json", string(whole.JSON()))
	if p := (answered{w.Code, w.Header(), w.Body.String()}).want(t, http.StatusTooManyRequests).problem(t); p.Code != "too_many" || p.RetryAfter != 15 || w.Header().Get("Retry-After") != "15" {
		t.Errorf("the API says %+v", p)
	}
	for _, forwarded := range []string{"X-Forwarded-For", "X-Real-Ip", "Forwarded", "Cf-Connecting-Ip"} {
		if w := h.begins(flooder, forwarded, "203.0.113.7"); w.Code != http.StatusTooManyRequests {
			t.Errorf("%s opens the gate: %d", forwarded, w.Code)
		}
	}
	for _, path := range []string{"/usecases", "/usecases/new", "/"} {
		if w := h.from(flooder, http.MethodGet, path, "", ""); w.Code != http.StatusOK {
			t.Errorf("%s is closed to the flooder: %d", path, w.Code)
		}
	}
	if w := h.begins(other); w.Code != http.StatusSeeOther {
		t.Errorf("another waits: %d", w.Code)
	}
	now = now.Add(14 * time.Second)
	if w := h.begins(flooder); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" {
		t.Errorf("a second too early: %d, Retry-After %s", w.Code, w.Header().Get("Retry-After"))
	}
	now = now.Add(time.Second)
	if first, second := h.begins(flooder).Code, h.begins(flooder).Code; first != http.StatusSeeOther || second != http.StatusTooManyRequests {
		t.Errorf("after the wait: %d, %d", first, second)
	}
}

// TestNeighboursCountAsOne: who has a whole network of IPv6 addresses has one turn, and other networks have theirs.
func TestNeighboursCountAsOne(t *testing.T) {
	now := day0
	h := MustHub(t, withClock(&now))
	for i := range 40 {
		if w := h.begins(fmt.Sprintf("[2001:db8:0:1::%x]:80", i)); w.Code != http.StatusSeeOther {
			t.Fatalf("draft %d: %d", i, w.Code)
		}
	}
	for address, status := range map[string]int{"[2001:db8:0:1:ffff::1]:80": 429, "[2001:db8:0:2::1]:80": 303, "192.0.2.9:80": 303, "[::ffff:192.0.2.9]:80": 303} {
		if w := h.begins(address); w.Code != status {
			t.Errorf("%s: got %d, want %d", address, w.Code, status)
		}
	}
}

// TestAFloodFromEverywhere: many addresses together are slowed as well, and what the hub remembers of them has an end.
func TestAFloodFromEverywhere(t *testing.T) {
	now := day0
	h := MustHub(t, withClock(&now))
	const many = keptAddresses + 500
	taken := 0
	for i := range many {
		if h.begins(fmt.Sprintf("198.%d.%d.%d:9", 18+i>>16, i>>8&255, i&255)).Code == http.StatusSeeOther {
			taken++
		}
	}
	if taken != 120 {
		t.Errorf("%d of %d were taken, want 120", taken, many)
	}
	if kept := h.gates.drafts.addresses.total; kept > keptAddresses {
		t.Errorf("%d addresses are remembered", kept)
	}
}

// TestEveryWayInHasItsGate floods each way in from one address until it closes; the next address finds it open.
func TestEveryWayInHasItsGate(t *testing.T) {
	now := day0
	h := MustHub(t, withClock(&now))
	draft := h.begin("Stamps", usecase.Idea)
	key := strings.TrimPrefix(draft, minePath)
	const form, asJSON, most = "application/x-www-form-urlencoded", "application/json", 400
	step := url.Values{"step": {"what"}, "title": {"Stamps"}, "go": {"save"}}.Encode()
	for i, way := range []struct {
		method, path, kind, body string
		burst                    int
	}{
		{"POST", draft + "/1", form, step, 300},
		{"POST", draft + "/remarks", form, "text=Words", 30},
		{"POST", "/usecases/new/file", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n[[[\r\n--b--\r\n", 300},
		{"POST", "/api/v1/submissions", asJSON, "{", 300},
		{"PUT", "/api/v1/submissions/" + key, asJSON, "{", 300},
		{"PUT", "/api/v1/submissions/" + key + "/part", asJSON, `{"step": "what", "fields": {}}`, 300},
		{"POST", "/api/v1/submissions/" + key + "/remarks", asJSON, `{"text": "Words"}`, 30},
		{"POST", minePath + "guess/1", form, step, 30},
		{"GET", "/api/v1/submissions/guess", asJSON, "", 30},
	} {
		now = now.Add(time.Hour)
		var codes []int
		for range most {
			w := h.from(fmt.Sprintf("192.0.2.%d:1", i), way.method, way.path, way.kind, way.body)
			codes = append(codes, w.Code)
			if w.Code != http.StatusTooManyRequests {
				continue
			}
			if n, err := strconv.Atoi(w.Header().Get("Retry-After")); err != nil || n < 1 || n > 60 || !strings.Contains(w.Body.String(), "try again in") {
				t.Fatalf("%s %s: refused without saying for how long: %v %.200s", way.method, way.path, w.Header(), w.Body)
			}
			break
		}
		if closed := slices.Index(codes, http.StatusTooManyRequests); closed != way.burst {
			t.Errorf("%s %s closed after %d, want %d: %v", way.method, strings.ReplaceAll(way.path, key, "KEY"), closed, way.burst, codes[0])
		}
		if w := h.from("192.0.2.99:1", way.method, way.path, way.kind, way.body); w.Code == http.StatusTooManyRequests {
			t.Errorf("%s %s is closed to everybody", way.method, way.path)
		}
	}
}
