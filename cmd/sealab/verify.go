//go:build !js

package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/catalog/proof"
)

// verifyCmd says whether what is stored, or in a bundle, is what it claims to be.
type verifyCmd struct {
	What []string `arg:"" name:"[run|experiment|bundle|usecase|log] id" help:"A run's or an experiment's id (sealab list runs|experiments), bundle and a file, usecase and its id, or log."`
	dataFlags
	execFlags
	JSON bool `help:"Print one JSON object."`
}

// verdictJSON is what `verify run --json` prints, and what `verify experiment --json` says of each run.
type verdictJSON struct {
	Run      string       `json:"run"`
	Answer   proof.Answer `json:"answer"`
	Commit   string       `json:"commit"`  // of the stored run
	Code     string       `json:"code"`    // of this program
	Records  []recordJSON `json:"records"` // altered, or in which the codes differ
	Digest   string       `json:"digest"`  // as stored
	Reason   string       `json:"reason,omitempty"`
	Flags    bool         `json:"flags,omitempty"` // a person's: said again and judged, not executed
	ElapsedS float64      `json:"elapsed_s"`
}

type recordJSON struct {
	Record string `json:"record"`
	How    string `json:"how"`
}

func jsonOfVerdict(v *proof.Verdict) verdictJSON {
	out := verdictJSON{Run: v.Run, Answer: v.Answer, Commit: v.Commit, Code: v.Code, Records: []recordJSON{}, Digest: v.Digest,
		Reason: v.Reason, Flags: v.Flags, ElapsedS: v.Elapsed.Seconds()}
	for _, a := range v.Records {
		out.Records = append(out.Records, recordJSON{a.Record, a.How})
	}
	return out
}

// Run checks what is named.
func (c *verifyCmd) Run(s *session) error {
	what, id, err := c.target()
	if err != nil {
		return err
	}
	if what == "bundle" {
		return c.bundle(s, id)
	}
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	switch what {
	case "experiment":
		return c.experiment(s, store, id)
	case "usecase":
		return c.usecase(s, store, id)
	case "log":
		return c.log(s, store)
	}
	return c.run(s, store, id)
}

// verifiable are the things that may stand before an id.
var verifiable = []string{"run", "experiment", "bundle", "usecase", "log"}

// target takes `ID` or `THING ID`: a bare id is a run's, or an experiment's where it begins as those do.
func (c *verifyCmd) target() (what, id string, err error) {
	switch {
	case len(c.What) == 1 && c.What[0] == "log":
		return "log", "", nil
	case len(c.What) == 1 && strings.HasPrefix(c.What[0], "x-"):
		return "experiment", c.What[0], nil
	case len(c.What) == 1:
		return "run", c.What[0], nil
	case len(c.What) == 2:
		for _, what := range verifiable {
			if c.What[0] == what && what != "log" {
				return what, c.What[1], nil
			}
		}
		return "", "", unknownName("thing to verify", c.What[0], verifiable)
	}
	return "", "", badInputf("verify %s: want one id", strings.Join(c.What, " "))
}

// houseChecker checks with the code of this program, on all cores, and keeps its answers in the store if there is one.
func houseChecker(notes *catalog.Store) *proof.Checker {
	return &proof.Checker{Known: houseCatalogue(0), Commit: whoAmI().Commit, Notes: notes, Workers: runtime.GOMAXPROCS(0), Now: time.Now}
}

func (c *verifyCmd) run(s *session, store *catalog.Store, id string) error {
	check, err := c.checker(s, store)
	if err != nil {
		return err
	}
	if r, err := store.Run(s.ctx, id); err == nil {
		if err := c.sameProgram(s, "verify", r); err != nil {
			return err
		}
	}
	bar := newBar(s.stderr)
	check.Watch = func(fraction float64) { bar.Set(fraction, "playing it again") }
	v, err := check.Run(s.ctx, proof.Stored{Store: store}, id)
	bar.Done()
	if errors.Is(err, catalog.ErrNotFound) {
		return badInputf("unknown run %q: sealab list runs shows what is stored", id)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(s.stdout, jsonOfVerdict(v))
	} else {
		err = printVerdict(s.stdout, v)
	}
	if err == nil && v.Reason != "" && v.Answer != proof.Rescored {
		err = fmt.Errorf("verify run %s: %s", id, v.Reason)
	}
	return err
}

// checker is the house's, with the program that is given.
func (c *verifyCmd) checker(s *session, notes *catalog.Store) (*proof.Checker, error) {
	check := houseChecker(notes)
	known, err := c.catalogue(s)
	check.Known = known
	return check, err
}

func printVerdict(w io.Writer, v *proof.Verdict) error {
	if _, err := fmt.Fprintf(w, "%s\n", v.Answer); err != nil {
		return fmt.Errorf("print answer: %w", err)
	}
	for _, r := range v.Records {
		fmt.Fprintf(w, "  %s: %s\n", r.Record, r.How)
	}
	if v.Flags {
		fmt.Fprintln(w, "a person set these flags: they were said again in the same world and judged, the person was not played again")
	}
	switch {
	case v.Answer == proof.Rescored:
		fmt.Fprintf(w, "%s; the findings were judged again and give the stored score\n%s\n", v.Reason, v.Digest)
	case v.Elapsed > 0:
		fmt.Fprintf(w, "run by %s, played again by %s in %.2f s\n%s\n", v.Commit, v.Code, v.Elapsed.Seconds(), v.Digest)
	}
	return nil
}
