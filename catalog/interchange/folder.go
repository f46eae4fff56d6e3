// The archive as a folder: catalogue.json is the register, usecases/ID/vN.yaml the text of a version.

package interchange

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"

	"sealab/catalog/usecase"
)

const (
	registerName = "catalogue.json"
	textsFolder  = "usecases"
)

// slug is how the name of a use case must look before it may become that of a folder.
var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// place is where the text of a version lies.
func (e *Edition) place() string {
	return fmt.Sprintf("%s/%s/v%d.yaml", textsFolder, e.Usecase, e.Version)
}

// WriteFolder writes the archive into a new folder, whole or not at all. fs.ErrExist where something is there.
func (a *Archive) WriteFolder(dir string) error {
	if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
		return fmt.Errorf("write catalogue %s: it is not empty: %w", dir, fs.ErrExist)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write catalogue: %w", err)
	}
	draft, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), ".catalogue-*")
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	defer os.RemoveAll(draft) // it is gone by then where all went well
	if err := a.write(draft); err != nil {
		return err
	}
	err = os.Chmod(draft, 0o755)
	if err == nil {
		err = os.Rename(draft, dir) // an empty folder gives way
	}
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	return nil
}

func (a *Archive) write(dir string) error {
	for i := range a.Editions {
		e := &a.Editions[i]
		to := filepath.Join(dir, filepath.FromSlash(e.place()))
		err := os.MkdirAll(filepath.Dir(to), 0o755)
		if err == nil {
			err = os.WriteFile(to, e.entry.YAML(), 0o644)
		}
		if err != nil {
			return fmt.Errorf("write catalogue: %w", err)
		}
	}
	text, err := encode(a)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, registerName), text, 0o644); err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	return nil
}

// ReadFolder reads an archive from a folder, and says what is wrong with it and where. Nothing outside the folder is
// read, whatever a link in it says.
func ReadFolder(dir string) (*Archive, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	defer root.Close()
	f, err := root.Open(registerName)
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w: want a folder that sealab catalog export wrote", err)
	}
	defer f.Close()
	a, err := decode(f)
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %s: %w", registerName, err)
	}
	if err = a.texts(root); err == nil {
		err = a.check()
	}
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	return a, nil
}

// texts reads the text of each version, and names texts that the register does not know.
func (a *Archive) texts(root *os.Root) error {
	var all []error
	known := map[string]bool{}
	for i := range a.Editions {
		e := &a.Editions[i]
		if len(e.Entry) > 0 || !slug.MatchString(e.Usecase) {
			return fmt.Errorf("%s: edition %d (%.80q): want the name of a use case, and its text in a file of its own", registerName, i+1, e.Usecase)
		}
		known[e.place()] = true
		var err error
		if e.entry, err = readText(root, e.place()); err != nil {
			all = append(all, fmt.Errorf("%s: %w", e.place(), err))
		}
	}
	err := fs.WalkDir(root.FS(), textsFolder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !known[path.Clean(name)] {
			err = fmt.Errorf("%s: it is not in %s", name, registerName)
		}
		return err
	})
	if err != nil && !(errors.Is(err, fs.ErrNotExist) && len(a.Editions) == 0) {
		all = append(all, err)
	}
	return errors.Join(all...)
}

func readText(root *os.Root, name string) (usecase.Entry, error) {
	f, err := root.Open(name)
	if err != nil {
		return usecase.Entry{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, usecase.MaxBytes+1)) // one byte more shows that it is too large
	if err != nil {
		return usecase.Entry{}, err
	}
	e, faults := usecase.Parse(text)
	if len(faults) > 0 {
		return e, faults[0]
	}
	return e, nil
}
