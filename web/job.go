// A job is a run that is waiting or under way: what it has come to, and who is watching.

package web

import (
	"context"
	"sync"
	"time"

	"sealab/catalog/bundle"
	"sealab/pocs"
	"sealab/sim/mqtt"
)

// The states of a run. Queued and cancelled are known to the desk alone; the store knows the others.
const (
	stateQueued      = "queued"
	stateRunning     = "running"
	stateDone        = "done"
	stateFailed      = "failed"
	stateCancelled   = "cancelled"
	stateInterrupted = "interrupted"
)

// progress is what watchers of a run are told.
type progress struct {
	State    string  `json:"state" enum:"queued,running,done,failed,cancelled,interrupted"`
	Fraction float64 `json:"fraction" doc:"of the world's span, 0 to 1"`
	Now      int64   `json:"now" doc:"virtual time, ms since 1970"`
	Readings int     `json:"readings"`
	Findings int     `json:"findings"`
	EtaS     float64 `json:"eta_s" doc:"seconds of wall time that are probably left"`
	Reason   string  `json:"reason,omitempty" doc:"why the run failed"`
}

// ended reports whether nothing more will come.
func (p progress) ended() bool { return p.State != stateQueued && p.State != stateRunning }

// job is one run in the making. What decides the run never changes; the rest is under the lock.
type job struct {
	id     string
	trial  pocs.Trial
	began  time.Time // wall time of the order; it stands as the run's start
	ctx    context.Context
	cancel context.CancelFunc

	meeting *mqtt.Meeting // where programs join it; nil: none do
	speed   float64       // of a live run that programs join, in virtual seconds a second

	journal bundle.Journal // of a live run: what it heard

	mu    sync.Mutex
	at    progress
	told  time.Time
	heard time.Time     // virtual: the end of the tick that was heard last
	moved chan struct{} // closed and made anew at each change: watchers wait on it
}

// see returns the present progress and a channel that is closed at the next change.
func (j *job) see() (progress, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.at, j.moved
}

// change updates the progress and wakes the watchers.
func (j *job) change(f func(*progress)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.at)
	close(j.moved)
	j.moved = make(chan struct{})
}

// tellEvery bounds how often watchers of a run are woken: nobody reads faster.
const tellEvery = 200 * time.Millisecond

// hear takes the trial's own account, tick by tick, and passes on what is worth it.
func (j *job) hear(now time.Time, p pocs.Progress) {
	j.mu.Lock()
	due := now.Sub(j.told) >= tellEvery
	if due {
		j.told = now
	}
	j.mu.Unlock()
	if !due {
		return
	}
	j.change(func(at *progress) {
		at.Fraction, at.Now, at.Readings, at.Findings = p.Fraction, p.Now.UnixMilli(), p.Readings, p.Findings
		if p.Fraction > 0.01 {
			at.EtaS = now.Sub(j.began).Seconds() * (1 - p.Fraction) / p.Fraction
		}
	})
}
