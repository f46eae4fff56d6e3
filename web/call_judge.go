// How answers to a call are judged: all of them and the baselines laid side by side in the call's worlds.

package web

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"sealab/catalog"
	"sealab/catalog/call"
	"sealab/catalog/proof"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// The states of a judgement beside those of an experiment that plays, waits, failed or was interrupted.
const (
	stateJudged  = "judged"
	stateDeleted = "deleted"      // the experiment, or runs of it, lie in the trash
	stateDrifted = "other_worlds" // the code that played it makes other worlds than the suite's
)

// callArm is an arm of the table: an answer's, or a baseline's.
type callArm struct {
	name   string // the id of the answer's experiment, or the baseline's name
	design *experiment.Design
	at     int                       // index of the arm in the design
	runs   map[experiment.Job]string // of the design's trials
}

// standing is how far the judging of an answer has come.
type standing struct {
	State    string
	Reason   string
	Progress trialsProgress
	Commit   string // of the code that judged

	arm    *callArm // nil until every trial has a run
	played time.Time
}

// standingOf looks how far an answer's experiment has come.
func (s *Server) standingOf(ctx context.Context, id string) (*standing, error) {
	e, err := s.cfg.Store.Experiment(ctx, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return &standing{State: stateDeleted}, nil
	}
	if err != nil {
		return nil, err
	}
	view, d := s.jsonOfExperiment(e)
	st := &standing{State: view.State, Reason: view.Reason, Progress: view.Progress, Commit: e.Commit, played: e.Created}
	switch {
	case !view.Ended():
		return st, nil
	case d == nil:
		_, err := s.keptDesign(e)
		st.State, st.Reason = stateFailed, fmt.Sprint(err)
		return st, nil
	case !view.Whole():
		if st.State == stateDone {
			st.State = stateInterrupted
		}
		return st, nil
	}
	links, err := s.cfg.Store.Links(ctx, id)
	if err != nil {
		return nil, err
	}
	st.State = stateJudged
	st.arm = &callArm{name: id, design: d, runs: proof.Linked(d, links)}
	return st, nil
}

// references are the baselines that were played beside an answer.
func (a *callArm) references() (list []callArm) {
	for i := range a.design.Arms {
		if arm := &a.design.Arms[i]; i > 0 && arm.PoC.Baseline { // the answer's own arm comes first
			list = append(list, callArm{arm.PoC.Name, a.design, i, a.runs})
		}
	}
	return list
}

// callVerdict is what comes of laying arms side by side. It never changes.
type callVerdict struct {
	boards map[string]*experiment.Board // by measure; none where no arm can be judged
	wrong  map[string]callWrong         // why an arm cannot be judged
}

type callWrong struct{ state, reason string }

// keptVerdicts bounds the verdicts that are remembered, in places.
const keptVerdicts = 20_000

// lay judges arms in the worlds of a call, or remembers how they were judged: of the same runs comes the same.
func (s *Server) lay(ctx context.Context, c *call.Call, su *experiment.Suite, arms []callArm) (*callVerdict, error) {
	h := sha256.New()
	fmt.Fprintln(h, c.Hash())
	for _, a := range arms {
		fmt.Fprintln(h, a.name)
		for _, j := range a.trials() {
			fmt.Fprintln(h, a.runs[j])
		}
	}
	return workedOut(s, s.verdicts, string(h.Sum(nil)), func() (*callVerdict, int, error) {
		v, err := s.layAnew(ctx, c, su, arms)
		return v, (1 + len(arms)) * (1 + len(c.Shown())), err
	})
}

// trials are those of the arm, scenario by scenario.
func (a *callArm) trials() (list []experiment.Job) {
	for sc := range a.design.Scenarios {
		for _, seed := range a.design.Seeds {
			list = append(list, experiment.Job{Arm: a.at, Scenario: sc, Seed: seed})
		}
	}
	return list
}

func (s *Server) layAnew(ctx context.Context, c *call.Call, su *experiment.Suite, arms []callArm) (*callVerdict, error) {
	v := &callVerdict{boards: map[string]*experiment.Board{}, wrong: map[string]callWrong{}}
	var planned []experiment.PlannedArm
	var settings [][]sim.Settings
	var first *experiment.Design
	out := map[experiment.Job]experiment.Outcome{}
	for i := range arms {
		a := &arms[i]
		list, wrong, err := s.outcomesOf(ctx, su, a)
		if err != nil {
			return nil, err
		}
		if wrong != nil {
			v.wrong[a.name] = *wrong
			continue
		}
		for k, j := range a.trials() {
			out[experiment.Job{Arm: len(planned), Scenario: j.Scenario, Seed: j.Seed}] = list[k]
		}
		var sets []sim.Settings
		for sc := range a.design.Scenarios {
			sets = append(sets, a.design.Settings(a.at, sc))
		}
		arm := a.design.Arms[a.at]
		planned, settings = append(planned, experiment.PlannedArm{Name: a.name, Of: len(planned), PoC: arm.PoC, Params: arm.Params}), append(settings, sets)
		if first == nil {
			first = a.design
		}
	}
	if first == nil {
		return v, nil
	}
	d, err := experiment.Assemble(first.Challenge, planned, first.Scenarios, settings, first.Seeds, 0)
	if err != nil {
		return nil, err
	}
	for _, name := range c.Shown() {
		b, err := experiment.Leaderboard(d, out, name)
		if err != nil {
			return nil, err
		}
		v.boards[name] = &b
	}
	return v, nil
}

// outcomesOf reads what came of an arm's trials. An arm is judged whole or not at all: a run that failed, is not there,
// or heard another world than the suite's would make its mean one of something else.
func (s *Server) outcomesOf(ctx context.Context, su *experiment.Suite, a *callArm) ([]experiment.Outcome, *callWrong, error) {
	trials := a.trials()
	list, errs := make([]experiment.Outcome, len(trials)), make([]error, len(trials))
	eachSideBySide(len(trials), func(i int) { list[i], errs[i] = s.outcome(ctx, a.runs[trials[i]]) })
	failed, reason := 0, ""
	for i, j := range trials {
		o := &list[i]
		sc := su.Find(a.design.Scenarios[j.Scenario].Name)
		switch {
		case errors.Is(errs[i], catalog.ErrNotFound):
			return nil, &callWrong{state: stateDeleted}, nil
		case errs[i] != nil:
			return nil, nil, errs[i]
		case o.Reason != "":
			failed, reason = failed+1, orText(reason, o.Reason)
		case sc == nil || !su.Holds(sc, j.Seed, o.World()):
			return nil, &callWrong{state: stateDrifted}, nil
		}
	}
	if failed > 0 {
		return nil, &callWrong{stateFailed, fmt.Sprintf("%d of %d runs failed: %s", failed, len(trials), reason)}, nil
	}
	return list, nil, nil
}
