//go:build !js

// Tags and notes on stored runs and experiments. They stand beside the record: no digest and no proof holds them.

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"sealab/catalog"
)

// tagCmd marks a run or an experiment, or takes marks off.
type tagCmd struct {
	ID     string   `arg:"" help:"A run's or an experiment's id."`
	Tags   []string `arg:"" optional:"" name:"tag" help:"Tags to add; without any, those it has are printed."`
	Remove []string `short:"r" sep:"none" placeholder:"TAG" help:"Take a tag off (again for several)."`
	dataFlags
	JSON bool `help:"Print a JSON array of its tags."`
}

// Run changes the tags and prints those that are left, one a line.
func (c *tagCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	for _, tag := range c.Remove {
		if err := besideError(c.ID, tag, store.RemoveTag(s.ctx, c.ID, tag)); err != nil {
			return err
		}
	}
	for _, tag := range c.Tags {
		if err := besideError(c.ID, "", store.AddTag(s.ctx, c.ID, tag)); err != nil {
			return err
		}
	}
	b, err := besideOf(s.ctx, store, c.ID)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.stdout, append([]string{}, b.Tags...))
	}
	for _, tag := range b.Tags {
		if _, err := fmt.Fprintln(s.stdout, tag); err != nil {
			return err
		}
	}
	return nil
}

// noteCmd writes a note on a run or an experiment.
type noteCmd struct {
	ID   string  `arg:"" help:"A run's or an experiment's id."`
	Text *string `arg:"" optional:"" help:"The note, in place of the one it has; - reads standard input, an empty text takes it away. Without a text the note is printed."`
	dataFlags
}

// mostNote bounds what is read from standard input: the longest note in the longest encoding.
const mostNote = 20_000 * 4

// Run writes the note, or prints it.
func (c *noteCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if c.Text == nil {
		b, err := besideOf(s.ctx, store, c.ID)
		if err == nil && b.Note != "" {
			_, err = fmt.Fprintln(s.stdout, strings.TrimRight(b.Note, "\n"))
		}
		return err
	}
	text := *c.Text
	if text == "-" {
		raw, err := io.ReadAll(io.LimitReader(s.stdin, mostNote+1))
		if err != nil {
			return fmt.Errorf("read note: %w", err)
		}
		text = string(raw)
	}
	return besideError(c.ID, "", store.SetNote(s.ctx, c.ID, text))
}

// besideOf reads what stands beside a run or an experiment, which must be there.
func besideOf(ctx context.Context, store *catalog.Store, id string) (catalog.Beside, error) {
	there, err := store.Has(ctx, id)
	if err != nil {
		return catalog.Beside{}, err
	}
	if !there {
		return catalog.Beside{}, besideError(id, "", catalog.ErrNotFound)
	}
	all, err := store.Beside(ctx, id)
	return all[id], err
}

// besideError says what the user can mend.
func besideError(id, tag string, err error) error {
	switch {
	case errors.Is(err, catalog.ErrNotFound) && tag != "":
		return badInputf("take tag %q off %s: it does not carry it; sealab tag %s shows what it carries", tag, id, id)
	case errors.Is(err, catalog.ErrNotFound):
		return badInputf("unknown run or experiment %q: sealab list runs and sealab list experiments show what is stored", id)
	case errors.Is(err, catalog.ErrUnfit):
		return badInput{err}
	}
	return err
}
