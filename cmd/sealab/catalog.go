//go:build !js

// The catalogue on the command line: checking use cases in files, and carrying all of them to another hub and back.

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/catalog/interchange"
	"sealab/catalog/usecases"
)

// catalogCmd works with the catalogue as a whole.
type catalogCmd struct {
	Validate catalogValidateCmd `cmd:"" help:"Check use cases in YAML or JSON files; nothing is stored."`
	Export   catalogExportCmd   `cmd:"" help:"Write the public catalogue: every published version with its history, lossless."`
	Import   catalogImportCmd   `cmd:"" help:"Take over what another hub exported, with its ids, hashes and history; all or nothing."`
}

type catalogExportCmd struct {
	Out string `arg:"" placeholder:"FOLDER|FILE.json|-" help:"A new folder (one YAML file a version, and a register), one .json file, or - for that on standard output."`
	dataFlags
	JSON bool `help:"Print one JSON object about what was written."`
}

type catalogImportCmd struct {
	From string `arg:"" placeholder:"FOLDER|FILE.json" help:"What sealab catalog export wrote."`
	dataFlags
	JSON bool `help:"Print one JSON object."`
}

// catalogJSON is what export and import print with --json.
type catalogJSON struct {
	Path     string `json:"path"`
	Versions int    `json:"versions"`
	Adopted  int    `json:"adopted,omitempty"` // that the hub did not have
	SHA256   string `json:"sha256"`            // of the catalogue as one JSON file
}

// Run writes the catalogue. A hub that was never started shows what it would have on its shelf: that is put there first.
func (c *catalogExportCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if _, err := store.SeedUsecases(s.ctx, catalog.DefaultRoom, usecases.List(), time.Now()); err != nil {
		return err
	}
	a, err := interchange.Of(s.ctx, store, catalog.DefaultRoom)
	if err != nil {
		return err
	}
	text, err := a.JSON()
	if err != nil {
		return err
	}
	if c.Out == "-" {
		_, err := s.stdout.Write(text)
		return err
	}
	if strings.HasSuffix(c.Out, ".json") {
		err = writeWhole(c.Out, text)
	} else {
		err = a.WriteFolder(c.Out)
	}
	if errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return badInputf("%w: give a new folder in one that exists, or a file that ends in .json", err)
	}
	if err != nil {
		return err
	}
	out := catalogJSON{Path: c.Out, Versions: len(a.Editions), SHA256: shaOf(text)}
	if c.JSON {
		return printJSON(s.stdout, out)
	}
	_, err = fmt.Fprintf(s.stdout, "%s: %d versions of use cases, %s\nTake it over elsewhere with: sealab catalog import %s\n", c.Out, out.Versions, out.SHA256, c.Out)
	return err
}

// writeWhole leaves a whole file or what was there.
func writeWhole(path string, text []byte) error {
	draft, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	defer os.Remove(draft.Name()) // gone by then where all went well
	_, err = draft.Write(text)
	if err = errors.Join(err, draft.Chmod(0o644), draft.Close()); err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	return nil
}

func shaOf(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Run takes a catalogue over.
func (c *catalogImportCmd) Run(s *session) error {
	a, err := readCatalogue(c.From)
	if err != nil {
		return badInputf("%s: %w", c.From, err)
	}
	text, err := a.JSON()
	if err != nil {
		return err
	}
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	out := catalogJSON{Path: c.From, Versions: len(a.Editions), SHA256: shaOf(text)}
	source := fmt.Sprintf("%d versions from another hub's export", out.Versions)
	if out.Adopted, err = store.Adopt(s.ctx, catalog.DefaultRoom, a.Foreign(), source, out.SHA256, time.Now()); errors.Is(err, catalog.ErrExists) {
		return badInputf("%w: nothing was taken over; import into an empty data directory (--data), or take these out of the export", err)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, out)
	}
	_, err = fmt.Fprintf(s.stdout, "%d versions of use cases taken over, %d were here already (%s)\n", out.Adopted, out.Versions-out.Adopted, out.SHA256)
	return err
}

func readCatalogue(path string) (*interchange.Archive, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return interchange.ReadFolder(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return interchange.Read(f)
}
