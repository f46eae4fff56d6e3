// Experiments under way: one plays at a time, its worlds share the desk's cores with single runs, the others wait.

package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"sealab/catalog"
	"sealab/pocs/experiment"
)

// maxWaiting is how many experiments may wait or play.
const maxWaiting = 20

// trialsProgress is what watchers of an experiment are told.
type trialsProgress struct {
	State  string  `json:"state" enum:"draft,queued,running,done,failed,interrupted"`
	Done   int     `json:"done" doc:"trials that have a run"`
	Total  int     `json:"total"`
	Stored int     `json:"stored" doc:"of those, found and not played again"`
	Failed int     `json:"failed"`
	EtaS   float64 `json:"eta_s" doc:"seconds of wall time that are probably left"`
	Reason string  `json:"reason,omitempty"`
}

func (p trialsProgress) ended() bool { return p.State != stateQueued && p.State != stateRunning }

// trialsJob is one experiment in the making.
type trialsJob struct {
	record catalog.Experiment // as it was when the job began
	design *experiment.Design
	cancel context.CancelFunc

	mu    sync.Mutex
	at    trialsProgress
	began time.Time     // of playing
	moved chan struct{} // closed and made anew at each change
}

func (j *trialsJob) see() (trialsProgress, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.at, j.moved
}

func (j *trialsJob) change(f func(*trialsProgress)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.at)
	close(j.moved)
	j.moved = make(chan struct{})
}

// hear takes the engine's account.
func (j *trialsJob) hear(now time.Time, p experiment.Progress) {
	j.change(func(at *trialsProgress) {
		at.Done, at.Total, at.Stored, at.Failed = p.Done, p.Total, p.Stored, p.Failed
		if played := p.Done - p.Stored; played > 0 {
			at.EtaS = now.Sub(j.began).Seconds() / float64(played) * float64(p.Total-p.Done)
		}
	})
}

// bench holds the experiments that have not ended.
type bench struct {
	server *Server
	ctx    context.Context // of all; ended by close
	stop   context.CancelFunc
	turn   chan struct{} // held by the one that plays
	wg     sync.WaitGroup

	mu   sync.Mutex
	jobs map[string]*trialsJob
}

func newBench(s *Server) *bench {
	ctx, stop := context.WithCancel(context.Background())
	return &bench{server: s, ctx: ctx, stop: stop, turn: make(chan struct{}, 1), jobs: map[string]*trialsJob{}}
}

// find returns an experiment that has not ended, or nil.
func (b *bench) find(id string) *trialsJob {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.jobs[id]
}

// catalogue is what an experiment of this hub may name.
func (s *Server) catalogue() experiment.Catalogue {
	return experiment.Catalogue{Challenges: s.cfg.Challenges, PoCs: s.cfg.PoCs, SeesTruth: s.cfg.SeesTruth, MaxTrials: s.cfg.MaxTrials}
}

// design reads a file and makes its plan, or says on which line what is wrong.
func (s *Server) design(text string) (*experiment.File, *experiment.Design, error) {
	file, err := experiment.Parse([]byte(text))
	if err != nil {
		return nil, nil, fileProblem(err)
	}
	d, err := file.Design(s.catalogue())
	if err != nil {
		return nil, nil, fileProblem(err)
	}
	if _, err := oneOf("carrier", d.Carrier, s.carriers()); err != nil {
		return nil, nil, err
	}
	return &file, d, nil
}

// fileProblem gives an error of an experiment file our shape.
func fileProblem(err error) error {
	var bad *experiment.FileError
	if !errors.As(err, &bad) {
		return err
	}
	p := &Problem{Status: http.StatusUnprocessableEntity, Code: "bad_experiment", Field: orText(bad.Field, "file"),
		Line: bad.Line, Allowed: bad.Problem, Message: orText(bad.Field, "file") + ": " + bad.Problem}
	if bad.Line > 0 {
		p.Message = fmt.Sprintf("Line %d: %s", bad.Line, p.Message)
	}
	return p
}

