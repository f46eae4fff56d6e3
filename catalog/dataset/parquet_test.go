package dataset

// This file tests the flat form of readings. A reader of another make, hyparquet, opens the golden file in the tests of
// the front end (web/ui/test/dataset.test.ts); the test here says that this is what is written today.

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/files"
	"sealab/sim/seal"
)

var update = flag.Bool("update", false, "write the golden files anew")

// heard is a reading with its delivery.
type heard struct {
	at time.Time
	n  uint64
	r  seal.Reading
}

func (h *heard) event() (*event.Event, *seal.Reading) {
	return &event.Event{At: h.at, N: h.n, Message: &h.r}, &h.r
}

// someReadings draws readings in which each field is there and not there, at its ends and between.
func someReadings(n int) []heard {
	dice := exact.NewDice(7, "parquet")
	list := make([]heard, n)
	for i := range list {
		h := heard{at: time.UnixMilli(1772438400000 + int64(i)*977).UTC(), n: uint64(i + 1)}
		h.r.Seal = "SLB-00000007"
		if i%3 > 0 {
			h.r.Container, h.r.Trip = "SLBU0000074", "T-000007"
		}
		for f := range seal.Fields {
			x := &seal.Fields[f]
			switch draw := dice.IntN(5); {
			case x.Required && draw > 1, draw == 2:
				h.r.Set(seal.Field(f), x.Min+int64(dice.Float64()*float64(x.Max-x.Min)))
			case x.Required && draw == 0, draw == 3:
				h.r.Set(seal.Field(f), x.Min)
			case x.Required, draw == 4:
				h.r.Set(seal.Field(f), x.Max)
			}
		}
		h.r.Set(seal.MsgKind, seal.EventMsg) // no last will, which has no number
		if i%4 == 0 {
			h.r.Set(seal.Code, seal.CodeShock)
			h.r.Detail, h.r.CmdID = "„7 g“ \"hard\", é", "c-1"
		}
		list[i] = h
	}
	return list
}

func writeTable(t testing.TB, list []heard) []byte {
	t.Helper()
	var out bytes.Buffer
	table, err := newTable(&out)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if err := table.add(list[i].event()); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openTable(t testing.TB, text []byte) *parquet.File {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestGoldenParquet(t *testing.T) {
	list := someReadings(48)
	var lines []byte
	for i := range list {
		e, _ := list[i].event()
		lines, _ = files.AppendLine(lines, e)
	}
	for name, got := range map[string][]byte{"testdata/readings.parquet": writeTable(t, list), "testdata/readings.ndjson": lines} {
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what is written today: if that is meant, run make golden", name)
		}
	}
}

// TestParquetSaysWhatTheMessageSays compares cells with the values in the message's JSON, over more than one row group.
func TestParquetSaysWhatTheMessageSays(t *testing.T) {
	list := someReadings(rowGroup + 10)
	f := openTable(t, writeTable(t, list))
	if int(f.NumRows()) != len(list) || len(f.RowGroups()) != 2 {
		t.Fatalf("%d rows in %d groups", f.NumRows(), len(f.RowGroups()))
	}
	for i, field := range f.Schema().Fields() {
		if field.Name() != columns[i].Name || field.Optional() == columns[i].required {
			t.Errorf("column %d is %s, optional %v", i, field.Name(), field.Optional())
		}
	}
	if about, ok := f.Lookup("sealab.columns"); !ok || !strings.Contains(about, `"unit":"°C"`) {
		t.Errorf("the file says of its columns %.100q", about)
	}
	at := 0
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquet.Row, 100)
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				if at%20 == 0 || at > rowGroup-5 { // a cell costs more to look up than to write
					checkRow(t, row, &list[at])
				}
				at++
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		rows.Close()
	}
	if at != len(list) {
		t.Errorf("%d rows were read", at)
	}
}

func checkRow(t *testing.T, row parquet.Row, h *heard) {
	t.Helper()
	var message map[string]any
	d := json.NewDecoder(bytes.NewReader(h.r.AppendJSON(nil)))
	if err := d.Decode(&message); err != nil {
		t.Fatal(err)
	}
	message["at"], message["n"] = h.at.Format(time.RFC3339Nano), float64(h.n)
	for i, cell := range row {
		c := &columns[i]
		path := c.Path
		if path == "" {
			path = c.Name
		}
		want := lookUp(message, path)
		if want == "" && !c.required {
			want = nil
		}
		if got := cellValue(cell, c.Type); got != want {
			t.Fatalf("n %d: %s is %v, the message says %v", h.n, c.Name, got, want)
		}
	}
}

func lookUp(message map[string]any, path string) any {
	group, key, nested := strings.Cut(path, ".")
	if !nested {
		key = group
	} else if message, nested = message[group].(map[string]any); !nested {
		return nil
	}
	v := message[key]
	if text, ok := v.(string); ok {
		if when, err := time.Parse(time.RFC3339, text); err == nil {
			return when.UnixMilli()
		}
	}
	return v
}

// cellValue gives a cell as JSON would: times as ms, numbers as doubles.
func cellValue(v parquet.Value, of sort) any {
	switch {
	case v.IsNull():
		return nil
	case of == sortTime:
		return v.Int64()
	case of == sortBool:
		return v.Boolean()
	case of == sortText:
		return v.String()
	case of == sortInt:
		return float64(v.Int32())
	case of == sortLong:
		return float64(v.Int64())
	}
	return v.Double()
}

// TestColumnsHoldTheirRange wants no value that a seal may send to be cut by its column.
func TestColumnsHoldTheirRange(t *testing.T) {
	for i := range columns {
		c := &columns[i]
		if c.of != ofField {
			continue
		}
		x := &seal.Fields[c.field]
		if c.Type == sortInt && (x.Min < math.MinInt32 || x.Max > math.MaxInt32) {
			t.Errorf("%s does not fit 32 bits", c.Name)
		}
		if c.Type == sortDouble && max(-x.Min, x.Max) > 1<<53 {
			t.Errorf("%s does not fit a double", c.Name)
		}
	}
}
