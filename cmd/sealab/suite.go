//go:build !js

// Suites on the command line: what they hold, an experiment in them, and whether their worlds come out again.

package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"

	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// suiteCmd works with frozen sets of worlds, which are files of this program.
type suiteCmd struct {
	List   suiteListCmd   `cmd:"" help:"List the suites, newest first."`
	Show   suiteShowCmd   `cmd:"" help:"Say what a suite holds, its hash and how to cite it."`
	Run    suiteRunCmd    `cmd:"" help:"Run proofs of concept in a suite's worlds, with the baselines beside them."`
	Verify suiteVerifyCmd `cmd:"" help:"Make a suite's worlds again: are they the frozen ones?"`
	Freeze suiteFreezeCmd `cmd:"" help:"Print a suite with settings, digests and hash filled in, from a draft of it."`
}

type suiteListCmd struct {
	JSON bool `help:"Print a JSON array."`
}

type suiteShowCmd struct {
	Name string `arg:"" help:"A suite's name."`
	JSON bool   `help:"Print the suite as one JSON object (sealab schema suite)."`
}

// suiteRunCmd is an experiment whose file the suite writes.
type suiteRunCmd struct {
	Name  string            `arg:"" help:"A suite's name."`
	PoCs  []string          `arg:"" name:"poc" help:"Proofs of concept; the first is the baseline."`
	Param map[string]string `name:"param" short:"p" placeholder:"KEY=VALUE" mapsep:"none" help:"Parameter of the proof of concept, where one alone is named."`
	Write bool              `help:"Print the experiment file instead of running it."`
	experimentFlags
}

type suiteVerifyCmd struct {
	Name    string `arg:"" help:"A suite's name."`
	Workers int    `placeholder:"N" help:"Worlds made at a time (default: one a core)."`
	JSON    bool   `help:"Print one JSON object."`
}

type suiteFreezeCmd struct {
	File string `arg:"" help:"Draft in YAML or JSON (- for standard input): a suite in which settings, digests and hash may be left out."`
}

func findSuite(name string) (*experiment.Suite, error) {
	list := all.Suites()
	var known []string
	for i := range list {
		if list[i].Name == name {
			return &list[i], nil
		}
		known = append(known, list[i].Name)
	}
	return nil, unknownName("suite", name, known)
}

// Run prints the list.
func (c *suiteListCmd) Run(s *session) error {
	if c.JSON {
		return printJSON(s.stdout, suitesJSON())
	}
	rows := [][]string{{"NAME", "VERSION", "CHALLENGE", "WORLDS", "HASH", "TITLE"}}
	for _, su := range all.Suites() {
		rows = append(rows, []string{su.Name, su.Version, su.Challenge, fmt.Sprint(len(su.Scenarios) * len(su.Seeds)), su.Hash(), su.Title})
	}
	return s.table(rows)
}

// listedSuite is one row of `suite list --json`.
type listedSuite struct {
	Name      string   `json:"name"`
	Title     string   `json:"title"`
	Version   string   `json:"version"`
	Challenge string   `json:"challenge"`
	Scenarios []string `json:"scenarios"`
	Seeds     string   `json:"seeds"`
	Hash      string   `json:"hash"`
}

func suitesJSON() []listedSuite {
	list := []listedSuite{}
	for _, su := range all.Suites() {
		l := listedSuite{Name: su.Name, Title: su.Title, Version: su.Version, Challenge: su.Challenge, Seeds: experiment.FormatSeeds(su.Seeds), Hash: su.Hash()}
		for _, sc := range su.Scenarios {
			l.Scenarios = append(l.Scenarios, sc.Name)
		}
		list = append(list, l)
	}
	return list
}

// Run prints a suite.
func (c *suiteShowCmd) Run(s *session) error {
	su, err := findSuite(c.Name)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, su)
	}
	fmt.Fprintf(s.stdout, "%s\n%s\n\n", su.Title, su.Doc)
	rows := [][]string{{"suite", su.Name}, {"version", su.Version}, {"challenge", su.Challenge}, {"seeds", experiment.FormatSeeds(su.Seeds)},
		{"carrier", su.Carrier}, {"profile", su.Profile}, {"base rate", fmt.Sprintf("%v attacks per 10,000 trips", su.BaseRate)}, {"hash", su.Hash()}}
	for _, sc := range su.Scenarios {
		rows = append(rows, []string{"scenario", sc.Name, fmt.Sprintf("%d settings", len(sc.Set)), fmt.Sprintf("%d worlds", len(sc.Worlds)), sc.Digest})
	}
	if err := s.table(rows); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.stdout, "\n%s", su.BibTeX())
	return err
}

