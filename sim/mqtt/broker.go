package mqtt

// This file starts and stops the embedded broker.

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"
)

// DefaultAddr is where the hub's broker listens: MQTT's own port, reachable from this machine only.
const DefaultAddr = "127.0.0.1:1883"

// Config says what a broker is to be.
type Config struct {
	Addr        string       // of TCP, such as DefaultAddr; "127.0.0.1:0" takes a free port; empty: no TCP, WebSocket only
	Logger      *slog.Logger // nil: no log
	Conformance bool         // lift the rights so that public test suites can run; loopback only
	Limits      Limits

	// OnReading, if there is one, is given every message to a real seal's topic (sealab/v1/{room}/seal/…, never those of
	// runs) before its PUBACK. It stores the message, or quarantines what it cannot read, and returns nil. After an error
	// there is no PUBACK and nobody hears the message: the sender will try again. The payload is valid during the call.
	OnReading func(topic string, payload []byte) error
}

// Broker is the embedded broker, behind a listener and rights of our own.
type Broker struct {
	cfg    Config
	limits Limits
	log    *slog.Logger
	server *mochi.Server
	door   *door
	rights *rights
	owners owners
	sys    atomic.Int64 // retained messages on the library's own topics, which count for nobody
	counts counts
	closed sync.Once
	err    error
}

// Start starts a broker. It returns an error that says what to do if the address is taken.
func Start(cfg Config) (*Broker, error) {
	b := &Broker{cfg: cfg, limits: cfg.Limits.withDefaults(), log: cfg.Logger, rights: newRights()}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if err := b.checkConformance(); err != nil {
		return nil, err
	}
	socket, err := listen(cfg.Addr)
	if err != nil {
		return nil, err
	}
	b.server = mochi.New(&mochi.Options{
		Capabilities:             b.limits.capabilities(cfg.Conformance),
		Logger:                   slog.New(slog.DiscardHandler), // it would print whole payloads; what matters is counted here
		ClientNetReadBufferSize:  8 << 10,                       // several readings with one system call
		ClientNetWriteBufferSize: 2 << 10,
		SysTopicResendInterval:   never,
	})
	b.door = newDoor(b, socket)
	if err := errors.Join(b.server.AddHook(&hook{broker: b}, nil), b.server.AddListener(b.door), b.server.Serve()); err != nil {
		if socket != nil {
			socket.Close()
		}
		return nil, fmt.Errorf("start broker: %w", err)
	}
	b.sys.Store(int64(b.server.Topics.Retained.Len()))
	return b, nil
}

// checkConformance refuses to stand without rights where others could reach it.
func (b *Broker) checkConformance() error {
	if !b.cfg.Conformance || b.cfg.Addr == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(b.cfg.Addr)
	if err == nil && (host == "localhost" || net.ParseIP(host).IsLoopback()) {
		return nil
	}
	return fmt.Errorf("start broker on %s: without rights (conformance) it may stand on loopback only: use 127.0.0.1", b.cfg.Addr)
}

// listen opens the TCP port, if there is to be one.
func listen(addr string) (net.Listener, error) {
	if addr == "" {
		return nil, nil
	}
	l, err := net.Listen("tcp", addr)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("listen for MQTT on %s: %w: stop the other broker or choose another port with --mqtt", addr, syscall.EADDRINUSE)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("listen for MQTT on %s: %w: choose a port above 1023 with --mqtt", addr, syscall.EACCES)
	}
	return nil, fmt.Errorf("listen for MQTT: %w: give host:port with --mqtt", err)
}

// Addr returns the TCP address on which the broker listens, or "" if it has none.
func (b *Broker) Addr() string { return b.door.Address() }

// URL returns where clients on this machine find the broker, or "" if it has no TCP address.
func (b *Broker) URL() string {
	host, port, err := net.SplitHostPort(b.Addr())
	if err != nil {
		return ""
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "tcp://" + net.JoinHostPort(host, port)
}

// closeBound is the longest that Close takes whatever its context says.
const closeBound = 10 * time.Second

// Close stops accepting, tells every client, and ends all connections. It is bounded by ctx and by 10 seconds, since
// the library's own way of closing can hang. A second call returns what the first did.
func (b *Broker) Close(ctx context.Context) error {
	b.closed.Do(func() {
		ctx, cancel := context.WithTimeout(ctx, closeBound)
		defer cancel()
		if err := b.close(ctx); err != nil {
			b.err = fmt.Errorf("close broker: %w", err)
		}
	})
	return b.err
}

// close empties the house first, so that the library's Close has nothing left to wait for.
func (b *Broker) close(ctx context.Context) error {
	b.door.shut()
	var told sync.WaitGroup
	for _, cl := range b.server.Clients.GetAll() {
		if !cl.Closed() {
			told.Go(func() { b.server.DisconnectClient(cl, packets.ErrServerShuttingDown) }) // it is closed either way
		}
	}
	if err := within(ctx, told.Wait); err != nil {
		b.door.cut()
		return err
	}
	if err := b.door.empty(ctx); err != nil {
		b.door.cut()
		return err
	}
	var err error
	return errors.Join(within(ctx, func() { err = b.server.Close() }), err)
}

// within runs f and returns when it is done, or ctx's error if that comes first.
func within(ctx context.Context, f func()) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
