// The flat form of the readings: messages.parquet, a row a reading, a column a field.
//
// Its bytes must come out again on any machine: the name of the writer is fixed, and pages are packed with gzip, whose
// packer here has no part written for one processor alone, as those of the faster ones have.

package dataset

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go"

	"sealab/sim/event"
	"sealab/sim/seal"
)

// rowGroup is how many rows are held in memory until they are written.
const rowGroup = 20_000

// table is messages.parquet in the making.
type table struct {
	out  *parquet.GenericWriter[any]
	rows []parquet.Row
	cell []parquet.Value // of all rows at hand
}

// someRows are handed on at a time.
const someRows = 64

func newTable(to io.Writer) (*table, error) {
	about, err := json.Marshal(units())
	if err != nil {
		return nil, err
	}
	out := parquet.NewGenericWriter[any](to, parquet.NewSchema("reading", newRecord()),
		parquet.CreatedBy("sealab", "1", "dataset"), parquet.MaxRowsPerRowGroup(rowGroup), parquet.Compression(&parquet.Gzip),
		parquet.KeyValueMetadata("sealab.columns", string(about)))
	return &table{out: out}, nil
}

// units says of each column what it is, for whoever has the file alone.
func units() map[string]map[string]string {
	list := map[string]map[string]string{}
	for i := range columns {
		list[columns[i].Name] = map[string]string{"unit": columns[i].Unit, "doc": columns[i].Doc}
	}
	return list
}

// add takes a reading as it was heard.
func (t *table) add(e *event.Event, r *seal.Reading) error {
	from := len(t.cell)
	for i := range columns {
		c := &columns[i]
		v, level := c.value(e, r), 0
		if !c.required && !v.IsNull() {
			level = 1
		}
		t.cell = append(t.cell, v.Level(0, level, i))
	}
	t.rows = append(t.rows, parquet.Row(t.cell[from:]))
	if len(t.rows) < someRows {
		return nil
	}
	return t.flush()
}

func (t *table) flush() error {
	if _, err := t.out.WriteRows(t.rows); err != nil {
		return fmt.Errorf("write %s: %w", parquetName, err)
	}
	t.rows, t.cell = t.rows[:0], t.cell[:0]
	return nil
}

func (t *table) close() error {
	if err := t.flush(); err != nil {
		return err
	}
	if err := t.out.Close(); err != nil {
		return fmt.Errorf("write %s: %w", parquetName, err)
	}
	return nil
}

// value is what the column holds of a reading; null where it says nothing.
func (c *column) value(e *event.Event, r *seal.Reading) parquet.Value {
	switch c.of {
	case ofAt:
		return parquet.Int64Value(e.At.UnixMilli())
	case ofN:
		return parquet.Int64Value(int64(e.N))
	case ofText:
		text := *r.Text(c.text)
		if text == "" && !c.required {
			return parquet.NullValue()
		}
		return parquet.ByteArrayValue([]byte(text))
	}
	v, there := r.Get(c.field)
	switch {
	case !there:
		return parquet.NullValue()
	case c.Type == sortText:
		return parquet.ByteArrayValue([]byte(seal.Format(c.field, v)))
	case c.Type == sortBool:
		return parquet.BooleanValue(v != 0)
	case c.Type == sortDouble:
		return parquet.DoubleValue(float64(v) / float64(c.field.PerUnit()))
	case c.Type == sortInt:
		return parquet.Int32Value(int32(v))
	}
	return parquet.Int64Value(v)
}

// node is the column's type in Parquet's words.
func (c *column) node() parquet.Node {
	var n parquet.Node
	switch c.Type {
	case sortTime:
		n = parquet.Encoded(parquet.Timestamp(parquet.Millisecond), &parquet.DeltaBinaryPacked)
	case sortText:
		n = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	case sortBool:
		n = parquet.Leaf(parquet.BooleanType)
	case sortInt:
		n = parquet.Leaf(parquet.Int32Type)
	case sortLong:
		n = parquet.Leaf(parquet.Int64Type)
	default:
		n = parquet.Leaf(parquet.DoubleType)
	}
	if !c.required {
		n = parquet.Optional(n)
	}
	return n
}

// record is a group whose fields stay in the order of the table, where the library's own has them by name.
type record struct {
	parquet.Group
	fields []parquet.Field
}

func newRecord() record {
	g := make(parquet.Group, len(columns))
	place := make(map[string]int, len(columns))
	for i := range columns {
		g[columns[i].Name], place[columns[i].Name] = columns[i].node(), i
	}
	fields := g.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return place[a.Name()] - place[b.Name()] })
	return record{g, fields}
}

// Fields are in the order of the columns.
func (r record) Fields() []parquet.Field { return r.fields }
