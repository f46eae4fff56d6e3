// The experiment file: what somebody writes down before anything runs.

package experiment

import (
	"fmt"
	"strings"
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

	lines map[string]int // where each field stands, by path
}

// FileScenario is a scenario with settings.
type FileScenario struct {
	Name string
	Set  Values
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

// FileError says what is wrong with an experiment file, and where.
type FileError struct {
	Line    int    // from 1; 0: nowhere in particular
	Field   string // such as "arms[1].params.gate_km"; empty: the file as a whole
	Problem string // what is wrong and what is allowed
}

// Error reads as one line for a person.
func (e *FileError) Error() string {
	where := ""
	if e.Line > 0 {
		where = fmt.Sprintf("line %d: ", e.Line)
	}
	if e.Field != "" {
		where += e.Field + ": "
	}
	return "read experiment: " + where + e.Problem
}

// wrong makes a FileError for a field; its line is that of the innermost part of it that the file has.
func (f *File) wrong(field, format string, args ...any) *FileError {
	at := field
	for at != "" && f.lines[at] == 0 {
		at = at[:max(strings.LastIndexAny(at, ".["), 0)]
	}
	line := 0
	if at != "" {
		line = f.lines[at]
	}
	return &FileError{line, field, fmt.Sprintf(format, args...)}
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
