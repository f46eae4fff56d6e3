package mqtt

// This file is the carrier that takes a run over MQTT in real time: arrival times are the real ones, and with them the
// run's digest is its own.

import (
	"context"
	"fmt"
	"time"

	"sealab/sim/event"
)

// LiveConfig says through which broker a run goes, and how fast.
type LiveConfig struct {
	Publisher DialConfig // the gateways
	Gateways  int        // 0: 4
	Receiver  DialConfig // without a URL: as Publisher
	Room, Run string     // the run's id must be new
	Speed     float64    // virtual seconds a second
	Start     time.Time  // the world's start; zero: just before its first event
	Clock     Clock
}

// Live carries ticks one after the other, as they happen. It is used by one goroutine; after an error it carries no more.
type Live struct {
	start    time.Time
	begun    bool
	timeline *Timeline
	player   *Player
	listener *Listener
	err      error
}

// NewLive connects both sides. Virtual time begins with the first tick.
func NewLive(ctx context.Context, cfg LiveConfig) (*Live, error) {
	if _, err := runRoot(cfg.Room, cfg.Run); err != nil {
		return nil, err
	}
	t, err := NewTimeline(cfg.Start, cfg.Speed, cfg.Clock)
	if err != nil {
		return nil, fmt.Errorf("carry live: %w", err)
	}
	t.Pause()
	if cfg.Receiver.URL == "" {
		cfg.Receiver = cfg.Publisher
		cfg.Receiver.ClientID = ""
	}
	cfg.Publisher.Reconnect, cfg.Receiver.Reconnect = false, false // a run with a gap is not a run
	l := &Live{start: cfg.Start, timeline: t}
	l.listener, err = Listen(ctx, ListenConfig{
		Receiver: cfg.Receiver, Room: cfg.Room, Run: cfg.Run, Timeline: t, Start: cfg.Start, Tick: time.Minute,
	})
	if err != nil {
		return nil, err
	}
	l.player, err = NewPlayer(ctx, PlayConfig{
		Publisher: cfg.Publisher, Gateways: cfg.Gateways, Room: cfg.Room, Run: cfg.Run, Timeline: t,
	})
	if err != nil {
		l.listener.Close()
		return nil, err
	}
	return l, nil
}

// Carry publishes the events of a tick at their due times and returns, at the tick's end, what has arrived by then. What
// comes later is in a later batch. Events are stamped and numbered by arrival; the batch is valid until the next Carry.
func (l *Live) Carry(ctx context.Context, b event.Batch) (event.Batch, error) {
	if l.err == nil {
		b, l.err = l.carry(ctx, b)
	}
	if l.err != nil {
		return event.Batch{}, l.err
	}
	return b, nil
}

func (l *Live) carry(ctx context.Context, b event.Batch) (event.Batch, error) {
	if !l.begun {
		l.begun = true
		if l.start.IsZero() {
			l.start = begin(b)
		}
		l.timeline.restart(l.start)
	}
	if err := l.player.Play(ctx, b); err != nil {
		return b, err
	}
	if err := l.listener.client.Err(); err != nil {
		return b, fmt.Errorf("%w: tick %d: %w", ErrLost, b.Tick, err)
	}
	return l.listener.Take(b.Tick, b.Now), nil
}

// LiveStats counts what a live run has carried. What was sent and not taken came too late for the run.
type LiveStats struct {
	Sent  uint64 // events published
	Taken uint64 // events given out
	ListenStats
}

// Stats counts what was carried.
func (l *Live) Stats() LiveStats {
	return LiveStats{l.player.Sent(), l.listener.n, l.listener.Stats()}
}

// Close disconnects.
func (l *Live) Close() {
	l.player.Close()
	l.listener.Close()
}
