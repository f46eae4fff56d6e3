// Package contract is message contract v1 as strangers read it: which message travels on which topic, in which form,
// and who says it.
//
// It publishes what the rooms of floor 0 define: the table of fields in sim/seal, and the notice. The forms are JSON
// Schemas (2020-12); the whole, with topics and operations, is an AsyncAPI 3 document. Both are made from the same
// tables on every call, so that they cannot fall behind the code. sim/mqtt tests that its topics are these.
package contract

import (
	"encoding/json"

	"sealab/sim/event/wire"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Base is the beginning of every topic.
const Base = "sealab/v1/"

// Form is the published form of one payload.
type Form struct {
	Name   string
	Doc    string        // one line
	Schema func() []byte // JSON Schema 2020-12
}

// Forms are all published forms, by name.
var Forms = []Form{
	{"ack", "A seal's answer to one command.", Ack},
	{"batch", "What comes in one message on tele: a reading, or a backlog of them.", Batch},
	{"bye", "A run is over.", Bye},
	{"command", "What the hub asks of a seal.", Command},
	{"finding", "What a detector says about a container.", Finding},
	{"heard", "A program's word that it has heard a tick, and how much it has found.", Heard},
	{"hello", "What a program is told of its run.", Hello},
	{"join", "A program's word that it is there.", Join},
	{"notice", "What Customs or an operator states about a container.", notice.Schema},
	{"reading", "One message of a seal.", seal.Schema},
	{"ready", "A program's answer to hello.", Ready},
	{"tick", "The end of a tick of a run, with the list of what was heard in it.", Tick},
}

// FormOf finds a form by its name; nil: there is none.
func FormOf(name string) *Form {
	for i := range Forms {
		if Forms[i].Name == name {
			return &Forms[i]
		}
	}
	return nil
}

// object describes an object; keys in required must be there.
func object(props map[string]any, required ...string) map[string]any {
	return map[string]any{"type": "object", "properties": props, "required": required}
}

// text describes a string of at most most characters; pattern is of ECMA, or empty.
func text(doc string, most int, pattern string) map[string]any {
	s := map[string]any{"type": "string", "maxLength": most, "description": doc}
	if pattern != "" {
		s["pattern"] = pattern
	}
	return s
}

func oneOf(doc string, names ...string) map[string]any {
	return map[string]any{"type": "string", "enum": names, "description": doc}
}

func whole(doc string, least, most int64) map[string]any {
	return map[string]any{"type": "integer", "minimum": least, "maximum": most, "description": doc}
}

func version() map[string]any {
	return map[string]any{"const": wire.Version, "description": "version of the protocol"}
}

// parsed is a published schema as a value, without what only a document of its own needs.
func parsed(schema []byte) map[string]any {
	var v map[string]any
	if err := json.Unmarshal(schema, &v); err != nil {
		panic("parse published schema: " + err.Error()) // it was printed by this program: cannot happen
	}
	delete(v, "$schema")
	delete(v, "$id")
	return v
}
