// The experiment file: what somebody writes down before anything runs.

package experiment

import (
	"fmt"
	"maps"
	"strings"

	"sealab/sim"
	"sealab/sim/files/tree"
)

// File is an experiment as it was written, in YAML or JSON (DESIGN section 5). Parse reads it, Design makes a plan of
// it; until then names are not looked up and grids not expanded.
type File struct {
	Name       string
	Question   string
	Challenge  string // empty: that of the first scenario
	Scenarios  []FileScenario
	Arms       []FileArm
	Seeds      []uint64 // rising
	Baseline   string   // an arm; empty: the first
	Thresholds []string // `ARM: MEASURE OP NUMBER`
	Carrier    string   // empty: direct
	Profile    string   // of pocs.Profiles; empty: the first
	BaseRate   *float64 // attacks per 10,000 trips; nil: the default of pocs.Terms

	places map[string]tree.Place // where each field stands, by path
}

// FileScenario is a scenario with settings, or another one's recipe under a new name.
type FileScenario struct {
	Name    string
	Extends string // the other one; empty: Name is a scenario itself
	Doc     string // of the new name
	Set     Values
}

// FileArm is a PoC, or a program, with parameters and settings.
type FileArm struct {
	Name   string // empty: the PoC's, or the program's command, cut to 120 characters
	PoC    string
	Exec   []string // a command and its arguments, in place of a PoC; one text is one command line
	Params Values
	Set    Values
}

// Values are settings or parameters as they were written: a number, `low` or `high`; several make a grid.
type Values map[string][]string

// Limits of a file; what is larger is a slip rather than a plan.
const (
	MaxFileBytes = 64 << 10
	maxName      = 120 // characters
	maxQuestion  = 4_000
	maxArms      = 200 // as listed, and as expanded
	maxGrid      = 1_000
	maxChecks    = 200 // thresholds
)

// FileError says what is wrong with an experiment or scenario file, and where.
type FileError struct {
	What string // "experiment" or "scenario"
	Path string // of the file; empty: not known
	tree.Place
	Field   string // such as "arms[1].params.gate_km"; empty: the file as a whole
	Problem string // what is wrong and what is allowed
}

// Error reads as one line for a person.
func (e *FileError) Error() string {
	where := e.Place.String()
	if e.Field != "" {
		where += e.Field + ": "
	}
	return strings.TrimSpace("read "+e.What+" "+e.Path) + ": " + where + e.Problem
}

// wrong makes a FileError for a field; its place is that of the innermost part of it that the file has.
func (f *File) wrong(field, format string, args ...any) *FileError {
	return &FileError{"experiment", "", placeIn(f.places, field), field, fmt.Sprintf(format, args...)}
}

// placesOf notes where each field stands; an assumption that is set without its prefix is found with it too.
func placesOf(root *tree.Node) map[string]tree.Place {
	places := make(map[string]tree.Place)
	root.Places(places)
	for path, at := range maps.Clone(places) {
		of, name, ok := strings.Cut(path, "set.")
		if full := sim.FullName(name); ok && full != name {
			places[of+"set."+full] = at
		}
	}
	return places
}

// placeIn is where a field stands, or the innermost part of it that is there.
func placeIn(places map[string]tree.Place, field string) tree.Place {
	at := field
	for at != "" && places[at].Line == 0 {
		at = at[:max(strings.LastIndexAny(at, ".["), 0)]
	}
	if at == "" {
		return tree.Place{}
	}
	return places[at]
}

// armName is what an arm is called where it was given no name.
func (a *FileArm) armName() string {
	switch {
	case a.Name != "":
		return a.Name
	case a.PoC != "":
		return a.PoC
	}
	words := []rune(a.Exec[0])
	return string(words[:min(len(words), maxName)])
}
