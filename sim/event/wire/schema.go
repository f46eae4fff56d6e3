package wire

// This file holds what the published schemas share (JSON Schema 2020-12).

import (
	"bytes"
	"encoding/json"
)

// TimePattern is the form of a time, as a regular expression of ECMA.
const TimePattern = `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|\+00:00)$`

// TimeSchema describes a time.
func TimeSchema(doc string) map[string]any {
	return map[string]any{"type": "string", "format": "date-time", "pattern": TimePattern, "description": doc}
}

// PrintSchema prints the schema of the message kind name, an object unless schema says otherwise: the same bytes every
// time, since keys are sorted.
func PrintSchema(name, doc string, schema map[string]any) []byte {
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["$id"] = "urn:sealab:schema:" + name + ":v1"
	schema["title"] = name
	schema["description"] = doc
	if schema["type"] == nil {
		schema["type"] = "object"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema); err != nil {
		panic("print schema: " + err.Error()) // maps, strings and numbers only: cannot happen
	}
	return b.Bytes()
}
