// Working a decision out: which arms, against what, from two figures of each run.

package web

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// ordinarySeal is the PoC that stands for buying nothing.
const ordinarySeal = "passive"

// Arms that are shown where nobody chose, and at most: more do not fit on one sheet.
const shownArms, mostArms = 3, 6

// decided is a decision with all that it rests on.
type decided struct {
	record   *catalog.Experiment
	view     experimentJSON
	design   *experiment.Design
	out      map[experiment.Job]experiment.Outcome
	elapsed  map[int]float64 // arm → mean seconds a trial
	lost     int             // trials that failed or were not played
	Groups   []stakeGroup
	Wrong    problemsOf
	Currency string
	Stakes   experiment.Stakes
	Ref      int   // index of the reference arm; −1: none
	Chosen   []int // arms, the candidate first, without the reference
	ranked   []int // all arms but the reference, best first
	Decision *experiment.Decision
}

// decide answers what an address asks. An experiment that cannot be decided on is a Problem with status 409.
func (s *Server) decide(ctx context.Context, id string, q url.Values) (*decided, error) {
	e, err := s.findExperiment(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &decided{record: e}
	if d.view, d.design = s.jsonOfExperiment(e); d.design == nil {
		_, err := s.keptDesign(e)
		return d, fileProblem(err)
	}
	if err := experiment.CanDecide(d.design.Challenge); err != nil {
		return d, &Problem{Status: 409, Code: "no_decision", Field: "experiment", Value: id, Message: err.Error()}
	}
	d.Stakes, d.Groups, d.Currency, d.Wrong = readStakes(q, d.design.BaseRate)
	if d.out, d.elapsed, err = s.linkedFigures(ctx, e.ID, d.design); err != nil {
		return d, err
	}
	for _, o := range d.out {
		if o.Reason != "" {
			d.lost++
		}
	}
	d.lost += len(d.design.Trials()) - len(d.out)
	d.Ref = slices.IndexFunc(d.design.Arms, func(a experiment.PlannedArm) bool { return a.PoC.Name == ordinarySeal })
	d.rank()
	d.choose(q)
	arms := d.Chosen
	if d.Ref >= 0 {
		arms = append([]int{d.Ref}, arms...)
	}
	d.Decision, err = experiment.Decide(d.design, d.out, d.Ref, arms, d.Stakes)
	return d, err
}

// linkedFigures reads of each run what a decision needs, and how long a trial of each arm took.
func (s *Server) linkedFigures(ctx context.Context, id string, d *experiment.Design) (map[experiment.Job]experiment.Outcome, map[int]float64, error) {
	list, err := s.cfg.Store.LinkedMeasures(ctx, id, experiment.RecallMeasure, experiment.NuisanceMeasure, d.Headline)
	if err != nil {
		return nil, nil, err
	}
	type trial struct{ arm, scenario string }
	at := map[trial][2]int{}
	for a := range d.Arms {
		for sc := range d.Scenarios {
			at[trial{d.Arms[a].Name, d.Scenarios[sc].Name}] = [2]int{a, sc}
		}
	}
	out := make(map[experiment.Job]experiment.Outcome, len(list))
	sum, n := map[int]float64{}, map[int]float64{}
	for _, l := range list {
		place, known := at[trial{l.Arm, l.Scenario}]
		if !known {
			continue
		}
		o := experiment.Outcome{Run: l.Run, Seed: l.Seed, Reason: l.Reason}
		if l.Reason == "" {
			o.Values = l.Values
		}
		out[experiment.Job{Arm: place[0], Scenario: place[1], Seed: l.Seed}] = o
		sum[place[0]] += l.Elapsed.Seconds()
		n[place[0]]++
	}
	for a := range sum {
		sum[a] /= n[a]
	}
	return out, sum, nil
}

// rank orders the arms by the mean of the headline; baselines stand last, since nobody buys a coin.
func (d *decided) rank() {
	better := pocs.Higher
	for _, m := range d.design.Challenge.Measures {
		if m.Name == d.design.Headline {
			better = m.Better
		}
	}
	mean := map[int]float64{}
	for a := range d.design.Arms {
		var list []float64
		for sc := range d.design.Scenarios {
			for _, seed := range d.design.Seeds {
				if v := d.out[experiment.Job{Arm: a, Scenario: sc, Seed: seed}].Values[d.design.Headline]; v != nil {
					list = append(list, *v)
				}
			}
		}
		if len(list) > 0 {
			mean[a] = experiment.Mean(list)
		}
		if a != d.Ref {
			d.ranked = append(d.ranked, a)
		}
	}
	slices.SortStableFunc(d.ranked, func(a, b int) int {
		x, y := d.design.Arms[a].PoC.Baseline, d.design.Arms[b].PoC.Baseline
		_, hasX := mean[a]
		_, hasY := mean[b]
		switch {
		case x != y:
			return after(x)
		case hasX != hasY:
			return after(hasY)
		case better == pocs.Lower:
			return cmp.Compare(mean[a], mean[b])
		}
		return cmp.Compare(mean[b], mean[a])
	})
}

func after(last bool) int {
	if last {
		return 1
	}
	return -1
}

// choose takes the arms that the address names, or the best few that are no baselines.
func (d *decided) choose(q url.Values) {
	index := map[string]int{}
	for _, a := range d.ranked {
		index[d.design.Arms[a].Name] = a
	}
	for _, field := range []string{"arm", "show"} {
		for _, name := range q[field] {
			a, known := index[name]
			switch {
			case name == "" || d.Ref >= 0 && name == d.design.Arms[d.Ref].Name:
			case !known:
				d.Wrong = append(d.Wrong, notFound(field, name, "the arms of this experiment are listed in the form"))
			case !slices.Contains(d.Chosen, a):
				d.Chosen = append(d.Chosen, a)
			}
		}
	}
	if most := mostArms - 1; len(d.Chosen) > most {
		d.Wrong = append(d.Wrong, invalid("too_many_arms", "show", d.design.Arms[d.Chosen[most]].Name, "at most five arms fit on one sheet beside the ordinary seal"))
		d.Chosen = d.Chosen[:most]
	}
	if len(d.Chosen) > 0 {
		return
	}
	for _, a := range d.ranked {
		if len(d.Chosen) < shownArms && (!d.design.Arms[a].PoC.Baseline || len(d.Chosen) == 0) {
			d.Chosen = append(d.Chosen, a)
		}
	}
}

// candidate is the arm that the verdict is about.
func (d *decided) candidate() *experiment.ArmDecision {
	for i := range d.Decision.Arms {
		if !d.Decision.Arms[i].Reference {
			return &d.Decision.Arms[i]
		}
	}
	return nil
}
