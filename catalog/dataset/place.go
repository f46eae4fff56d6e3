// Folders that are there whole or not at all: filled beside their place, then moved.

package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// Errors of Place. Both leave everything as it was.
var (
	ErrNotEmpty = errors.New("it is not empty") // and nobody said that it may be replaced
	ErrNotOurs  = errors.New("it holds files of the same names that are not of an earlier one")
)

// Place has fill write files into a draft folder and moves them to dir, the file last at the end: while it is not there,
// nobody takes the others for whole. Where dir holds something, Place returns ErrNotEmpty; with force it replaces what
// an earlier Place has left there, which it knows by last, and leaves other files alone. On an error of fill nothing has
// changed; when the process dies in it, nothing but a hidden draft, which the next Place clears away.
func Place(dir string, force bool, last string, fill func(draft string) error) error {
	named := dir
	dir, err := filepath.Abs(dir) // "." has a parent too
	if err != nil {
		return fmt.Errorf("write files: %w", err)
	}
	clearDrafts(filepath.Dir(dir))
	clearDrafts(dir)
	old, err := os.ReadDir(dir)
	there := err == nil
	switch {
	case !there && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write files: %w", err)
	case len(old) > 0 && !force:
		return fmt.Errorf("write files into %s: %w", named, ErrNotEmpty)
	case foreign(old, last):
		return fmt.Errorf("write files into %s: %w", named, ErrNotOurs)
	}
	beside := filepath.Dir(dir)
	if there {
		beside = dir // on the same disk, whatever is mounted there
	}
	d, err := newDraft(beside)
	if err != nil {
		return fmt.Errorf("write files: %w", err)
	}
	defer d.drop()
	if err := fill(d.dir); err != nil {
		return err
	}
	if there {
		err = moveInto(d.dir, dir, last)
	} else if err = os.Chmod(d.dir, 0o755); err == nil {
		err = os.Rename(d.dir, dir)
	}
	if err != nil {
		return fmt.Errorf("write files: %w", err)
	}
	return nil
}

// foreign reports whether a folder holds files that would be replaced, though no earlier Place was finished there.
func foreign(entries []fs.DirEntry, last string) bool {
	found := false
	for _, e := range entries {
		if e.Name() == last || e.Name() == leaving(last) {
			return false
		}
		found = found || own.MatchString(e.Name())
	}
	return found
}

// own are the names of what is written here.
var own = regexp.MustCompile(`^(messages\.ndjson|messages\.parquet|notices\.ndjson|truth\.json|epcis\.json|README\.md|manifest\.json|` +
	`findings\.ndjson|findings\.csv|run\.json|seed-[0-9]{1,16})$`)

// leaving is what the file last is called while the others are replaced: a dataset that was given up half way can be
// replaced too.
func leaving(last string) string { return "." + last + ".old" }

// moveInto replaces the files that lie in dir.
func moveInto(draft, dir, last string) error {
	err := os.Rename(filepath.Join(dir, last), filepath.Join(dir, leaving(last)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if own.MatchString(e.Name()) {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	if entries, err = os.ReadDir(draft); err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != last {
			if err := os.Rename(filepath.Join(draft, e.Name()), filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	if err := os.Rename(filepath.Join(draft, last), filepath.Join(dir, last)); err != nil {
		return err
	}
	err = os.Remove(filepath.Join(dir, leaving(last)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
