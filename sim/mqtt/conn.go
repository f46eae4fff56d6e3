package mqtt

// This file is one connection as the broker sees it: with deadlines that a client cannot talk it out of.

import (
	"errors"
	"net"
	"sync/atomic"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"
)

// conn wraps the socket of one client. The library refreshes deadlines only while it reads, turns them off when the
// client asks for no keep-alive, and writes while it holds the client's lock; so the deadlines are set here.
type conn struct {
	raw   net.Conn
	out   *flusher
	host  string // the other side's address without its port
	local bool   // it is on this machine
	most  time.Duration

	who    atomic.Pointer[party]        // once CONNECT is accepted
	client atomic.Pointer[mochi.Client] // likewise
	id     string                       // the client id it holds in owners; used by the connection's own goroutine only
}

func newConn(raw net.Conn, host string, local bool, b *Broker) *conn {
	c := &conn{raw: raw, host: host, local: local, most: b.limits.Silence}
	c.out = newFlusher(raw, b.limits.Buffer, false, b.limits.Write, func(err error) {
		if errors.Is(err, errSlow) {
			b.counts.slow.Add(1)
			b.log.Warn("cut MQTT subscriber that does not read", "remote", host, "err", err)
		}
	})
	raw.SetReadDeadline(time.Now().Add(b.limits.Connect)) // until CONNECT; an error shows in the read
	return c
}

func (c *conn) Read(p []byte) (int, error)  { return c.raw.Read(p) }
func (c *conn) Write(p []byte) (int, error) { return c.out.Write(p) }
func (c *conn) Close() error                { return c.out.Close() }
func (c *conn) LocalAddr() net.Addr         { return c.raw.LocalAddr() }
func (c *conn) RemoteAddr() net.Addr        { return c.raw.RemoteAddr() }

// SetDeadline reaches reads only, and never further than the longest silence.
func (c *conn) SetDeadline(t time.Time) error {
	if last := time.Now().Add(c.most); t.IsZero() || t.After(last) {
		t = last
	}
	return c.raw.SetReadDeadline(t)
}

// SetReadDeadline is SetDeadline.
func (c *conn) SetReadDeadline(t time.Time) error { return c.SetDeadline(t) }

// SetWriteDeadline does nothing: the flusher has its own.
func (c *conn) SetWriteDeadline(time.Time) error { return nil }

// forget clears up after a panic what the library then leaves behind: the session and its subscriptions.
func (b *Broker) forget(c *conn) {
	cl := c.client.Load()
	if cl == nil {
		return
	}
	if now, ok := b.server.Clients.Get(cl.ID); ok && now == cl {
		b.server.UnsubscribeClient(cl)
		cl.ClearInflights()
		b.server.Clients.Delete(cl.ID)
	}
}
