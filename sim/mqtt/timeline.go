package mqtt

// This file maps virtual time to the wall clock, at a speed that can be changed and paused while it runs.

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Clock is the wall clock that live carrying runs on. The zero value is the machine's own.
type Clock struct {
	Now   func() time.Time
	After func(time.Duration) <-chan time.Time
}

func (c Clock) orReal() Clock {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.After == nil {
		c.After = time.After
	}
	return c
}

// Timeline says which virtual time it is. Publisher and listener of a live world share one.
type Timeline struct {
	clock Clock

	mu      sync.Mutex
	wall    time.Time // at this time on the wall …
	virtual time.Time // … it was this virtual time
	speed   float64   // virtual seconds per second
	paused  bool
	changed chan struct{} // closed when speed or pause change
}

var errSpeed = errors.New("set speed: it must be above 0: use Pause to stop")

// NewTimeline starts virtual time at start, now, with so many virtual seconds a second.
func NewTimeline(start time.Time, speed float64, clock Clock) (*Timeline, error) {
	if !(speed > 0) {
		return nil, errSpeed
	}
	clock = clock.orReal()
	return &Timeline{clock: clock, wall: clock.Now(), virtual: start, speed: speed, changed: make(chan struct{})}, nil
}

// Now returns the virtual time, in UTC.
func (t *Timeline) Now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.at(t.clock.Now())
}

// at maps a wall time; t.mu is held.
func (t *Timeline) at(wall time.Time) time.Time {
	if t.paused {
		return t.virtual
	}
	return t.virtual.Add(time.Duration(float64(wall.Sub(t.wall)) * t.speed)).UTC()
}

// Speed returns the speed, and whether the timeline is paused.
func (t *Timeline) Speed() (speed float64, paused bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.speed, t.paused
}

// SetSpeed changes the speed from now on. A paused timeline stays paused.
func (t *Timeline) SetSpeed(speed float64) error {
	if !(speed > 0) {
		return errSpeed
	}
	t.change(func() { t.speed = speed })
	return nil
}

// Pause stops virtual time; Resume lets it go on.
func (t *Timeline) Pause()  { t.change(func() { t.paused = true }) }
func (t *Timeline) Resume() { t.change(func() { t.paused = false }) }

// restart lets virtual time run from start, now.
func (t *Timeline) restart(start time.Time) {
	t.change(func() { t.virtual, t.paused = start, false })
}

// change begins a new stretch of the timeline and wakes those who wait.
func (t *Timeline) change(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	wall := t.clock.Now()
	t.virtual, t.wall = t.at(wall), wall
	f()
	close(t.changed)
	t.changed = make(chan struct{})
}

// Wait returns when it is the virtual time at, or with ctx's error. It never returns early.
func (t *Timeline) Wait(ctx context.Context, at time.Time) error {
	for {
		t.mu.Lock()
		left := at.Sub(t.at(t.clock.Now()))
		speed, paused, changed := t.speed, t.paused, t.changed
		t.mu.Unlock()
		if left <= 0 {
			return ctx.Err()
		}
		var due <-chan time.Time
		if !paused {
			due = t.clock.After(time.Duration(float64(left)/speed) + 1) // 1 ns up: rounding must not make it early
		}
		select {
		case <-due:
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
