package web

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestBroadcastDropsTheOldest(t *testing.T) {
	b := newBroadcast(2)
	slow, quick := b.join(), b.join()
	if b.join() != nil {
		t.Error("a third listener was let in")
	}
	for i := range queued + 3 {
		b.send([]byte{byte(i)})
		<-quick.C
	}
	if first := <-slow.C; first[0] != 3 || b.dropped != 3 {
		t.Errorf("the slow listener's first is %d, %d were dropped", first[0], b.dropped)
	}
	b.leave(slow)
	b.leave(quick)
	if b.count() != 0 {
		t.Error("somebody is still there")
	}
}

func TestEventIsFramed(t *testing.T) {
	if got := string(frameSSE(7, "frame", []byte(`{"t":1}`))); got != "id: 7\nevent: frame\ndata: {\"t\":1}\n\n" {
		t.Errorf("got %q", got)
	}
	if got := string(frameSSE(0, "x", []byte(`1`))); got != "event: x\ndata: 1\n\n" {
		t.Errorf("got %q", got)
	}
	if b := mustJSON(map[string]string{"a": "x\ny"}); bytes.Contains(b, []byte("\n")) {
		t.Errorf("JSON holds a line break: %q", b)
	}
}

func TestTailKeepsTheNewest(t *testing.T) {
	l := newTail(func() time.Time { return time.UnixMilli(5) })
	for range 3 * tailKept {
		l.heard("a/b", []byte("x"))
	}
	if got := l.after(0, 10_000); len(got) != tailKept || got[len(got)-1].N != 3*tailKept {
		t.Errorf("got %d messages to %d", len(got), got[len(got)-1].N)
	}
	if got := l.after(3*tailKept-2, 100); len(got) != 2 {
		t.Errorf("got %d after the last but two", len(got))
	}
	if got := l.piece(); strings.Count(string(got), `"topic"`) != tailPiece {
		t.Errorf("a piece holds %d messages", strings.Count(string(got), `"topic"`))
	}
	if l.piece() != nil {
		t.Error("there is a piece without news")
	}
}

func TestTailShowsAnyPayload(t *testing.T) {
	l := newTail(time.Now)
	l.heard("t", append(bytes.Repeat([]byte("a"), shownBytes-1), "é…"...))
	l.heard("t", []byte{0xff, 0x00})
	got := l.after(0, 2)
	if got[0].Payload != strings.Repeat("a", shownBytes-1) || got[0].Bytes != shownBytes+4 {
		t.Errorf("a letter was cut: %q, %d", got[0].Payload[shownBytes-3:], got[0].Bytes)
	}
	if got[1].Payload != `"\xff\x00"` {
		t.Errorf("got %q", got[1].Payload)
	}
}

func TestMeterForgets(t *testing.T) {
	var m meter
	start := time.UnixMilli(0)
	for i := range 50 {
		m.add(start.Add(time.Duration(i)*100*time.Millisecond), 2)
	}
	if got := m.rate(start.Add(5 * time.Second)); got != 20 {
		t.Errorf("got %v messages a second, want 20", got)
	}
	if got := m.rate(start.Add(time.Minute)); got != 0 {
		t.Errorf("after a minute of silence: %v", got)
	}
}