// Run plays the suite's experiment, or prints its file.
func (c *suiteRunCmd) Run(s *session) error {
	su, err := findSuite(c.Name)
	if err != nil {
		return err
	}
	if len(c.Param) > 0 && len(c.PoCs) > 1 {
		return badInputf("set parameters of %s: -p goes with one proof of concept; for several write the file (--write) and set them there", strings.Join(c.PoCs, ", "))
	}
	var entrants []experiment.FileArm
	for _, name := range c.PoCs {
		if _, err := all.FindPoC(name); err != nil {
			return unknownName("proof of concept", name, pocNames())
		}
		arm := experiment.FileArm{PoC: name, Params: experiment.Values{}}
		for key, value := range c.Param {
			arm.Params[key] = []string{value}
		}
		entrants = append(entrants, arm)
	}
	text := su.Contest(houseCatalogue(c.MaxTrials), entrants...).YAML()
	if c.Write {
		_, err := io.WriteString(s.stdout, text)
		return err
	}
	return c.experimentFlags.play(s, []byte(text))
}

// verifiedSuite is what `suite verify --json` prints.
type verifiedSuite struct {
	Suite  string             `json:"suite"`
	Hash   string             `json:"hash"`
	Worlds int                `json:"worlds"`
	Answer string             `json:"answer"` // reproduced or drifted
	Drift  []experiment.Drift `json:"drift"`
	Commit string             `json:"commit"`
}

// Run makes every world again; it ends with 1 where one differs.
func (c *suiteVerifyCmd) Run(s *session) error {
	su, err := findSuite(c.Name)
	if err != nil {
		return err
	}
	drifts, err := su.Verify(s.ctx, houseCatalogue(0), making(s, c.Workers))
	if err != nil {
		return err
	}
	v := verifiedSuite{su.Name, su.Hash(), len(su.Scenarios) * len(su.Seeds), "reproduced", drifts, whoAmI().Commit}
	if len(drifts) > 0 {
		v.Answer = "drifted"
	}
	if c.JSON {
		err = printJSON(s.stdout, v)
	} else if len(drifts) == 0 {
		_, err = fmt.Fprintf(s.stdout, "%s: all %d frozen worlds come out again\n%s\n", su.Name, v.Worlds, v.Hash)
	}
	if err != nil || len(drifts) == 0 {
		return err
	}
	var names []string
	for _, d := range drifts[:min(len(drifts), 5)] {
		names = append(names, fmt.Sprintf("%s seed %d", d.Scenario, d.Seed))
	}
	if more := len(drifts) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return fmt.Errorf("verify suite %s: %d of %d worlds differ from the frozen ones: %s: this code makes other worlds; results are not those of the suite",
		su.Name, len(drifts), v.Worlds, strings.Join(names, ", "))
}

// making uses every core, unless the user says otherwise, and tells how far it is.
func making(s *session, workers int) experiment.Making {
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	bar := newBar(s.stderr)
	return experiment.Making{Workers: workers, Progress: func(done, total int) {
		bar.Set(float64(done)/float64(total), fmt.Sprintf("%d of %d worlds", done, total))
		if done == total {
			bar.Done()
		}
	}}
}

// Run prints the frozen suite.
func (c *suiteFreezeCmd) Run(s *session) error {
	text, err := readFile(s, "suite", c.File)
	if err != nil {
		return err
	}
	draft, err := experiment.ParseSuiteDraft(text)
	if err != nil {
		return badInput{err}
	}
	if err := draft.Check(houseCatalogue(0)); err != nil {
		return badInput{err}
	}
	frozen, err := draft.Freeze(s.ctx, houseCatalogue(0), making(s, 0))
	if err != nil {
		return err
	}
	_, err = io.WriteString(s.stdout, frozen.YAML())
	return err
}
