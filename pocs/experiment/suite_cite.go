// Citing a suite, and its published shape.

package experiment

import (
	_ "embed"
	"fmt"
	"time"
)

// BibTeX is an entry for a list of references. Its author is the project: a suite belongs to nobody in particular.
func (s *Suite) BibTeX() string {
	year := ""
	if day, err := time.Parse(time.DateOnly, s.Version); err == nil {
		year = fmt.Sprintf("  year    = {%d},\n", day.Year())
	}
	return fmt.Sprintf("@misc{sealab-%s,\n  author  = {{Sealab}},\n  title   = {%s},\n%s  version = {%s},\n"+
		"  note    = {Sealab suite %s: %d scenarios, seeds %s, %s}\n}\n",
		s.Name, s.Title, year, s.Version, s.Name, len(s.Scenarios), FormatSeeds(s.Seeds), s.Hash())
}

// suiteSchemaJSON is the JSON Schema (2020-12) of a frozen suite.
//
//go:embed suite.schema.json
var suiteSchemaJSON []byte

// SuiteSchema is the JSON Schema (2020-12) of a frozen suite, in its file and as `sealab suite show --json` prints it.
func SuiteSchema() []byte { return suiteSchemaJSON }
