package mqtt

// This file is the carrier that takes a run over real MQTT in lockstep: its digest is that of the direct run.

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sealab/sim/event"
)

// ErrTimeout is in the error of a tick that was not heard in full by its deadline; it is the run's reason.
var ErrTimeout = errors.New("carrier_timeout")

// ErrLost is in the error of a tick during which a connection was lost.
var ErrLost = errors.New("carrier_lost")

// defaultDeadline is how long a tick may take. On one machine it takes milliseconds; a broker elsewhere, with a
// large tick, seconds.
const defaultDeadline = 30 * time.Second

// window is how many messages may be on their way, published and not yet heard. Brokers drop what waits for a
// subscriber beyond about 1,000; the window is half of that, and more would not be faster.
const window = 512

// LockstepConfig says through which broker a run goes.
type LockstepConfig struct {
	Publisher DialConfig    // the gateways; a ClientID gets a number
	Gateways  int           // 0: 4
	Receiver  DialConfig    // without a URL: as Publisher
	Room, Run string        // the run's id must be new
	Deadline  time.Duration // for each tick; 0: 30 s
}

// Lockstep carries ticks one after the other. It is used by one goroutine; after an error it carries no more.
type Lockstep struct {
	gates    *gateways
	receiver *Client
	roll     *roll
	deadline time.Duration
	timer    *time.Timer
	err      error
	events   uint64

	payload  []byte // of all messages of the tick
	tokens   []Token
	manifest Manifest
	parts    [][]byte
	decoded  messages
	out      []event.Event
}

// LockstepStats counts what a carrier has done.
type LockstepStats struct {
	Events     uint64 // carried
	Duplicates uint64 // extra copies that the transport made, dropped
	Malformed  uint64 // tick messages that could not be read or belong to no tick
}

// NewLockstep connects the gateways and the receiver.
func NewLockstep(ctx context.Context, cfg LockstepConfig) (*Lockstep, error) {
	root, err := runRoot(cfg.Room, cfg.Run)
	if err != nil {
		return nil, err
	}
	l := &Lockstep{roll: newRoll(root), deadline: cfg.Deadline, decoded: messages{root: root}}
	if l.deadline <= 0 {
		l.deadline = defaultDeadline
	}
	l.timer = time.NewTimer(l.deadline)
	if cfg.Receiver.URL == "" {
		cfg.Receiver = cfg.Publisher
		cfg.Receiver.ClientID = ""
	}
	cfg.Publisher.Reconnect, cfg.Receiver.Reconnect = false, false // a gap would be found at the deadline only
	if l.receiver, err = Dial(ctx, cfg.Receiver); err != nil {
		return nil, err
	}
	if err := l.receiver.Subscribe(ctx, root+"#", l.roll.hear); err != nil {
		l.receiver.Close()
		return nil, err
	}
	if l.gates, err = openGateways(ctx, cfg.Publisher, cfg.Gateways, root); err != nil {
		l.receiver.Close()
		return nil, err
	}
	return l, nil
}

func runRoot(room, run string) (string, error) {
	if run == "" {
		return "", errors.New("name run: its id is missing: take NewID")
	}
	return Root(room, run)
}

// Carry publishes the events of a tick, waits until the receiver has heard all of them, and returns what it heard, in
// the order of the manifest. The batch is valid until the next Carry. Errors begin with the run's reason.
func (l *Lockstep) Carry(ctx context.Context, b event.Batch) (event.Batch, error) {
	if l.err == nil {
		l.timer.Reset(l.deadline)
		b, l.err = l.carry(ctx, b)
	}
	if l.err != nil {
		return event.Batch{}, l.err
	}
	return b, nil
}

func (l *Lockstep) carry(ctx context.Context, b event.Batch) (event.Batch, error) {
	l.roll.begin(b.Tick, len(b.Events))
	if err := l.publish(ctx, b); err != nil {
		return b, err
	}
	if err := l.wait(ctx, b.Tick, l.roll.complete); err != nil {
		return b, err
	}
	for _, t := range l.tokens { // only then may the payloads' memory be used again
		if err := l.settle(ctx, b.Tick, t); err != nil {
			return b, err
		}
	}
	return l.collect(b)
}

