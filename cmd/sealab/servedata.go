//go:build !js

package main

import (
	"context"
	"fmt"
	"os"
)

// hubData is where a hub keeps its data, and whether they are thrown away at its end.
type hubData struct {
	dataFlags
	passing bool
}

// data chooses the directory. A broker without rights must not stand before data that matter: it gets fresh ones.
func (c *serveCmd) data() (hubData, error) {
	if !c.MQTTConformance {
		return hubData{dataFlags: c.dataFlags}, nil
	}
	if c.Data != "" {
		entries, err := os.ReadDir(c.Data)
		if err == nil && len(entries) > 0 {
			return hubData{}, badInputf("set --data to %s: with --mqtt-conformance it must be empty, or leave it out", c.Data)
		}
		return hubData{dataFlags: c.dataFlags}, nil
	}
	dir, err := os.MkdirTemp("", "sealab-conformance-")
	if err != nil {
		return hubData{}, fmt.Errorf("make data directory: %w", err)
	}
	return hubData{dataFlags{dir}, true}, nil
}

// discard throws passing data away.
func (d hubData) discard(context.Context) error {
	if !d.passing {
		return nil
	}
	if err := os.RemoveAll(d.Data); err != nil {
		return fmt.Errorf("remove data: %w", err)
	}
	return nil
}
