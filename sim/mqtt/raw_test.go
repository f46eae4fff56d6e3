package mqtt

// This file is an MQTT client for tests that speaks as badly as it is told to.

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"testing"
	"time"
)

type rawClient struct {
	tb   testing.TB
	conn net.Conn
	in   *bufio.Reader
}

func mustRaw(tb testing.TB, b *Broker) *rawClient {
	tb.Helper()
	conn, err := net.Dial("tcp", b.Addr())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { conn.Close() })
	return &rawClient{tb: tb, conn: conn, in: bufio.NewReader(conn)}
}

// frame is one packet: its first byte and what follows the length.
type frame struct {
	first byte
	body  []byte
}

func (f frame) bytes() []byte {
	return append(binary.AppendUvarint([]byte{f.first}, uint64(len(f.body))), f.body...)
}

func (f frame) kind() byte { return f.first >> 4 }

const (
	kindConnack = 2
	kindPublish = 3
	kindPuback  = 4
	kindSuback  = 9
)

func (c *rawClient) send(f frame) {
	c.tb.Helper()
	if _, err := c.conn.Write(f.bytes()); err != nil {
		c.tb.Fatal(err)
	}
}

func readFrame(r *bufio.Reader) (f frame, err error) {
	if f.first, err = r.ReadByte(); err != nil {
		return f, err
	}
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return f, err
	}
	f.body = make([]byte, n)
	_, err = io.ReadFull(r, f.body)
	return f, err
}

// read returns the next packet; it fails the test if none comes.
func (c *rawClient) read() frame {
	c.tb.Helper()
	c.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	f, err := readFrame(c.in)
	if err != nil {
		c.tb.Fatal(err)
	}
	return f
}

// ended waits until the broker has closed the connection, and returns how long that took.
func (c *rawClient) ended() time.Duration {
	c.tb.Helper()
	began := time.Now()
	c.conn.SetReadDeadline(began.Add(10 * time.Second))
	_, err := io.Copy(io.Discard, c.in)
	if n, ok := err.(net.Error); ok && n.Timeout() {
		c.tb.Fatal("the broker left the connection open")
	}
	return time.Since(began)
}

func text(s string) []byte { return append(binary.BigEndian.AppendUint16(nil, uint16(len(s))), s...) }

// hello is a CONNECT. Version is 4 or 5.
type hello struct {
	version        byte
	id             string
	user, password string
	will           string // topic
	kept           bool   // the session
	keepAlive      uint16
}

func (h hello) frame() frame {
	flags := byte(0)
	if !h.kept {
		flags |= 0x02
	}
	payload := text(h.id)
	if h.will != "" {
		flags |= 0x04
		if h.version == 5 {
			payload = append(payload, 0)
		}
		payload = append(append(payload, text(h.will)...), text("gone")...)
	}
	if h.user != "" {
		flags |= 0xc0
		payload = append(append(payload, text(h.user)...), text(h.password)...)
	}
	body := append(text("MQTT"), h.version, flags)
	body = binary.BigEndian.AppendUint16(body, h.keepAlive)
	if h.version == 5 {
		body = append(body, 0)
	}
	return frame{0x10, append(body, payload...)}
}

// connect connects and returns the CONNACK's reason.
func (c *rawClient) connect(h hello) byte {
	c.tb.Helper()
	if h.version == 0 {
		h.version = 4
	}
	c.send(h.frame())
	f := c.read()
	if f.kind() != kindConnack {
		c.tb.Fatalf("got packet %x, want CONNACK", f.first)
	}
	return f.body[1]
}

// subscribe subscribes at QoS 1 and returns the SUBACK's reason. Version 5 only differs by its properties.
func (c *rawClient) subscribe(version byte, filter string) byte {
	c.tb.Helper()
	body := []byte{0, 1}
	if version == 5 {
		body = append(body, 0)
	}
	c.send(frame{0x82, append(append(body, text(filter)...), 1)})
	f := c.read()
	if f.kind() != kindSuback {
		c.tb.Fatalf("got packet %x, want SUBACK", f.first)
	}
	return f.body[len(f.body)-1]
}

// publish is a PUBLISH at QoS 1.
func publish(version byte, topic string, payload []byte, retain bool) frame {
	first := byte(0x32)
	if retain {
		first |= 1
	}
	body := append(text(topic), 0, 7)
	if version == 5 {
		body = append(body, 0)
	}
	return frame{first, append(body, payload...)}
}

// topicOf returns the topic of a PUBLISH.
func (f frame) topicOf() string {
	n := binary.BigEndian.Uint16(f.body)
	return string(f.body[2 : 2+n])
}
