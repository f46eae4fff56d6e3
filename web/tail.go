// The tail: the last messages that passed the broker, as any client would have heard them, for the MQTT lab.

package web

import (
	"context"
	"fmt"
	"sync"
	"time"
	"unicode/utf8"

	"sealab/sim/mqtt"
)

const (
	tailKept    = 300  // messages
	tailPiece   = 40   // at most in one event: what comes faster is counted, not shown
	shownBytes  = 2000 // of a payload
	tailStreams = 200
)

// messageJSON is one message. Its payload is cut for showing; bytes is the true length.
type messageJSON struct {
	N       uint64 `json:"n"`
	At      int64  `json:"at" doc:"wall time, ms since 1970"`
	Topic   string `json:"topic"`
	QoS     int    `json:"qos"`
	Bytes   int    `json:"bytes"`
	Payload string `json:"payload"`
}

// tail keeps the newest messages and hands them on a few times a second.
type tail struct {
	now    func() time.Time
	frames *broadcast

	mu   sync.Mutex
	ring []messageJSON
	n    uint64 // of the newest
	sent uint64 // handed on up to here
}

func newTail(now func() time.Time) *tail { return &tail{now: now, frames: newBroadcast(tailStreams)} }

// listen subscribes to everything in the open room, as a client with the right to read and no other.
func (t *tail) listen(ctx context.Context, s *Server) error {
	grant := mqtt.Grant{User: "lab-" + mqtt.NewID(), Password: mqtt.NewPassword(), Read: []string{mqtt.Base + openRoom + "/#"}}
	revoke, err := s.cfg.Broker.Grant(grant)
	if err != nil {
		return fmt.Errorf("listen for the lab: %w", err)
	}
	client, err := mqtt.Dial(ctx, mqtt.DialConfig{URL: s.cfg.Broker.URL(), User: grant.User, Password: grant.Password, Reconnect: true})
	if err != nil {
		revoke()
		return fmt.Errorf("listen for the lab: %w", err)
	}
	if err := client.Subscribe(ctx, mqtt.Base+openRoom+"/#", t.heard); err != nil {
		client.Close()
		revoke()
		return fmt.Errorf("listen for the lab: %w", err)
	}
	context.AfterFunc(ctx, func() { client.Close(); revoke() })
	return nil
}

// heard takes down a message.
func (t *tail) heard(topic string, payload []byte) {
	shown := payload[:min(len(payload), shownBytes)]
	for cut := 1; len(payload) > shownBytes && cut < utf8.UTFMax && !utf8.Valid(shown); cut++ {
		shown = shown[:len(shown)-1] // the cut went through a letter
	}
	text := string(shown)
	if !utf8.Valid(shown) {
		text = fmt.Sprintf("%q", shown)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
	t.ring = append(t.ring, messageJSON{t.n, t.now().UnixMilli(), topic, 1, len(payload), text})
	if len(t.ring) >= 2*tailKept {
		t.ring = append(t.ring[:0:0], t.ring[len(t.ring)-tailKept:]...)
	}
}

// after lists what came after a number, at most the newest most.
func (t *tail) after(n uint64, most int) []messageJSON {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.since(n, most)
}

func (t *tail) since(n uint64, most int) []messageJSON {
	i := len(t.ring)
	for i > 0 && t.ring[i-1].N > n && len(t.ring)-i < min(most, tailKept) {
		i--
	}
	return append([]messageJSON{}, t.ring[i:]...)
}

// run hands the new messages on until ctx ends.
func (t *tail) run(ctx context.Context) {
	tick := time.NewTicker(frameEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if piece := t.piece(); piece != nil && t.frames.count() > 0 {
				t.frames.send(piece)
			}
		case <-ctx.Done():
			return
		}
	}
}

// piece is the event with what came since the last, or nil.
func (t *tail) piece() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	fresh := t.since(t.sent, tailPiece)
	t.sent = t.n
	if len(fresh) == 0 {
		return nil
	}
	return frameSSE(t.n, "messages", mustJSON(fresh))
}
