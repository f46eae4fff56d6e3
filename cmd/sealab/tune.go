//go:build !js

// Tuning a detector's parameters, on the seeds that are kept for it.

package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// tuneCmd searches for the values of parameters that do best. It keeps nothing: what it prints is made again by the same
// command.
type tuneCmd struct {
	PoC       string            `arg:"" name:"poc" help:"Proof of concept (sealab list pocs)."`
	Scenarios []string          `arg:"" name:"scenario" help:"Scenarios, or scenario files, whose worlds count alike."`
	Param     []string          `short:"p" sep:"none" required:"" placeholder:"KEY[=V1,V2,...]" help:"Parameter to turn and the values to try; without values half to double its default in five steps. One value holds it there."`
	Seeds     string            `default:"1..40" placeholder:"A..B" help:"Seeds to tune on, of 1 to 999 (default ${default})."`
	AnySeeds  bool              `help:"Allow other seeds too; what is reported on seeds that were tuned on proves nothing."`
	Set       map[string]string `mapsep:"none" placeholder:"KEY=VALUE" help:"Set a setting of every scenario."`
	Measure   string            `default:"score_balanced" help:"What is to become best (sealab list measures)."`
	Within    []string          `sep:"none" placeholder:"'MEASURE OP NUMBER'" help:"A bound that the best must keep in its mean, such as 'nuisance_trips <= 0.003'."`
	Grid      bool              `help:"Try every combination; else one parameter after the other, the rest where they were best so far."`
	Rounds    int               `default:"3" help:"How often all parameters are gone through, unless a round changes nothing."`
	Workers   int               `placeholder:"N" help:"Worlds played at a time (default: one a core)."`
	JSON      bool              `help:"Print one JSON object."`
}

// tuneDice is the seed of the detector's dice in every world: a search that is to come out again cannot draw it.
const tuneDice = 1

// Run searches and prints what it found.
func (c *tuneCmd) Run(s *session) error {
	t, err := c.tuning()
	if err != nil {
		return err
	}
	bar := newBar(s.stderr)
	started := time.Now()
	t.Engine.Progress = func(p experiment.Progress) {
		bar.Set(float64(p.Done)/float64(p.Total), progressText(p, time.Since(started)))
	}
	found, err := t.Run(s.ctx)
	bar.Done()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, tunedJSON{whoAmI().Commit, found})
	}
	return c.print(s, t, found)
}

// tunedJSON is what `tune --json` prints.
type tunedJSON struct {
	Commit string `json:"commit"`
	*experiment.Tuned
}

// tuning finds the names and resolves the numbers; every error of it is the user's to mend.
func (c *tuneCmd) tuning() (*experiment.Tuning, error) {
	poc, err := all.FindPoC(c.PoC)
	if err != nil {
		return nil, unknownName("proof of concept", c.PoC, pocNames())
	}
	if c.Rounds < 1 || c.Rounds > 100 {
		return nil, badInputf("set --rounds to %d: allowed is a whole number from 1 to 100", c.Rounds)
	}
	t := &experiment.Tuning{PoC: poc, SeesTruth: all.SeesTruth[poc.Name], Measure: c.Measure, Grid: c.Grid, Rounds: c.Rounds}
	if t.Seeds, err = experiment.ParseSeeds(c.Seeds); err != nil {
		return nil, badInput{err}
	}
	if !c.AnySeeds {
		if err := experiment.CheckTuningSeeds(t.Seeds); err != nil {
			return nil, badInputf("%w; --any-seeds allows them", err)
		}
	}
	where, err := groundOf(poc, c.Scenarios, c.Set)
	if err != nil {
		return nil, err
	}
	t.Challenge, t.Scenarios, t.Settings = where.challenge, where.scenarios, where.settings
	if t.Knobs, err = c.knobs(poc); err != nil {
		return nil, err
	}
	for _, text := range c.Within {
		claim, err := pocs.ParseClaim(text)
		if err != nil {
			return nil, badInput{err}
		}
		t.Within = append(t.Within, claim)
	}
	t.Engine = experiment.Engine{Workers: c.Workers, Together: pocs.PlayTogether,
		Dice: func(context.Context, experiment.Job) (uint64, error) { return tuneDice, nil }}
	if c.Workers < 1 {
		t.Engine.Workers = runtime.GOMAXPROCS(0)
	}
	if err := t.Check(); err != nil {
		return nil, badInput{err}
	}
	return t, nil
}

