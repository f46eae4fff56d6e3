// The live clock: virtual time as a function of the wall's, with play, pause and speed.

package web

import (
	"context"
	"sync"
	"time"
)

// The speeds that a visitor may choose, in virtual seconds a second: real time, and an hour in half a second.
const (
	minSpeed = 1
	maxSpeed = 7200
)

// clock runs from a base: a pair of virtual and wall time that was true when it was last set.
type clock struct {
	wall func() time.Time

	mu      sync.Mutex
	virtual time.Time
	since   time.Time
	speed   float64
	playing bool
	changed chan struct{} // closed and made anew when it is set, so that whoever waits looks again
}

func newClock(wall func() time.Time, at time.Time, speed float64) *clock {
	return &clock{wall: wall, virtual: at, since: wall(), speed: speed, playing: true, changed: make(chan struct{})}
}

// read gives the virtual time and how the clock is going.
func (c *clock) read() (at time.Time, speed float64, playing bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now(), c.speed, c.playing
}

func (c *clock) now() time.Time {
	if !c.playing {
		return c.virtual
	}
	return c.virtual.Add(time.Duration(float64(c.wall().Sub(c.since)) * c.speed))
}

// set changes how the clock goes from here on; nil leaves a thing as it is.
func (c *clock) set(at *time.Time, speed *float64, playing *bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.virtual, c.since = c.now(), c.wall()
	if at != nil {
		c.virtual = *at
	}
	if speed != nil {
		c.speed = min(max(*speed, minSpeed), maxSpeed)
	}
	if playing != nil {
		c.playing = *playing
	}
	close(c.changed)
	c.changed = make(chan struct{})
}

// maxLag is how far the world may fall behind the clock, in wall time, before the clock is set back to it: a slow
// machine then shows a slower world, not a late one.
const maxLag = time.Second

// await waits until the clock has come to a virtual time.
func (c *clock) await(ctx context.Context, at time.Time) error {
	for {
		c.mu.Lock()
		behind := at.Sub(c.now())
		wait, changed := time.Duration(float64(behind)/c.speed), c.changed
		playing := c.playing
		c.mu.Unlock()
		if playing && behind <= 0 {
			if -wait > maxLag {
				c.set(&at, nil, nil)
			}
			return ctx.Err()
		}
		var due <-chan time.Time
		var timer *time.Timer
		if playing {
			timer = time.NewTimer(wait)
			due = timer.C
		}
		select {
		case <-due:
		case <-changed:
		case <-ctx.Done():
		}
		if timer != nil {
			timer.Stop()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
