package mqtt

// This file opens sockets for the client library, and puts buffers around them.

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

const (
	clientBuffer = 256 << 10        // bytes that may wait before a publisher has to
	clientStall  = 30 * time.Second // for a broker to take 64 KiB; it may be far away and busy
	readBuffer   = 32 << 10         // the library reads a packet in three pieces; buffered, many share a system call
)

// bufferedConn is a socket with a buffer in each direction. For a flow of small packets it halves the time spent in
// the kernel (measured: 0.23 instead of 0.47 s for 61,500 events through broker and receiver).
type bufferedConn struct {
	net.Conn
	in  *bufio.Reader
	out *flusher
}

func newBufferedConn(raw net.Conn) *bufferedConn {
	return &bufferedConn{Conn: raw, in: bufio.NewReaderSize(raw, readBuffer), out: newFlusher(raw, clientBuffer, true, clientStall, nil)}
}

func (c *bufferedConn) Read(p []byte) (int, error)  { return c.in.Read(p) }
func (c *bufferedConn) Write(p []byte) (int, error) { return c.out.Write(p) }
func (c *bufferedConn) Close() error                { return c.out.Close() }

// SetDeadline reaches reads only; the flusher has its own deadline for writes.
func (c *bufferedConn) SetDeadline(t time.Time) error { return c.Conn.SetReadDeadline(t) }

// SetWriteDeadline does nothing.
func (c *bufferedConn) SetWriteDeadline(time.Time) error { return nil }

// openWith returns the library's way to a socket; bound gives each attempt its time.
func openWith(bound func() (context.Context, context.CancelFunc)) paho.OpenConnectionFunc {
	return func(u *url.URL, _ paho.ClientOptions) (net.Conn, error) {
		ctx, cancel := bound()
		defer cancel()
		raw, err := open(ctx, u)
		if err != nil {
			return nil, err
		}
		return newBufferedConn(raw), nil
	}
}

func open(ctx context.Context, u *url.URL) (net.Conn, error) {
	switch u.Scheme {
	case "tcp", "mqtt":
		var d net.Dialer
		return d.DialContext(ctx, "tcp", withPort(u, "1883"))
	case "tls", "ssl", "mqtts":
		var d tls.Dialer
		return d.DialContext(ctx, "tcp", withPort(u, "8883"))
	case "ws", "wss":
		return dialWS(ctx, u.String())
	}
	return nil, fmt.Errorf("unknown scheme %q: use tcp, tls, ws or wss", u.Scheme)
}

func withPort(u *url.URL, port string) string {
	if u.Port() != "" {
		return u.Host
	}
	return net.JoinHostPort(u.Hostname(), port)
}
