//go:build !js

// What the log says of a real seal's message that cannot be read.
package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

func TestForeignMessages(t *testing.T) {
	var log bytes.Buffer
	f := newForeign(slog.New(slog.NewTextHandler(&log, nil)))
	const topic = "sealab/v1/open/seal/SLB-1/tele"
	good := `{"v":1,"seal":"SLB-00000001","container":"","trip":"","boot":1,"seq":1,"ts":"2026-03-02T00:00:00.000Z","kind":"tele"}`
	for payload, want := range map[string]string{
		good:               "",
		"[" + good + "]":   "",
		`{"v":1,"nonsense`: "so_far=",
		strings.Replace(good, `"v":1`, `"v":2`, 1): "v",
	} {
		log.Reset()
		if err := f.read(topic, []byte(payload)); err != nil {
			t.Errorf("%s: %v held the acknowledgement back", payload, err)
		}
		if got := log.String(); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: the log says %q, want %q in it", payload, got, want)
		}
	}
	log.Reset()
	if f.read("sealab/v1/open/seal/SLB-1/ack", []byte("no reading")); log.Len() > 0 {
		t.Errorf("an answer to a command was read as a reading: %s", log.String())
	}
	for range 100 {
		f.read(topic, []byte("x"))
	}
	if lines := strings.Count(log.String(), "\n"); lines > 25 || f.bad.Load() != 102 {
		t.Errorf("100 bad messages made %d lines and were counted as %d", lines, f.bad.Load()-2)
	}
}
