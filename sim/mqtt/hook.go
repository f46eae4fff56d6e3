package mqtt

// This file is where the broker library asks us: at CONNECT, SUBSCRIBE, PUBLISH and at each delivery.

import (
	"strings"
	"sync/atomic"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"
)

// maxClientID bounds a client id in bytes.
const maxClientID = 256

// maxRetained bounds a retained message in bytes; a seal's state has about 700. With Limits.Retained it bounds memory.
const maxRetained = 4 << 10

// hook is the broker's rights as a mochi hook. A client that is not connected yet has no party and may do nothing.
type hook struct {
	mochi.HookBase
	broker *Broker
}

// ID names the hook.
func (h *hook) ID() string { return "sealab" }

// Provides lists the questions that the hook answers.
func (h *hook) Provides(b byte) bool {
	switch b {
	case mochi.OnConnect, mochi.OnConnectAuthenticate, mochi.OnSessionEstablished, mochi.OnACLCheck,
		mochi.OnPacketRead, mochi.OnPublish, mochi.OnWill, mochi.OnClientExpired:
		return true
	}
	return false
}

// OnConnect judges a CONNECT. It answers a refusal itself, since the library would call every one a bad password.
func (h *hook) OnConnect(cl *mochi.Client, pk packets.Packet) error {
	c := cl.Net.Conn.(*conn)
	if v5 := pk.ProtocolVersion == 5; v5 && (pk.Connect.Keepalive == 0 || pk.Connect.Keepalive > keepAlive) {
		cl.State.Keepalive, cl.State.ServerKeepalive = keepAlive, true // else it would be cut for its silence
	}
	who, code := h.judge(c, cl, pk)
	if code == packets.CodeSuccess {
		c.who.Store(who)
		return nil
	}
	h.broker.counts.refusedConnects.Add(1)
	h.broker.door.warn.Do(func() {
		h.broker.log.Warn("refuse MQTT client", "remote", c.host, "client", cl.ID, "reason", code.Reason)
	})
	if pk.ProtocolVersion < 5 {
		code = v3Code(code)
	}
	h.broker.server.SendConnack(cl, code, false, nil) // the connection is closed either way
	return code
}

func (h *hook) judge(c *conn, cl *mochi.Client, pk packets.Packet) (*party, packets.Code) {
	if !h.broker.cfg.Conformance && !goodClientID(cl.ID) {
		return nil, packets.ErrClientIdentifierNotValid
	}
	who, ok := h.party(c, pk)
	if !ok {
		return nil, packets.ErrBadUsernameOrPassword
	}
	if will := cl.Properties.Will; will.Flag == 1 && !h.broker.cfg.Conformance &&
		(wild(will.TopicName) || !who.mayPublish(will.TopicName)) {
		return nil, packets.ErrNotAuthorized
	}
	if !h.broker.owners.take(c, cl.ID, who) {
		return nil, packets.ErrNotAuthorized
	}
	return who, packets.CodeSuccess
}

// goodClientID reports whether an id can stand in a log line and in a topic's place.
func goodClientID(id string) bool {
	odd := func(r rune) bool { return r < ' ' || r == '+' || r == '#' }
	return len(id) <= maxClientID && !strings.ContainsFunc(id, odd)
}

// v3Code is the refusal in the older protocol; the library's own table lacks "not authorized".
func v3Code(code packets.Code) packets.Code {
	if code == packets.ErrClientIdentifierNotValid {
		return packets.Err3ClientIdentifierNotValid
	}
	return packets.Err3NotAuthorized
}

// party says who it is that connects.
func (h *hook) party(c *conn, pk packets.Packet) (*party, bool) {
	if h.broker.cfg.Conformance {
		return anonymous, true
	}
	if !pk.Connect.UsernameFlag {
		return anonymous, c.local
	}
	who, err := h.broker.rights.check(string(pk.Connect.Username), pk.Connect.Password)
	return who, err == nil
}

// OnConnectAuthenticate repeats what OnConnect decided.
func (h *hook) OnConnectAuthenticate(cl *mochi.Client, _ packets.Packet) bool {
	return partyOf(cl) != nil
}

// OnSessionEstablished remembers whose connection it is, for clearing up.
func (h *hook) OnSessionEstablished(cl *mochi.Client, _ packets.Packet) {
	cl.Net.Conn.(*conn).client.Store(cl)
}

