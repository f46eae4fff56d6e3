package mqtt

// This file publishes for simulated seals and operators: they share a few connections, as behind a telecom gateway.

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/maphash"

	"sealab/sim/event"
)

// defaultGateways is how many connections a run publishes through: more do not carry more on a few cores.
const defaultGateways = 4

// gateways publish the messages of one run, or of one room's real seals. They are used by one goroutine at a time.
type gateways struct {
	root   string
	conns  []*Client
	topics map[string]string // each topic once: a seal says thousands of things on the same three
	seed   maphash.Seed
	buf    []byte
}

// openGateways connects n gateways.
func openGateways(ctx context.Context, cfg DialConfig, n int, root string) (*gateways, error) {
	if n <= 0 {
		n = defaultGateways
	}
	g := &gateways{root: root, topics: map[string]string{}, seed: maphash.MakeSeed()}
	for i := range n {
		one := cfg
		if cfg.ClientID != "" {
			one.ClientID = fmt.Sprintf("%s-%d", cfg.ClientID, i+1)
		}
		c, err := Dial(ctx, one)
		if err != nil {
			g.close()
			return nil, err
		}
		g.conns = append(g.conns, c)
	}
	return g, nil
}

func (g *gateways) close() {
	for _, c := range g.conns {
		c.Close()
	}
}

// err returns why a gateway is lost, or nil.
func (g *gateways) err() error {
	var all []error
	for _, c := range g.conns {
		all = append(all, c.Err())
	}
	return errors.Join(all...)
}

// encode returns an event's topic in full and appends its JSON to b.
func (g *gateways) encode(b []byte, e *event.Event) (topic string, _ []byte, err error) {
	w, ok := e.Message.(event.Wire)
	if !ok {
		return "", b, fmt.Errorf("publish event %d: a %s has no form on the wire", e.N, e.Message.Kind())
	}
	g.buf = w.AppendTopic(append(g.buf[:0], g.root...))
	topic, ok = g.topics[string(g.buf)]
	if !ok {
		topic = string(g.buf)
		if _, err := ParseTopic(topic); err != nil {
			return "", b, fmt.Errorf("publish event %d: %w", e.N, err)
		}
		g.topics[topic] = topic
	}
	return topic, w.AppendJSON(b), nil
}

// publish sends one message through the gateway of its topic, so that a seal's messages keep their order.
func (g *gateways) publish(topic string, payload []byte) Token {
	n := maphash.String(g.seed, topic) % uint64(len(g.conns))
	return g.conns[n].Publish(topic, 1, payload)
}

// entry returns what the manifest says of an event.
func entry(e *event.Event, topic string, payload []byte) ManifestEntry {
	return ManifestEntry{At: e.At, N: e.N, Topic: topic, Sum: sha256.Sum256(payload)}
}
