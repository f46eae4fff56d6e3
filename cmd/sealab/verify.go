//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// verifyCmd says whether a stored run is what it claims to be.
type verifyCmd struct {
	What []string `arg:"" name:"[run] id" help:"A run's id (sealab list runs)."`
	dataFlags
	JSON bool `help:"Print one JSON object."`
}

// The answers of DESIGN section 3.7.
const (
	reproduced      = "reproduced"
	reproducedNewer = "reproduced by newer code"
	codeDiffers     = "code differs"
	altered         = "altered"
	programMissing  = "program missing"
	// recordWhole is all that can be said of a live run: when its messages arrived was real and comes only once.
	recordWhole = "record whole (a live run cannot be played again)"
)

// verdictJSON is what `verify --json` prints.
type verdictJSON struct {
	Run      string        `json:"run"`
	Answer   string        `json:"answer"`
	Commit   string        `json:"commit"`  // of the stored run
	Code     string        `json:"code"`    // of this program
	Records  []recordJSON  `json:"records"` // altered, or in which the codes differ
	Digest   string        `json:"digest"`  // as stored
	Reason   string        `json:"reason,omitempty"`
	ElapsedS float64       `json:"elapsed_s"`
	elapsed  time.Duration // of playing it again
}

type recordJSON struct {
	Record string `json:"record"`
	How    string `json:"how"`
}

// Run checks one run.
func (c *verifyCmd) Run(s *session) error {
	id, err := c.id()
	if err != nil {
		return err
	}
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	v, err := verifyRun(s, store, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return badInputf("unknown run %q: sealab list runs shows what is stored", id)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(s.stdout, v)
	} else {
		err = v.print(s.stdout)
	}
	if err == nil && v.Reason != "" {
		err = fmt.Errorf("verify run %s: %s", id, v.Reason)
	}
	return err
}

// id takes `ID` or `run ID`: other things to verify will stand before their ids.
func (c *verifyCmd) id() (string, error) {
	switch {
	case len(c.What) == 1:
		return c.What[0], nil
	case len(c.What) == 2 && c.What[0] == "run":
		return c.What[1], nil
	case len(c.What) == 2:
		return "", unknownName("thing to verify", c.What[0], []string{"run"})
	}
	return "", badInputf("verify %s: want one run id", strings.Join(c.What, " "))
}

// verifyRun looks at the record first: what was altered is not worth playing again.
func verifyRun(s *session, store *catalog.Store, id string) (*verdictJSON, error) {
	list, err := store.VerifyStored(s.ctx, id)
	if err != nil {
		return nil, err
	}
	r, err := store.Run(s.ctx, id)
	if err != nil && len(list) == 0 {
		return nil, err
	}
	v := &verdictJSON{Run: id, Code: whoAmI().Commit, Records: []recordJSON{}}
	if r != nil {
		v.Commit, v.Digest = r.Commit, r.Digest
	}
	switch {
	case len(list) > 0:
		v.say(altered, list)
	case r.Reason != "":
		v.Answer, v.Reason = "failed run", "the record is whole, but the run failed ("+r.Reason+"): there is nothing to play again"
	case r.Carrier == carrierLive:
		v.Answer = recordWhole
	default:
		err = v.playAgain(s, r)
	}
	return v, err
}

// playAgain plays the stored trial in this code and compares what comes out, record by record.
func (v *verdictJSON) playAgain(s *session, r *pocs.Run) error {
	t, err := trialOf(r)
	if err != nil {
		v.Answer, v.Reason = programMissing, err.Error()
		return nil
	}
	bar := newBar(s.stderr)
	t.Watch = func(p pocs.Progress, _ []pocs.Finding) { bar.Set(p.Fraction, "playing it again") }
	started := time.Now()
	again, err := t.Play(s.ctx)
	bar.Done()
	if err != nil {
		if errors.Is(err, context.Canceled) {
			return err
		}
		v.Answer, v.Reason = codeDiffers, fmt.Sprintf("%s: stored by %s, this is %s: %v", codeDiffers, v.Commit, v.Code, err)
		return nil
	}
	v.elapsed = time.Since(started)
	v.ElapsedS = v.elapsed.Seconds()
	again.Carrier = r.Carrier // a digest is the same under every carrier, so the direct one will do
	list := catalog.Diff(r, again)
	switch {
	case len(list) == 0 && v.Commit == v.Code:
		v.Answer = reproduced
	case len(list) == 0:
		v.Answer = reproducedNewer
	case v.Commit == v.Code:
		v.say(altered, list)
	default:
		v.say(codeDiffers, list)
	}
	return nil
}

// say sets an answer with the records that it rests on. Digests come last: they follow from the others.
func (v *verdictJSON) say(answer string, list []catalog.Altered) {
	isDigest := func(a catalog.Altered) int {
		if strings.HasPrefix(a.Record, "digest ") {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b catalog.Altered) int { return isDigest(a) - isDigest(b) })
	v.Answer, v.Reason = answer, answer+": "+list[0].String()
	if answer == codeDiffers {
		v.Reason = fmt.Sprintf("%s: stored by %s, this is %s; first in %s", answer, v.Commit, v.Code, list[0])
	}
	if more := len(list) - 1; more > 0 {
		v.Reason += fmt.Sprintf(" (and %d more)", more)
	}
	for _, a := range list {
		v.Records = append(v.Records, recordJSON{a.Record, a.How})
	}
}

func (v *verdictJSON) print(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "%s\n", v.Answer); err != nil {
		return fmt.Errorf("print answer: %w", err)
	}
	for _, r := range v.Records {
		fmt.Fprintf(w, "  %s: %s\n", r.Record, r.How)
	}
	if v.elapsed > 0 {
		fmt.Fprintf(w, "run by %s, played again by %s in %.2f s\n%s\n", v.Commit, v.Code, v.ElapsedS, v.Digest)
	}
	return nil
}

// trialOf makes the trial that a stored run came from. Its error says which part is no longer there.
func trialOf(r *pocs.Run) (pocs.Trial, error) {
	a := &arm{params: r.Params, settings: r.Settings}
	var err error
	if a.challenge, err = all.FindChallenge(r.Challenge); err != nil {
		return pocs.Trial{}, err
	}
	if a.scenario = sim.Find(a.challenge.Scenarios, r.Scenario); a.scenario == nil {
		return pocs.Trial{}, fmt.Errorf("find scenario %q: %s has none of that name any more", r.Scenario, r.Challenge)
	}
	if r.PoC == visitor.Name { // a person cannot be played again; the flags can
		a.poc, err = visitor.Again(r.Findings, a.scenario.Start, a.scenario.Tick)
	} else {
		a.poc, err = all.FindPoC(r.PoC)
	}
	if err != nil {
		return pocs.Trial{}, err
	}
	t := a.trial(r.Seed, r.DiceSeed)
	t.Terms = r.Terms
	return t, nil
}