// publish sends the tick's events and then its manifest, with at most window of them on their way.
func (l *Lockstep) publish(ctx context.Context, b event.Batch) error {
	l.payload, l.tokens = l.payload[:0], l.tokens[:0]
	l.manifest = Manifest{Tick: b.Tick, Now: b.Now, Events: l.manifest.Events[:0]}
	before := l.roll.total()
	for i := range b.Events {
		e := &b.Events[i]
		start := len(l.payload)
		to, all, err := l.gates.encode(l.payload, e)
		if err != nil {
			return err
		}
		l.payload = all
		payload := all[start:len(all):len(all)] // stays where it is when l.payload moves on
		l.manifest.Events = append(l.manifest.Events, entry(e, to.topic, payload))
		if i >= window {
			if err := l.wait(ctx, b.Tick, func() bool { return l.roll.total()-before+window > uint64(i) }); err != nil {
				return err
			}
		}
		l.tokens = append(l.tokens, l.gates.publish(to, payload))
	}
	l.events += uint64(len(b.Events))
	l.parts = appendManifests(l.parts, l.manifest)
	for _, part := range l.parts {
		l.tokens = append(l.tokens, l.gates.publish(route{topic: l.roll.root + BranchTick}, part))
	}
	return nil
}

// wait waits for ready, which can become true when something is heard.
func (l *Lockstep) wait(ctx context.Context, tick int64, ready func() bool) error {
	for !ready() {
		select {
		case <-l.roll.moved:
		case <-l.receiver.Lost():
			return fmt.Errorf("%w: tick %d: %w", ErrLost, tick, l.receiver.Err())
		case <-l.gates.lost:
			return fmt.Errorf("%w: tick %d: %w", ErrLost, tick, l.gates.err())
		case <-ctx.Done():
			return fmt.Errorf("carry tick %d: %w", tick, ctx.Err())
		case <-l.timer.C:
			return fmt.Errorf("%w: tick %d not heard within %v: %s", ErrTimeout, tick, l.deadline, l.roll.absent())
		}
	}
	return nil
}

// settle waits for the broker to acknowledge a message.
func (l *Lockstep) settle(ctx context.Context, tick int64, t Token) error {
	select {
	case <-t.Done():
	case <-l.gates.lost:
		return fmt.Errorf("%w: tick %d: %w", ErrLost, tick, l.gates.err())
	case <-ctx.Done():
		return fmt.Errorf("carry tick %d: %w", tick, ctx.Err())
	case <-l.timer.C:
		return fmt.Errorf("%w: tick %d not acknowledged within %v", ErrTimeout, tick, l.deadline)
	}
	if err := t.Error(); err != nil {
		return fmt.Errorf("%w: tick %d: publish: %w", ErrLost, tick, err)
	}
	return nil
}

// collect decodes what was heard.
func (l *Lockstep) collect(b event.Batch) (event.Batch, error) {
	l.decoded.reset(len(b.Events))
	l.out = l.out[:0]
	for _, part := range l.roll.parts {
		for _, e := range part {
			m, err := l.decoded.one(e.topic, l.roll.roles[e.place].payload)
			if err != nil {
				return b, fmt.Errorf("carry tick %d: event %d on %s: %w", b.Tick, e.n, e.topic, err)
			}
			l.out = append(l.out, event.Event{At: e.at, N: e.n, Message: m})
		}
	}
	return event.Batch{Tick: b.Tick, Now: l.roll.now, Events: l.out}, nil
}

// Stats counts what was carried.
func (l *Lockstep) Stats() LockstepStats {
	l.roll.mu.Lock()
	defer l.roll.mu.Unlock()
	return LockstepStats{l.events, l.roll.stats.duplicates, l.roll.stats.malformed}
}

// Close disconnects.
func (l *Lockstep) Close() {
	l.timer.Stop()
	l.gates.close()
	l.receiver.Close()
}
