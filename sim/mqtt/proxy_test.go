package mqtt

// This file puts a network between client and broker that repeats, holds back and loses packets.

import (
	"bufio"
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// mustProxy returns the URL of a proxy to a broker. Each PUBLISH, in either direction, goes through fault, which
// returns what is passed on in its place.
func mustProxy(tb testing.TB, target string, fault func(frame) []frame) string {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			broker, err := net.Dial("tcp", target)
			if err != nil {
				client.Close()
				continue
			}
			go pass(client, broker, fault)
			go pass(broker, client, fault)
		}
	}()
	return "tcp://" + l.Addr().String()
}

func pass(from, to net.Conn, fault func(frame) []frame) {
	defer to.Close()
	for in := bufio.NewReader(from); ; {
		f, err := readFrame(in)
		if err != nil {
			return
		}
		out := []frame{f}
		if f.kind() == kindPublish {
			out = fault(f)
		}
		for _, f := range out {
			if _, err := to.Write(f.bytes()); err != nil {
				return
			}
		}
	}
}

func TestDuplicatesOfTheTransportLeaveTheDigest(t *testing.T) {
	b := mustBroker(t, Config{})
	for name, c := range map[string]struct{ publisher, receiver bool }{"to the broker": {publisher: true}, "from the broker": {receiver: true}} {
		t.Run(name, func(t *testing.T) {
			run := strings.ReplaceAll(name, " ", "-")
			dial := runDial(t, b, run)
			var n atomic.Int64
			repeat := dial
			repeat.URL = mustProxy(t, b.Addr(), func(f frame) []frame {
				if n.Add(1)%3 == 0 {
					again := f
					again.first |= 0x08 // the flag that says so
					return []frame{f, f, again}
				}
				return []frame{f}
			})
			cfg := LockstepConfig{Publisher: dial, Receiver: dial, Run: run}
			if c.publisher {
				cfg.Publisher = repeat
			} else {
				cfg.Receiver = repeat
			}
			l := mustLockstep(t, cfg)
			if in, out := carryAll(t, l.Carry, world(20, 50)); in != out {
				t.Errorf("digest over MQTT %s, direct %s", out, in)
			}
			if s := l.Stats(); s.Duplicates == 0 || s.Malformed != 0 {
				t.Errorf("stats %+v, want duplicates", s)
			}
		})
	}
}

func TestReorderingLeavesTheDigest(t *testing.T) {
	b := mustBroker(t, Config{})
	dial := runDial(t, b, "swap")
	swapped := dial
	var held atomic.Pointer[frame]
	swapped.URL = mustProxy(t, b.Addr(), func(f frame) []frame {
		if strings.HasSuffix(f.topicOf(), "/tick") { // the last one of a tick, with one gateway: nothing is held back for ever
			if h := held.Swap(nil); h != nil {
				return []frame{f, *h}
			}
			return []frame{f}
		}
		if h := held.Swap(&f); h != nil {
			return []frame{*h}
		}
		return nil
	})
	l := mustLockstep(t, LockstepConfig{Publisher: dial, Gateways: 1, Receiver: swapped, Run: "swap"})
	if in, out := carryAll(t, l.Carry, world(20, 50)); in != out {
		t.Errorf("digest over MQTT %s, direct %s", out, in)
	}
}

func TestMissingMessageFailsTheTick(t *testing.T) {
	b := mustBroker(t, Config{})
	for name, c := range map[string]struct{ lose, want string }{
		"a reading":  {"/tele", "carrier_timeout: tick 1 not heard within 300ms: 1 messages missing, the first on sealab/v1/open/run/"},
		"a manifest": {"/tick", "carrier_timeout: tick 1 not heard within 300ms: 1 of 1 tick messages missing on sealab/v1/open/run/"},
	} {
		t.Run(name, func(t *testing.T) {
			run := strings.ReplaceAll(name, " ", "-")
			dial := runDial(t, b, run)
			lossy := dial
			var lost atomic.Bool
			lossy.URL = mustProxy(t, b.Addr(), func(f frame) []frame {
				if strings.HasSuffix(f.topicOf(), c.lose) && !lost.Swap(true) {
					return nil
				}
				return []frame{f}
			})
			l := mustLockstep(t, LockstepConfig{Publisher: dial, Receiver: lossy, Run: run, Deadline: 300 * time.Millisecond})
			_, err := l.Carry(context.Background(), world(1, 40)[0])
			if !errors.Is(err, ErrTimeout) || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if _, again := l.Carry(context.Background(), world(1, 1)[0]); again != err {
				t.Errorf("it goes on after a failure: %v", again)
			}
		})
	}
}

func TestLostBrokerFailsTheTick(t *testing.T) {
	b := mustBroker(t, Config{})
	l := mustLockstep(t, LockstepConfig{Publisher: runDial(t, b, "lost"), Run: "lost"})
	b.Close(context.Background())
	if _, err := l.Carry(context.Background(), world(1, 5)[0]); !errors.Is(err, ErrLost) {
		t.Errorf("got %v, want carrier_lost", err)
	}
}

func TestCancelledRunEndsItsTick(t *testing.T) {
	b := mustBroker(t, Config{})
	dial := runDial(t, b, "cancel")
	deaf := dial
	ctx, cancel := context.WithCancel(context.Background())
	deaf.URL = mustProxy(t, b.Addr(), func(frame) []frame { cancel(); return nil })
	l := mustLockstep(t, LockstepConfig{Publisher: dial, Receiver: deaf, Run: "cancel"})
	if _, err := l.Carry(ctx, world(1, 5)[0]); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
