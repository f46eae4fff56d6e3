//go:build !js

// What verify says of an experiment: every run that it rests on, and its conclusion.

package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"sealab/catalog"
	"sealab/catalog/proof"
)

// experimentVerdictJSON is what `verify experiment --json` prints, and `verify bundle --json` too.
type experimentVerdictJSON struct {
	Experiment string         `json:"experiment"`
	Name       string         `json:"name"`
	Answer     proof.Answer   `json:"answer"` // the worst of the runs'
	Code       string         `json:"code"`
	Answers    []proof.Count  `json:"answers"`
	Conclusion conclusionJSON `json:"conclusion"`
	Gone       []string       `json:"gone"` // runs that it rested on and that are no longer there
	Runs       []verdictJSON  `json:"runs"`
	Reason     string         `json:"reason,omitempty"`
	ElapsedS   float64        `json:"elapsed_s"`
}

type conclusionJSON struct {
	Digest string `json:"digest"`
	Same   *bool  `json:"same"` // as the one that was published; null where there is none to compare with
	Reason string `json:"reason,omitempty"`
}

// experiment checks a stored experiment.
func (c *verifyCmd) experiment(s *session, store *catalog.Store, id string) error {
	record, err := store.Experiment(s.ctx, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return badInputf("unknown experiment %q: sealab list experiments shows what is stored", id)
	}
	if err != nil {
		return err
	}
	e, err := proof.CaseOf(s.ctx, store, id)
	if err != nil {
		return err
	}
	return c.examine(s, store, *e, record.ID, record.Name)
}

// examine checks a case and prints what came of it.
func (c *verifyCmd) examine(s *session, notes *catalog.Store, e proof.Case, id, name string) error {
	if err := c.playedIn(s, "experiment "+id, &e); err != nil {
		return err
	}
	check, err := c.checker(s, notes)
	if err != nil {
		return err
	}
	bar, started := newBar(s.stderr), time.Now()
	report, err := check.Experiment(s.ctx, e, func(p proof.Progress) {
		bar.Set(float64(p.Done)/float64(p.Total), fmt.Sprintf("%d of %d runs", p.Done, p.Total))
	})
	bar.Done()
	if err != nil {
		return err
	}
	out := jsonOfReport(report, id, name, time.Since(started))
	if c.JSON {
		err = printJSON(s.stdout, out)
	} else {
		err = out.print(s.stdout)
	}
	if err == nil && out.Reason != "" {
		err = fmt.Errorf("verify experiment %s: %s", id, out.Reason)
	}
	return err
}

func jsonOfReport(r *proof.Report, id, name string, took time.Duration) *experimentVerdictJSON {
	out := &experimentVerdictJSON{Experiment: id, Name: name, Answer: r.Answer, Code: whoAmI().Commit, Answers: r.Tally(),
		Conclusion: conclusionJSON{r.Conclusion.Digest, r.Conclusion.Same, r.Conclusion.Reason}, Gone: append([]string{}, r.Gone...),
		Runs: []verdictJSON{}, Reason: r.Reason(), ElapsedS: took.Seconds()}
	for _, v := range r.Runs {
		out.Runs = append(out.Runs, jsonOfVerdict(v))
	}
	return out
}

// brief says in a line what is wrong with a run: what differs first, and whose code made it.
func (v *verdictJSON) brief() string {
	if v.Answer != proof.CodeDiffers || len(v.Records) == 0 {
		return v.Reason
	}
	return fmt.Sprintf("made by %s; first in %s", v.Commit, v.Records[0].Record)
}

// shownVerdicts is how many runs that are not as they should be are named one by one.
const shownVerdicts = 10

func (v *experimentVerdictJSON) print(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "%s\n", v.Answer); err != nil {
		return fmt.Errorf("print answer: %w", err)
	}
	for _, n := range v.Answers {
		fmt.Fprintf(w, "  %d of %d runs: %s\n", n.Runs, len(v.Runs), n.Answer)
	}
	shown := 0
	for _, r := range v.Runs {
		if r.Reason == "" {
			continue
		}
		if shown++; shown > shownVerdicts {
			fmt.Fprintf(w, "  …\n")
			break
		}
		fmt.Fprintf(w, "  %s: %s\n", r.Run, r.brief())
	}
	if len(v.Gone) > 0 {
		fmt.Fprintf(w, "  %d runs that it rested on were deleted\n", len(v.Gone))
	}
	switch c := v.Conclusion; {
	case c.Digest == "":
		fmt.Fprintf(w, "the conclusion cannot be worked out again: %s\n", c.Reason)
	case c.Same == nil:
		fmt.Fprintf(w, "the conclusion was worked out again: %s\n", c.Digest)
	case *c.Same:
		fmt.Fprintf(w, "the conclusion is the one that was published: %s\n", c.Digest)
	default:
		fmt.Fprintf(w, "the conclusion is not the one that was published: %s\n", c.Reason)
	}
	_, err := fmt.Fprintf(w, "checked by %s in %.2f s\n", v.Code, v.ElapsedS)
	return err
}
