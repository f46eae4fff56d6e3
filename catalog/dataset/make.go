// The making of a dataset: whole beside its place, then moved there.

package dataset

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// ErrNotEmpty is for a folder that holds something, where nobody said that it may be replaced.
var ErrNotEmpty = errors.New("it is not empty")

// Make writes a dataset into the folder dir, which is made where it is not there. Where dir holds something it returns
// ErrNotEmpty, or with force replaces the dataset's own files and leaves others alone. On an error nothing is changed;
// want, where it is given, is a manifest whose files must come out again.
func Make(ctx context.Context, s Spec, dir string, force bool, want *Manifest) (*Manifest, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("write dataset: %w", err)
	}
	if len(entries) > 0 && !force {
		return nil, fmt.Errorf("write dataset into %s: %w", dir, ErrNotEmpty)
	}
	draft, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), "."+filepath.Base(dir)+"-*")
	if err != nil {
		return nil, fmt.Errorf("write dataset: %w", err)
	}
	defer os.RemoveAll(draft) // gone by then where all went well
	m, err := s.fill(ctx, draft)
	if err != nil {
		return nil, err
	}
	if want != nil {
		if err := differs(want, m); err != nil {
			return nil, err
		}
	}
	if err := os.Chmod(draft, 0o755); err != nil {
		return nil, fmt.Errorf("write dataset: %w", err)
	}
	if len(entries) > 0 {
		err = moveInto(draft, dir, m)
	} else {
		_ = os.Remove(dir) // an empty one
		err = os.Rename(draft, dir)
	}
	if err != nil {
		return nil, fmt.Errorf("write dataset: %w", err)
	}
	return m, nil
}

// fill writes all files of a dataset below root.
func (s *Spec) fill(ctx context.Context, root string) (*Manifest, error) {
	m := &Manifest{Version: Version, Kind: Kind, Challenge: s.Challenge, Scenario: s.Scenario.Name, Settings: s.Settings, EPCIS: s.EPCIS,
		Commit: s.Commit, Licence: Licence, Worlds: []World{}}
	seeds := slices.Sorted(slices.Values(s.Seeds))
	for i, seed := range seeds {
		world, list, err := s.world(ctx, root, seed, func(fraction float64) {
			if s.Progress != nil {
				s.Progress((float64(i)+fraction)/float64(len(seeds)), fmt.Sprintf("seed %d", seed))
			}
		})
		if err != nil {
			return nil, err
		}
		m.Worlds = append(m.Worlds, world)
		m.Files = append(m.Files, list...)
	}
	if len(m.Worlds) == 1 {
		m.Seed, m.WorldDigest = &m.Worlds[0].Seed, m.Worlds[0].WorldDigest
	}
	text, err := s.card(m)
	if err != nil {
		return nil, err
	}
	card, err := writeFile(root, cardName, text)
	if err != nil {
		return nil, err
	}
	m.Files = append(m.Files, card)
	slices.SortFunc(m.Files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	text, err = m.text()
	if err == nil {
		_, err = writeFile(root, manifestName, text)
	}
	return m, err
}

// text is manifest.json.
func (m *Manifest) text() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(m)
	return b.Bytes(), err
}

// differs says which file did not come out again.
func differs(want, got *Manifest) error {
	made := map[string]File{}
	for _, f := range got.Files {
		made[f.Name] = f
	}
	for _, f := range want.Files {
		if made[f.Name] != f {
			return fmt.Errorf("make dataset again: %s is not what the manifest says: it was made by commit %s, this is %s, and nothing was written: "+
				"take that code, or make a new dataset from scenario, settings and seed", f.Name, want.Commit, got.Commit)
		}
	}
	if len(want.Files) != len(got.Files) {
		return fmt.Errorf("make dataset again: the manifest names %d files, this code makes %d", len(want.Files), len(got.Files))
	}
	return nil
}

// own are the names that a dataset's files and folders have.
var own = regexp.MustCompile(`^(messages\.ndjson|messages\.parquet|notices\.ndjson|truth\.json|epcis\.json|README\.md|manifest\.json|seed-[0-9]{1,16})$`)

// moveInto replaces the files of a dataset that lies in dir. The manifest goes first and comes last, so that a dataset
// that was not moved whole has none.
func moveInto(draft, dir string, m *Manifest) error {
	err := os.Remove(filepath.Join(dir, manifestName))
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
		if e.Name() != manifestName {
			if err := os.Rename(filepath.Join(draft, e.Name()), filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return os.Rename(filepath.Join(draft, manifestName), filepath.Join(dir, manifestName))
}
