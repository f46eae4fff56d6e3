package mqtt

// This file is the hub's side of a run whose detectors are programs at the broker: it publishes what they hear, and
// takes in what they say.

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"sealab/sim/event"
)

// TickPart is how many events are published before the programs must have heard them. Brokers drop what waits for a slow
// subscriber beyond about 1,000 messages, so this is well below it.
const TickPart = 400

// The most that may wait until it is taken: what a program says beyond it is a flood.
const (
	saidMost  = 1 << 16
	saidBytes = 64 << 20
)

// Said is one message of a program. It is hostile until parsed.
type Said struct {
	Branch  string // BranchAck or BranchFinding
	Payload []byte
}

// Exchange talks with the programs of one run. Its methods are for one goroutine.
type Exchange struct {
	gates    *gateways
	receiver *Client
	root     string
	moved    chan struct{} // holds one when something was said

	mu    sync.Mutex
	said  []Said
	bytes int
	flood bool

	payload  []byte
	tokens   []Token
	manifest Manifest
}

// NewExchange connects the hub's side of a meeting.
func NewExchange(ctx context.Context, m *Meeting) (*Exchange, error) {
	root, err := runRoot(m.Room, m.Run)
	if err != nil {
		return nil, err
	}
	x := &Exchange{root: root, moved: make(chan struct{}, 1)}
	if x.receiver, err = Dial(ctx, m.Hub); err != nil {
		return nil, err
	}
	for _, branch := range []string{BranchAck, BranchFinding} {
		if err := x.receiver.Subscribe(ctx, root+branch, func(_ string, payload []byte) { x.hear(branch, payload) }); err != nil {
			x.receiver.Close()
			return nil, err
		}
	}
	if x.gates, err = openGateways(ctx, m.Hub, 0, root); err != nil {
		x.receiver.Close()
		return nil, err
	}
	return x, nil
}

// hear takes in what a program says.
func (x *Exchange) hear(branch string, payload []byte) {
	x.mu.Lock()
	if len(x.said) >= saidMost || x.bytes+len(payload) > saidBytes {
		x.flood = true
	} else {
		x.said = append(x.said, Said{branch, payload})
		x.bytes += len(payload)
	}
	x.mu.Unlock()
	select {
	case x.moved <- struct{}{}:
	default:
	}
}

// Take returns what was said since the last call, in the order of hearing; flood reports that there was more than may
// wait.
func (x *Exchange) Take() (said []Said, flood bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	said, x.said, x.bytes = x.said, nil, 0
	return said, x.flood
}

// Moved tells that there may be something to take.
func (x *Exchange) Moved() <-chan struct{} { return x.moved }

// Lost is closed when the hub's own connections are lost; Err says why.
func (x *Exchange) Lost() <-chan struct{} { return x.receiver.Lost() }

// Err says why a connection is lost: it begins with the run's reason.
func (x *Exchange) Err() error {
	return fmt.Errorf("%w: %w", ErrLost, errors.Join(x.receiver.Err(), x.gates.err()))
}

// Say publishes one message on BranchHello or BranchBye, and returns when the broker has it.
func (x *Exchange) Say(ctx context.Context, branch string, payload []byte) error {
	return x.settle(ctx, x.gates.publish(route{topic: x.root + branch}, payload))
}

// Publish publishes the events of one part of a tick, numbered from 1 where there are several (both 0: there is but one),
// with its manifest, and returns when the broker has all of it. Errors begin with the run's reason.
func (x *Exchange) Publish(ctx context.Context, b event.Batch, part, parts int) error {
	x.payload, x.tokens = x.payload[:0], x.tokens[:0]
	x.manifest = Manifest{Tick: b.Tick, Now: b.Now, Part: part, Parts: parts, Events: x.manifest.Events[:0]}
	for i := range b.Events {
		e, start := &b.Events[i], len(x.payload)
		to, all, err := x.gates.encode(x.payload, e)
		if err != nil {
			return err
		}
		x.payload = all
		payload := all[start:len(all):len(all)] // stays where it is when x.payload moves on
		x.manifest.Events = append(x.manifest.Events, entry(e, to.topic, payload))
		x.tokens = append(x.tokens, x.gates.publish(to, payload))
	}
	x.tokens = append(x.tokens, x.gates.publish(route{topic: x.root + BranchTick}, x.manifest.Encode()))
	for _, t := range x.tokens { // only then may the payloads' memory be used again
		if err := x.settle(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// settle waits for the broker to acknowledge a message.
func (x *Exchange) settle(ctx context.Context, t Token) error {
	select {
	case <-t.Done():
		if err := t.Error(); err != nil {
			return fmt.Errorf("%w: publish: %w", ErrLost, err)
		}
		return nil
	case <-x.gates.lost:
		return x.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close disconnects.
func (x *Exchange) Close() {
	x.gates.close()
	x.receiver.Close()
}
