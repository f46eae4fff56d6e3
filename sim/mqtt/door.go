package mqtt

// This file is the broker's door: it accepts connections within limits, and contains what happens on each of them.

import (
	"context"
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"time"

	"github.com/mochi-mqtt/server/v2/listeners"
	"golang.org/x/time/rate"
)

// doorID is the listener's name within the library; WebSocket connections come through the same door.
const doorID = "door"

// acceptRetry is the pause after a failed Accept, which is mostly a lack of file handles that will pass.
const acceptRetry = 20 * time.Millisecond

// door is a listeners.Listener. The library's own stops for ever at the first failed Accept, and lets a panic end the
// process.
type door struct {
	broker *Broker
	socket net.Listener // nil where there is only WebSocket

	mu     sync.Mutex
	conns  map[*conn]bool
	perIP  map[string]int
	closed bool
	ended  chan struct{} // closed when the door is

	inside sync.WaitGroup // connections being served
	warn   rate.Sometimes // a flood of refusals must not flood the log,
	alarm  rate.Sometimes // nor hide what is worse
}

var _ listeners.Listener = (*door)(nil)

func newDoor(b *Broker, socket net.Listener) *door {
	return &door{
		broker: b, socket: socket, conns: map[*conn]bool{}, perIP: map[string]int{}, ended: make(chan struct{}),
		warn:  rate.Sometimes{First: 3, Interval: 10 * time.Second},
		alarm: rate.Sometimes{First: 3, Interval: 10 * time.Second},
	}
}

// Init, ID, Protocol and Address tell the library about the door.
func (d *door) Init(*slog.Logger) error { return nil }
func (d *door) ID() string              { return doorID }
func (d *door) Protocol() string        { return "tcp" }
func (d *door) Address() string {
	if d.socket == nil {
		return ""
	}
	return d.socket.Addr().String()
}

// Serve accepts connections until the door is closed.
func (d *door) Serve(listeners.EstablishFn) {
	if d.socket == nil {
		return
	}
	for {
		raw, err := d.socket.Accept()
		if err == nil {
			_, tcp := raw.RemoteAddr().(*net.TCPAddr)
			go d.serve(raw, raw.RemoteAddr().String(), tcp && loopback(raw.RemoteAddr().String()))
			continue
		}
		select {
		case <-d.ended:
			return
		case <-time.After(acceptRetry):
			d.warn.Do(func() { d.broker.log.Warn("accept MQTT connection", "err", err) })
		}
	}
}

// serve lives as long as the connection does. Whatever panics while its packets are read ends this connection only.
func (d *door) serve(raw net.Conn, remote string, local bool) {
	c, ok := d.admit(raw, remote, local)
	if !ok {
		d.broker.counts.refusedConnections.Add(1)
		raw.Close()
		return
	}
	defer d.leave(c)
	defer func() {
		if p := recover(); p != nil {
			d.broker.counts.panics.Add(1)
			d.alarm.Do(func() {
				d.broker.log.Error("contain panic on MQTT connection", "remote", remote, "panic", p, "stack", string(debug.Stack()))
			})
			d.broker.forget(c)
		}
	}()
	if err := d.broker.server.EstablishConnection(doorID, c); err != nil {
		d.broker.log.Debug("end MQTT connection", "remote", remote, "err", err)
	}
}

// admit counts the connection in, unless the door is closed or a limit reached.
func (d *door) admit(raw net.Conn, remote string, local bool) (*conn, bool) {
	host, _, _ := net.SplitHostPort(remote)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || len(d.conns) >= d.broker.limits.Connections || d.perIP[host] >= d.broker.limits.PerIP {
		return nil, false
	}
	c := newConn(raw, host, local, d.broker)
	d.conns[c] = true
	d.perIP[host]++
	d.inside.Add(1)
	d.broker.counts.accepted.Add(1)
	return c, true
}

func (d *door) leave(c *conn) {
	c.Close()
	d.broker.owners.leave(c, d.broker.server.Clients)
	d.mu.Lock()
	delete(d.conns, c)
	if d.perIP[c.host]--; d.perIP[c.host] == 0 {
		delete(d.perIP, c.host)
	}
	d.mu.Unlock()
	d.inside.Done()
}

// open returns the number of connections.
func (d *door) open() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.conns)
}

// Close closes the door for the library, which has nobody left to tell by then: see Broker.close. Its callback is not
// called, since it takes a lock twice and can hang.
func (d *door) Close(listeners.CloseFn) { d.shut() }

// shut lets nobody in any more.
func (d *door) shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.closed = true
		close(d.ended)
		if d.socket != nil {
			d.socket.Close()
		}
	}
}

// empty waits until the last connection has ended, and cuts them halfway through the time that ctx leaves.
func (d *door) empty(ctx context.Context) error {
	patience := flushLast
	if end, ok := ctx.Deadline(); ok {
		patience = min(patience, time.Until(end)/2)
	}
	timer := time.AfterFunc(patience, d.cut)
	defer timer.Stop()
	return within(ctx, d.inside.Wait)
}

// cut ends all connections at once.
func (d *door) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.conns {
		c.raw.Close()
	}
}

// loopback reports whether a host:port is on this machine.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		host = addr
	}
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
