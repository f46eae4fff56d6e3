// A folder that a program has to itself for one run.

package program

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// mostScratchFiles is how many files a scratch folder may hold.
const mostScratchFiles = 10_000

// scratch is the path of such a folder; empty: the program runs where its caller is.
type scratch string

func newScratch() (scratch, error) {
	dir, err := os.MkdirTemp("", "sealab-program-*")
	if err != nil {
		return "", fmt.Errorf("make scratch folder: %w", err)
	}
	return scratch(dir), nil
}

// look says whether more lies in it than may.
func (s scratch) look(most int64) *Fault {
	if s == "" {
		return nil
	}
	var bytes int64
	files := 0
	_ = filepath.WalkDir(string(s), func(_ string, entry fs.DirEntry, err error) error { // what comes and goes meanwhile is not counted
		if err != nil {
			return nil
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			bytes += info.Size()
		}
		if files++; files > mostScratchFiles || bytes > most {
			return fs.SkipAll
		}
		return nil
	})
	if files > mostScratchFiles || bytes > most {
		return &Fault{Code: Flood, What: fmt.Sprintf("its scratch folder holds more than %d MiB or %d files", most>>20, mostScratchFiles)}
	}
	return nil
}

// remove throws it away. What a program made unwritable to its own user is made writable first.
func (s scratch) remove() {
	if s == "" || os.RemoveAll(string(s)) == nil {
		return
	}
	_ = filepath.WalkDir(string(s), func(path string, entry fs.DirEntry, _ error) error {
		if entry != nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	_ = os.RemoveAll(string(s)) // whoever runs the hub finds what is left by its name
}
