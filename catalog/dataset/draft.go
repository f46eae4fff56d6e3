// Drafts: the hidden folders in which files are made before they are moved to their place.

package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// draftPrefix begins the name of every draft.
const draftPrefix = ".sealab-"

// draft is a hidden folder, locked as long as its maker lives.
type draft struct {
	dir  string
	lock *os.File
}

// newDraft makes one in a folder. Whoever clears drafts away may take it for one of the dead before it is locked: then
// another is made.
func newDraft(beside string) (*draft, error) {
	for range 10 {
		dir, err := os.MkdirTemp(beside, draftPrefix+"*")
		if err != nil {
			return nil, err
		}
		lock, err := os.Open(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		taken := errors.Is(claim(lock), errTaken)
		if _, err := os.Lstat(dir); err == nil && !taken {
			return &draft{dir, lock}, nil
		}
		lock.Close()
	}
	return nil, fmt.Errorf("others take away what is made in %s", beside)
}

// drop removes a draft, or what is left of it.
func (d *draft) drop() {
	_ = os.RemoveAll(d.dir) // gone by now where all went well; else the next one clears it away
	_ = d.lock.Close()
}

// clearDrafts removes from a folder the drafts of those who died in their making, as far as that is allowed and can be
// told here. Anything else that is hidden there stays.
func clearDrafts(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return // whoever needs the folder says so
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), draftPrefix) {
			continue
		}
		dir := filepath.Join(folder, e.Name())
		lock, err := os.Open(dir)
		if err != nil {
			continue
		}
		if claim(lock) == nil && madeHere(dir) {
			_ = os.RemoveAll(dir)
		}
		_ = lock.Close()
	}
}

// madeHere reports whether a folder holds nothing but files of a dataset's or an export's names.
func madeHere(dir string) bool {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if !own.MatchString(e.Name()) {
			return false
		}
	}
	return err == nil
}
