//go:build !js

// Programs that are given on the command line: how they are started, talked with, and limited.

package main

import (
	"io"
	"math"
	"slices"
	"sync"
	"time"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
	"sealab/pocs/program"
)

// execFlags name a program that is judged in place of a proof of concept of ours.
type execFlags struct {
	Exec string `placeholder:"COMMAND" help:"Judge this program, such as 'python3 mine.py', in place of a proof of concept (sealab schema protocol; sealab new poc). Of what is stored: the program that played it."`
	programFlags
}

// programFlags say how a program is talked with and what it may take.
type programFlags struct {
	Deadline time.Duration `default:"10s" help:"With a program: how long it may take for an answer."`
	Form     string        `placeholder:"rows|columns|mqtt" help:"With a program: the form of its batches over pipes (default: it chooses), or mqtt to play over MQTT."`
	MemoryMB int64         `name:"memory" default:"2048" placeholder:"MIB" help:"With a program: how much memory it may hold, with all that it starts."`
}

// maxDeadline is where a deadline no longer helps.
const maxDeadline = 10 * time.Minute

// config checks the choices; logs go to stderr.
func (f programFlags) config(challenge string, stderr io.Writer) (program.Config, error) {
	c := program.Config{Challenge: challenge, Limits: program.DefaultLimits(), Log: &sharedWriter{to: stderr}}
	switch {
	case f.Deadline <= 0 || f.Deadline > maxDeadline:
		return c, badInputf("set --deadline to %s: allowed is a time above 0 up to %s, such as 10s", f.Deadline, maxDeadline)
	case f.Form != "" && f.Form != formMQTT && !slices.Contains(program.Forms, f.Form):
		return c, unknownName("form", f.Form, append(slices.Clone(program.Forms), formMQTT))
	case f.MemoryMB < 1 || f.MemoryMB > 1<<20:
		return c, badInputf("set --memory to %d: allowed is a whole number of MiB from 1 to %d", f.MemoryMB, 1<<20)
	}
	c.Limits.Deadline, c.Limits.MemoryBytes = f.Deadline, f.MemoryMB<<20
	switch f.Form {
	case "":
	case formMQTT:
		c.Link = &program.Link{Open: privately}
	default:
		c.Forms = []string{f.Form}
	}
	return c, nil
}

// given reports whether a program was named.
func (f execFlags) given() bool { return f.Exec != "" }

// poc makes a proof of concept of the program; what parameters it has it knows itself.
func (f execFlags) poc(s *session, challenge string, params map[string]string) (*pocs.PoC, error) {
	return f.linked(s, challenge, params, nil)
}

// linked is poc with a link of the run's own; nil: the one that the form asks for.
func (f execFlags) linked(s *session, challenge string, params map[string]string, link *program.Link) (*pocs.PoC, error) {
	cfg, err := f.config(challenge, s.stderr)
	if err != nil {
		return nil, err
	}
	if link != nil {
		cfg.Link = link
	}
	command, err := program.ParseCommand(f.Exec)
	if err != nil {
		return nil, badInput{err}
	}
	p := program.PoC(s.ctx, command, cfg)
	p.Params = freeParams(params)
	return &p, nil
}

// freeParams are parameters of which only the program knows what they may be.
func freeParams(params map[string]string) (list []pocs.Param) {
	for name := range params {
		list = append(list, pocs.Param{Name: name, Min: -math.MaxFloat64, Max: math.MaxFloat64})
	}
	return list
}

// programs puts the programs that an experiment file names into the catalogue.
func (c *experimentFlags) programs(s *session, file *experiment.File, known *experiment.Catalogue) (bool, error) {
	cfg, err := c.config(all.Challenges[0].Name, s.stderr)
	if err != nil {
		return false, err
	}
	known.PoCs = slices.Clone(known.PoCs)
	return file.Programs(func(words []string) (string, error) {
		parse := program.NewCommand
		if len(words) == 1 { // one text is a command line
			parse = func(words []string) (*program.Command, error) { return program.ParseCommand(words[0]) }
		}
		command, err := parse(words)
		if err != nil {
			return "", err
		}
		known.PoCs = append(known.PoCs, program.PoC(s.ctx, command, cfg))
		return command.Name(), nil
	})
}

// sharedWriter bears writes from several programs at a time.
type sharedWriter struct {
	mu sync.Mutex
	to io.Writer
}

// Write passes a text on whole.
func (w *sharedWriter) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(text)
}
