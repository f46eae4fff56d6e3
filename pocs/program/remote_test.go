package program

// This file lets programs join a run over MQTT that answer late, twice, wrongly, or not at all.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim/exact"
	"sealab/sim/mqtt"
)

// guest is a program at the broker. It greets as it must, unless it has other words; what it does at a tick the test says.
type guest struct {
	name   string
	mute   bool                          // does not even join
	ready  string                        // in place of the right answer to hello
	answer func(g *guest, m tickMessage) // nil: it acknowledges, and has found nothing
	client *mqtt.Client
	root   string
	hello  Welcome
	box    string // the container of the first notice that a manifest names
	mu     sync.Mutex
}

type tickMessage = mqtt.Manifest

func (g *guest) join(t *testing.T, m *mqtt.Meeting) {
	c, err := mqtt.Dial(context.Background(), m.Programs)
	if err != nil {
		t.Error(err)
		return
	}
	t.Cleanup(c.Close)
	g.client = c
	if g.root, err = mqtt.Root(m.Room, m.Run); err != nil {
		t.Error(err)
	}
	for _, branch := range []string{"hello", "tick", mqtt.BranchBye} {
		if err := c.Subscribe(context.Background(), g.root+branch, g.hear); err != nil {
			t.Error(err)
		}
	}
	if !g.mute {
		g.say("ack", `{"client":%q,"protocol":1}`, g.name)
	}
}

func (g *guest) hear(topic string, payload []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch branch := strings.TrimPrefix(topic, g.root); branch {
	case mqtt.BranchBye:
		go g.client.Close() // not from within what it hears
	case "hello":
		var w Welcome
		if json.Unmarshal(payload, &w) == nil && w.Client == g.name {
			g.hello = w
			if g.ready == "" {
				g.ready = fmt.Sprintf(`{"client":%q,"protocol":1,"form":"messages","fields":{"reading":["container"]}}`, g.name)
			}
			g.say("ack", "%s", g.ready)
		}
	case "tick":
		m, err := mqtt.DecodeManifest(payload)
		if err != nil {
			panic(err) // the hub's own word
		}
		for _, e := range m.Events {
			if box, ok := strings.CutPrefix(e.Topic, g.root+"notice/"); ok && g.box == "" {
				g.box = box
			}
		}
		if g.answer == nil {
			g.ack(m, 0)
			return
		}
		g.answer(g, m)
	}
}

func (g *guest) say(branch, format string, args ...any) {
	g.client.Publish(g.root+branch, 1, fmt.Appendf(nil, format, args...))
}

// ack acknowledges a tick, or a part of it.
func (g *guest) ack(m tickMessage, findings int) {
	if m.Part < m.Parts {
		g.say("ack", `{"client":%q,"tick":%d,"part":%d}`, g.name, m.Tick, m.Part)
		return
	}
	g.say("ack", `{"client":%q,"tick":%d,"findings":%d}`, g.name, m.Tick, findings)
}

// find publishes a finding about its container.
func (g *guest) find(m tickMessage, number int) {
	g.say("finding", `{"client":%q,"tick":%d,"number":%d,"container":%q,"kind":"bolt_cut","level":%d,"why":%q}`,
		g.name, m.Tick, number, g.box, number, g.name)
}

// accuse finds once that the first container of which it heard is open, and says so in two findings.
func accuse() func(*guest, tickMessage) {
	said := false
	return func(g *guest, m tickMessage) {
		if said || g.box == "" {
			g.ack(m, 0)
			return
		}
		said = true
		g.find(m, 1)
		g.find(m, 2)
		g.ack(m, 2)
	}
}

