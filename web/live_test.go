package web

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim/event"
)

// MustPlay gives a hub a small live world and the time at which its wall clock stands.
func MustPlay(tb testing.TB) (*house, *liveWorld) {
	tb.Helper()
	h := MustHub(tb, func(c *Config) { c.Now = func() time.Time { return time.UnixMilli(1e12) } })
	w, err := h.newLiveWorld(time.UnixMilli(4711))
	if err != nil {
		tb.Fatal(err)
	}
	h.hub.begin(w)
	return h, w
}

// feed plays ticks of a world straight into the hub, as if they had been heard.
func feed(tb testing.TB, h *house, w *liveWorld, until time.Time) {
	tb.Helper()
	for b := range w.world.Batches() {
		found, err := w.detector.Step(b)
		if err != nil {
			tb.Fatal(err)
		}
		h.hub.take(len(b.Events), func(s *liveState) { s.hear(b); s.say(found, h.texts["en"]) })
		if b.Now.After(until) {
			return
		}
	}
}

// dataOf takes an event apart.
func dataOf(tb testing.TB, piece []byte, into any) (kind string) {
	tb.Helper()
	for _, line := range strings.Split(string(piece), "\n") {
		if v, ok := strings.CutPrefix(line, "event: "); ok {
			kind = v
		}
		if v, ok := strings.CutPrefix(line, "data: "); ok {
			if err := json.Unmarshal([]byte(v), into); err != nil {
				tb.Fatal(err)
			}
		}
	}
	if !bytes.HasSuffix(piece, []byte("\n\n")) {
		tb.Errorf("the event does not end: %q", piece)
	}
	return kind
}

func TestFramesTellWhatIsNew(t *testing.T) {
	h, w := MustPlay(t)
	feed(t, h, w, w.start.AddDate(0, 0, 8))
	var hello helloJSON
	if kind := dataOf(t, h.hub.frame(), &hello); kind != "hello" {
		t.Fatalf("the first frame of a world is a %q", kind)
	}
	if hello.Run != w.run || len(hello.Alarms) == 0 || hello.Off == nil || hello.N == 0 || hello.Start >= hello.End {
		t.Fatalf("got %+v", hello)
	}
	var f frameJSON
	if kind := dataOf(t, h.hub.frame(), &f); kind != "frame" {
		t.Fatalf("got %q", kind)
	}
	if len(f.Alarms) != 0 || f.Off != nil || f.Lost != nil {
		t.Errorf("nothing has happened, and yet: %+v", f)
	}
	box := w.plan.Seals[3].Container
	h.hub.take(1, func(s *liveState) {
		s.say([]pocs.Finding{{Container: box, Kind: "bolt_cut", Level: 900, Why: "because"}}, h.texts["en"])
	})
	dataOf(t, h.hub.frame(), &f)
	if len(f.Alarms) != 1 || f.Alarms[0].C != box || f.Alarms[0].Sev != "critical" || f.Alarms[0].Text != "Bolt cut" || f.N != hello.N+1 {
		t.Errorf("got %+v", f)
	}
	if len(h.hub.frame()) > 200 {
		t.Error("a frame in which nothing happened is large")
	}
	next, err := h.newLiveWorld(time.UnixMilli(4712))
	if err != nil {
		t.Fatal(err)
	}
	h.hub.begin(next)
	if kind := dataOf(t, h.hub.frame(), &hello); kind != "hello" || hello.Run != next.run {
		t.Errorf("a new world is not told by a hello")
	}
}

func TestSnapshotKeepsTheNewestAlarms(t *testing.T) {
	h, w := MustPlay(t)
	h.hub.take(0, func(s *liveState) {
		for range maxAlarms + 5 {
			s.say([]pocs.Finding{{Container: w.plan.Seals[0].Container, Kind: "clone", Level: 100}}, h.texts["en"])
		}
	})
	var hello helloJSON
	h.get("/api/v1/live/snapshot").want(t, 200).json(t, &hello)
	if len(hello.Alarms) != maxAlarms || hello.Alarms[0].ID != "a6" || hello.Alarms[0].Sev != "minor" {
		t.Errorf("got %d alarms from %s", len(hello.Alarms), hello.Alarms[0].ID)
	}
}

func TestSilentAndStrayedContainersAreTold(t *testing.T) {
	h, w := MustPlay(t)
	feed(t, h, w, w.start.AddDate(0, 0, 3))
	h.hub.look(func(s *liveState) {
		i := -1
		for k := range s.last {
			if legs := w.plan.Seals[k].Legs; s.last[k].heard > 0 && legs[len(legs)-1].To > s.now.AddDate(0, 0, 20).UnixMilli() {
				i = k
			}
		}
		if i < 0 {
			t.Fatal("no container is long under way")
		}
		before := len(s.lost())
		s.hear(event.Batch{Now: s.now.AddDate(0, 0, 19)})
		if after := s.lost(); len(after) <= before {
			t.Errorf("19 days of silence lost nobody: %d, %d", before, len(after))
		}
		s.last[i].off = true
		if off := s.off(); len(off) == 0 || off[len(off)-1][0] > int64(len(s.last)) {
			t.Errorf("got %v", off)
		}
	})
}

func TestControlSteersTheClock(t *testing.T) {
	h, w := MustPlay(t)
	feed(t, h, w, w.opensAt())
	var hello helloJSON
	h.post("/api/v1/live/control", `{"playing":true,"speed":300}`).want(t, 200).json(t, &hello)
	if !hello.Playing || hello.Speed != 300 {
		t.Errorf("got playing %v at %v", hello.Playing, hello.Speed)
	}
	h.post("/api/v1/live/control", `{"playing":false}`).want(t, 200).json(t, &hello)
	if hello.Playing || hello.Speed != 300 {
		t.Errorf("got playing %v at %v", hello.Playing, hello.Speed)
	}
	for _, bad := range []string{`{"speed":0}`, `{"speed":7201}`, `{"speed":"fast"}`, `{"oops":1}`} {
		h.post("/api/v1/live/control", bad).want(t, 422)
	}
}

