//go:build !js

// What verify says of a bundle, without keeping anything.

package main

import (
	"sealab/catalog/proof"
)

// bundle checks every byte of a file, what was heard in its worlds, and plays its runs again.
func (c *verifyCmd) bundle(s *session, path string) error {
	b, done, err := openBundle(path)
	if err != nil {
		return err
	}
	defer done()
	if err := b.CheckEvents(s.ctx); err != nil {
		return err
	}
	e := proof.Case{From: b, File: b.File, Links: b.Links(), Results: b.Results}
	return c.examine(s, nil, e, b.Experiment.ID, b.Experiment.Name)
}