// playGuests lets guests play in a tiny world, in the order given, and gives the run and its log.
func playGuests(t *testing.T, limits Limits, live bool, guests ...*guest) (*pocs.Run, string) {
	t.Helper()
	var names []string
	for _, g := range guests {
		names = append(names, g.name)
	}
	link := private(live)
	link.Joining = limits.Deadline
	link.Waits = func(m *mqtt.Meeting, _ []string) {
		for _, g := range guests {
			g.join(t, m)
		}
	}
	var log bytes.Buffer
	p, err := Joined(context.Background(), names, Config{Challenge: "seals", Link: link, Limits: limits, Log: &log})
	if err != nil {
		t.Fatal(err)
	}
	r, err := small(t, &p, "northern-corridor", tiny).Play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r, log.String()
}

func TestGuestsWhoBreakTheProtocolFailTheirRun(t *testing.T) {
	quick := func(l *Limits) { l.Deadline = 2 * time.Second }
	text := func(branch, text string) func(*guest, tickMessage) {
		return func(g *guest, m tickMessage) {
			g.say(branch, "%s", strings.ReplaceAll(text, "TICK", fmt.Sprint(m.Tick)))
		}
	}
	for name, c := range map[string]struct {
		guest *guest
		limit func(*Limits)
		want  string
	}{
		"mute":         {&guest{mute: true}, quick, "detector_timeout: join: mine: no answer within 2s"},
		"no ack":       {&guest{answer: func(*guest, tickMessage) {}}, quick, "detector_timeout: ack: mine: no answer within 2s; it may not have heard all"},
		"one is lost":  {&guest{answer: func(g *guest, m tickMessage) { g.ack(m, 1) }}, quick, "detector_timeout: ack: mine: no answer within 2s"},
		"run too long": {&guest{}, func(l *Limits) { l.Run = time.Microsecond }, "detector_timeout: ack: mine: the answers of the run took more than 1µs together"},
		"no JSON":      {&guest{answer: text("ack", `hello`)}, nil, `detector_garbage: ack: must be a JSON object: got "hello"`},
		"nameless":     {&guest{answer: text("finding", `{"tick":TICK}`)}, nil, "detector_garbage: finding: client: is missing"},
		"old protocol": {&guest{ready: `{"client":"mine","protocol":0,"form":"messages","fields":{}}`}, nil, "detector_garbage: ack: mine: protocol: is 0, must be 1"},
		"other form":   {&guest{ready: `{"client":"mine","protocol":1,"form":"rows","fields":{}}`}, nil, `detector_garbage: ack: mine: form: is "rows", must be one of those offered: ["messages"]`},
		"other field":  {&guest{ready: `{"client":"mine","protocol":1,"form":"messages","fields":{"reading":["lux"]}}`}, nil, `fields.reading[0]: is "lux", which no reading has`},
		"joins again":  {&guest{answer: text("ack", `{"client":"mine","protocol":1}`)}, nil, "detector_garbage: ack: mine: it joins a second time"},
		"later tick":   {&guest{answer: text("ack", `{"client":"mine","tick":99999999,"findings":0}`)}, nil, "detector_garbage: ack: mine: tick: is 99999999, and has not been told yet"},
		"no count":     {&guest{answer: text("ack", `{"client":"mine","tick":TICK}`)}, nil, "detector_garbage: ack: mine: findings: is missing"},
		"minus one":    {&guest{answer: text("ack", `{"client":"mine","tick":TICK,"findings":-1}`)}, nil, "detector_garbage: ack: mine: findings: is -1"},
		"no number":    {&guest{answer: text("finding", `{"client":"mine","tick":TICK}`)}, nil, "detector_garbage: finding: mine: number: is missing"},
		"number 0":     {&guest{answer: text("finding", `{"client":"mine","tick":TICK,"number":0}`)}, nil, "detector_garbage: finding: mine: number: is 0"},
		"one too many": {&guest{answer: func(g *guest, m tickMessage) { g.find(m, 2); g.ack(m, 1) }}, nil, "detector_garbage: ack: mine: number: is 2, and the acknowledgement says that there are 1 findings"},
		"says it twice": {&guest{answer: func(g *guest, m tickMessage) {
			g.find(m, 1)
			g.say("finding", `{"client":"mine","tick":%d,"number":1}`, m.Tick)
		}}, nil, "detector_garbage: finding: mine: number: is 1, and another finding of the tick has it"},
		"counts twice": {&guest{answer: func(g *guest, m tickMessage) { g.ack(m, 1); g.ack(m, 2) }}, nil, "detector_garbage: ack: mine: findings: is 2, and was 1 before"},
		"high level": {&guest{answer: func(g *guest, m tickMessage) {
			text("finding", `{"client":"mine","tick":TICK,"number":1,"container":"X","kind":"a","level":1001}`)(g, m)
			g.ack(m, 1)
		}}, nil, "detector_garbage: finding: mine: finding 1: level: is 1001"},
		"unheard box": {&guest{answer: func(g *guest, m tickMessage) {
			text("finding", `{"client":"mine","tick":TICK,"number":1,"container":"X","kind":"a","level":1}`)(g, m)
			g.ack(m, 1)
		}}, nil, `detector_container: finding: mine: findings[0].container: is "X"`},
		"long message":  {&guest{answer: text("ack", strings.Repeat("x", 2000))}, func(l *Limits) { l.AnswerBytes = 1000 }, "detector_flood: ack: a message has more than 1000 bytes"},
		"many findings": {&guest{answer: accuse()}, func(l *Limits) { l.Findings = 1 }, "detector_flood: more than 1 findings"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limits := strict()
			if c.limit != nil {
				c.limit(&limits)
			}
			c.guest.name = "mine"
			r, _ := playGuests(t, limits, false, c.guest)
			if !strings.Contains(r.Reason, c.want) || r.Verdict != pocs.Unknown {
				t.Errorf("got reason %q, verdict %s, want %q and no judgement", r.Reason, r.Verdict, c.want)
			}
		})
	}
}

