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

// ErrNotEmpty is for a folder that holds something, where nobody said that it may be replaced.
var ErrNotEmpty = errors.New("it is not empty")

// Place has fill write files into a new folder beside dir and moves them there. Where dir holds something it returns
// ErrNotEmpty, or with force replaces what an earlier Place has left there, and leaves other files alone; then the file
// last is gone until all others are in place. On an error of fill nothing is changed.
func Place(dir string, force bool, last string, fill func(draft string) error) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write files: %w", err)
	}
	if len(entries) > 0 && !force {
		return fmt.Errorf("write files into %s: %w", dir, ErrNotEmpty)
	}
	draft, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), "."+filepath.Base(dir)+"-*")
	if err != nil {
		return fmt.Errorf("write files: %w", err)
	}
	defer os.RemoveAll(draft) // gone by then where all went well
	if err := fill(draft); err != nil {
		return err
	}
	if err := os.Chmod(draft, 0o755); err != nil {
		return fmt.Errorf("write files: %w", err)
	}
	if len(entries) > 0 {
		err = moveInto(draft, dir, last)
	} else {
		_ = os.Remove(dir) // an empty one
		err = os.Rename(draft, dir)
	}
	if err != nil {
		return fmt.Errorf("write files: %w", err)
	}
	return nil
}

// own are the names of what is written here.
var own = regexp.MustCompile(`^(messages\.ndjson|messages\.parquet|notices\.ndjson|truth\.json|epcis\.json|README\.md|manifest\.json|` +
	`findings\.ndjson|findings\.csv|run\.json|seed-[0-9]{1,16})$`)

// moveInto replaces the files that lie in dir.
func moveInto(draft, dir, last string) error {
	err := os.Remove(filepath.Join(dir, last))
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
	return os.Rename(filepath.Join(draft, last), filepath.Join(dir, last))
}
