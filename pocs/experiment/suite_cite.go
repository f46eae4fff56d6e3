// Citing a suite, and its published shape.

package experiment

import (
	_ "embed"
	"fmt"
)

// BibTeX is an entry for a list of references. Its author is the project: a suite belongs to nobody in particular.
func (s *Suite) BibTeX() string {
	return fmt.Sprintf("@misc{sealab-%s,\n  author  = {{Sealab}},\n  title   = {%s},\n  year    = {%.4s},\n  version = {%s},\n"+
		"  note    = {Sealab suite %s: %d scenarios, seeds %s, %s}\n}\n",
		s.Name, s.Title, s.Version, s.Version, s.Name, len(s.Scenarios), FormatSeeds(s.Seeds), s.Hash())
}

// suiteSchemaJSON is the JSON Schema (2020-12) of a frozen suite.
//
//go:embed suite.schema.json
var suiteSchemaJSON []byte

// SuiteSchema is the JSON Schema (2020-12) of a frozen suite, in its file and as `sealab suite show --json` prints it.
func SuiteSchema() []byte { return suiteSchemaJSON }
