// The engine: it plays what is missing of a design, worlds side by side, and several arms in one world.

package experiment

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"sealab/pocs"
)

// Engine runs a design. What it needs of store and machine is handed in; a nil function is left out.
type Engine struct {
	Design *Design
	// Find gives the outcome of a trial that is stored whole, or nil: what is stored is not played again.
	Find func(context.Context, Job) (*Outcome, error)
	// Dice gives the seed of a detector's dice.
	Dice func(context.Context, Job) (uint64, error)
	// Keep stores a run, failed ones too, and may give it an id; the trial counts as done when it returns.
	Keep func(context.Context, Job, *pocs.Run) error
	// Play plays one trial; nil: pocs.Trial.Play.
	Play func(context.Context, Job, pocs.Trial) (*pocs.Run, error)
	// Together plays trials that differ in their detector alone, in one world; nil: one by one.
	Together func(context.Context, []pocs.Trial) ([]*pocs.Run, error)
	Workers  int            // worlds at a time; below 1: one
	Progress func(Progress) // never called twice at once
}

// Progress says how far an experiment has come.
type Progress struct {
	Done   int // trials, with those that were stored
	Total  int
	Stored int // found, not played
	Failed int
}

// Run plays the missing trials and returns the outcome of all. The first error stops it; what was kept by then is found
// by the next Run, so that after any end, kill -9 included, only missing trials are played.
//
// Arms that are equal in all but their name are played once, except live, where no two runs are alike.
func (e Engine) Run(ctx context.Context) (map[Job]Outcome, error) {
	r := &engineRun{Engine: e, out: make(map[Job]Outcome), twin: e.Design.twins()}
	r.at.Total = len(e.Design.Trials())
	if err := r.find(ctx); err != nil {
		return nil, err
	}
	err := Missing[company]{Jobs: r.companies(), Play: r.play, Workers: e.Workers}.Run(ctx)
	if err != nil {
		return nil, err
	}
	for _, j := range e.Design.Trials() {
		if as := r.original(j); as != j {
			r.out[j] = r.out[as]
		}
	}
	return r.out, nil
}

type engineRun struct {
	Engine
	twin [][]int // arm × scenario: the first arm that is equal there

	mu  sync.Mutex
	out map[Job]Outcome
	at  Progress
}

// company is the arms that are missing in one world.
type company struct {
	scenario int
	seed     uint64
	arms     []int
}

func (r *engineRun) original(j Job) Job { return Job{r.twin[j.Arm][j.Scenario], j.Scenario, j.Seed} }

// find takes what is stored.
func (r *engineRun) find(ctx context.Context) error {
	for _, j := range r.Design.Trials() {
		if r.Find == nil || r.original(j) != j {
			continue
		}
		found, err := r.Find(ctx, j)
		if err != nil {
			return fmt.Errorf("look for stored run: %w", err)
		}
		if found != nil {
			r.at.Stored += r.count(j)
			r.note(j, *found)
		}
	}
	r.tell()
	return nil
}

// count is for how many trials one outcome stands.
func (r *engineRun) count(j Job) int {
	n := 0
	for a := range r.Design.Arms {
		if r.twin[a][j.Scenario] == j.Arm {
			n++
		}
	}
	return n
}

func (r *engineRun) note(j Job, o Outcome) {
	n := r.count(j)
	r.out[j] = o
	r.at.Done += n
	if o.Reason != "" {
		r.at.Failed += n
	}
}

func (r *engineRun) tell() {
	if r.Progress != nil {
		r.Progress(r.at)
	}
}

// companies groups what is missing by world. Where there are fewer worlds than workers a company is parted, so that no
// core is idle.
func (r *engineRun) companies() []company {
	var list []company
	for _, seed := range r.Design.Seeds {
		for s := range r.Design.Scenarios {
			list = append(list, r.gather(s, seed)...)
		}
	}
	if pieces := max(r.Workers, 1) / max(len(list), 1); pieces > 1 {
		var parted []company
		for _, c := range list {
			parted = append(parted, c.part(pieces)...)
		}
		return parted
	}
	return list
}

// gather finds the companies of one scenario and seed: arms with equal settings share a world.
func (r *engineRun) gather(scenario int, seed uint64) []company {
	var list []company
	d := r.Design
	for a := range d.Arms {
		j := Job{a, scenario, seed}
		if _, there := r.out[j]; there || r.original(j) != j {
			continue
		}
		at := -1
		for i := range list {
			if r.Together != nil && d.Carrier == carriers[0] && maps.Equal(d.Settings(a, scenario), d.Settings(list[i].arms[0], scenario)) {
				at = i
			}
		}
		if at < 0 {
			list, at = append(list, company{scenario: scenario, seed: seed}), len(list)
		}
		list[at].arms = append(list[at].arms, a)
	}
	return list
}

// part cuts a company into so many pieces at most.
func (c company) part(pieces int) []company {
	var list []company
	size := (len(c.arms) + pieces - 1) / pieces
	for rest := c.arms; len(rest) > 0; rest = rest[min(size, len(rest)):] {
		list = append(list, company{c.scenario, c.seed, rest[:min(size, len(rest))]})
	}
	return list
}
