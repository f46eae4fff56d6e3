//go:build !js

// What verify says of a use case: whether the runs behind its claims come out again, and whether the claims hold.

package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/sim"
)

// usecaseVerdictJSON is what `verify usecase --json` prints.
type usecaseVerdictJSON struct {
	Usecase  string             `json:"usecase"`
	Version  int                `json:"version"`
	Title    string             `json:"title"`
	Badge    proof.Badge        `json:"badge"`
	Code     string             `json:"code"`
	Claims   []claimVerdictJSON `json:"claims"`
	Reason   string             `json:"reason,omitempty"`
	ElapsedS float64            `json:"elapsed_s"`
}

type claimVerdictJSON struct {
	PoC        string   `json:"poc"` // the arm
	Experiment string   `json:"experiment"`
	Measure    string   `json:"measure"`
	Comparator string   `json:"comparator"`
	Claimed    float64  `json:"claimed"`
	Answer     string   `json:"answer"` // of the experiment
	Value      *float64 `json:"value"`  // mean over all worlds where it is not null; null where it has none, or where the runs are not what they were
	Worlds     int      `json:"worlds"`
	Holds      *bool    `json:"holds"`  // null: unknown
	Digest     string   `json:"digest"` // over the digests of the experiment's runs
	Reason     string   `json:"reason,omitempty"`
}

// usecase checks the newest published version of a use case and keeps what came of it as its evidence.
func (c *verifyCmd) usecase(s *session, store *catalog.Store, id string) error {
	if err := seedShelf(s.ctx, store); err != nil {
		return err
	}
	versions, err := store.Versions(s.ctx, openRoom, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return badInputf("unknown use case %q: sealab list usecases shows what is published", id)
	}
	if err != nil {
		return err
	}
	e := catalog.Newest(versions)
	if e == nil {
		return badInputf("verify use case %s: every version of it was withdrawn", id)
	}
	if err := c.playedInClaims(s, store, e); err != nil {
		return err
	}
	check, err := c.checker(s, store)
	if err != nil {
		return err
	}
	bar, started := newBar(s.stderr), time.Now()
	claimed, err := check.Usecase(s.ctx, store, e, func(p proof.Progress) {
		bar.Set(float64(p.Done)/float64(max(p.Total, 1)), fmt.Sprintf("%d of %d runs", p.Done, p.Total))
	})
	bar.Done()
	if err != nil {
		return err
	}
	out := jsonOfClaimed(claimed, time.Since(started))
	if c.JSON {
		err = printJSON(s.stdout, out)
	} else {
		err = out.print(s.stdout)
	}
	if err == nil && out.Reason != "" {
		err = fmt.Errorf("verify use case %s: %s", id, out.Reason)
	}
	return err
}

// playedInClaims refuses a program of which no claim's experiment has a run.
func (c *verifyCmd) playedInClaims(s *session, store *catalog.Store, e *catalog.Edition) error {
	if !c.given() {
		return nil
	}
	var cases []*proof.Case
	for i := range e.Entry.Claims {
		found, err := proof.CaseOf(s.ctx, store, e.Entry.Claims[i].Experiment)
		if errors.Is(err, catalog.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		cases = append(cases, found)
	}
	return c.playedIn(s, "use case "+e.Usecase, cases...)
}

func jsonOfClaimed(c *proof.Claimed, took time.Duration) *usecaseVerdictJSON {
	out := &usecaseVerdictJSON{Usecase: c.Edition.Usecase, Version: c.Edition.Version, Title: c.Edition.Entry.Title, Badge: c.Badge, Code: whoAmI().Commit,
		Claims: []claimVerdictJSON{}, ElapsedS: took.Seconds()}
	for i := range c.Evidence {
		ev, claim := &c.Evidence[i], &c.Edition.Entry.Claims[i]
		v := claimVerdictJSON{PoC: claim.PoC, Experiment: claim.Experiment, Measure: claim.Measure, Comparator: claim.Comparator, Claimed: *claim.Value,
			Answer: ev.Answer, Value: ev.Value, Worlds: ev.Worlds, Holds: ev.Holds, Digest: ev.Digest, Reason: ev.Reason}
		out.Claims = append(out.Claims, v)
		if ev.Reason != "" && out.Reason == "" && ev.Answer != string(proof.Rescored) {
			out.Reason = fmt.Sprintf("claim %d: %s", ev.Claim, ev.Reason)
		}
	}
	return out
}

func (v *usecaseVerdictJSON) print(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "%s  (%s, version %d)\n", v.Badge, v.Usecase, v.Version); err != nil {
		return fmt.Errorf("print answer: %w", err)
	}
	if len(v.Claims) == 0 {
		fmt.Fprintln(w, "  it claims nothing of an experiment: there is nothing to play again")
	}
	for i, c := range v.Claims {
		fmt.Fprintf(w, "  claim %d: %s %s %s %s in %s\n", i+1, c.PoC, c.Measure, c.Comparator, sim.Number(c.Claimed), c.Experiment)
		fmt.Fprintf(w, "    %s; %s\n", c.Answer, c.words())
		if c.Reason != "" {
			fmt.Fprintf(w, "    %s\n", strings.TrimPrefix(c.Reason, c.Answer+": "))
		}
		fmt.Fprintf(w, "    %s\n", c.Digest)
	}
	_, err := fmt.Fprintf(w, "checked by %s in %.2f s\n", v.Code, v.ElapsedS)
	return err
}

// words says whether the claim holds.
func (c *claimVerdictJSON) words() string {
	switch {
	case c.Holds == nil:
		return "whether the claim holds is unknown"
	case *c.Holds:
		return fmt.Sprintf("the claim holds: %.6g over %d worlds", *c.Value, c.Worlds)
	}
	return fmt.Sprintf("the claim does not hold: %.6g over %d worlds", *c.Value, c.Worlds)
}

// logVerdictJSON is what `verify log --json` prints.
type logVerdictJSON struct {
	Lines   int    `json:"lines"`
	Head    string `json:"head"`              // hash of the last line; empty where the chain is broken
	Altered string `json:"altered,omitempty"` // what does not fit first
}

// log works the log out again and holds everything that it tells of against it.
func (c *verifyCmd) log(s *session, store *catalog.Store) error {
	check, err := store.CheckLog(s.ctx)
	if err != nil {
		return err
	}
	out := logVerdictJSON{check.Lines, check.Head, check.Altered}
	switch {
	case c.JSON:
		err = printJSON(s.stdout, out)
	case out.Altered != "":
		_, err = fmt.Fprintf(s.stdout, "altered\n  %s\n", out.Altered)
	default:
		_, err = fmt.Fprintf(s.stdout, "whole: %d lines, and everything they tell of is as they left it\nhead %s\nWrite the head down elsewhere: a log that was cut short, or written anew, shows only against it.\n", out.Lines, out.Head)
	}
	if err == nil && out.Altered != "" {
		err = fmt.Errorf("verify log: altered: %s", out.Altered)
	}
	return err
}
