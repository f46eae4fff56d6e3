// What a use case claims of the arms of experiments, and what playing these again makes of it.

package proof

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"sealab/catalog"
	"sealab/catalog/usecase"
	"sealab/pocs"
	"sealab/sim/event"
)

// Claimed is what came of the claims of one version.
type Claimed struct {
	Edition     *catalog.Edition
	Badge       Badge
	Evidence    []catalog.Evidence // by claim
	Experiments map[string]*Report // that were played again, by id
}

// Usecase plays every experiment again that the claims of a version rest on, each once, and works out whether the claims
// hold. What came of it is kept as the version's evidence. progress is told how far all of them have come; nil: nobody.
func (c *Checker) Usecase(ctx context.Context, store *catalog.Store, e *catalog.Edition, progress func(Progress)) (*Claimed, error) {
	out := &Claimed{Edition: e, Experiments: map[string]*Report{}}
	cases, total, err := casesOf(ctx, store, &e.Entry)
	if err != nil {
		return nil, err
	}
	done := 0
	for i := range e.Entry.Claims {
		id := e.Entry.Claims[i].Experiment
		if cases[id] == nil || out.Experiments[id] != nil {
			continue
		}
		last := 0
		out.Experiments[id], err = c.Experiment(ctx, *cases[id], func(p Progress) {
			if last = p.Done; progress != nil {
				progress(Progress{done + p.Done, total})
			}
		})
		if err != nil {
			return nil, fmt.Errorf("experiment %s: %w", id, err)
		}
		done += last
	}
	digests := map[string]string{}
	for i := range e.Entry.Claims {
		claim := &e.Entry.Claims[i]
		ev := catalog.Evidence{Edition: e.ID, Claim: i + 1, Commit: c.Commit, Checked: c.Now().UTC()}
		if ev.Digest, err = runsDigest(ctx, store, claim.Experiment, digests); err != nil {
			return nil, err
		}
		c.judge(&ev, claim, cases[claim.Experiment], out.Experiments[claim.Experiment])
		out.Evidence = append(out.Evidence, ev)
	}
	out.Badge = badgeOf(&e.Entry, out.Evidence)
	return out, store.KeepEvidence(ctx, e.ID, string(out.Badge), out.Evidence, c.Now())
}

// casesOf are the experiments of an entry's claims that are here, with how many runs they have.
func casesOf(ctx context.Context, store *catalog.Store, e *usecase.Entry) (map[string]*Case, int, error) {
	cases, total := map[string]*Case{}, 0
	for i := range e.Claims {
		id := e.Claims[i].Experiment
		if _, asked := cases[id]; asked {
			continue
		}
		found, err := CaseOf(ctx, store, id)
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return nil, 0, err
		}
		if err != nil {
			found = nil
		} else {
			for _, w := range worldsOf(found.Links) {
				total += len(w)
			}
		}
		cases[id] = found
	}
	return cases, total, nil
}

// judge says what a check of its experiment means for a claim. Runs that break tell nothing of it.
func (c *Checker) judge(ev *catalog.Evidence, claim *usecase.Claim, e *Case, r *Report) {
	answer := func(a Answer, reason string) { ev.Answer, ev.Reason = string(a), reason }
	if r == nil || len(r.Runs) == 0 {
		answer(RunsMissing, fmt.Sprintf("there is no experiment %s with runs here", claim.Experiment))
		return
	}
	answer(r.Answer, r.why())
	if r.Answer.Breaks() || claim.Value == nil {
		return
	}
	d, out, err := designOf(c.Known, e.File, e.Links, r.outcomes)
	if err != nil {
		answer(Worse(r.Answer, ProgramMissing), err.Error())
		return
	}
	check, err := d.Hold(out, claim.PoC, pocs.Claim{Measure: claim.Measure, Op: claim.Comparator, Number: *claim.Value})
	if err != nil {
		answer(Worse(r.Answer, RunsMissing), err.Error())
		return
	}
	if ev.Value, ev.Worlds = check.Mean, check.N; check.Mean != nil {
		ev.Holds = &check.Holds
	}
}

// why says in a sentence what keeps a report from being reproduced; empty where nothing does.
func (r *Report) why() string {
	if reason := r.Reason(); reason != "" {
		return reason
	}
	for _, v := range r.Runs {
		if v.Answer == r.Answer && v.Reason != "" {
			return fmt.Sprintf("run %s: %s", v.Run, v.Reason)
		}
	}
	return ""
}

// runsDigest is the digest over the runs that an experiment rests on as they are stored: arm, scenario, seed and digest
// of each, a line a run, whatever their ids. Whoever plays the same experiment elsewhere gets the same. known are those
// that were read already.
func runsDigest(ctx context.Context, store *catalog.Store, experiment string, known map[string]string) (string, error) {
	if digest, there := known[experiment]; there {
		return digest, nil
	}
	list, err := store.LinkedMeasures(ctx, experiment)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for i := range list {
		l := &list[i]
		fmt.Fprintf(h, "%q %q %d %q\n", l.Arm, l.Scenario, l.Seed, l.Digest)
	}
	known[experiment] = event.FormatSum(h.Sum(nil))
	return known[experiment], nil
}
