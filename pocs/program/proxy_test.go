package program

// This file puts a network between broker and program that repeats and loses what the program is to hear.

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"sealab/pocs"
	"sealab/sim/mqtt"
)

// through lets programs meet behind a network that passes on each message of a seal as often as copies says.
func through(t *testing.T, copies func(n int) int) *Link {
	t.Helper()
	link := private(false)
	open := link.Open
	link.Open = func() (*mqtt.Meeting, error) {
		m, err := open()
		if err != nil {
			return nil, err
		}
		u, err := url.Parse(m.Programs.URL)
		if err != nil {
			return nil, err
		}
		m.Programs.URL = network(t, u.Host, copies)
		return m, nil
	}
	return link
}

func network(t *testing.T, broker string, copies func(n int) int) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		program, err := l.Accept()
		if err != nil {
			return
		}
		defer program.Close()
		hub, err := net.Dial("tcp", broker)
		if err != nil {
			return
		}
		defer hub.Close()
		go func() { _, _ = io.Copy(hub, program) }()
		passOn(bufio.NewReader(hub), program, copies)
	}()
	return "tcp://" + l.Addr().String()
}

// passOn copies MQTT packets until one side has gone.
func passOn(from *bufio.Reader, to io.Writer, copies func(n int) int) {
	for n := 0; ; {
		first, err := from.ReadByte()
		if err != nil {
			return
		}
		size, err := binary.ReadUvarint(from)
		if err != nil {
			return
		}
		packet := binary.AppendUvarint([]byte{first}, size)
		head := len(packet)
		packet = append(packet, make([]byte, size)...)
		if _, err := io.ReadFull(from, packet[head:]); err != nil {
			return
		}
		times := 1
		if first>>4 == 3 && strings.Contains(string(packet[head:min(len(packet), head+200)]), "/seal/") && !strings.Contains(string(packet[head:min(len(packet), head+40)]), "/tick") {
			n++
			times = copies(n)
		}
		for range times {
			if _, err := to.Write(packet); err != nil {
				return
			}
		}
	}
}

// TestCopiesOfTheTransportLeaveTheDigest and what is lost ends the run at the deadline: with the kits' own client.
func TestCopiesOfTheTransportLeaveTheDigest(t *testing.T) {
	words := twins(t)["go"]
	play := func(link *Link, limits Limits, log io.Writer) *pocs.Run {
		c, err := NewCommand(words)
		if err != nil {
			t.Fatal(err)
		}
		p := PoC(context.Background(), c, Config{Challenge: "seals", Link: link, Limits: limits, Log: log})
		r, err := small(t, &p, "northern-corridor", tiny).Play(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	var log strings.Builder
	want := play(nil, strict(), nil)
	got := play(through(t, func(n int) int { return 1 + min(1, n%3) }), strict(), &log)
	if got.Reason != "" || got.Digest != want.Digest || !strings.Contains(log.String(), "copies that the transport made were dropped") {
		t.Errorf("%q: got %s, want %s; log %q", got.Reason, got.Digest, want.Digest, &log)
	}
	limits := strict()
	limits.Deadline = 3 * time.Second
	got = play(through(t, func(n int) int { return min(1, max(0, n-1)) }), limits, nil)
	if !strings.HasPrefix(got.Reason, "detector_timeout: ack: rules: no answer within 3s; it may not have heard all") {
		t.Errorf("with a message lost: %q", got.Reason)
	}
}
