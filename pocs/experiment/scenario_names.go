// Names of scenarios in files: those that are known, new ones for a known recipe, and paths of files that hold one.

package experiment

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"sealab/sim"
)

// newName is what a scenario may be called: it stands in addresses, queries and on command lines.
var newName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// maxNewName is how many characters it may have.
const maxNewName = 40

// badName says what is wrong with a new name; empty: nothing is.
func badName(c Catalogue, name string) string {
	if !newName.MatchString(name) || len(name) > maxNewName {
		return fmt.Sprintf("%q is no name for a scenario: want up to %d small letters and digits, with single hyphens between them, such as winter-corridor", name, maxNewName)
	}
	for i := range c.Challenges {
		if sim.Find(c.Challenges[i].Scenarios, name) != nil {
			return fmt.Sprintf("%s is a scenario already: give what extends one another name", name)
		}
	}
	return ""
}

// CheckNewName says what is wrong with a new name for what extends a scenario.
func CheckNewName(c Catalogue, name string) error {
	if why := badName(c, name); why != "" {
		return errors.New(why)
	}
	return nil
}

// IsScenarioPath reports whether what stands for a scenario is the path of a file.
func IsScenarioPath(name string) bool {
	if strings.ContainsAny(name, `/\`) {
		return true
	}
	for _, end := range []string{".yaml", ".yml", ".json"} {
		if strings.HasSuffix(strings.ToLower(name), end) {
			return true
		}
	}
	return false
}

// recipe is the name of the scenario that it is made of.
func (s *FileScenario) recipe() string { return orElse(s.Extends, s.Name) }

// unknownScenario says that there is no such scenario, where the file names it.
func (f *File) unknownScenario(i int, what string, known []string) *FileError {
	s, field := &f.Scenarios[i], fmt.Sprintf("scenarios[%d]", i)
	switch {
	case s.Extends != "":
		return f.wrong(field+".extends", "%s", unknown(what, s.Extends, known))
	case IsScenarioPath(s.Name):
		return f.wrong(field, "%q is a scenario file, which only the command line reads: write its name, extends and set here", s.Name)
	}
	return f.wrong(field, "%s", unknown(what, s.Name, known))
}
