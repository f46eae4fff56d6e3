// Checking an experiment: every run that it rests on, worlds side by side, and its conclusion worked out again.

package proof

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"sealab/catalog"
	"sealab/pocs/experiment"
)

// Case is an experiment that is to be checked.
type Case struct {
	ID      string // of a stored experiment, under which the end is noted; empty: it is noted nowhere
	From    Source
	File    string         // the experiment file
	Links   []catalog.Link // by arm, scenario and seed
	Results string         // sum of the conclusion that was published; empty: none was
}

// CaseOf is the case of a stored experiment; ErrNotFound for an unknown one.
func CaseOf(ctx context.Context, store *catalog.Store, id string) (*Case, error) {
	e, err := store.Experiment(ctx, id)
	if err != nil {
		return nil, err
	}
	c := &Case{ID: id, From: Stored{store}, File: e.File}
	if c.Links, err = store.Links(ctx, id); err != nil {
		return nil, err
	}
	origin, err := store.Origin(ctx, id)
	if origin != nil {
		c.Results = origin.Results
	}
	return c, err
}

// PoCs names the proofs of concept whose runs the case holds, as far as these can be read.
func (e *Case) PoCs(ctx context.Context) ([]string, error) {
	var names []string
	seen := map[string]bool{} // arms: all runs of one are of the same
	for _, l := range e.Links {
		if seen[l.Arm] {
			continue
		}
		r, _, err := e.From.Load(ctx, l.Run)
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return nil, err
		}
		if err == nil && r != nil {
			seen[l.Arm], names = true, append(names, r.PoC)
		}
	}
	return names, nil
}

// Progress says how far a check has come.
type Progress struct {
	Done  int `json:"done"` // runs
	Total int `json:"total"`
}

// Report is what a check of an experiment came to.
type Report struct {
	Answer     Answer // the worst of the runs'; altered too where the conclusion is another
	Runs       []*Verdict
	Gone       []string // linked runs that are no longer there
	Conclusion Conclusion

	outcomes map[string]experiment.Outcome // by run
}

// Reason says in a sentence what speaks against the experiment; empty where nothing does.
func (r *Report) Reason() string {
	reason, wrong := "", 0
	for _, v := range r.Runs {
		if v.Answer.Breaks() || v.Answer == ProgramMissing {
			if wrong++; wrong == 1 {
				reason = fmt.Sprintf("run %s: %s", v.Run, v.Reason)
			}
		}
	}
	switch {
	case wrong > 1:
		return fmt.Sprintf("%s; and %d more runs", reason, wrong-1)
	case wrong == 0 && r.Answer.Breaks():
		return fmt.Sprintf("%s: %s", r.Answer, r.Conclusion.Reason)
	}
	return reason
}

// Count is how many runs had one answer.
type Count struct {
	Answer Answer `json:"answer"`
	Runs   int    `json:"runs"`
}

// Tally counts the answers, the worst first.
func (r *Report) Tally() []Count {
	list := make([]Answer, len(r.Runs))
	for i, v := range r.Runs {
		list[i] = v.Answer
	}
	return Tally(list)
}

// Tally counts answers, the worst first.
func Tally(list []Answer) []Count {
	out := []Count{}
	for _, a := range order {
		n := 0
		for _, other := range list {
			if other == a {
				n++
			}
		}
		if n > 0 {
			out = append(out, Count{a, n})
		}
	}
	return out
}

// Experiment checks a case. progress is told after each world, never twice at once; nil: nobody.
func (c *Checker) Experiment(ctx context.Context, e Case, progress func(Progress)) (*Report, error) {
	s := &session{Checker: c, from: e.From, verdicts: map[string]*Verdict{}, outcomes: map[string]experiment.Outcome{}, progress: progress}
	worlds := worldsOf(e.Links)
	for _, w := range worlds {
		s.at.Total += len(w)
	}
	err := experiment.Missing[[]string]{Jobs: worlds, Play: s.play, Workers: c.Workers}.Run(ctx)
	if err != nil {
		return nil, err
	}
	out := &Report{outcomes: s.outcomes}
	for _, w := range worlds {
		for _, id := range w {
			if v := s.verdicts[id]; v != nil {
				out.Runs = append(out.Runs, v)
				out.Answer = Worse(out.Answer, v.Answer)
			} else {
				out.Gone = append(out.Gone, id)
			}
		}
	}
	out.Conclusion = c.conclude(e, s.outcomes)
	if same := out.Conclusion.Same; same != nil && !*same && !out.Answer.Breaks() {
		out.Answer = CodeDiffers // every run is as it was, so it is the statistics that are not
	}
	if c.Notes != nil && e.ID != "" {
		n := Note{Checked: c.Now().UTC(), Commit: c.Commit, Digest: out.Conclusion.Digest, Same: out.Conclusion.Same, Reason: out.Conclusion.Reason, Gone: len(out.Gone)}
		err = n.Keep(ctx, c.Notes, e.ID)
	}
	return out, err
}

// worldsOf groups runs by scenario and seed, in the order of the links; arms that are equal share a run.
func worldsOf(links []catalog.Link) [][]string {
	type world struct {
		scenario string
		seed     uint64
	}
	at := map[world]int{}
	there := map[string]bool{}
	var out [][]string
	for _, l := range links {
		if there[l.Run] {
			continue
		}
		there[l.Run] = true
		w := world{l.Scenario, l.Seed}
		i, known := at[w]
		if !known {
			i, at[w] = len(out), len(out)
			out = append(out, nil)
		}
		out[i] = append(out[i], l.Run)
	}
	return out
}

// session is a check under way.
type session struct {
	*Checker
	from     Source
	progress func(Progress)

	mu       sync.Mutex
	at       Progress
	verdicts map[string]*Verdict
	outcomes map[string]experiment.Outcome
}

func (s *session) play(ctx context.Context, ids []string) error {
	var there []loaded
	for _, id := range ids {
		r, altered, err := s.from.Load(ctx, id)
		switch {
		case errors.Is(err, catalog.ErrNotFound): // deleted since
		case err != nil:
			return err
		default:
			there = append(there, loaded{id, r, altered})
		}
	}
	list, err := s.world(ctx, there)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, v := range list {
		s.verdicts[v.Run] = v
		if r := there[i].run; r != nil {
			s.outcomes[v.Run] = experiment.OutcomeOf(r)
		}
	}
	s.at.Done += len(ids)
	if s.progress != nil {
		s.progress(s.at)
	}
	return nil
}
