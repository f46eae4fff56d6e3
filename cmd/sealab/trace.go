package main

import (
	"fmt"

	"sealab/sim"
	"sealab/sim/attacks"
)

// traceCmd prints one act of a kind, message by message.
type traceCmd struct {
	Kind string `arg:"" help:"An attack or look-alike (sealab list attacks)."`
	JSON bool   `help:"Print one JSON object."`
}

// Run takes the trace and prints it.
func (c *traceCmd) Run(s *session) error {
	kind, err := findKind(c.Kind)
	if err != nil {
		return err
	}
	t, err := attacks.Of(kind)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, t.Told())
	}
	_, err = fmt.Fprint(s.stdout, t.Text())
	return err
}

func findKind(name string) (*sim.Kind, error) {
	known := make([]string, len(attacks.All))
	for i, k := range attacks.All {
		if k.Name == name {
			return k, nil
		}
		known[i] = k.Name
	}
	return nil, unknownName("attack or look-alike", name, known)
}