// knobs reads the parameters and their values.
func (c *tuneCmd) knobs(poc *pocs.PoC) ([]experiment.Knob, error) {
	var list []experiment.Knob
	for _, text := range c.Param {
		name, values, given := strings.Cut(text, "=")
		k := experiment.Knob{}
		for i := range poc.Params {
			if poc.Params[i].Name == name {
				k.Param = &poc.Params[i]
			}
		}
		if k.Param == nil {
			_, err := resolve("parameter", poc.Params, map[string]string{name: ""})
			return nil, err
		}
		for i := range list {
			if list[i].Param == k.Param {
				return nil, badInputf("turn parameter %s: it is named twice: write its values in one -p, parted by commas", name)
			}
		}
		if !given {
			k.Values = experiment.Steps(k.Param)
			list = append(list, k)
			continue
		}
		for _, value := range strings.Split(values, ",") {
			params, err := resolve("parameter", poc.Params, map[string]string{name: value})
			if err != nil {
				return nil, err
			}
			k.Values = append(k.Values, params[name])
		}
		list = append(list, k)
	}
	return list, nil
}

// print lists the points in the order in which they were tried.
func (c *tuneCmd) print(s *session, t *experiment.Tuning, found *experiment.Tuned) error {
	fmt.Fprintf(s.stdout, "%s in %s, seeds %s: %s (%s is better), %s\n\n", found.PoC, strings.Join(found.Scenarios, ", "), found.Seeds,
		found.Measure, found.Better, found.Search)
	head := []string{""}
	for _, name := range found.Turned {
		head = append(head, name)
	}
	head = append(head, strings.ToUpper(found.Measure), "95 % INTERVAL", "N", "AGAINST DEFAULTS", "95 % INTERVAL", "IN WORDS")
	for _, b := range t.Within {
		head = append(head, b.Measure)
	}
	rows := [][]string{head}
	for i := range found.Points {
		rows = append(rows, tunedRow(t, found, i))
	}
	if err := s.table(rows); err != nil {
		return err
	}
	best := &found.Points[found.Best]
	fmt.Fprintf(s.stdout, "\nbest: %s\n", paramsText(t, best))
	if !found.Keeps {
		fmt.Fprintln(s.stdout, "No point keeps every bound; this one breaks the fewest.")
	}
	_, err := fmt.Fprintln(s.stdout, "It was chosen by these very figures, which flatter it: report it on seeds 2001..2040.")
	return err
}

func tunedRow(t *experiment.Tuning, found *experiment.Tuned, i int) []string {
	p := &found.Points[i]
	row := []string{""}
	switch {
	case i == found.Best:
		row[0] = "best"
	case i == 0:
		row[0] = "defaults"
	}
	for k := range t.Knobs {
		row = append(row, t.Knobs[k].Param.Text(p.Params[t.Knobs[k].Param.Name]))
	}
	row = append(row, short(p.Mean), rangeText(p.Low, p.High, short), fmt.Sprint(p.N))
	if v := p.Versus; v == nil || v.Pairs == 0 {
		row = append(row, "", "", "")
	} else {
		row = append(row, signed(*v.Diff), rangeText(v.Low, v.High, func(x *float64) string { return signed(*x) }), string(v.Words))
	}
	for _, b := range p.Bounds {
		mark := ""
		if !b.Holds {
			mark = " ✗"
		}
		row = append(row, short(b.Mean)+mark)
	}
	return row
}

// paramsText is a point as it is given to other commands.
func paramsText(t *experiment.Tuning, p *experiment.TunedPoint) string {
	var list []string
	for k := range t.Knobs {
		param := t.Knobs[k].Param
		list = append(list, "-p "+param.Name+"="+param.Text(p.Params[param.Name]))
	}
	return strings.Join(list, " ")
}
