//go:build !js

// The doctor tries a program before it is judged: good and odd input, and what it does wrong.

package main

import (
	"fmt"
	"iter"

	"sealab/pocs/all"
	"sealab/pocs/program"
	"sealab/sim"
	"sealab/sim/event"
)

// doctorCmd talks with a program and names its faults.
type doctorCmd struct {
	Command []string `arg:"" name:"command" help:"The program and its arguments, after --: sealab doctor -- python3 mine.py"`
	programFlags
	JSON bool `help:"Print a JSON array of the examinations."`
}

// Run examines the program; faults are exit code 1.
func (c *doctorCmd) Run(s *session) error {
	challenge := &all.Challenges[0]
	cfg, err := c.config(challenge.Name, s.stderr)
	if err != nil {
		return err
	}
	command, err := program.NewCommand(c.Command)
	if err != nil {
		return badInput{err}
	}
	good, err := doctorsWorld()
	if err != nil {
		return err
	}
	list, faults := []program.Examination{}, 0
	err = program.Examine(s.ctx, command, cfg, good, func(x program.Examination) {
		if list = append(list, x); x.Fault != nil {
			faults++
		}
		if !c.JSON {
			sayExamination(s, x)
		}
	})
	switch {
	case err != nil:
		return err
	case c.JSON:
		err = printJSON(s.stdout, list)
	case faults == 0:
		form := ""
		if c.Form != "" {
			form = " --form " + c.Form
		}
		_, err = fmt.Fprintf(s.stdout, "\nNothing is wrong with it.\nNext: sealab run --exec '%s'%s northern-corridor\n", command.Line, form)
	}
	if err == nil && faults > 0 {
		err = fmt.Errorf("examine %s: %d of %d examinations found a fault; sealab schema protocol says what is right", command.Line, faults, len(list))
	}
	return err
}

func sayExamination(s *session, x program.Examination) {
	if x.Fault == nil {
		fmt.Fprintf(s.stdout, "sound  %-18s %s (%s: %s batches, %s events, %s findings)\n", x.Name, x.Doc, x.Form, plain(x.Batches), plain(x.Events), plain(x.Findings))
		return
	}
	fmt.Fprintf(s.stdout, "FAULT  %-18s %s\n       %s\n", x.Name, x.Doc, x.Fault)
	if x.After != "" {
		fmt.Fprintf(s.stdout, "       in answer to %s\n", x.After)
	}
}

// doctorsWorld gives the batches of one small world, the same ones each time.
func doctorsWorld() (func() iter.Seq[event.Batch], error) {
	sc, _, err := all.FindScenario("northern-corridor")
	if err != nil {
		return nil, err
	}
	set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": "10", "span_days": "5", "attacks": "1"})
	if err != nil {
		return nil, fmt.Errorf("make the doctor's world: %w", err)
	}
	if _, err := sim.New(*sc, set, 1); err != nil {
		return nil, fmt.Errorf("make the doctor's world: %w", err)
	}
	return func() iter.Seq[event.Batch] {
		w, err := sim.New(*sc, set, 1)
		if err != nil { // it could be made a moment ago
			return func(func(event.Batch) bool) {}
		}
		return w.Batches()
	}, nil
}
