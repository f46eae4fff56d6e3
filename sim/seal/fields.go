package seal

// This file says what the table of fields is and how to ask it; its rows stand in table.go.

import (
	"strconv"

	"sealab/sim/event/wire"
)

// FieldType is how a field looks in JSON.
type FieldType string

// The types of fields. A time is a string in RFC 3339; an enum is a string of a closed list.
const (
	FieldInt  FieldType = "int"
	FieldBool FieldType = "bool"
	FieldTime FieldType = "time"
	FieldEnum FieldType = "enum"
)

// FieldInfo is what is known of one field of a Reading: all that quantising, JSON, schema, columns and docs need.
type FieldInfo struct {
	Path     string    // in the JSON, such as "pos.lat"
	Unit     string    // of the decimal that JSON shows, such as "°C"; empty where there is none
	Doc      string    // one line
	Type     FieldType //
	Scale    int       // decimal places: the shown value is the integer / 10^Scale
	Min, Max int64     // smallest and largest integer
	Whole    bool      // a count or an id: digits after the point are refused, not rounded
	Enum     []string  // names by value, 0 is "unknown"
	Nullable bool      // JSON may say null, which is the same as leaving it out
	Required bool      // in every reading but a last will
	CBOR     int       // key in the compact profile; never used again for another field
}

// TextInfo is what is known of one string of a Reading.
type TextInfo struct {
	Path     string
	Doc      string
	Pattern  string // ECMA regular expression of the values that are not empty
	MaxLen   int    // in characters
	Required bool   // must be given and not be empty
	CBOR     int    // as in FieldInfo; 0: it has none
}

// String returns the field's path.
func (f Field) String() string {
	if int(f) >= NumFields {
		return "field(" + strconv.Itoa(int(f)) + ")"
	}
	return Fields[f].Path
}

// Clamp returns v held to the field's range: what a device does whose register ends there.
func (f Field) Clamp(v int64) int64 { return min(max(v, Fields[f].Min), Fields[f].Max) }

// PerUnit returns how many of the field's integers make one of its unit: 1,000,000 for a degree of pos.lat.
func (f Field) PerUnit() int64 { return wire.Pow10(Fields[f].Scale) }

// InRange reports whether v can be sent as field f.
func (f Field) InRange(v int64) bool { return Fields[f].Min <= v && v <= Fields[f].Max }

// FieldByPath finds a field by its path.
func FieldByPath(path string) (Field, bool) {
	f, ok := byPath[path]
	return f, ok
}

var byPath = func() map[string]Field {
	m := make(map[string]Field, NumFields)
	for f := range Fields {
		m[Fields[f].Path] = Field(f)
	}
	return m
}()

// Format prints a value of field f for people, without its unit: the decimal in its shortest form, the name of an
// enum's value, true or false, or the time in RFC 3339.
func Format(f Field, v int64) string {
	info := &Fields[f]
	switch info.Type {
	case FieldEnum:
		return info.name(v)
	case FieldBool:
		return strconv.FormatBool(v != 0)
	case FieldTime:
		return string(wire.AppendTimeText(nil, v))
	}
	return string(wire.AppendDecimal(nil, v, info.Scale))
}

// name returns the name of an enum's value; a value that no name stands for is unknown too.
func (i *FieldInfo) name(v int64) string {
	if uint64(v) >= uint64(len(i.Enum)) {
		v = 0
	}
	return i.Enum[v]
}
