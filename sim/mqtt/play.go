package mqtt

// This file publishes a world as it happens: each event at its due time.

import (
	"context"
	"fmt"
	"iter"
	"time"

	"sealab/sim/event"
)

// PlayConfig says through which broker a world is played, and how fast.
type PlayConfig struct {
	Publisher DialConfig // the gateways; a ClientID gets a number
	Gateways  int        // 0: 4
	Room, Run string     // the run's id must be new
	Timeline  *Timeline  // sets the pace: speed and pause
}

// Player publishes events at their due time. It is used by one goroutine.
type Player struct {
	gates    *gateways
	timeline *Timeline
	tokens   [window]Token // of the last messages, round and round: at most so many are unacknowledged
	sent     uint64        // messages
	events   uint64
	manifest Manifest
	parts    [][]byte
}

// NewPlayer connects the gateways.
func NewPlayer(ctx context.Context, cfg PlayConfig) (*Player, error) {
	root, err := runRoot(cfg.Room, cfg.Run)
	if err != nil {
		return nil, err
	}
	if cfg.Timeline == nil {
		return nil, fmt.Errorf("play run %s: Timeline is missing", cfg.Run)
	}
	p := &Player{timeline: cfg.Timeline}
	if p.gates, err = openGateways(ctx, cfg.Publisher, cfg.Gateways, root); err != nil {
		return nil, err
	}
	return p, nil
}

// Play publishes a whole world: every event at its due time, and each tick's manifest at its end. It returns when the
// world is over, with ctx's error, or when the broker is lost.
func Play(ctx context.Context, world iter.Seq[event.Batch], cfg PlayConfig) error {
	p, err := NewPlayer(ctx, cfg)
	if err != nil {
		return err
	}
	defer p.Close()
	for b := range world {
		if err := p.Play(ctx, b); err != nil {
			return err
		}
	}
	return p.flush(ctx)
}

// Play publishes the events of one tick at their due times, and its manifest at its end. What is overdue goes at once.
func (p *Player) Play(ctx context.Context, b event.Batch) error {
	p.manifest = Manifest{Tick: b.Tick, Now: b.Now, Events: p.manifest.Events[:0]}
	for i := range b.Events {
		e := &b.Events[i]
		if err := p.timeline.Wait(ctx, e.At); err != nil {
			return err
		}
		to, payload, err := p.gates.encode(nil, e)
		if err != nil {
			return err
		}
		p.manifest.Events = append(p.manifest.Events, entry(e, to.topic, payload))
		p.events++
		if err := p.send(ctx, to, payload); err != nil {
			return err
		}
	}
	if err := p.timeline.Wait(ctx, b.Now); err != nil {
		return err
	}
	p.parts = appendManifests(p.parts, p.manifest)
	for _, part := range p.parts {
		if err := p.send(ctx, route{topic: p.gates.root + BranchTick}, part); err != nil {
			return err
		}
	}
	return nil
}

// send publishes one message, after the one that went window messages before it was acknowledged.
func (p *Player) send(ctx context.Context, to route, payload []byte) error {
	slot := &p.tokens[p.sent%window]
	if err := p.await(ctx, *slot); err != nil {
		return err
	}
	*slot = p.gates.publish(to, payload)
	p.sent++
	return nil
}

func (p *Player) await(ctx context.Context, t Token) error {
	if t == nil {
		return nil
	}
	select {
	case <-t.Done():
		if err := t.Error(); err != nil {
			return fmt.Errorf("%w: publish: %w", ErrLost, err)
		}
		return nil
	case <-p.gates.lost:
		return fmt.Errorf("%w: %w", ErrLost, p.gates.err())
	case <-ctx.Done():
		return ctx.Err()
	}
}

// flush waits until everything is acknowledged.
func (p *Player) flush(ctx context.Context) error {
	for _, t := range p.tokens {
		if err := p.await(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// Sent returns how many events were published.
func (p *Player) Sent() uint64 { return p.events }

// Close disconnects.
func (p *Player) Close() { p.gates.close() }

// begin returns a virtual time at which nothing of a tick has happened yet.
func begin(b event.Batch) time.Time {
	if len(b.Events) > 0 && b.Events[0].At.Before(b.Now) {
		return b.Events[0].At
	}
	return b.Now
}
