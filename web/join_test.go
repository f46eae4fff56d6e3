package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sealab/sim/mqtt"
)

// mustJoin joins a run at its address, as a stranger who knows the protocol page: it accuses the container of the first
// notice, once.
func mustJoin(t *testing.T, at joinAddress) {
	t.Helper()
	u, err := url.Parse(at.Address)
	if err != nil {
		t.Fatal(err)
	}
	password, _ := u.User.Password()
	name, root := u.Query().Get("client"), u.Query().Get("topic")+"/"
	c, err := mqtt.Dial(t.Context(), mqtt.DialConfig{URL: "tcp://" + u.Host, User: u.User.Username(), Password: password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	say := func(topic, format string, args ...any) { c.Publish(root+topic, 1, fmt.Appendf(nil, format, args...)) }
	box := ""
	hear := func(topic string, payload []byte) {
		var m struct {
			Client            string
			Tick, Part, Parts int64
			Events            []struct{ Topic string }
		}
		if err := json.Unmarshal(payload, &m); err != nil {
			t.Error(err)
		}
		if topic == root+"hello" {
			if m.Client == name {
				say("ack", `{"client":%q,"protocol":1,"form":"messages","fields":{"notice":["container"]}}`, name)
			}
			return
		}
		found := 0
		for _, e := range m.Events {
			if number, ok := strings.CutPrefix(e.Topic, root+"notice/"); ok && box == "" {
				box, found = number, 1
				say("finding", `{"client":%q,"tick":%d,"number":1,"container":%q,"kind":"bolt_cut","level":500}`, name, m.Tick, box)
			}
		}
		if m.Part < m.Parts {
			say("ack", `{"client":%q,"tick":%d,"part":%d}`, name, m.Tick, m.Part)
			return
		}
		say("ack", `{"client":%q,"tick":%d,"findings":%d}`, name, m.Tick, found)
	}
	for _, topic := range []string{"hello", "tick"} {
		if err := c.Subscribe(t.Context(), root+topic, hear); err != nil {
			t.Fatal(err)
		}
	}
	say("ack", `{"client":%q,"protocol":1}`, name)
}

// TestProgramsJoinARun: in lockstep and live they are judged, kept and shown as any other detector.
func TestProgramsJoinARun(t *testing.T) {
	t.Parallel()
	for carrier, more := range map[string]string{"mqtt": "", "live": `,"speed":86400`} {
		t.Run(carrier, func(t *testing.T) {
			t.Parallel()
			h := MustHub(t, withBroker(t))
			var started joinedOut
			h.post("/api/v1/runs/join", `{"join":["mine","other"],"scenario":"northern-corridor","seed":7,"carrier":"`+carrier+`","params":{"near":3},"settings":{"seals":10,"span_days":5}`+more+`}`).
				want(t, http.StatusAccepted).json(t, &started)
			for _, at := range started.Join {
				mustJoin(t, at)
			}
			if last := h.until(started.Run); last.State != stateDone {
				t.Fatalf("got %+v", last)
			}
			var run runJSON
			h.get("/api/v1/runs/"+started.Run).json(t, &run)
			if run.PoC != "mine.other@mqtt" || run.Carrier != carrier || run.Findings != 2 || run.Verdict == "" {
				t.Errorf("got %s by %s: %d findings, %s", run.PoC, run.Carrier, run.Findings, run.Verdict)
			}
			h.get("/runs/"+started.Run).want(t, 200).tells(t, "mine.other@mqtt")
			h.get("/runs").want(t, 200).tells(t, "mine.other@mqtt")
		})
	}
}

// TestOrdersThatNobodyCanJoin are refused with the field that is wrong; what nobody joins can be called off.
func TestOrdersThatNobodyCanJoin(t *testing.T) {
	t.Parallel()
	h := MustHub(t, withBroker(t))
	good := `"scenario":"northern-corridor","seed":7`
	for body, field := range map[string]string{
		`{"join":["A b"],` + good + `}`:                                         "join",
		`{"join":["a","a"],` + good + `}`:                                       "join",
		`{"join":["a"],` + good + `,"carrier":"direct"}`:                        "carrier",
		`{"join":["a"],"scenario":"nowhere","seed":7}`:                          "scenario",
		`{"join":["a"],` + good + `,"settings":{"seals":3}}`:                    "settings.seals",
		`{"join":["a"],"scenario":"northern-corridor","seed":9007199254740992}`: "seed",
	} {
		if p := h.post("/api/v1/runs/join", body).want(t, 422).problem(t); p.Field != field {
			t.Errorf("%s: the problem is with %q: %s", body, p.Field, p.Message)
		}
	}
	if p := MustHub(t).post("/api/v1/runs/join", `{"join":["a"],`+good+`}`).want(t, 422).problem(t); p.Code != "no_broker" {
		t.Errorf("without a broker: %+v", p)
	}
	var started joinedOut
	h.post("/api/v1/runs/join", `{"join":["a"],`+good+`}`).want(t, http.StatusAccepted).json(t, &started)
	h.do(http.MethodDelete, "/api/v1/runs/"+started.Run, "", "").want(t, 200)
	if last := h.until(started.Run); last.State != stateCancelled && last.State != stateInterrupted {
		t.Errorf("called off, and is %+v", last)
	}
	for range mostJoining {
		h.post("/api/v1/runs/join", `{"join":["a"],`+good+`}`).want(t, http.StatusAccepted)
	}
	h.post("/api/v1/runs/join", `{"join":["a"],`+good+`}`).want(t, http.StatusTooManyRequests)
}
