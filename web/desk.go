// The desk takes orders, plays them a few at a time, and hands finished runs to the store.

package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"sync"
	"time"

	"sealab/catalog"
	"sealab/pocs"
)

// maxJobs is how many runs may wait or play: more is a mistake, or mischief.
const maxJobs = 200

// desk holds the jobs. Only those that have not ended are in it.
type desk struct {
	server *Server
	ctx    context.Context // of all jobs; ended by close
	stop   context.CancelFunc
	slots  chan struct{} // one a core, but one core stays free for the pages
	wg     sync.WaitGroup

	mu   sync.Mutex
	jobs map[string]*job
	list []*job // in the order of their coming
}

func newDesk(s *Server) *desk {
	ctx, stop := context.WithCancel(context.Background())
	return &desk{server: s, ctx: ctx, stop: stop, jobs: map[string]*job{},
		slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1))}
}

// take accepts an order and returns its run's id at once.
func (d *desk) take(ctx context.Context, o order) (string, error) {
	t, err := d.server.trial(o)
	if err != nil {
		return "", err
	}
	return d.start(ctx, t)
}

// start puts a trial in the queue.
func (d *desk) start(ctx context.Context, t pocs.Trial) (id string, err error) {
	if t.DiceSeed, err = d.server.diceSeed(ctx, &t); err != nil {
		return "", err
	}
	return d.queue(ctx, t, "")
}

// queue puts a trial with its dice in the queue; parent is the run that it was forked from, or empty.
func (d *desk) queue(ctx context.Context, t pocs.Trial, parent string) (string, error) {
	now := d.server.cfg.Now()
	id, err := catalog.NewRunID(now, rand.Reader)
	if err != nil {
		return "", err
	}
	if parent != "" {
		if err := d.server.cfg.Store.SetParent(ctx, id, parent); err != nil {
			return "", err
		}
	}
	j := &job{id: id, trial: t, began: now, moved: make(chan struct{}), at: progress{State: stateQueued}}
	j.ctx, j.cancel = context.WithCancel(d.ctx)
	if err := d.add(j); err != nil {
		return "", err
	}
	d.wg.Add(1)
	go d.work(j)
	return id, nil
}

func (d *desk) add(j *job) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.list) >= maxJobs {
		return &Problem{Status: http.StatusTooManyRequests, Code: "too_many_runs",
			Message: fmt.Sprintf("%d runs are waiting already. Cancel some, or wait for them.", maxJobs)}
	}
	d.jobs[j.id] = j
	d.list = append(d.list, j)
	return nil
}

// work waits for a free core, plays the job and keeps what came of it.
func (d *desk) work(j *job) {
	defer d.wg.Done()
	defer j.cancel()
	slots := d.slots
	if j.meeting != nil { // it waits for others more than it works
		defer j.meeting.Close()
		slots = make(chan struct{}, 1)
	}
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-j.ctx.Done(): // called off before its turn came: its id was given out, so it is kept all the same
		if err := d.server.cfg.Store.Begin(context.WithoutCancel(j.ctx), d.server.skeleton(j)); err == nil {
			d.forget(j)
		}
		d.end(j, stateCancelled, "")
		return
	}
	j.change(func(at *progress) { at.State = stateRunning })
	run, err := d.play(j)
	switch {
	case j.ctx.Err() != nil:
		d.forget(j)
		d.end(j, stateCancelled, "")
	case err != nil:
		d.server.log.Error("run could not be kept", "run", j.id, "error", err)
		d.forget(j)
		d.end(j, stateFailed, err.Error())
	case run.Reason != "":
		d.end(j, stateFailed, run.Reason)
	default:
		d.end(j, stateDone, "")
	}
}

// play begins the run in the store, plays it and saves it.
func (d *desk) play(j *job) (*pocs.Run, error) {
	s := d.server
	t := j.trial
	if err := s.cfg.Store.Begin(j.ctx, s.skeleton(j)); err != nil {
		return nil, err
	}
	carrier, done, err := s.carrierOf(j)
	if err != nil {
		return nil, err
	}
	defer done()
	t.Carrier, t.Tape = carrier, j
	t.Watch = func(p pocs.Progress, _ []pocs.Finding) { j.hear(time.Now(), p) }
	run, err := t.Play(j.ctx)
	if err != nil {
		return nil, err
	}
	run.ID, run.Room, run.Commit = j.id, catalog.DefaultRoom, s.cfg.Commit
	run.Started, run.Elapsed = j.began.UTC(), time.Since(j.began)
	if t.CarrierName == "live" {
		if err := j.journal.Keep(j.ctx, s.cfg.Store, run.WorldDigest); err != nil {
			return nil, err
		}
	}
	if err := s.cfg.Store.SaveRun(j.ctx, run); err != nil {
		return nil, err
	}
	s.remember(run) // whoever ordered it looks at it next
	return run, nil
}

// forget takes back a run that was begun and not played to its end.
func (d *desk) forget(j *job) {
	if err := d.server.cfg.Store.Interrupt(context.WithoutCancel(j.ctx), j.id, stateCancelled); err != nil &&
		!errors.Is(err, catalog.ErrNotFound) {
		d.server.log.Error("run could not be called off", "run", j.id, "error", err)
	}
}

// end tells the watchers and takes the job off the desk; from now on the store answers for it.
func (d *desk) end(j *job, state, reason string) {
	d.mu.Lock()
	delete(d.jobs, j.id)
	for i, other := range d.list {
		if other == j {
			d.list = append(d.list[:i:i], d.list[i+1:]...)
			break
		}
	}
	d.mu.Unlock()
	j.change(func(at *progress) {
		at.State, at.Reason, at.EtaS = state, reason, 0
		if state == stateDone {
			at.Fraction = 1
		}
	})
}

// find returns a job that has not ended, or nil.
func (d *desk) find(id string) *job {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.jobs[id]
}

// open lists the jobs that have not ended, newest first.
func (d *desk) open() []*job {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make([]*job, 0, len(d.list))
	for i := len(d.list) - 1; i >= 0; i-- {
		out = append(out, d.list[i])
	}
	return out
}

// close cancels everything and waits for it.
func (d *desk) close(ctx context.Context) error {
	d.stop()
	done := make(chan struct{})
	go func() { d.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("close desk: %w", ctx.Err())
	}
}

// diceSeed salts the detector's dice with the room's secret: the same arm in the same world throws the same dice, and
// nobody outside can know them.
func (s *Server) diceSeed(ctx context.Context, t *pocs.Trial) (uint64, error) {
	return s.cfg.Store.DiceSeed(ctx, "", t.PoC.Name, t.Scenario.Root(), strconv.FormatUint(t.Seed, 10))
}

// skeleton is what is known of a run before it is played.
func (s *Server) skeleton(j *job) *pocs.Run {
	t := &j.trial
	claim := t.PoC.Claim
	if claim == "" {
		claim = pocs.DefaultClaim
	}
	return &pocs.Run{ID: j.id, Room: catalog.DefaultRoom, Challenge: t.Challenge.Name, PoC: t.PoC.Name, Params: t.Params,
		Scenario: t.Scenario.Name, Extends: t.Scenario.Extends, Settings: t.Settings, Seed: t.Seed, Carrier: t.CarrierName, Commit: s.cfg.Commit,
		DiceSeed: t.DiceSeed, Terms: t.Terms, Claim: claim, Verdict: pocs.Unknown, Started: j.began.UTC()}
}