// TestOrderOfGuestsIsThatOfTheirNames: whoever acknowledges first, findings stand in the order of the list.
func TestOrderOfGuestsIsThatOfTheirNames(t *testing.T) {
	slow := func(g *guest) *guest {
		inner := g.answer
		g.answer = func(g *guest, m tickMessage) { time.Sleep(time.Millisecond); inner(g, m) }
		return g
	}
	for name, order := range map[string][]*guest{
		"ab, a is slow": {slow(&guest{name: "a", answer: accuse()}), {name: "b", answer: accuse()}},
		"ab, b is slow": {{name: "a", answer: accuse()}, slow(&guest{name: "b", answer: accuse()})},
		"ba, a is slow": {{name: "b", answer: accuse()}, slow(&guest{name: "a", answer: accuse()})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := playGuests(t, strict(), false, order...)
			var said []string
			for _, f := range r.Findings {
				said = append(said, fmt.Sprint(f.Why, f.Level))
			}
			first, second := name[:1], name[1:2]
			if want := []string{first + "1", first + "2", second + "1", second + "2"}; r.Reason != "" || fmt.Sprint(said) != fmt.Sprint(want) {
				t.Errorf("%q: got %v, want %v", r.Reason, said, want)
			}
			if order[0].hello.DiceSeed == order[1].hello.DiceSeed {
				t.Error("two programs throw the same dice")
			}
		})
	}
}

// TestDelaysAndCopiesAreInNoDigest: a guest that takes its time, another one each time, and whose every word comes twice,
// comes to the same as one who does not.
func TestDelaysAndCopiesAreInNoDigest(t *testing.T) {
	plain, _ := playGuests(t, strict(), false, &guest{name: "mine", answer: accuse()})
	if plain.Reason != "" || len(plain.Findings) != 2 {
		t.Fatalf("got %q and %d findings", plain.Reason, len(plain.Findings))
	}
	for i := range 3 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			naps, said := rand.New(rand.NewPCG(uint64(i), 7)), false
			r, log := playGuests(t, strict(), false, &guest{name: "mine", answer: func(g *guest, m tickMessage) {
				if naps.IntN(20) == 0 {
					time.Sleep(time.Duration(naps.IntN(10)) * time.Millisecond)
				}
				n := 0
				if !said && g.box != "" {
					said, n = true, 2
				}
				for range 2 {
					for number := range n {
						g.find(m, n-number) // the last one first
					}
					g.ack(m, n)
				}
			}})
			if r.Digest != plain.Digest {
				t.Errorf("%q: got %s, want %s", r.Reason, r.Digest, plain.Digest)
			}
			if !strings.Contains(log, "copies that the transport made were dropped") {
				t.Errorf("the log does not count the copies: %q", log)
			}
		})
	}
}

