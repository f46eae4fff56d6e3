// How an experiment's engine is wired to the hub: store, dice, carriers and the desk's cores.

package web

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// trialsPlayer plays one experiment.
type trialsPlayer struct {
	*Server
	job *trialsJob

	mu     sync.Mutex
	linked map[experiment.Job]string
}

// playTrials plays what is missing and links every trial to its run.
func (s *Server) playTrials(ctx context.Context, j *trialsJob) error {
	p := &trialsPlayer{Server: s, job: j, linked: map[experiment.Job]string{}}
	out, err := experiment.Engine{Design: j.design, Workers: cap(s.desk.slots), Find: p.find, Dice: p.dice, Keep: p.keep,
		Play: p.play, Together: p.together, Progress: func(at experiment.Progress) { j.hear(time.Now(), at) }}.Run(ctx)
	if err != nil {
		return err
	}
	for _, t := range j.design.Trials() { // arms that are equal share a run
		if p.linked[t] == "" {
			if err := p.link(ctx, t, out[t].Run); err != nil {
				return err
			}
		}
	}
	return nil
}

// find looks for a whole run of this code with the trial's identity.
func (p *trialsPlayer) find(ctx context.Context, j experiment.Job) (*experiment.Outcome, error) {
	t := p.job.design.Trial(j)
	id, found, err := p.cfg.Store.FindRun(ctx, catalog.Identity{Commit: p.cfg.Commit, Challenge: t.Challenge.Name,
		Scenario: t.Scenario.Name, Extends: t.Scenario.Extends, Settings: t.Settings, PoC: t.PoC.Name, Params: t.Params, Seed: t.Seed,
		Carrier: t.CarrierName, Terms: t.Terms})
	if err != nil || !found {
		return nil, err
	}
	o, err := p.outcome(ctx, id)
	if err != nil {
		return nil, err
	}
	return &o, p.link(ctx, j, id)
}

func (p *trialsPlayer) dice(ctx context.Context, j experiment.Job) (uint64, error) {
	t := p.job.design.Trial(j)
	return p.diceSeed(ctx, &t)
}

// slot waits for a free core.
func (p *trialsPlayer) slot(ctx context.Context) (free func(), err error) {
	select {
	case p.desk.slots <- struct{}{}:
		return func() { <-p.desk.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *trialsPlayer) play(ctx context.Context, _ experiment.Job, t pocs.Trial) (*pocs.Run, error) {
	free, err := p.slot(ctx)
	if err != nil {
		return nil, err
	}
	defer free()
	started := time.Now()
	id, err := catalog.NewRunID(started, rand.Reader)
	if err != nil {
		return nil, err
	}
	carrier, done, err := p.carrier(ctx, &t, id)
	if err != nil {
		return nil, err
	}
	defer done()
	t.Carrier = carrier
	run, err := t.Play(ctx)
	if err != nil {
		return nil, err
	}
	p.stamp(run, id, started, time.Since(started))
	return run, nil
}

// together plays trials in one world and gives each its share of the time.
func (p *trialsPlayer) together(ctx context.Context, trials []pocs.Trial) ([]*pocs.Run, error) {
	free, err := p.slot(ctx)
	if err != nil {
		return nil, err
	}
	defer free()
	started := time.Now()
	runs, err := pocs.PlayTogether(ctx, trials)
	if err != nil {
		return nil, err
	}
	took := time.Since(started) / time.Duration(len(runs))
	for _, run := range runs {
		id, err := catalog.NewRunID(started, rand.Reader)
		if err != nil {
			return nil, err
		}
		p.stamp(run, id, started, took)
	}
	return runs, nil
}

func (p *trialsPlayer) stamp(run *pocs.Run, id string, started time.Time, took time.Duration) {
	run.ID, run.Room, run.Commit = id, catalog.DefaultRoom, p.cfg.Commit
	run.Started, run.Elapsed = started.UTC(), took
}

// keep stores a run and links it to the experiment: from then on the trial is done.
func (p *trialsPlayer) keep(ctx context.Context, j experiment.Job, run *pocs.Run) error {
	if err := p.cfg.Store.SaveRun(ctx, run); err != nil {
		return err
	}
	p.outcomes.put(run.ID, experiment.OutcomeOf(run), 1)
	return p.link(ctx, j, run.ID)
}

func (p *trialsPlayer) link(ctx context.Context, j experiment.Job, run string) error {
	d := p.job.design
	l := catalog.Link{Arm: d.Arms[j.Arm].Name, Scenario: d.Scenarios[j.Scenario].Name, Seed: j.Seed, Run: run}
	if err := p.cfg.Store.LinkRun(ctx, p.job.record.ID, l); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.linked[j] = run
	return nil
}

// keptOutcomes bounds the outcomes that are remembered: some 3 kB each.
const keptOutcomes = 10_000

// outcome reads what an experiment needs of a run.
func (s *Server) outcome(ctx context.Context, id string) (experiment.Outcome, error) {
	if o, ok := s.outcomes.get(id); ok {
		return o, nil
	}
	run, err := s.cfg.Store.Run(ctx, id)
	if err != nil {
		return experiment.Outcome{}, err
	}
	o := experiment.OutcomeOf(run)
	s.outcomes.put(id, o, 1)
	s.enter(id, &booked{ledger: experiment.LedgerOf(run)}) // the page wants it next, and reading the run is what takes time
	return o, nil
}

// linkedOutcomes gives the outcomes that an experiment rests on; runs that were deleted since are left out.
func (s *Server) linkedOutcomes(ctx context.Context, id string, d *experiment.Design) (map[experiment.Job]experiment.Outcome, error) {
	links, err := s.cfg.Store.Links(ctx, id)
	if err != nil {
		return nil, err
	}
	run := proof.Linked(d, links)
	trials := d.Trials()
	list, failed := make([]*experiment.Outcome, len(trials)), make([]error, len(trials))
	eachSideBySide(len(trials), func(i int) {
		id, linked := run[trials[i]]
		if !linked {
			return
		}
		o, err := s.outcome(ctx, id)
		if err == nil {
			list[i] = &o
		} else if !errors.Is(err, catalog.ErrNotFound) {
			failed[i] = err
		}
	})
	out := make(map[experiment.Job]experiment.Outcome, len(trials))
	for i, j := range trials {
		if failed[i] != nil {
			return nil, failed[i]
		}
		if list[i] != nil {
			out[j] = *list[i]
		}
	}
	return out, nil
}
