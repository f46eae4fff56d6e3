package seal

// This file publishes the table of fields as a JSON Schema (2020-12).

import (
	"encoding/json"

	"sealab/sim/event/wire"
)

// Schema returns the JSON Schema of a reading.
//
// It says what a seal should send. Decode takes a little more: names of closed lists that are not in it yet (as
// unknown). And it asks for what no schema can say: a right check digit, and no key twice.
func Schema() []byte {
	top := schemaOf(layout)
	required := []string{"v"}
	for t := range Texts {
		if Texts[t].Required {
			required = append(required, Texts[t].Path)
		}
	}
	numbered := []string{}
	for _, f := range mandatory {
		numbered = append(numbered, Fields[f].Path)
	}
	top["required"] = required
	constant := func(f Field, v int64) map[string]any { return map[string]any{"const": Fields[f].Enum[v]} }
	seq, kind, reason := Fields[Seq].Path, Fields[MsgKind].Path, Fields[Reason].Path
	top["if"] = map[string]any{
		"properties": map[string]any{
			kind: constant(MsgKind, Death), reason: constant(Reason, ReasonLWT), seq: map[string]any{"type": "null"},
		},
		"required": []string{kind, reason, seq},
	}
	top["else"] = map[string]any{
		"properties": map[string]any{seq: map[string]any{"type": "integer"}},
		"required":   numbered,
	}
	return wire.PrintSchema(KindReading, "One message of a smart seal, protocol v1 (topics state, tele and event). "+
		"Keys that are not named here are ignored. "+
		"Keys under x- say the unit, the decimal places that are kept, and the key in the compact profile.", top)
}

func schemaOf(p *plan) map[string]any {
	props := map[string]any{}
	for i := range p.rows {
		row := &p.rows[i]
		switch row.kind {
		case rowField:
			props[row.key] = Fields[row.field].schema()
		case rowText:
			props[row.key] = Texts[row.text].schema()
		case rowGroup:
			props[row.key] = schemaOf(row.group)
		case rowVersion:
			props[row.key] = map[string]any{"const": Version, "description": "version of the protocol", "x-cbor": versionCBOR}
		case rowPrev:
			props[row.key] = PrevSchema()
		case rowSig:
			props[row.key] = SignatureSchema()
		}
	}
	return map[string]any{"type": "object", "properties": props}
}

func (i *FieldInfo) schema() map[string]any {
	var s map[string]any
	switch i.Type {
	case FieldBool:
		s = map[string]any{"type": "boolean"}
	case FieldTime:
		s = wire.TimeSchema("")
	case FieldEnum:
		s = map[string]any{"type": "string", "enum": i.Enum}
	default:
		s = map[string]any{"type": "number", "minimum": i.decimal(i.Min), "maximum": i.decimal(i.Max)}
		if i.Whole {
			s["type"] = "integer"
		}
		s["x-decimals"] = i.Scale
	}
	if i.Nullable {
		s["type"] = []any{s["type"], "null"}
	}
	if i.Unit != "" {
		s["x-unit"] = i.Unit
	}
	s["description"] = i.Doc
	s["x-cbor"] = i.CBOR
	return s
}

func (i *FieldInfo) decimal(v int64) json.Number {
	return json.Number(wire.AppendDecimal(nil, v, i.Scale))
}

func (i *TextInfo) schema() map[string]any {
	s := map[string]any{"type": "string", "maxLength": i.MaxLen, "description": i.Doc}
	if i.CBOR != 0 {
		s["x-cbor"] = i.CBOR
	}
	switch {
	case i.Pattern == "":
	case i.Required:
		s["pattern"] = i.Pattern
	default:
		s["pattern"] = "^$|" + i.Pattern
	}
	return s
}
