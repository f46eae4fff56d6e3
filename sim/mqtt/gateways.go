package mqtt

// This file publishes for simulated seals and operators: they share a few connections, as behind a telecom gateway.

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"

	"sealab/sim/event"
)

// defaultGateways is how many connections a run publishes through: more do not carry more on a few cores.
const defaultGateways = 4

// gateways publish the messages of one run, or of one room's real seals. They are used by one goroutine at a time.
type gateways struct {
	root   string
	conns  []*Client
	routes map[string]route // each topic once: a seal says thousands of things on the same three
	seed   maphash.Seed
	lost   chan struct{} // closed when one of them is lost for good
	buf    []byte
}

// route is a topic in full, and the gateway that its seal reports through: one for all its topics, so that a seal's
// messages keep their order.
type route struct {
	topic string
	gate  int
}

// openGateways connects n gateways.
func openGateways(ctx context.Context, cfg DialConfig, n int, root string) (*gateways, error) {
	if n <= 0 {
		n = defaultGateways
	}
	g := &gateways{root: root, routes: map[string]route{}, seed: maphash.MakeSeed(), lost: make(chan struct{})}
	cfg.onLost = sync.OnceFunc(func() { close(g.lost) })
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

// encode returns where an event is to be published, and appends its JSON to b.
func (g *gateways) encode(b []byte, e *event.Event) (route, []byte, error) {
	w, ok := e.Message.(event.Wire)
	if !ok {
		return route{}, b, fmt.Errorf("publish event %d: a %s has no form on the wire", e.N, e.Message.Kind())
	}
	g.buf = w.AppendTopic(append(g.buf[:0], g.root...))
	to, ok := g.routes[string(g.buf)]
	if !ok {
		topic, err := ParseTopic(string(g.buf))
		if err != nil {
			return route{}, b, fmt.Errorf("publish event %d: %w", e.N, err)
		}
		to = route{string(g.buf), int(maphash.String(g.seed, topic.ID) % uint64(len(g.conns)))}
		g.routes[to.topic] = to
	}
	return to, w.AppendJSON(b), nil
}

// publish sends one message. The payload must stay as it is until the token is done.
func (g *gateways) publish(to route, payload []byte) Token {
	return g.conns[to.gate].Publish(to.topic, 1, payload)
}

// entry returns what the manifest says of an event.
func entry(e *event.Event, topic string, payload []byte) ManifestEntry {
	return NewEntry(e.At, e.N, topic, payload)
}
