// Kept experiments as lists and pages show them, and what came out of them.

package web

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// experimentJSON is one kept experiment.
type experimentJSON struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Question string         `json:"question"`
	State    string         `json:"state" enum:"draft,queued,running,done,failed,interrupted"`
	Reason   string         `json:"reason,omitempty"`
	Arms     int            `json:"arms"`
	Worlds   int            `json:"worlds" doc:"scenarios × seeds"`
	Runs     int            `json:"runs" doc:"trials that have a run"`
	Hash     string         `json:"hash" doc:"of the file's canonical form"`
	Commit   string         `json:"commit" doc:"of the code that ran it last"`
	Created  time.Time      `json:"created"`
	Progress trialsProgress `json:"progress"`
	URL      string         `json:"url"`

	Decidable bool     `json:"-"` // the challenge has what a decision rests on
	Tags      []string `json:"tags,omitempty" doc:"what people marked it with"`
}

// Heading is its name, or its id where it has none.
func (e *experimentJSON) Heading() string { return orText(e.Name, e.ID) }

// Ended reports whether nothing plays.
func (e *experimentJSON) Ended() bool { return e.Progress.ended() }

// Whole reports whether every trial has a run.
func (e *experimentJSON) Whole() bool {
	return e.State == stateDone && e.Progress.Done >= e.Progress.Total
}

// jsonOfExperiment joins the record with what plays. The design is nil where the file was written for other code.
func (s *Server) jsonOfExperiment(e *catalog.Experiment) (experimentJSON, *experiment.Design) {
	out := experimentJSON{ID: e.ID, Name: e.Name, Question: e.Question, State: string(e.State), Reason: e.Reason, Runs: e.Runs,
		Hash: e.Hash, Commit: e.Commit, Created: e.Created, URL: "/experiments/" + e.ID}
	d, err := s.keptDesign(e)
	if err == nil {
		out.Arms, out.Worlds = len(d.Arms), len(d.Scenarios)*len(d.Seeds)
		out.Decidable = experiment.CanDecide(d.Challenge) == nil
	}
	out.Progress = trialsProgress{State: out.State, Done: e.Runs, Total: out.Arms * out.Worlds, Reason: e.Reason}
	if j := s.bench.find(e.ID); j != nil {
		out.Progress, _ = j.see()
		out.State = out.Progress.State
	}
	return out, d
}

// keptDesign makes the plan of a kept file, however large the host lets one be today.
func (s *Server) keptDesign(e *catalog.Experiment) (*experiment.Design, error) {
	file, err := experiment.Parse([]byte(e.File))
	if err != nil {
		return nil, err
	}
	known := s.catalogue()
	known.MaxTrials = 0
	return file.Design(known)
}

func (s *Server) findExperiment(ctx context.Context, id string) (*catalog.Experiment, error) {
	e, err := s.cfg.Store.Experiment(ctx, id)
	if errors.Is(err, catalog.ErrNotFound) || errors.Is(err, catalog.ErrUnfit) {
		return nil, notFound("experiment", id, "GET /api/v1/experiments lists them")
	}
	return e, err
}

// found is what came out of an experiment as far as whole worlds have been played.
type found struct {
	Design *experiment.Design // with the seeds that are whole
	Out    map[experiment.Job]experiment.Outcome
	conclusion
	Left []uint64 // seeds that are not whole
}

// conclusion is what takes time to work out: with many arms, seconds.
type conclusion struct {
	Results *experiment.Results
	Board   *experiment.Board // by the headline; nil where neither way of it is better
}

// results concludes over the seeds that every arm has played in every scenario; nil where there is none.
func (s *Server) results(ctx context.Context, e *catalog.Experiment, d *experiment.Design, only ...string) (*found, error) {
	out, err := s.linkedOutcomes(ctx, e.ID, d)
	if err != nil {
		return nil, err
	}
	whole := *d
	whole.Seeds = nil
	f := &found{Design: &whole, Out: out}
	for _, seed := range d.Seeds {
		if hasAll(d, out, seed) {
			whole.Seeds = append(whole.Seeds, seed)
		} else {
			f.Left = append(f.Left, seed)
		}
	}
	if len(whole.Seeds) == 0 {
		return f, nil
	}
	return f, s.conclude(f, e.ID, only...)
}

// conclude works out what the outcomes mean, one at a time, or remembers it; with only, these measures alone.
func (s *Server) conclude(f *found, name string, only ...string) (err error) {
	key := keyOf(name, f.Design, f.Out, only)
	var there bool
	if f.conclusion, there = s.conclusions.get(key); there {
		return nil
	}
	s.concluding.Lock()
	defer s.concluding.Unlock()
	if f.conclusion, there = s.conclusions.get(key); there {
		return nil
	}
	if f.Results, err = experiment.Conclude(f.Design, f.Out, only...); err != nil {
		return notComparable(err)
	}
	if f.Board, err = f.board(); err != nil {
		return err
	}
	s.conclusions.put(key, f.conclusion, len(f.Results.Arms)*(1+len(f.Results.Measures)))
	return nil
}

func notComparable(err error) *Problem {
	return &Problem{Status: http.StatusConflict, Code: "not_comparable", Message: err.Error()}
}

func hasAll(d *experiment.Design, out map[experiment.Job]experiment.Outcome, seed uint64) bool {
	for a := range d.Arms {
		for sc := range d.Scenarios {
			if _, there := out[experiment.Job{Arm: a, Scenario: sc, Seed: seed}]; !there {
				return false
			}
		}
	}
	return true
}

// keptConclusions bounds the results that are remembered, in arms × measures: some 1 kB each.
const keptConclusions = 50_000

// keyOf names a conclusion by the runs that it rests on.
func keyOf(id string, d *experiment.Design, out map[experiment.Job]experiment.Outcome, only []string) string {
	h := sha256.New()
	for _, j := range d.Trials() {
		fmt.Fprintf(h, "%d %d %d %s\n", j.Arm, j.Scenario, j.Seed, out[j].Run)
	}
	return fmt.Sprintf("%s %x %v", id, h.Sum(nil), only)
}

// board ranks the arms by the headline.
func (f *found) board() (*experiment.Board, error) {
	if len(f.Results.Measures) == 0 || f.Results.Measures[0].Better == pocs.Neutral {
		return nil, nil
	}
	b, err := experiment.Leaderboard(f.Design, f.Out, f.Results.Measures[0].Measure)
	return &b, err
}

// measuresHead is the head of measuresCSV.
var measuresHead = []string{"measure", "unit", "better", "arm", "n", "mean", "low", "high", "baseline", "pairs", "diff", "diff_low", "diff_high",
	"p", "p_holm", "words", "holds", "wins", "ties", "losses"}

// measuresCSV is the measures of a result as rows: one a measure and arm.
func measuresCSV(r *experiment.Results, t *table) error {
	for _, m := range r.Measures {
		for _, a := range m.Arms {
			cells := []any{m.Measure, m.Unit, string(m.Better), a.Arm, a.N, a.Mean, a.Low, a.High}
			if v := a.Versus; v != nil {
				cells = append(cells, r.Baseline, v.Pairs, v.Diff, v.Low, v.High, v.P, v.PHolm, string(v.Words), strconv.FormatBool(v.Holds), v.Wins, v.Ties, v.Losses)
			} else {
				cells = append(cells, "", "", "", "", "", "", "", "", "", "", "", "")
			}
			t.row(cells...)
		}
	}
	return t.close()
}
