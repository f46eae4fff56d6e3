//go:build !js

// Experiments on their way in: checked to the byte, kept, and played again.

package main

import (
	"fmt"
	"io"
	"time"

	"sealab/catalog"
	"sealab/catalog/bundle"
	"sealab/catalog/proof"
)

// experimentImportCmd keeps what is in a bundle.
type experimentImportCmd struct {
	File string `arg:"" help:"A bundle, as sealab experiment export writes it."`
	dataFlags
	NoVerify bool `help:"Do not play its runs again."`
	JSON     bool `help:"Print one JSON object."`
}

// importJSON is what `experiment import --json` prints.
type importJSON struct {
	Experiment   string                 `json:"experiment"`
	Bundle       string                 `json:"bundle"`  // SHA-256 of the file
	Already      bool                   `json:"already"` // it was here before
	Runs         int                    `json:"runs"`
	KeptWorlds   int                    `json:"kept_worlds"` // whose messages are kept, since this code makes others
	Verification *experimentVerdictJSON `json:"verification,omitempty"`
}

// Run checks the file, keeps what is in it and plays it again. That this code differs is no failure of the import.
func (c *experimentImportCmd) Run(s *session) error {
	b, done, err := openBundle(c.File)
	if err != nil {
		return err
	}
	defer done()
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	out := &importJSON{Experiment: b.Experiment.ID, Bundle: b.Sum, Runs: len(b.Runs)}
	if out.Already, err = b.Store(s.ctx, store, time.Now().UTC()); err != nil {
		return err
	}
	if err := c.verify(s, store, b, out); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, out)
	}
	return out.print(s.stdout, b)
}

// verify plays the runs again and keeps what was heard where this code makes another world. Without playing nobody
// knows, so what other code made is kept.
func (c *experimentImportCmd) verify(s *session, store *catalog.Store, b *bundle.Bundle, out *importJSON) error {
	bar := newBar(s.stderr)
	defer bar.Done()
	taking := bundle.Taking{Bundle: b, Store: store, Check: houseChecker(store), NoVerify: c.NoVerify, Progress: func(p proof.Progress) {
		bar.Set(float64(p.Done)/float64(p.Total), fmt.Sprintf("%d of %d runs", p.Done, p.Total))
	}}
	started := time.Now()
	report, kept, err := taking.Run(s.ctx)
	out.KeptWorlds = kept
	if report != nil {
		out.Verification = jsonOfReport(report, b.Experiment.ID, b.Experiment.Name, time.Since(started))
	}
	return err
}

func (v *importJSON) print(w io.Writer, b *bundle.Bundle) error {
	word := "imported"
	if v.Already {
		word = "already there"
	}
	if _, err := fmt.Fprintf(w, "%s: experiment %s, %d runs, bundle %s\n", word, v.Experiment, v.Runs, v.Bundle); err != nil {
		return fmt.Errorf("print import: %w", err)
	}
	if v.KeptWorlds > 0 {
		fmt.Fprintf(w, "%d worlds are kept as they were heard: this code makes others\n", v.KeptWorlds)
	}
	if v.Verification == nil {
		_, err := fmt.Fprintf(w, "not played again; sealab verify %s does\n", v.Experiment)
		return err
	}
	return v.Verification.print(w)
}
