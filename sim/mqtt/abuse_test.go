package mqtt

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"
)

// alive fails the test unless a new client can publish and hear itself.
func alive(tb testing.TB, b *Broker) {
	tb.Helper()
	c := mustRaw(tb, b)
	if code := c.connect(hello{id: "alive-" + NewID()}); code != 0 {
		tb.Fatalf("a new client is refused with %#x", code)
	}
	c.subscribe(4, "sealab/v1/open/seal/A-1/tele")
	c.send(publish(4, "sealab/v1/open/seal/A-1/tele", []byte("hello"), false))
	for _, want := range []byte{kindPuback, kindPublish} {
		if f := c.read(); f.kind() != want && f.kind() != kindPublish+kindPuback-want {
			tb.Fatalf("got packet %x", f.first)
		}
	}
}

func TestTruncatedSubscribeEndsItsConnectionOnly(t *testing.T) {
	b := mustBroker(t, Config{})
	for range 3 {
		c := mustRaw(t, b)
		c.connect(hello{version: 5, id: "v5", keepAlive: 60})
		raw, _ := hex.DecodeString("820800010000" + "03612f62") // no options byte after the filter a/b
		if _, err := c.conn.Write(raw); err != nil {
			t.Fatal(err)
		}
		c.ended()
	}
	until(t, "three panics are counted", func() bool { return b.Stats().Panics == 3 })
	until(t, "the connections are counted out", func() bool { return b.Stats().Connections == 0 })
	if n := b.server.Clients.Len(); n != 0 {
		t.Errorf("%d sessions left behind", n)
	}
	alive(t, b)
}

func TestSilentConnectionIsClosed(t *testing.T) {
	b := mustBroker(t, Config{Limits: Limits{Connect: 50 * time.Millisecond}})
	if d := mustRaw(t, b).ended(); d > 5*time.Second {
		t.Errorf("closed after %v", d)
	}
	slow := mustRaw(t, b)
	slow.conn.Write([]byte{0x10, 0x20, 0}) // half a CONNECT
	slow.ended()
	alive(t, b)
}

func TestSilentClientIsClosedWhateverItsKeepAlive(t *testing.T) {
	b := mustBroker(t, Config{Limits: Limits{Silence: 50 * time.Millisecond}})
	c := mustRaw(t, b)
	c.connect(hello{id: "quiet", keepAlive: 0})
	c.ended()
}

func TestOversizedPacketIsRefused(t *testing.T) {
	b := mustBroker(t, Config{})
	c := mustRaw(t, b)
	c.conn.Write([]byte{0x10, 0xff, 0xff, 0xff, 0x7f}) // claims 256 MB
	c.ended()
	big := mustRaw(t, b)
	big.connect(hello{id: "big"})
	big.conn.Write(publish(4, "sealab/v1/open/seal/A-1/tele", make([]byte, maxPacket), false).bytes()) // it may be cut while it writes
	big.ended()
	alive(t, b)
}

func TestStalledSubscriberFreezesNobody(t *testing.T) {
	b := mustBroker(t, Config{Limits: Limits{Buffer: 256 << 10}})
	stalled := mustRaw(t, b)
	stalled.conn.(*net.TCPConn).SetReadBuffer(4 << 10)
	stalled.connect(hello{id: "stalled"})
	stalled.subscribe(4, "sealab/v1/#") // and reads no more
	publisher := mustRaw(t, b)
	publisher.connect(hello{id: "publisher"})
	began := time.Now()
	for b.Stats().SlowCut == 0 {
		publisher.send(publish(4, "sealab/v1/open/seal/A-1/tele", make([]byte, 16<<10), false))
		if f := publisher.read(); f.kind() != kindPuback {
			t.Fatalf("got packet %x, want PUBACK", f.first)
		}
		if time.Since(began) > 30*time.Second {
			t.Fatalf("not cut: %+v", b.Stats())
		}
	}
	alive(t, b)
}

func TestConnectionsAreLimited(t *testing.T) {
	b := mustBroker(t, Config{Limits: Limits{PerIP: 2}})
	one, two := mustRaw(t, b), mustRaw(t, b)
	one.connect(hello{id: "one"})
	two.connect(hello{id: "two"})
	mustRaw(t, b).ended()
	if n := b.Stats().RefusedConnections; n != 1 {
		t.Errorf("%d connections refused, want 1", n)
	}
	one.conn.Close()
	until(t, "it is counted out", func() bool { return b.Stats().Connections == 1 })
	alive(t, b)
}

func TestRandomBytesDoNoHarm(t *testing.T) {
	b := mustBroker(t, Config{})
	for _, hexes := range []string{"00", "ffff", "1000", "30ffffff7f", "820300", "100c00044d515454050200000000", "e000", "f00100"} {
		raw, _ := hex.DecodeString(hexes)
		for _, connected := range []bool{false, true} {
			c := mustRaw(t, b)
			if connected {
				c.connect(hello{version: 5, id: "fuzz", keepAlive: 1})
			}
			c.conn.Write(raw)
			c.conn.(*net.TCPConn).CloseWrite()
			c.ended()
		}
	}
	alive(t, b)
}

func TestPortInUseSaysWhatToDo(t *testing.T) {
	b := mustBroker(t, Config{})
	_, err := Start(Config{Addr: b.Addr()})
	want := "listen for MQTT on " + b.Addr() + ": address already in use: stop the other broker or choose another port with --mqtt"
	if !errors.Is(err, syscall.EADDRINUSE) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := Start(Config{Addr: "0.0.0.0:0", Conformance: true}); err == nil || !strings.Contains(err.Error(), "loopback") {
		t.Errorf("without rights it stands where everybody reaches it: %v", err)
	}
}

func TestCloseIsBounded(t *testing.T) {
	b, err := Start(Config{Addr: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	silent, v4, v5 := mustRaw(t, b), mustRaw(t, b), mustRaw(t, b)
	v4.connect(hello{id: "v4"})
	v5.connect(hello{version: 5, id: "v5", keepAlive: 60})
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := b.Close(ctx); err != nil {
		t.Error(err)
	}
	if f := v5.read(); f.first != 0xe0 || f.body[0] != 0x8b {
		t.Errorf("an MQTT 5 client was told %x %x, want a DISCONNECT for server shutting down", f.first, f.body)
	}
	silent.ended()
	v4.ended()
	if _, err := net.Dial("tcp", b.Addr()); err == nil {
		t.Error("the port is still open")
	}
	if err := b.Close(ctx); err != nil {
		t.Error(err)
	}
}

func TestWithoutTCP(t *testing.T) {
	b, err := Start(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if b.Addr() != "" || b.URL() != "" {
		t.Errorf("it has the address %q, %q", b.Addr(), b.URL())
	}
	if err := b.Close(context.Background()); err != nil {
		t.Error(err)
	}
}

func FuzzFrames(f *testing.F) {
	b, err := Start(Config{Addr: "127.0.0.1:0"})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { b.Close(context.Background()) })
	f.Add([]byte{0x82, 8, 0, 1, 0, 0, 3, 0x61, 0x2f, 0x62})
	f.Add(publish(5, "sealab/v1/open/seal/A-1/tele", []byte("x"), true).bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		c := mustRaw(t, b)
		c.send(hello{version: 5, id: "fuzz", keepAlive: 1}.frame())
		c.conn.Write(raw) // the broker may have closed it
		c.conn.(*net.TCPConn).CloseWrite()
		c.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		for in := bufio.NewReader(c.conn); err == nil; _, err = in.ReadByte() {
		}
		c.conn.Close()
	})
}
