package mqtt

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
)

func TestRightsMatrix(t *testing.T) {
	b := mustBroker(t, Config{})
	run, err := RunGrant("open", "r7")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Grant(run); err != nil {
		t.Fatal(err)
	}
	anon, carrier := hello{}, hello{user: run.User, password: run.Password}
	for _, c := range []struct {
		who   hello
		topic string
		want  bool
	}{
		{anon, "sealab/v1/open/seal/SLB-1/state", true},
		{anon, "sealab/v1/open/seal/SLB-1/tele", true},
		{anon, "sealab/v1/open/seal/SLB-1/event", true},
		{anon, "sealab/v1/open/seal/SLB-1/ack", true},
		{anon, "sealab/v1/open/seal/SLB-1/cmd", false},
		{anon, "sealab/v1/open/seal/SLB-1/tele/x", false},
		{anon, "sealab/v1/open/seal/SLB-1", false},
		{anon, "sealab/v1/open/notice/SLBU0000012", false},
		{anon, "sealab/v1/opens/seal/SLB-1/tele", false},
		{anon, "sealab/v1/other/seal/SLB-1/tele", false},
		{anon, "sealab/v1/open/run/r7/seal/SLB-1/tele", false},
		{anon, "sealab/v1/open/run/r7/tick", false},
		{anon, "sealab/v1/open/run/r7/ack", false},
		{anon, "sealab/v1/open/run/r7/finding", false},
		{anon, "foreign/topic", false},
		{carrier, "sealab/v1/open/run/r7/seal/SLB-1/tele", true},
		{carrier, "sealab/v1/open/run/r7/tick", true},
		{carrier, "sealab/v1/open/run/r7/ack", true},
		{carrier, "sealab/v1/open/run/r7/finding", true},
		{carrier, "sealab/v1/open/run/r77/finding", false},
		{carrier, "sealab/v1/other/run/r7/finding", false},
		{carrier, "sealab/v1/open/seal/SLB-1/tele", false},
	} {
		for _, version := range []byte{4, 5} {
			if got := mayPublish(t, b, c.who, version, c.topic); got != c.want {
				t.Errorf("user %q, MQTT %d, publish to %s: %v, want %v", c.who.user, version, c.topic, got, c.want)
			}
		}
	}
	for _, c := range []struct {
		who    hello
		filter string
		want   bool
	}{
		{anon, "#", true},
		{anon, "sealab/#", true},
		{anon, "sealab/v1/#", true},
		{anon, "sealab/v1/+/seal/+/tele", true},
		{anon, "sealab/v1/open/#", true},
		{anon, "sealab/v1/open/run/r7/finding", true},
		{anon, "$share/group/sealab/v1/open/#", true},
		{anon, "sealab/v1/other/#", false},
		{anon, "sealab/v1/other/seal/SLB-1/tele", false},
		{anon, "sealab/v1/open#", false},
		{anon, "$SYS/#", false},
		{anon, "$SYS/broker/version", false},
		{anon, "$share/group/$SYS/#", false},
		{carrier, "sealab/v1/open/run/r7/#", true},
		{carrier, "sealab/v1/open/run/r8/#", false},
		{carrier, "sealab/v1/open/seal/+/cmd", false},
	} {
		for _, version := range []byte{4, 5} {
			conn := mustRaw(t, b)
			c.who.version = version
			conn.connect(c.who)
			if got := conn.subscribe(version, c.filter) < 0x80; got != c.want {
				t.Errorf("user %q, MQTT %d, subscribe to %s: %v, want %v", c.who.user, version, c.filter, got, c.want)
			}
		}
	}
}

// mayPublish reports whether a publish is acknowledged and allowed.
func mayPublish(tb testing.TB, b *Broker, who hello, version byte, topic string) bool {
	tb.Helper()
	before := b.Stats().RefusedPublishes
	c := mustRaw(tb, b)
	who.version = version
	if code := c.connect(who); code != 0 {
		tb.Fatalf("refused with %#x", code)
	}
	c.send(publish(version, topic, []byte("x"), false))
	f := c.read()
	ok := f.kind() == kindPuback && (len(f.body) < 3 || f.body[2] < 0x80)
	if refused := b.Stats().RefusedPublishes != before; refused == ok {
		tb.Errorf("publish to %s: acknowledged is %v, counted as refused is %v", topic, ok, refused)
	}
	return ok
}

func TestWideFilterIsFilteredAtDelivery(t *testing.T) {
	b := mustBroker(t, Config{})
	g := Grant{User: "all", Password: NewPassword(), Publish: []string{"#"}}
	if _, err := b.Grant(g); err != nil {
		t.Fatal(err)
	}
	c, all := mustRaw(t, b), mustRaw(t, b)
	c.connect(hello{id: "wide"})
	c.subscribe(4, "#")
	all.connect(hello{id: "all", user: g.User, password: g.Password})
	for _, topic := range []string{"sealab/v1/secret/seal/A-1/tele", "other", "sealab/v1/openly/seal/A-1/tele", "sealab/v1/open/run/r/finding"} {
		all.send(publish(4, topic, []byte("x"), false))
		all.read()
	}
	if f := c.read(); f.topicOf() != "sealab/v1/open/run/r/finding" {
		t.Errorf("an anonymous client heard %s", f.topicOf())
	}
}

