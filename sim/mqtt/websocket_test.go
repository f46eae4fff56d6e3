package mqtt

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

func TestWebSocketRoundTrip(t *testing.T) {
	b := mustBroker(t, Config{})
	web := httptest.NewServer(b.WebSocket())
	defer web.Close()
	dial := runDial(t, b, "ws")
	dial.URL = "ws" + strings.TrimPrefix(web.URL, "http") + "/mqtt"
	l := mustLockstep(t, LockstepConfig{Publisher: dial, Run: "ws"})
	if in, out := carryAll(t, l.Carry, world(5, 700)); in != out {
		t.Errorf("digest over WebSocket %s, direct %s", out, in)
	}
	anonymous, err := Dial(context.Background(), DialConfig{URL: dial.URL})
	if err != nil {
		t.Fatal(err)
	}
	anonymous.Close()
	until(t, "it is counted out", func() bool { return b.Stats().Connections == 5 })
}

func TestWebSocketRefusesOtherOriginsAndNames(t *testing.T) {
	b := mustBroker(t, Config{})
	web := httptest.NewServer(b.WebSocket())
	defer web.Close()
	for name, c := range map[string]struct {
		origin string
		protos []string
		want   string
	}{
		"same origin":    {web.URL, []string{"mqtt"}, ""},
		"no origin":      {"", []string{"mqtt"}, ""},
		"other origin":   {"http://evil.example", []string{"mqtt"}, "403"},
		"other protocol": {web.URL, []string{"chat"}, "policy"},
	} {
		opts := &websocket.DialOptions{Subprotocols: c.protos, HTTPHeader: http.Header{}}
		if c.origin != "" {
			opts.HTTPHeader.Set("Origin", c.origin)
		}
		ws, _, err := websocket.Dial(context.Background(), web.URL, opts)
		if err == nil {
			ws.Write(context.Background(), websocket.MessageBinary, hello{version: 4, id: "browser"}.frame().bytes()) // a refusal shows in the read
			_, _, err = ws.Read(context.Background())
			ws.CloseNow()
		}
		if got := err == nil; got != (c.want == "") || err != nil && !strings.Contains(strings.ToLower(err.Error()), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	ws, _, err := websocket.Dial(context.Background(), web.URL, &websocket.DialOptions{Subprotocols: []string{"mqtt"}, Host: "rebound.example"})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.CloseNow()
	ws.Write(context.Background(), websocket.MessageBinary, hello{version: 4, id: "rebound"}.frame().bytes()) // a refusal shows in the read
	if _, got, err := ws.Read(context.Background()); err != nil || got[3] == 0 {
		t.Errorf("a foreign name for loopback opens the room: %x, %v", got, err)
	}
}