// TestStrangersAreNamed: one with the run's credential who was not asked cannot answer for another.
func TestStrangersAreNamed(t *testing.T) {
	r, log := playGuests(t, strict(), false, &guest{name: "mine", answer: func(g *guest, m tickMessage) {
		g.say("ack", `{"client":"other\u001b","tick":%d,"findings":0}`, m.Tick)
		g.ack(m, 0)
	}})
	if r.Reason != "" || !strings.Contains(log, `somebody called "other\x1b" answers on ack`) || strings.Count(log, "\n") > mostComplaints {
		t.Errorf("%q, log %q", r.Reason, log)
	}
}

// TestLostBrokerEndsTheRun: a run whose broker goes away fails with a reason, and does not hang.
func TestLostBrokerEndsTheRun(t *testing.T) {
	var m *mqtt.Meeting
	link := private(false)
	open := link.Open
	link.Open = func() (got *mqtt.Meeting, err error) { m, err = open(); return m.Lend(), err }
	g := &guest{name: "mine", answer: func(*guest, tickMessage) { go m.Close() }}
	link.Waits = func(m *mqtt.Meeting, _ []string) { g.join(t, m) }
	p, err := Joined(context.Background(), []string{"mine"}, Config{Challenge: "seals", Link: link, Limits: strict()})
	if err != nil {
		t.Fatal(err)
	}
	r, err := small(t, &p, "northern-corridor", tiny).Play(context.Background())
	if err != nil || !strings.HasPrefix(r.Reason, mqtt.ErrLost.Error()) {
		t.Errorf("%v, %+v", err, r)
	}
}

// TestManyKeysComeInParts: no message of the greeting is longer than brokers take, and no key is lost.
func TestManyKeysComeInParts(t *testing.T) {
	c := &client{name: "mine", hello: hello(&Config{}, &pocs.Setup{Dice: exact.NewDice(1, "test")})}
	for i := range 9000 {
		c.hello.Keys[fmt.Sprintf("SLB-%08d.1", i)] = PublicKey{fmt.Sprintf("SLB-%08d", i), strings.Repeat("A", 43)}
	}
	got := map[string]PublicKey{}
	list := welcomes(c, false)
	for i, message := range list {
		text, err := json.Marshal(message)
		if err != nil || len(text) > 1<<20 {
			t.Fatalf("%v: %d bytes", err, len(text))
		}
		var w Welcome
		if err := json.Unmarshal(text, &w); err != nil || w.Client != "mine" || w.Part != i+1 || w.Parts != len(list) || (i == 0) != (w.Context.Places != nil) {
			t.Errorf("%v: part %d of %d for %q", err, w.Part, w.Parts, w.Client)
		}
		maps.Copy(got, w.Keys)
	}
	if len(list) != 3 || len(got) != 9000 {
		t.Errorf("%d keys in %d messages", len(got), len(list))
	}
}

func TestCheckJoined(t *testing.T) {
	for _, names := range [][]string{nil, {""}, {"A"}, {"a/b"}, {"a", "b", "a"}, {strings.Repeat("a", 41)}, make([]string, 17)} {
		if CheckJoined(names) == nil {
			t.Errorf("%q may join", names)
		}
	}
	if err := CheckJoined([]string{"mine", "other-2"}); err != nil {
		t.Error(err)
	}
}
