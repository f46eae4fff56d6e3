package program

// This file lets programs join a live run: what they say is judged when it comes, and what is wrong with it is named.

import (
	"bytes"
	"context"
	"maps"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/sim/mqtt"
)

// joining makes a proof of concept of a guest.
func joining(t *testing.T, g *guest, limits Limits) func(*Link, *bytes.Buffer) pocs.PoC {
	return func(link *Link, log *bytes.Buffer) pocs.PoC {
		link.Waits = func(m *mqtt.Meeting, _ []string) { g.join(t, m) }
		p, err := Joined(context.Background(), []string{g.name}, Config{Challenge: "seals", Link: link, Limits: limits, Log: log})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}

// playLive plays a small world by the clock, two days a second, and gives the run and its log.
func playLive(t *testing.T, set map[string]string, with func(*Link, *bytes.Buffer) pocs.PoC) (*pocs.Run, string) {
	t.Helper()
	m, err := mqtt.OpenMeeting("127.0.0.1:0", mqtt.OpenRoom, mqtt.NewID())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	var log bytes.Buffer
	p := with(&Link{Live: true, Joining: strict().Deadline, Open: func() (*mqtt.Meeting, error) { return m.Lend(), nil }}, &log)
	trial := small(t, &p, "northern-corridor", set)
	carrier, err := mqtt.NewLive(context.Background(), mqtt.LiveConfig{Publisher: m.Hub, Room: m.Room, Run: m.Run, Speed: 200_000, Start: trial.Scenario.Start})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(carrier.Close)
	trial.Carrier, trial.CarrierName = carrier.Carry, "live"
	r, err := trial.Play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r, log.String()
}

func TestLiveFindingsAreJudgedWhenTheyCome(t *testing.T) {
	told := false
	set := maps.Clone(tiny)
	set["span_days"] = "12" // what is said on the first day is heard before the last, also on a busy machine
	var said mqtt.Manifest  // the tick in which it was said
	r, log := playLive(t, set, joining(t, &guest{name: "mine", answer: func(g *guest, m tickMessage) {
		if told || g.box == "" || g.ready == "" {
			return // by the clock nobody waits for an answer, nor for a greeting; what is said before it is not heard
		}
		told, said = true, m
		g.say("finding", "no JSON\x1b[2J")
		g.say("finding", `{"client":"mine","container":%q,"kind":"bolt_cut","level":2000}`, g.box)
		g.say("finding", `{"client":"mine","container":"X","kind":"bolt_cut","level":1}`)
		g.say("finding", `{"client":"other","container":%q,"kind":"bolt_cut","level":1}`, g.box)
		for range 2 * mostComplaints {
			g.say("finding", `{"client":"mine","container":%q,"level":1}`, g.box)
		}
		g.say("finding", `{"client":"mine","container":%q,"kind":"bolt_cut","level":900}`, g.box)
	}}, strict()))
	if r.Reason != "" || len(r.Findings) != 1 || r.Findings[0].Level != 900 || r.Score.Values == nil {
		t.Fatalf("got %q, %v", r.Reason, r.Findings)
	}
	if at := r.Findings[0].At; at.Before(said.Now) {
		t.Errorf("stamped %s, and was said after %s", at, said.Now)
	}
	for _, want := range []string{`finding: must be a JSON object: got "no JSON\x1b[2J"`, "finding: mine: level: is 2000", `detector_container: finding: mine: findings[0].container: is "X"`,
		`client: is "other", who was not asked`, "finding: mine: kind: is missing", "what else is wrong in this run is not told"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not say %q: %s", want, log)
		}
	}
	if lines := strings.Count(log, "\n"); lines != mostComplaints {
		t.Errorf("the log has %d lines, want %d", lines, mostComplaints)
	}
}

// TestLiveFloodEndsTheRun: whoever finds more than is allowed is not listened to.
func TestLiveFloodEndsTheRun(t *testing.T) {
	limits := strict()
	limits.Findings = 50
	g := &guest{name: "mine", answer: func(g *guest, m tickMessage) {
		for range 20 {
			g.say("finding", `{"client":"mine","container":%q,"kind":"bolt_cut","level":1}`, g.box)
		}
	}}
	r, _ := playLive(t, tiny, joining(t, g, limits))
	if !strings.HasPrefix(r.Reason, "detector_flood: more than 50 findings") || r.Verdict != pocs.Unknown {
		t.Errorf("got reason %q, verdict %s, %d findings", r.Reason, r.Verdict, len(r.Findings))
	}
}

// TestKitsPlayLive: the detectors that the kits begin with hear a live run and find something in it.
func TestKitsPlayLive(t *testing.T) {
	all := twins(t)
	delete(all, "javascript")
	if all["python"] != nil {
		all["python"][0] = pythonWithMQTT(t)
	}
	set := map[string]string{"seals": "10", "span_days": "5", "attacks": "1"}
	for name, words := range all {
		if words[0] == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			r, log := playLive(t, set, func(link *Link, log *bytes.Buffer) pocs.PoC {
				c, err := NewCommand(words)
				if err != nil {
					t.Fatal(err)
				}
				return PoC(context.Background(), c, Config{Challenge: "seals", Link: link, Limits: strict(), Log: log})
			})
			if r.Reason != "" || len(r.Findings) == 0 || log != "" {
				t.Errorf("%q: %d findings, log %q", r.Reason, len(r.Findings), log)
			}
		})
	}
}
