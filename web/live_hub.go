// The live hub: plays the demo world through the broker, listens to it as any client would, and lets the watching
// detector speak. One goroutine plays, another makes frames; what they share is under one lock.

package web

import (
	"context"
	"fmt"
	"sync"
	"time"

	"sealab/sim/mqtt"
)

// hub is the live page's engine.
type hub struct {
	server *Server
	frames *broadcast
	tail   *tail
	wg     sync.WaitGroup
	stop   context.CancelFunc
	ended  chan struct{}

	mu     sync.Mutex
	state  *liveState // nil: nothing is played
	clock  *mqtt.Timeline
	held   bool   // somebody pressed pause during the opening: the world stands still when it is over
	number uint64 // of the frame made last
	count  int    // messages of this play
	meter  meter
	hello  []byte // the snapshot of frame number, made when first asked for
	told   told
}

// restAfter is how long the hub waits before it tries again when a play could not begin or broke off.
const restAfter = 5 * time.Second

// maxWatchers is how many browsers may hold a live stream; the others ask for snapshots.
const maxWatchers = 1000

func newHub(s *Server) *hub {
	return &hub{server: s, frames: newBroadcast(maxWatchers), tail: newTail(s.cfg.Now), ended: make(chan struct{}), stop: func() {}}
}

// start makes the first world and begins to play it.
func (h *hub) start(ctx context.Context) error {
	ctx, h.stop = context.WithCancel(context.WithoutCancel(ctx))
	if h.server.cfg.Broker != nil {
		if err := h.tail.listen(ctx, h.server); err != nil {
			return err
		}
		h.goes(func() { h.tail.run(ctx) })
	}
	if !h.server.cfg.Demo || h.server.cfg.Broker == nil {
		return nil
	}
	first, err := h.server.newLiveWorld(h.server.cfg.Now())
	if err != nil {
		return err
	}
	h.begin(first)
	h.goes(func() { h.plays(ctx, first) })
	h.goes(func() { h.makesFrames(ctx) })
	return nil
}

func (h *hub) goes(f func()) {
	h.wg.Add(1)
	go func() { defer h.wg.Done(); f() }()
}

// close ends the play and every stream.
func (h *hub) close(ctx context.Context) error {
	h.stop()
	select {
	case <-h.ended:
	default:
		close(h.ended)
	}
	done := make(chan struct{})
	go func() { h.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("close live hub: %w", ctx.Err())
	}
}

// begin puts a new world on the stage.
func (h *hub) begin(w *liveWorld) {
	clock, err := mqtt.NewTimeline(w.opensAt(), demoSpeed, mqtt.Clock{Now: h.server.cfg.Now})
	if err != nil {
		panic("begin live world: " + err.Error()) // impossible: the speed is a constant above 0
	}
	clock.Pause() // until the opening has been played
	h.mu.Lock()
	defer h.mu.Unlock()
	h.state = newLiveState(w)
	h.clock, h.held = clock, false
	h.count, h.meter, h.told, h.hello = 0, meter{}, told{}, nil
}

// plays one world after the other until it is told to stop.
func (h *hub) plays(ctx context.Context, w *liveWorld) {
	for ctx.Err() == nil {
		if w != nil {
			if err := h.play(ctx, w); err != nil && ctx.Err() == nil {
				h.server.log.Error("live world broke off", "run", w.run, "error", err)
				rest(ctx, restAfter)
			}
		}
		next, err := h.server.newLiveWorld(h.server.cfg.Now())
		if err != nil {
			h.server.log.Error("live world could not be made", "error", err)
			w = nil
			rest(ctx, restAfter)
			continue
		}
		w = next
		h.begin(w)
	}
}

func rest(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// play carries every tick of a world over MQTT when its time has come, and steps the watching detector with what was
// heard.
func (h *hub) play(ctx context.Context, w *liveWorld) error {
	dial, revoke, err := h.server.credential(w.run)
	if err != nil {
		return err
	}
	defer revoke()
	lock, err := mqtt.NewLockstep(ctx, mqtt.LockstepConfig{Publisher: dial, Room: openRoom, Run: w.run})
	if err != nil {
		return err
	}
	defer lock.Close()
	h.mu.Lock()
	clock := h.clock
	h.mu.Unlock()
	open := w.opensAt()
	opened := false
	for batch := range w.world.Batches() {
		if !opened && batch.Now.After(open) {
			opened = true
			h.endOpening()
		}
		if opened {
			if err := clock.Wait(ctx, batch.Now); err != nil {
				return err
			}
		}
		heard, err := lock.Carry(ctx, batch)
		if err != nil {
			return err
		}
		found, err := w.detector.Step(heard)
		if err != nil {
			return fmt.Errorf("step %s: %w", w.watch, err)
		}
		h.take(len(heard.Events), func(s *liveState) {
			s.hear(heard)
			s.say(found, h.server.texts[defaultLanguage])
		})
	}
	return nil
}

// endOpening lets time run by the clock, unless somebody has pressed pause.
func (h *hub) endOpening() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.held {
		h.clock.Resume()
	}
}

// take changes the state by what a tick brought.
func (h *hub) take(messages int, change func(*liveState)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.count += messages
	h.meter.add(h.server.cfg.Now(), messages)
	change(h.state)
}

// look reads the state under the lock; ok is false where nothing is played.
func (h *hub) look(f func(*liveState)) (ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.state == nil {
		return false
	}
	f(h.state)
	return true
}

// meter counts messages a second over the last few seconds.
type meter struct{ marks []mark }

type mark struct {
	at time.Time
	n  int
}

const meterSpan = 5 * time.Second

func (m *meter) add(at time.Time, n int) {
	if last := len(m.marks) - 1; last >= 0 && at.Sub(m.marks[last].at) < meterSpan/50 {
		m.marks[last].n += n
		return
	}
	m.marks = append(m.marks, mark{at, n})
}

// rate is messages a second until now.
func (m *meter) rate(now time.Time) float64 {
	for len(m.marks) > 0 && now.Sub(m.marks[0].at) > meterSpan {
		m.marks = m.marks[1:]
	}
	sum := 0
	for _, k := range m.marks {
		sum += k.n
	}
	return float64(sum) / meterSpan.Seconds()
}

// steer plays, pauses or changes the speed; the caller holds the lock.
func (h *hub) steer(playing *bool, speed *float64) {
	if speed != nil {
		_ = h.clock.SetSpeed(*speed) // the API has checked its range
	}
	switch {
	case playing == nil:
	case h.opening():
		h.held = !*playing
	case *playing:
		h.clock.Resume()
	default:
		h.clock.Pause()
	}
}
