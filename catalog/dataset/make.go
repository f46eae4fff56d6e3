// The making of a dataset, and of the same again.

package dataset

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Make writes a dataset into the folder dir, as Place does. Want, where it is given, is a manifest whose files must come
// out again.
func Make(ctx context.Context, s Spec, dir string, force bool, want *Manifest) (m *Manifest, err error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	err = Place(dir, force, manifestName, func(draft string) error {
		if m, err = s.fill(ctx, draft); err != nil || want == nil {
			return err
		}
		return differs(want, m)
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// fill writes all files of a dataset below root.
func (s *Spec) fill(ctx context.Context, root string) (*Manifest, error) {
	m := &Manifest{Version: Version, Kind: Kind, Challenge: s.Challenge, Scenario: s.Scenario.Name, Extends: s.Scenario.Extends, Settings: s.Settings, EPCIS: s.EPCIS,
		Commit: s.Commit, Licence: Licence, Worlds: []World{}}
	if m.Extends != "" { // any other scenario's is in the code that makes it
		m.Doc = s.Scenario.Doc
	}
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
