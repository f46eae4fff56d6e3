// Programs in an experiment file: their commands give way to their names, which say what is in their files, so that what
// is stored can be read where the program is not.

package experiment

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"

	"sealab/pocs"
)

// programName is how pocs/program names what it runs.
var programName = regexp.MustCompile(`^[a-z0-9_-]{1,40}@[0-9a-f]{16}$`)

// IsProgram reports whether a proof of concept's name is that of a program that was started for a run.
func IsProgram(name string) bool { return programName.MatchString(name) }

// Programs puts names in the place of commands, and reports whether there was any; find gives the name of the program
// that a command starts. An arm keeps the name that it had. Its errors are *FileError.
func (f *File) Programs(find func(words []string) (string, error)) (bool, error) {
	f.Arms = slices.Clone(f.Arms)
	found := false
	for i := range f.Arms {
		a := &f.Arms[i]
		if a.Exec == nil {
			continue
		}
		name, err := find(a.Exec)
		if err != nil {
			return false, f.wrong(fmt.Sprintf("arms[%d].exec", i), "%v", err)
		}
		a.Name, a.PoC, a.Exec, found = a.armName(), name, nil, true
	}
	return found, nil
}

// program is the proof of concept that a program's name stands for in an arm: the one of the catalogue, or one that can
// be read about and not played. What parameters there are the arm says, since only the program knows.
func (b *draft) program(a *FileArm) *pocs.PoC {
	p := pocs.PoC{Name: a.PoC, Challenge: b.Challenge.Name, Doc: "A program that is known by the content of its files, and is not here.",
		New: func(pocs.Setup) (pocs.Detector, error) {
			return nil, errors.New("the program is not here: run the experiment's file where it is, with sealab experiment run")
		}}
	for i := range b.catalogue.PoCs {
		if known := &b.catalogue.PoCs[i]; known.Name == a.PoC {
			p = *known
		}
	}
	p.Params = nil
	for _, name := range slices.Sorted(maps.Keys(a.Params)) {
		p.Params = append(p.Params, pocs.Param{Name: name, Min: -math.MaxFloat64, Max: math.MaxFloat64})
	}
	return &p
}
