// Checking runs: first the record, then what comes out when they are played again.

package proof

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/pocs/visitor"
)

// Checker checks runs with the code that is here.
type Checker struct {
	Known   experiment.Catalogue // what may be played again
	Commit  string               // of this code
	Notes   *catalog.Store       // where answers are kept; nil: nowhere
	Workers int                  // worlds at a time; below 1: one
	Now     func() time.Time     // wall clock, for the notes and how long it took
	// Watch is told how far one run has come; nil: nobody.
	Watch func(fraction float64)
}

// Source is where runs lie. Load gives a run, if there is one to be read, and what of its record was altered since it
// was sealed: what was altered is not worth playing again.
type Source interface {
	Load(ctx context.Context, id string) (*pocs.Run, []catalog.Altered, error)
}

// Stored are the runs of a store.
type Stored struct{ *catalog.Store }

// Load reads a run and compares it with its seal.
func (s Stored) Load(ctx context.Context, id string) (*pocs.Run, []catalog.Altered, error) {
	list, err := s.VerifyStored(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.Store.Run(ctx, id)
	if err != nil && len(list) > 0 { // it is altered so that it cannot even be read
		return nil, list, nil
	}
	return r, list, err
}

// loaded is a run as its source gave it; the run is nil where it cannot even be read.
type loaded struct {
	id      string
	run     *pocs.Run
	altered []catalog.Altered
}

// Run checks one run.
func (c *Checker) Run(ctx context.Context, from Source, id string) (*Verdict, error) {
	r, altered, err := from.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	list, err := c.world(ctx, []loaded{{id, r, altered}})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// world checks runs of one scenario and seed. Those of equal settings share a world, which is made once.
func (c *Checker) world(ctx context.Context, runs []loaded) ([]*Verdict, error) {
	out := make([]*Verdict, len(runs))
	var waiting []replay
	for i := range runs {
		v, r := &Verdict{Run: runs[i].id, Code: c.Commit}, runs[i].run
		out[i] = v
		var p parts
		if r != nil {
			v.Commit, v.Digest = r.Commit, r.Digest
			p = partsOf(&c.Known, r)
		}
		switch {
		case len(runs[i].altered) > 0:
			v.say(AlteredRecord, runs[i].altered)
		case r.Reason != "":
			v.Answer, v.Reason = FailedRun, "the record is whole, but the run failed ("+r.Reason+"): there is nothing to play again"
		case p.missing(r) != nil:
			v.rescore(p, r)
		case r.Carrier == "live":
			v.Answer = RecordWhole
		default:
			waiting = append(waiting, replay{v, r, p.trial(&c.Known, r)})
		}
	}
	if err := c.playAgain(ctx, waiting); err != nil {
		return nil, err
	}
	for _, v := range out {
		if err := c.note(ctx, v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// note keeps an answer and whether the world came out.
func (c *Checker) note(ctx context.Context, v *Verdict) error {
	if c.Notes == nil {
		return nil
	}
	n := catalog.Verification{Run: v.Run, Commit: c.Commit, Answer: string(v.Answer), Checked: c.Now()}
	if len(v.Records) > 0 {
		n.Record = v.Records[0].String()
	}
	return c.Notes.NoteVerification(ctx, n)
}

// noteWorld keeps whether a world came out as it was heard.
func (c *Checker) noteWorld(ctx context.Context, digest string, same bool) error {
	if c.Notes == nil || digest == "" {
		return nil
	}
	return c.Notes.NoteWorld(ctx, digest, c.Commit, same)
}

// replay is a run that is to be played again.
type replay struct {
	*Verdict
	stored *pocs.Run
	trial  pocs.Trial
}

// playAgain plays runs again, as many as possible in one world, and compares what comes out record by record.
func (c *Checker) playAgain(ctx context.Context, list []replay) error {
	for len(list) > 0 {
		same, rest := shared(list)
		list = rest
		started := c.Now()
		runs, errs := c.play(ctx, same)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		took := c.Now().Sub(started) / time.Duration(len(same))
		for i := range same {
			v := &same[i]
			if errs[i] != nil {
				v.Answer, v.Reason = CodeDiffers, fmt.Sprintf("%s: stored by %s, this is %s: %v", CodeDiffers, v.Commit, v.Code, errs[i])
				continue
			}
			v.Elapsed = took
			v.compare(v.stored, runs[i])
			if err := c.noteWorld(ctx, v.stored.WorldDigest, *v.World); err != nil {
				return err
			}
		}
	}
	return nil
}

// shared parts the runs that share the first one's world from the rest.
func shared(list []replay) (same, rest []replay) {
	for _, r := range list {
		if sameWorld(list[0].stored, r.stored) {
			same = append(same, r)
		} else {
			rest = append(rest, r)
		}
	}
	return same, rest
}

// play plays trials in one world; where that cannot be, one by one, so that the reason falls on the one that has it.
func (c *Checker) play(ctx context.Context, list []replay) ([]*pocs.Run, []error) {
	trials := make([]pocs.Trial, len(list))
	errs := make([]error, len(list))
	for i := range list {
		trials[i] = list[i].trial
	}
	if c.Watch != nil {
		trials[0].Watch = func(p pocs.Progress, _ []pocs.Finding) { c.Watch(p.Fraction) }
	}
	if runs, err := pocs.PlayTogether(ctx, trials); err == nil {
		return runs, errs
	}
	runs := make([]*pocs.Run, len(list))
	for i := range trials {
		if runs[i], errs[i] = trials[i].Play(ctx); errors.Is(errs[i], context.Canceled) {
			break
		}
	}
	return runs, errs
}

// compare says what the run that was played again means for the stored one.
func (v *Verdict) compare(stored, again *pocs.Run) {
	world := again.WorldDigest == stored.WorldDigest
	v.World, v.Flags = &world, stored.PoC == visitor.Name
	again.Carrier = stored.Carrier
	list := catalog.Diff(stored, again)
	switch {
	case len(list) == 0 && v.Commit == v.Code:
		v.Answer = Reproduced
	case len(list) == 0:
		v.Answer = ReproducedNewer
	case v.Commit == v.Code:
		v.say(AlteredRecord, list)
	default:
		v.say(CodeDiffers, list)
	}
}