// TestPauseDuringTheOpening pauses while the first days are played at once: the world stands still when they are over.
func TestPauseDuringTheOpening(t *testing.T) {
	h, w := MustPlay(t)
	var hello helloJSON
	h.post("/api/v1/live/control", `{"playing":false}`).want(t, 200).json(t, &hello)
	if hello.Playing {
		t.Error("the page is told that the world plays on")
	}
	feed(t, h, w, w.opensAt())
	h.hub.endOpening()
	if _, paused := h.hub.clock.Speed(); !paused {
		t.Error("the clock runs after the opening although somebody had pressed pause")
	}
	h.post("/api/v1/live/control", `{"playing":true}`).want(t, 200).json(t, &hello)
	if !hello.Playing {
		t.Error("the world cannot be played on")
	}
}

func TestLivePagesShowTheWorld(t *testing.T) {
	h, w := MustPlay(t)
	feed(t, h, w, w.start.AddDate(0, 0, 8))
	var alarm alarmJSON
	h.hub.look(func(s *liveState) { alarm = s.alarms[0] })
	for path, want := range map[string]string{
		"/": alarm.C, "/?sev=critical": `aria-current="true" data-sev="critical"`, "/?c=" + alarm.C: `id="card"`,
		"/containers/" + alarm.C: `class="curves"`, "/search?q=" + alarm.C: `class="curves"`, "/search?q=" + alarm.C[:9]: alarm.C,
	} {
		if body := h.get(path).want(t, 200).Body; !strings.Contains(body, want) {
			t.Errorf("%s lacks %s", path, want)
		}
	}
	var story story
	h.get("/api/v1/containers/"+alarm.C).want(t, 200).json(t, &story)
	if len(story.Series["t"]) == 0 || len(story.Series["t"]) != len(story.Series["tC"]) || len(story.Findings) == 0 || story.Messages.Total == 0 {
		t.Errorf("got %d points, %d findings, %d messages", len(story.Series["t"]), len(story.Findings), story.Messages.Total)
	}
	for _, at := range story.Series["t"] {
		if int64(*at) > story.Until {
			t.Fatalf("the story tells what has not happened yet: %v after %d", *at, story.Until)
		}
	}
	h.get("/api/v1/containers/SLBU0000000").want(t, 404)
}

func TestPlanAnswersOnceAndForAll(t *testing.T) {
	h, _ := MustPlay(t)
	first := h.get("/api/v1/live/plan").want(t, 200)
	h.get("/api/v1/live/plan", "If-None-Match", first.Header.Get("ETag")).want(t, http.StatusNotModified)
}

// TestDemoOverMQTT is the spine: physics, broker, detector, frames, browser.
func TestDemoOverMQTT(t *testing.T) {
	if testing.Short() {
		t.Skip("plays over a real broker")
	}
	h := MustHub(t, withBroker(t), func(c *Config) { c.Demo = true })
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	res, err := h.visitor.Get(h.site.URL + "/api/v1/live/frames")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" || res.Header.Get("Content-Encoding") != "" {
		t.Errorf("got headers %v", res.Header)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	var f frameJSON
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if err := json.Unmarshal([]byte(data), &f); err != nil {
				t.Fatal(err)
			}
			if f.N > 100 {
				break
			}
		}
	}
	if f.N <= 100 {
		t.Fatalf("the stream ended after %d messages: %v", f.N, lines.Err())
	}
	var heard messagesOut
	h.get("/api/v1/live/messages?limit=5").want(t, 200).json(t, &heard)
	if len(heard.Messages) != 5 || !strings.HasPrefix(heard.Messages[0].Topic, "sealab/v1/open/run/") {
		t.Errorf("got %+v", heard)
	}
	if p := h.tailEvent(t); len(p) == 0 || p[0].Payload == "" {
		t.Errorf("the lab hears nothing")
	}
}

// tailEvent reads the first event of the lab's stream.
func (h *house) tailEvent(t *testing.T) (list []messageJSON) {
	t.Helper()
	res, err := h.visitor.Get(h.site.URL + "/api/v1/lab/messages")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if err := json.Unmarshal([]byte(data), &list); err != nil {
				t.Fatal(err)
			}
			return list
		}
	}
	return nil
}

func TestRunsOverMQTTGiveTheSameDigest(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("plays over a real broker")
	}
	h := MustHub(t, withBroker(t))
	var direct, carried runJSON
	h.get("/api/v1/runs/"+h.MustRun("kalman", "")).json(t, &direct)
	h.get("/api/v1/runs/"+h.MustRun("kalman", `,"carrier":"mqtt"`)).json(t, &carried)
	if direct.Digest == "" || direct.Digest != carried.Digest || carried.Carrier != "mqtt" {
		t.Errorf("got %s direct and %s over MQTT (%s)", direct.Digest, carried.Digest, carried.Reason)
	}
}

func TestWithoutBrokerOnlyDirectRuns(t *testing.T) {
	h := MustHub(t)
	p := h.post("/api/v1/runs", `{"poc":"kalman","scenario":"asia-europe","seed":1,"carrier":"mqtt"}`).want(t, 422).problem(t)
	if p.Field != "carrier" {
		t.Errorf("got %+v", p)
	}
}
