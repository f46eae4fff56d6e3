//go:build !js

// Experiments on their way out: one file that another hub can check.

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sealab/catalog"
	"sealab/catalog/bundle"
	"sealab/pocs/all"
	"sealab/web"
)

// experimentExportCmd writes a bundle.
type experimentExportCmd struct {
	ID     string `arg:"" help:"An experiment's id (sealab list experiments)."`
	Out    string `required:"" placeholder:"FILE.zip" help:"Where to write it; what is there is replaced."`
	Events string `default:"some" help:"Of which worlds to keep the messages: all, some (those of the first seeds, about 20 worlds) or none."`
	dataFlags
	JSON bool `help:"Print one JSON object: the bundle's manifest.json."`
}

// Run writes the bundle beside its place and moves it there when it is whole.
func (c *experimentExportCmd) Run(s *session) error {
	policy := bundle.Policy(c.Events)
	if policy != bundle.All && policy != bundle.Some && policy != bundle.None {
		return badInputf("set --events to %q: allowed are all, some and none", c.Events)
	}
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	bar := newBar(s.stderr)
	x := bundle.Export{Store: store, Known: houseCatalogue(0), Policy: policy, Plan: web.WorldPlan, Progress: func(done, total int) {
		bar.Set(float64(done)/float64(total), "writing runs and worlds")
	}, Report: func(ctx context.Context, id string) ([]byte, error) {
		return web.BundleReport(ctx, web.Config{Store: store, PoCs: all.PoCs, Challenges: all.Challenges, SeesTruth: all.SeesTruth}, id)
	}}
	m, size, err := writeBundle(s.ctx, x, c.ID, c.Out)
	bar.Done()
	if errors.Is(err, catalog.ErrNotFound) {
		return badInputf("unknown experiment %q: sealab list experiments shows what is stored", c.ID)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, m)
	}
	_, err = fmt.Fprintf(s.stdout, "%s: %d runs, %d kB\n%s\nCheck it with: sealab verify bundle %s\n", c.Out, len(m.Runs), (size+999)/1000, m.Events.Note, c.Out)
	return err
}

// writeBundle leaves a whole file or none.
func writeBundle(ctx context.Context, x bundle.Export, id, path string) (m *bundle.Manifest, size int64, err error) {
	draft, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return nil, 0, badInputf("write bundle: %w", err)
	}
	defer os.Remove(draft.Name()) // gone by then where all went well
	if m, err = x.Write(ctx, draft, id); err == nil {
		size, err = draft.Seek(0, io.SeekEnd)
	}
	if err = errors.Join(err, draft.Close()); err != nil {
		return nil, 0, err
	}
	if err := errors.Join(os.Chmod(draft.Name(), 0o644), os.Rename(draft.Name(), path)); err != nil {
		return nil, 0, fmt.Errorf("write bundle: %w", err)
	}
	return m, size, nil
}

// openBundle opens and checks a bundle; what is wrong with it is not the user's to mend, but to be told.
func openBundle(path string) (*bundle.Bundle, func(), error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, badInputf("read bundle: %w", err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = badInputf("read bundle %s: it is a folder: give the zip file", path)
	}
	var b *bundle.Bundle
	if err == nil {
		b, err = bundle.Open(f, info.Size())
	}
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("%s: %w", strings.TrimSpace(path), err)
	}
	return b, func() { f.Close() }, nil
}
