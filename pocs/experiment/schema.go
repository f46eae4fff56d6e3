// The published shape of an experiment file.

package experiment

import _ "embed"

// schemaJSON is the JSON Schema (2020-12) of the experiment file.
//
//go:embed experiment.schema.json
var schemaJSON []byte

// Schema is the JSON Schema (2020-12) of an experiment file. It describes the shape; that the names in a file exist,
// and that its numbers are in range, Validate says.
func Schema() []byte { return schemaJSON }
