package main

import (
	"encoding/json"
	"fmt"
	"io"
)

// versionCmd prints the identity that every run is stamped with.
type versionCmd struct {
	JSON bool `help:"Print one JSON object."`
}

// Run prints it.
func (c *versionCmd) Run(s *session) error {
	id := whoAmI()
	if c.JSON {
		return printJSON(s.stdout, id)
	}
	fmt.Fprintf(s.stdout, "sealab %s\n%s %s\n", id.Commit, id.Go, id.Platform)
	if id.SQLite != "" {
		fmt.Fprintf(s.stdout, "SQLite %s\n", id.SQLite)
	}
	return nil
}

// printJSON prints one indented JSON value; texts keep their < and &.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	return nil
}
