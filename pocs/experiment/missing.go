// Running what is missing: jobs side by side, each a whole trial.

package experiment

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Job is one trial of a plan: which arm, which scenario, which seed.
type Job struct {
	Arm, Scenario int // index into the plan's lists
	Seed          uint64
}

// Jobs lists a plan's trials seed by seed, so that a plan broken off has whole pairs behind it.
func Jobs(arms, scenarios int, seeds []uint64) []Job {
	list := make([]Job, 0, arms*scenarios*len(seeds))
	for _, seed := range seeds {
		for s := range scenarios {
			for a := range arms {
				list = append(list, Job{a, s, seed})
			}
		}
	}
	return list
}

// Missing plays those jobs that are not there yet. J says what a job is: a Job, or the key of a store.
type Missing[J any] struct {
	Jobs     []J
	Have     func(J) bool                   // nil: nothing is there; asked once a job, before the first is played
	Play     func(context.Context, J) error // plays and keeps one; called from several goroutines
	Workers  int                            // how many at a time; below 1: one
	Progress func(done, total int)          // nil: nobody; counts what was there too; never called twice at once
}

// Run plays the missing jobs, in their order as far as several at a time have one. The first error stops it: what is
// under way is cancelled and waited for, and the error of the earliest job that has one is returned. What was played
// until then has been kept, so the next Run goes on from there.
func (m Missing[J]) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	todo := m.todo()
	r := &running[J]{Missing: m, todo: todo, done: len(m.Jobs) - len(todo), errs: make([]error, len(todo))}
	r.tell()
	var wg sync.WaitGroup
	for range min(max(m.Workers, 1), len(todo)) {
		wg.Go(func() {
			for i, ok := r.take(ctx); ok; i, ok = r.take(ctx) {
				if err := r.finish(i, play(ctx, m.Play, todo[i])); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return r.outcome(ctx)
}

func (m Missing[J]) todo() []J {
	var list []J
	for _, j := range m.Jobs {
		if m.Have == nil || !m.Have(j) {
			list = append(list, j)
		}
	}
	return list
}

// play turns a panic into an error: one bad trial must not take the others, or the server, down.
func play[J any](ctx context.Context, f func(context.Context, J) error, j J) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("play trial: panic: %v", p)
		}
	}()
	return f(ctx, j)
}

type running[J any] struct {
	Missing[J]
	todo []J

	mu   sync.Mutex
	next int
	done int
	errs []error
}

// take gives the next job to a worker, or says that there is none.
func (r *running[J]) take(ctx context.Context) (int, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next == len(r.todo) || ctx.Err() != nil {
		return 0, false
	}
	r.next++
	return r.next - 1, true
}

func (r *running[J]) finish(i int, err error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.errs[i] = err; err == nil {
		r.done++
		r.tell()
	}
	return err
}

func (r *running[J]) tell() {
	if r.Progress != nil {
		r.Progress(r.done, len(r.Jobs))
	}
}

// outcome is the error of the earliest job that failed for a reason of its own, or why everything was cancelled.
func (r *running[J]) outcome(ctx context.Context) error {
	for _, err := range r.errs {
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
	}
	if r.done == len(r.Jobs) {
		return nil
	}
	return fmt.Errorf("run trials: %w", context.Cause(ctx))
}
