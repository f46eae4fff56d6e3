// Playing a company of arms in one world.

package experiment

import (
	"context"
	"fmt"
	"maps"

	"sealab/pocs"
)

// play plays a company and keeps its runs. Where they cannot be played together for a reason of one of them, each is
// played by itself, so that the reason falls on the one that has it.
func (r *engineRun) play(ctx context.Context, c company) error {
	jobs := make([]Job, len(c.arms))
	trials := make([]pocs.Trial, len(c.arms))
	for i, a := range c.arms {
		jobs[i] = Job{a, c.scenario, c.seed}
		trials[i] = r.Design.Trial(jobs[i])
		if r.Dice == nil {
			continue
		}
		var err error
		if trials[i].DiceSeed, err = r.Dice(ctx, jobs[i]); err != nil {
			return fmt.Errorf("draw dice: %w", err)
		}
	}
	if len(trials) > 1 {
		runs, err := r.Together(ctx, trials)
		if err == nil {
			return r.keepAll(ctx, jobs, runs)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	for i := range jobs {
		run, err := r.playOne(ctx, jobs[i], trials[i])
		if err != nil {
			return fmt.Errorf("play %s in %s, seed %d: %w", r.Design.Arms[c.arms[i]].Name, r.Design.Scenarios[c.scenario].Name, c.seed, err)
		}
		if err := r.keepAll(ctx, jobs[i:i+1], []*pocs.Run{run}); err != nil {
			return err
		}
	}
	return nil
}

func (r *engineRun) playOne(ctx context.Context, j Job, t pocs.Trial) (*pocs.Run, error) {
	if r.Play != nil {
		return r.Play(ctx, j, t)
	}
	return t.Play(ctx)
}

func (r *engineRun) keepAll(ctx context.Context, jobs []Job, runs []*pocs.Run) error {
	for i, run := range runs {
		if r.Keep != nil {
			if err := r.Keep(ctx, jobs[i], run); err != nil {
				return fmt.Errorf("keep run: %w", err)
			}
		}
		r.mu.Lock()
		r.note(jobs[i], OutcomeOf(run))
		r.tell()
		r.mu.Unlock()
	}
	return nil
}

// twins finds, for each arm and scenario, the first arm that is equal in all but its name.
func (d *Design) twins() [][]int {
	first := make([][]int, len(d.Arms))
	for a := range d.Arms {
		first[a] = make([]int, len(d.Scenarios))
		for s := range d.Scenarios {
			first[a][s] = a
			for b := range a {
				if d.Carrier != "live" && d.Arms[a].PoC == d.Arms[b].PoC && maps.Equal(d.Arms[a].Params, d.Arms[b].Params) &&
					maps.Equal(d.Settings(a, s), d.Settings(b, s)) {
					first[a][s] = b
					break
				}
			}
		}
	}
	return first
}