// take keeps a file and puts it in the queue. The same file again goes on where it was.
func (b *bench) take(ctx context.Context, text string) (string, error) {
	file, design, err := b.server.design(text)
	if err != nil {
		return "", err
	}
	store, now := b.server.cfg.Store, b.server.cfg.Now()
	known, err := store.Experiments(ctx, catalog.ExperimentQuery{Hash: file.Hash(), Own: true, Limit: 1})
	if err != nil {
		return "", err
	}
	if len(known) > 0 {
		return known[0].ID, b.start(ctx, &known[0], design)
	}
	id, err := catalog.NewExperimentID(now, rand.Reader)
	if err != nil {
		return "", err
	}
	e := &catalog.Experiment{ID: id, Name: file.Name, Question: file.Question, File: text, Hash: file.Hash(),
		State: catalog.Draft, Commit: b.server.cfg.Commit, Created: now.UTC()}
	if err := store.SaveExperiment(ctx, e); err != nil {
		return "", err
	}
	return id, b.start(ctx, e, design)
}

// start puts a kept experiment in the queue, unless it is there or done.
func (b *bench) start(ctx context.Context, e *catalog.Experiment, d *experiment.Design) error {
	total := len(d.Trials())
	if e.State == catalog.Done && e.Commit == b.server.cfg.Commit && e.Runs >= total {
		return nil
	}
	j := &trialsJob{record: *e, design: d, moved: make(chan struct{}), at: trialsProgress{State: stateQueued, Total: total}}
	var jobCtx context.Context
	jobCtx, j.cancel = context.WithCancel(b.ctx)
	if err := b.add(j); err != nil {
		j.cancel()
		if errors.Is(err, errPlaying) {
			return nil
		}
		return err
	}
	if err := b.server.note(ctx, j, catalog.Running, ""); err != nil {
		b.drop(j)
		return err
	}
	b.wg.Add(1)
	go b.work(jobCtx, j)
	return nil
}

var errPlaying = errors.New("the experiment plays already")

func (b *bench) add(j *trialsJob) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.jobs[j.record.ID] != nil {
		return errPlaying
	}
	if len(b.jobs) >= maxWaiting {
		return &Problem{Status: http.StatusTooManyRequests, Code: "too_many_experiments",
			Message: fmt.Sprintf("%d experiments are waiting already. Cancel some, or wait for them.", maxWaiting)}
	}
	b.jobs[j.record.ID] = j
	return nil
}

func (b *bench) drop(j *trialsJob) {
	j.cancel()
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.jobs, j.record.ID)
}

// work waits for its turn and plays what is missing.
func (b *bench) work(ctx context.Context, j *trialsJob) {
	defer b.wg.Done()
	state, reason := catalog.Interrupted, ""
	select {
	case b.turn <- struct{}{}:
		j.mu.Lock()
		j.began = time.Now()
		j.mu.Unlock()
		j.change(func(at *trialsProgress) { at.State = stateRunning })
		err := b.server.playTrials(ctx, j)
		<-b.turn
		switch {
		case err == nil:
			state = catalog.Done
		case ctx.Err() == nil:
			state, reason = catalog.Failed, err.Error()
		}
	case <-ctx.Done():
	}
	if err := b.server.note(context.WithoutCancel(ctx), j, state, reason); err != nil {
		b.server.log.Error("experiment's state could not be kept", "experiment", j.record.ID, "error", err)
	}
	b.drop(j)
	j.change(func(at *trialsProgress) { at.State, at.Reason, at.EtaS = string(state), reason, 0 })
}

// note keeps how far an experiment has come.
func (s *Server) note(ctx context.Context, j *trialsJob, state catalog.State, reason string) error {
	e := j.record
	e.State, e.Reason, e.Commit, e.Finished = state, reason, s.cfg.Commit, time.Time{}
	if state == catalog.Done {
		e.Finished = s.cfg.Now().UTC()
	}
	return s.cfg.Store.SetExperimentState(ctx, &e)
}

// close interrupts everything and waits for it; the next start goes on from there.
func (b *bench) close(ctx context.Context) error {
	b.stop()
	done := make(chan struct{})
	go func() { b.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("close experiments: %w", ctx.Err())
	}
}
