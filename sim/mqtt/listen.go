package mqtt

// This file hears live messages and hands them out in ticks, each stamped with the virtual time at which it came.

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// inboxMost bounds how many messages wait to be taken: a minute of the fastest broker measured.
const inboxMost = 1 << 20

// ListenConfig says what to listen to.
type ListenConfig struct {
	Receiver DialConfig
	Room     string
	Run      string    // empty: the room's real seals and systems
	Timeline *Timeline // gives arrivals their virtual time
	Start    time.Time // ticks are counted from here
	Tick     time.Duration
}

// Listener hears what is published and gives it out in ticks. Next and Take are used by one goroutine.
type Listener struct {
	client *Client
	cfg    ListenConfig
	root   string

	mu      sync.Mutex
	inbox   []arrival
	stats   ListenStats
	waiting []arrival // taken from the inbox, not yet given out

	tick int64 // the last one given out or passed over
	n    uint64
	next time.Time // the earliest that an arrival may be stamped with
	out  []event.Event
}

// ListenStats counts what a listener has heard.
type ListenStats struct {
	Heard     uint64 // messages decoded; an array of readings is as many
	Malformed uint64 // payloads that could not be read
	Dropped   uint64 // beyond what may wait
}

// arrival is one message and the virtual time at which it was heard.
type arrival struct {
	at      time.Time
	message event.Message
}

// Listen connects and subscribes.
func Listen(ctx context.Context, cfg ListenConfig) (*Listener, error) {
	root, err := Root(cfg.Room, cfg.Run)
	if err != nil {
		return nil, err
	}
	if cfg.Timeline == nil || cfg.Tick <= 0 {
		return nil, errors.New("listen: Timeline or Tick is missing")
	}
	l := &Listener{cfg: cfg, root: root}
	l.tick = int64(cfg.Timeline.Now().Sub(cfg.Start) / cfg.Tick)
	if l.client, err = Dial(ctx, cfg.Receiver); err != nil {
		return nil, err
	}
	for _, filter := range []string{root + BranchSeal + "/#", root + BranchNotice + "/#"} {
		if err := l.client.Subscribe(ctx, filter, l.hear); err != nil {
			l.client.Close()
			return nil, err
		}
	}
	return l, nil
}

// hear takes in a message from the broker.
func (l *Listener) hear(topic string, payload []byte) {
	at := l.cfg.Timeline.Now()
	list, err := decodeAny(topic, payload)
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case err != nil:
		l.stats.Malformed++
	case len(l.inbox)+len(list) > inboxMost:
		l.stats.Dropped += uint64(len(list))
	default:
		l.stats.Heard += uint64(len(list))
		for _, m := range list {
			l.inbox = append(l.inbox, arrival{at, m})
		}
	}
}

// decodeAny reads the messages of one payload. Commands, acknowledgements and the compact profile say nothing that
// detectors hear: they give none.
func decodeAny(topic string, payload []byte) ([]event.Message, error) {
	t, err := ParseTopic(topic)
	if err != nil {
		return nil, err
	}
	switch {
	case t.Branch == BranchNotice:
		d, err := notice.Decode(payload)
		return []event.Message{&d.Notice}, err
	case t.Leaf == LeafState, t.Leaf == LeafTele, t.Leaf == LeafEvent:
		all, err := seal.DecodeArray(payload)
		list := make([]event.Message, len(all))
		for i := range all {
			list[i] = &all[i].Reading
		}
		return list, err
	}
	return nil, nil
}

// Next waits for the end of the next tick in which something was heard, or that ends at a whole hour, and returns it.
// The batch is valid until the next call. The error is ctx's, or says that the connection is lost.
func (l *Listener) Next(ctx context.Context) (event.Batch, error) {
	for {
		l.tick++
		now := l.cfg.Start.Add(time.Duration(l.tick) * l.cfg.Tick)
		if err := l.cfg.Timeline.Wait(ctx, now); err != nil {
			return event.Batch{}, err
		}
		if err := l.client.Err(); err != nil {
			return event.Batch{}, fmt.Errorf("%w: %w", ErrLost, err)
		}
		if b := l.Take(l.tick, now); len(b.Events) > 0 || now.Equal(now.Truncate(time.Hour)) {
			return b, nil
		}
	}
}

// Take returns what has come up to now and was not given out yet, numbered in the order of arrival.
func (l *Listener) Take(tick int64, now time.Time) event.Batch {
	l.mu.Lock()
	l.waiting = append(l.waiting, l.inbox...)
	clear(l.inbox)
	l.inbox = l.inbox[:0]
	l.mu.Unlock()
	l.out = l.out[:0]
	for _, a := range l.waiting {
		at := a.at.Add(time.Millisecond - 1).Truncate(time.Millisecond) // up: after the tick that it has missed
		if at.Before(l.next) {
			at = l.next // it was on its way in while the last tick was given out
		}
		if at.After(now) {
			break
		}
		l.n++
		l.next = at
		l.out = append(l.out, event.Event{At: at, N: l.n, Message: a.message})
	}
	l.next = now.Add(time.Millisecond)
	left := copy(l.waiting, l.waiting[len(l.out):])
	clear(l.waiting[left:])
	l.waiting = l.waiting[:left]
	return event.Batch{Tick: tick, Now: now, Events: l.out}
}

// Stats counts what was heard.
func (l *Listener) Stats() ListenStats {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stats
}

// Close disconnects.
func (l *Listener) Close() { l.client.Close() }
