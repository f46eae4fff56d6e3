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

// scenarioJSON is the JSON Schema (2020-12) of the scenario file.
//
//go:embed scenario_file.schema.json
var scenarioJSON []byte

// ScenarioSchema is the JSON Schema (2020-12) of a scenario file. That its names exist and its numbers are in range,
// ScenarioFile.Recipe says.
func ScenarioSchema() []byte { return scenarioJSON }
