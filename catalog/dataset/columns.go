// The columns of the flat form of a reading, all from the one table of fields.

package dataset

import (
	"math"
	"strings"

	"sealab/sim/event/wire"
	"sealab/sim/seal"
)

// sort is how a column is kept.
type sort string

// The sorts of columns.
const (
	sortTime   sort = "timestamp" // ms, UTC
	sortText   sort = "string"
	sortBool   sort = "boolean"
	sortInt    sort = "int32"
	sortLong   sort = "int64"
	sortDouble sort = "double"
)

// column is one column of messages.parquet.
type column struct {
	Name  string // the path, with _ for its dots
	Path  string // in the message; empty for what the hub knows of the delivery
	Type  sort
	Unit  string
	Range string
	Doc   string

	field    seal.Field
	text     seal.Text
	of       origin
	required bool
}

// origin says where a column's value comes from.
type origin uint8

const (
	ofAt origin = iota
	ofN
	ofText
	ofField
)

// columns are those of the delivery, then the texts, then the fields of a reading, in the order of their tables.
var columns = func() []column {
	list := []column{
		{Name: "at", Type: sortTime, Doc: "when it was heard", of: ofAt, required: true},
		{Name: "n", Type: sortLong, Range: "1…", Doc: "number of the delivery in its world, notices counted too", of: ofN, required: true},
	}
	for t := range seal.Texts {
		x := &seal.Texts[t]
		list = append(list, column{Name: columnName(x.Path), Path: x.Path, Type: sortText, Doc: x.Doc, of: ofText, text: seal.Text(t),
			required: seal.Text(t) <= seal.TextTrip})
	}
	for f := range seal.Fields {
		x := &seal.Fields[f]
		list = append(list, column{Name: columnName(x.Path), Path: x.Path, Type: sortOf(x), Unit: x.Unit, Range: rangeOf(x), Doc: x.Doc,
			of: ofField, field: seal.Field(f)})
	}
	return list
}()

func columnName(path string) string { return strings.ReplaceAll(path, ".", "_") }

func sortOf(x *seal.FieldInfo) sort {
	switch {
	case x.Type == seal.FieldTime:
		return sortTime
	case x.Type == seal.FieldEnum:
		return sortText
	case x.Type == seal.FieldBool:
		return sortBool
	case x.Scale > 0:
		return sortDouble
	case x.Max > math.MaxInt32 || x.Min < math.MinInt32:
		return sortLong
	}
	return sortInt
}

func rangeOf(x *seal.FieldInfo) string {
	switch x.Type {
	case seal.FieldEnum:
		return strings.Join(x.Enum[1:], ", ")
	case seal.FieldInt:
		b := append(wire.AppendDecimal(nil, x.Min, x.Scale), "…"...)
		return string(wire.AppendDecimal(b, x.Max, x.Scale))
	}
	return ""
}
