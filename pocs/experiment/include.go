// Scenario files in an experiment file: what they say takes the place of their paths, so that the experiment is whole.

package experiment

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Include puts what scenario files say in the place of their paths, and reports whether there was any; read gives the
// bytes of a file. What the experiment sets goes before what the scenario file does. Its errors are *FileError.
func (f *File) Include(c Catalogue, read func(path string) ([]byte, error)) (bool, error) {
	f.Scenarios = slices.Clone(f.Scenarios)
	included := false
	for i := range f.Scenarios {
		s := &f.Scenarios[i]
		if s.Extends != "" || !IsScenarioPath(s.Name) {
			continue
		}
		data, err := read(s.Name)
		if err != nil {
			return false, f.wrong(fmt.Sprintf("scenarios[%d]", i), "%v", err)
		}
		file, err := ParseScenario(data, s.Name)
		if err != nil {
			return false, err
		}
		sc, _, set, err := file.Recipe(c)
		if err != nil {
			return false, err
		}
		all := make(Values, len(set)+len(s.Set))
		for name, value := range set {
			all[name] = []string{value}
		}
		maps.Copy(all, s.Set)
		*s, included = FileScenario{Name: sc.Name, Extends: sc.Extends, Doc: file.Doc, Set: all}, true
	}
	return included, nil
}

// PathOf gives an error of this room the path of the file that it is about.
func PathOf(err error, path string) error {
	var bad *FileError
	if errors.As(err, &bad) && bad.Path == "" {
		named := *bad
		named.Path = path
		return &named
	}
	return err
}