func TestCredentials(t *testing.T) {
	b := mustBroker(t, Config{})
	g := Grant{User: "customs", Password: NewPassword(), Read: []string{"sealab/v1/east/#"}}
	revoke, err := b.Grant(g)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Grant(g); err == nil {
		t.Error("the same user was granted twice")
	}
	if _, err := b.Grant(Grant{User: "x", Password: "y", Read: []string{"a#"}}); err == nil {
		t.Error("a malformed filter was granted")
	}
	for _, version := range []byte{4, 5} {
		wrong := mustRaw(t, b).connect(hello{version: version, user: g.User, password: "wrong"})
		unknown := mustRaw(t, b).connect(hello{version: version, user: "nobody", password: "wrong"})
		if wrong != unknown || wrong == 0 {
			t.Errorf("MQTT %d: wrong password %#x, unknown user %#x", version, wrong, unknown)
		}
	}
	c := mustRaw(t, b)
	if code := c.connect(hello{id: "customs-1", user: g.User, password: g.Password}); code != 0 {
		t.Fatalf("refused with %#x", code)
	}
	revoke()
	revoke()
	c.ended()
	if code := mustRaw(t, b).connect(hello{user: g.User, password: g.Password}); code == 0 {
		t.Error("a revoked credential opens")
	}
}

func TestNobodyTakesOverAnothersClientID(t *testing.T) {
	b := mustBroker(t, Config{})
	g := Grant{User: "customs", Password: NewPassword(), Read: []string{"sealab/v1/east/#"}}
	revoke, err := b.Grant(g)
	if err != nil {
		t.Fatal(err)
	}
	defer revoke()
	own := hello{id: "hub", user: g.User, password: g.Password}
	victim := mustRaw(t, b)
	victim.connect(own)
	for version, want := range map[byte]byte{4: 5, 5: 0x87} {
		if code := mustRaw(t, b).connect(hello{version: version, id: "hub"}); code != want {
			t.Errorf("MQTT %d: takeover answered with %#x, want %#x", version, code, want)
		}
	}
	if victim.subscribe(4, "sealab/v1/east/#") != 1 {
		t.Error("the victim is gone")
	}
	if code := mustRaw(t, b).connect(own); code != 0 {
		t.Errorf("its owner cannot take it over: %#x", code)
	}
	victim.ended()
}

func TestKeptSessionKeepsItsOwner(t *testing.T) {
	b := mustBroker(t, Config{})
	g := Grant{User: "customs", Password: NewPassword(), Read: []string{"sealab/v1/east/#"}}
	revoke, err := b.Grant(g)
	if err != nil {
		t.Fatal(err)
	}
	defer revoke()
	c := mustRaw(t, b)
	c.connect(hello{id: "kept", user: g.User, password: g.Password, kept: true})
	c.conn.Close()
	until(t, "it is gone", func() bool { return b.Stats().Connections == 0 })
	if code := mustRaw(t, b).connect(hello{id: "kept", kept: true}); code == 0 {
		t.Error("an anonymous client took over a kept session")
	}
	free := mustRaw(t, b)
	free.connect(hello{id: "free", user: g.User, password: g.Password})
	free.conn.Close()
	until(t, "it is gone", func() bool { return b.Stats().Connections == 0 })
	if code := mustRaw(t, b).connect(hello{id: "free"}); code != 0 {
		t.Errorf("an id that nobody holds is refused: %#x", code)
	}
}

func TestWillsNeedTheRightToPublish(t *testing.T) {
	b := mustBroker(t, Config{})
	for topic, want := range map[string]bool{
		"sealab/v1/open/seal/A-1/state": true,
		"sealab/v1/open/run/r/finding":  false,
		"sealab/v1/open/seal/+/state":   false,
	} {
		if got := mustRaw(t, b).connect(hello{will: topic}) == 0; got != want {
			t.Errorf("will on %s: accepted is %v, want %v", topic, got, want)
		}
	}
	listener, dying := mustRaw(t, b), mustRaw(t, b)
	listener.connect(hello{id: "listener"})
	listener.subscribe(4, "sealab/v1/open/#")
	dying.connect(hello{id: "dying", will: "sealab/v1/open/seal/A-2/state"})
	dying.conn.Close()
	for f := listener.read(); f.topicOf() != "sealab/v1/open/seal/A-2/state"; f = listener.read() {
	}
}

