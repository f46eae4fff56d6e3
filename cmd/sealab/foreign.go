//go:build !js

// What real seals publish is looked at before it is acknowledged: a message that cannot be read is told in the log with
// its topic, what is wrong and where, is counted, and still passes on to whoever listens, so nothing is lost.
package main

import (
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"sealab/sim/seal"
)

// foreign reads the messages of real seals.
type foreign struct {
	log *slog.Logger
	bad atomic.Int64
	say rate.Sometimes
}

// newForeign tells of the first twenty bad messages, then of one a second: a broken seal must not fill the disk.
func newForeign(log *slog.Logger) *foreign {
	return &foreign{log: log, say: rate.Sometimes{First: 20, Interval: time.Second}}
}

// read is asked before each PUBACK. It never holds one back: a seal that sends nonsense would send it for ever.
func (f *foreign) read(topic string, payload []byte) error {
	if strings.HasSuffix(topic, "/ack") {
		return nil // an answer to a command is no reading
	}
	_, err := seal.DecodeArray(payload)
	if err == nil {
		return nil
	}
	so := f.bad.Add(1)
	f.say.Do(func() {
		f.log.Warn("a seal's message cannot be read", "topic", topic, "bytes", len(payload), "error", err, "so_far", so)
	})
	return nil
}
