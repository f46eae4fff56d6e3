//go:build !js

// Programs that a hub offers beside the proofs of concept that are built in: those that its host names, and no others.

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"

	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/program"
)

// programs are all proofs of concept of a hub. Where there are programs, a warden ends them if the hub is killed.
func (c *serveCmd) programs(ctx context.Context, h *hub, stderr io.Writer) ([]pocs.PoC, error) {
	if len(c.Program) == 0 {
		return all.PoCs, nil
	}
	cfg, err := c.config(all.Challenges[0].Name, stderr)
	if err != nil {
		return nil, err
	}
	cfg.Scratch = true
	if cfg.Warden, err = startWarden(); err != nil {
		return nil, err
	}
	h.later(func(context.Context) error { return cfg.Warden.Close() })
	list := slices.Clone(all.PoCs)
	for _, line := range c.Program {
		command, err := program.ParseCommand(line)
		if err != nil {
			return nil, badInput{err}
		}
		if slices.ContainsFunc(list, func(p pocs.PoC) bool { return p.Name == command.Name() }) {
			return nil, badInputf("offer program %q: it is offered already, as %s", line, command.Name())
		}
		list = append(list, program.PoC(ctx, command, cfg))
	}
	return list, nil
}

// startWarden starts ourselves again as the warden.
func startWarden() (*program.Warden, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("start warden of programs: %w", err)
	}
	return program.StartWarden(&exec.Cmd{Path: self, Args: []string{os.Args[0], "warden"}})
}

// wardenCmd is what serve starts beside itself where it offers programs.
type wardenCmd struct{}

// Run waits for the hub's end.
func (wardenCmd) Run(s *session) error {
	program.Stand(s.stdin)
	return nil
}
