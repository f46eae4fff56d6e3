// The words that fields may hold, taken from the schema, which says them once.

package usecase

import (
	_ "embed"
	"encoding/json"
	"slices"
)

//go:embed schema.json
var schemaText []byte

// Schema is the published JSON Schema (2020-12) of an entry.
func Schema() []byte { return slices.Clone(schemaText) }

// The controlled vocabularies (reference "catalogue", section 2), as slugs in the order in which they are shown.
var (
	Technologies  = enum("technologies", "items")
	Processes     = enum("process", "items")
	Stages        = enum("stage")
	Regions       = enum("wco_region", "items")
	Evidences     = enum("evidence")
	Kinds         = enumAt(parsed.Defs["kind"])
	Sensitivities = enum("data_used", "items", "sensitivity")
	Comparators   = enum("claims", "items", "comparator")
	// AttackModes are known ones; others are allowed.
	AttackModes = parsed.Properties["attack_modes"].Items.Examples
)

// The stages that something else depends on.
const (
	Idea    = "idea"
	Stopped = "stopped"
)

// The origins of entries.
const (
	Compiled  = "compiled"  // by curators, from public sources
	Submitted = "submitted" // through the form, or as a file
)

// part is what is read of a schema here.
type part struct {
	Properties  map[string]*part `json:"properties"`
	Defs        map[string]*part `json:"$defs"`
	Items       *part            `json:"items"`
	Enum        []string         `json:"enum"`
	Examples    []string         `json:"examples"`
	Ref         string           `json:"$ref"`
	Description string           `json:"description"`
	MinLength   int              `json:"minLength"`
	MaxLength   int              `json:"maxLength"`
}

var parsed = func() (p part) {
	if err := json.Unmarshal(schemaText, &p); err != nil {
		panic(err) // a file of ours
	}
	return p
}()

// enum follows a path of properties ("items" goes into a list) to the words allowed there.
func enum(property string, path ...string) []string {
	p := parsed.Properties[property]
	for _, step := range path {
		if step == "items" {
			p = p.Items
		} else {
			p = p.Properties[step]
		}
	}
	return enumAt(p)
}

func enumAt(p *part) []string { return p.Enum }

// Describe is what the schema says of a field, for a form's help.
func Describe(field string) string {
	if p := parsed.Properties[field]; p != nil {
		return p.Description
	}
	return ""
}

// MaxLength is how many characters a text field may have; 0 for other fields.
func MaxLength(field string) int {
	p := parsed.Properties[field]
	if p == nil {
		return 0
	}
	if p.Ref != "" {
		p = parsed.Defs[p.Ref[len("#/$defs/"):]]
	}
	return p.MaxLength
}