// OnClientExpired frees the client id of a session that was kept.
func (h *hook) OnClientExpired(cl *mochi.Client) { h.broker.owners.expire(cl.ID) }

// OnACLCheck judges a publish (write), a subscription and a delivery. The library asks about the last two alike; only
// a subscription can hold a wildcard or $share, since neither a publish nor a will may.
func (h *hook) OnACLCheck(cl *mochi.Client, topic string, write bool) bool {
	if h.broker.cfg.Conformance {
		return write || topic != "test/nosubscribe"
	}
	who := partyOf(cl)
	if who == nil {
		return false
	}
	if write {
		return who.mayPublish(topic) || h.refuse(cl, &h.broker.counts.refusedPublishes, "refuse MQTT publish", topic)
	}
	if !wild(topic) && !strings.HasPrefix(topic, "$") {
		return who.mayRead(topic)
	}
	filter := unshare(topic)
	if checkFilter(filter) == nil && who.maySubscribe(filter) && cl.State.Subscriptions.Len() < maxSubscriptions {
		return true
	}
	return h.refuse(cl, &h.broker.counts.refusedSubscribes, "refuse MQTT subscription", topic)
}

// OnPacketRead puts the topic into a publish that names it by an alias: the library judges the rights first and looks
// the alias up afterwards.
func (h *hook) OnPacketRead(cl *mochi.Client, pk packets.Packet) (packets.Packet, error) {
	p := &pk.Properties
	if pk.FixedHeader.Type == packets.Publish && pk.TopicName == "" && p.TopicAliasFlag &&
		0 < p.TopicAlias && p.TopicAlias <= h.broker.server.Options.Capabilities.TopicAliasMaximum {
		pk.TopicName = cl.State.TopicAliases.Inbound.Set(p.TopicAlias, "")
	}
	return pk, nil
}

// OnPublish sees a publish that is allowed, before it is acknowledged and passed on.
func (h *hook) OnPublish(_ *mochi.Client, pk packets.Packet) (packets.Packet, error) {
	if h.broker.cfg.Conformance {
		return pk, nil
	}
	pk.FixedHeader.Retain = pk.FixedHeader.Retain && h.retains(pk.TopicName, pk.Payload)
	if !h.keep(pk.TopicName, pk.Payload) {
		return pk, packets.ErrRejectPacket
	}
	return pk, nil
}

// OnWill judges a will again when it is to be sent: its credential may have been revoked since.
func (h *hook) OnWill(cl *mochi.Client, will mochi.Will) (mochi.Will, error) {
	if h.broker.cfg.Conformance {
		return will, nil
	}
	if who := partyOf(cl); who == nil || !who.mayPublish(will.TopicName) || !h.keep(will.TopicName, will.Payload) {
		return mochi.Will{}, nil // to no topic, so to nobody
	}
	will.Retain = will.Retain && h.retains(will.TopicName, will.Payload)
	return will, nil
}

// keep hands a message of a real seal to whoever stores it.
func (h *hook) keep(topic string, payload []byte) bool {
	if h.broker.cfg.OnReading == nil || !Match(Base+"+/seal/#", topic) {
		return true
	}
	err := h.broker.cfg.OnReading(topic, payload)
	if err != nil {
		h.broker.counts.unkept.Add(1)
		h.broker.door.alarm.Do(func() { h.broker.log.Error("keep reading", "topic", topic, "err", err) })
	}
	return err == nil
}

// retains says whether the broker may retain a message: the state of a real seal only. Those of a run would greet the
// next subscriber as ghosts when the run is long over.
func (h *hook) retains(topic string, payload []byte) bool {
	retained := h.broker.server.Topics.Retained
	if len(payload) > maxRetained || !Match(Base+"+/seal/+/"+LeafState, topic) {
		return false
	}
	_, known := retained.Get(topic)
	return known || retained.Len()-int(h.broker.sys.Load()) < h.broker.limits.Retained
}

func partyOf(cl *mochi.Client) *party {
	if c, ok := cl.Net.Conn.(*conn); ok {
		return c.who.Load()
	}
	return nil
}

// refuse counts a refusal, logs it unless many were logged just now, and returns false.
func (h *hook) refuse(cl *mochi.Client, count *atomic.Int64, what, topic string) bool {
	n := count.Add(1)
	h.broker.door.warn.Do(func() {
		h.broker.log.Warn(what, "topic", topic, "client", cl.ID, "user", string(cl.Properties.Username), "so_far", n)
	})
	return false
}