func TestAliasDoesNotReachBeyondRights(t *testing.T) {
	b := mustBroker(t, Config{})
	c := mustRaw(t, b)
	c.connect(hello{version: 5, id: "alias", keepAlive: 60})
	send := func(topic string) byte {
		body := append(text(topic), 0, 9, 3, 0x23, 0, 1) // properties: topic alias 1
		c.send(frame{0x32, append(body, 'x')})
		f := c.read()
		if len(f.body) > 2 {
			return f.body[2]
		}
		return 0
	}
	if send("sealab/v1/open/run/r/finding") < 0x80 || send("") < 0x80 {
		t.Error("a refused topic can be published to by its alias")
	}
	if send("sealab/v1/open/seal/A-1/tele") >= 0x80 || send("") >= 0x80 {
		t.Error("an allowed topic cannot be published to by its alias")
	}
}

func TestOnlyStatesOfRealSealsAreRetained(t *testing.T) {
	b := mustBroker(t, Config{Limits: Limits{Retained: 2}})
	c := mustRaw(t, b)
	c.connect(hello{id: "retain"})
	for i, topic := range []string{
		"sealab/v1/open/seal/A-1/tele", "sealab/v1/open/seal/A-1/state", "sealab/v1/open/seal/A-2/state",
		"sealab/v1/open/seal/A-3/state", "sealab/v1/open/seal/A-1/state",
	} {
		c.send(publish(4, topic, fmt.Append(nil, i), true))
		c.read()
	}
	retained := b.server.Topics.Retained.GetAll()
	sys := 0
	for topic, pk := range retained {
		switch topic {
		case "sealab/v1/open/seal/A-1/state":
			if string(pk.Payload) != "4" {
				t.Errorf("an older state is retained: %s", pk.Payload)
			}
		case "sealab/v1/open/seal/A-2/state", "sealab/v1/open/seal/A-3/state":
		default:
			sys++
		}
	}
	if got := len(retained) - sys; got != 2 {
		t.Errorf("%d states retained, want 2", got)
	}
}

func TestReadingsAreKeptBeforeTheirAcknowledgement(t *testing.T) {
	var mu sync.Mutex
	var kept []string
	full := false
	b := mustBroker(t, Config{OnReading: func(topic string, payload []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if full {
			return errors.New("disk is full")
		}
		kept = append(kept, topic+" "+string(payload))
		return nil
	}})
	dial := runDial(t, b, "r")
	run, c, listener := mustRaw(t, b), mustRaw(t, b), mustRaw(t, b)
	listener.connect(hello{id: "listener"})
	listener.subscribe(4, "sealab/v1/#")
	run.connect(hello{id: "run", user: dial.User, password: dial.Password})
	run.send(publish(4, "sealab/v1/open/run/r/seal/A-1/tele", []byte("of a run"), false))
	run.read()
	listener.read()
	c.connect(hello{id: "seal-A-1"})
	c.send(publish(4, "sealab/v1/open/seal/A-1/tele", []byte("one"), false))
	if f := c.read(); f.kind() != kindPuback {
		t.Fatalf("got %x, want PUBACK", f.first)
	}
	listener.read()
	mu.Lock()
	if len(kept) != 1 || kept[0] != "sealab/v1/open/seal/A-1/tele one" {
		t.Errorf("kept %q", kept)
	}
	full = true
	mu.Unlock()
	c.send(publish(4, "sealab/v1/open/seal/A-1/tele", []byte("two"), false))
	c.send(frame{0xc0, nil}) // a ping: its answer comes instead of the PUBACK
	if f := c.read(); f.kind() == kindPuback {
		t.Error("acknowledged though it was not kept")
	}
	if n := b.Stats().Unkept; n != 1 {
		t.Errorf("%d counted as not kept, want 1", n)
	}
}

func TestConformanceLiftsTheRights(t *testing.T) {
	b := mustBroker(t, Config{Addr: "127.0.0.1:0", Conformance: true})
	c := mustRaw(t, b)
	c.connect(hello{id: "suite", user: "any", password: "any"})
	if c.subscribe(4, "TopicA/+") != 1 {
		t.Error("an ordinary subscription is refused")
	}
	if c.subscribe(4, "test/nosubscribe") != 0x80 {
		t.Error("test/nosubscribe is accepted")
	}
	c.send(publish(4, "TopicA/B", []byte("x"), false))
	for range 2 {
		if f := c.read(); f.kind() != kindPuback && f.topicOf() != "TopicA/B" {
			t.Errorf("got %x", f.first)
		}
	}
}

func TestRemoteAnonymousClientIsRefused(t *testing.T) {
	b := mustBroker(t, Config{})
	b.Close(context.Background())
	for addr, want := range map[string]bool{
		"127.0.0.1:5": true, "[::1]:5": true, "localhost:8080": true, "localhost": true,
		"192.0.2.1:5": false, "sealab.example:80": false, "127.0.0.1.example:80": false, "": false,
	} {
		if got := loopback(addr); got != want {
			t.Errorf("loopback(%q) is %v", addr, got)
		}
	}
}
