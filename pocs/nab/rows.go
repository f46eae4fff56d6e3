// The benchmark's CSV files: a series (timestamp, value), or a detector's results in one (anomaly_score and label too).

package nab

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// timeForm is how the benchmark writes a time; a fraction of a second may follow.
const timeForm = "2006-01-02 15:04:05"

// The most that is read of one file.
const (
	mostBytes = 64 << 20
	mostLine  = 64 << 10
	mostRows  = 1_000_000
	mostValue = 1e100 // in size: its square is a number too
	mostShown = 40    // characters of a wrong text in a message
)

// rows is a file as columns; scores and labels are nil in one that has none.
type rows struct {
	at     []time.Time
	values []float64
	scores []float64
	labels []bool // the row lies in a window, as whoever made the file had them
}

// bounded refuses to read on after so many bytes, or within a line after so many: a row of nothing but commas would else
// become millions of cells.
type bounded struct {
	in   io.Reader
	read int
	line int // bytes since the last line break
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	b.read += n
	if b.read > mostBytes {
		return 0, fmt.Errorf("the file has more than the %d bytes that are allowed", mostBytes)
	}
	for _, c := range p[:n] {
		if b.line++; c == '\n' {
			b.line = 0
		}
		if b.line > mostLine {
			return 0, fmt.Errorf("after byte %d: a line is longer than %d bytes", b.read-n, mostLine)
		}
	}
	return n, err
}

// table reads a CSV file with a header row by row.
type table struct {
	csv  *csv.Reader
	head []string
	row  []string // the present one
	rows int
}

func newTable(in io.Reader) (*table, error) {
	t := &table{csv: csv.NewReader(&bounded{in: in})}
	t.csv.ReuseRecord = true
	head, err := t.csv.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("line 1: the file is empty: want a header and rows")
	case err != nil:
		return nil, err
	}
	t.head = slices.Clone(head)
	t.head[0] = strings.TrimPrefix(t.head[0], "\ufeff") // some editors put this mark before their UTF-8
	return t, nil
}

// column finds a column by its name, −1 where it is not there.
func (t *table) column(name string) int { return slices.Index(t.head, name) }

// need finds columns that must be there.
func (t *table) need(names ...string) error {
	for _, name := range names {
		if t.column(name) < 0 {
			return fmt.Errorf("line 1: %s: the header has no such column; it has %.200s", name, strings.Join(t.head, ", "))
		}
	}
	return nil
}

// next goes to the next row; false is the end.
func (t *table) next() (bool, error) {
	row, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if t.rows++; t.rows > mostRows {
		return false, fmt.Errorf("the file has more than the %d rows that are allowed", mostRows)
	}
	t.row = row
	return true, nil
}

// wrong names the place of a cell, what stands there, and what may.
func (t *table) wrong(column int, allowed string) error {
	line, _ := t.csv.FieldPos(column)
	return fmt.Errorf("line %d: %s: %.*q is not allowed: %s", line, t.head[column], mostShown, t.row[column], allowed)
}

func (t *table) time(column int) (time.Time, error) {
	at, err := time.Parse(timeForm, t.row[column])
	if err != nil {
		return at, t.wrong(column, "a time such as 2014-04-01 00:05:00")
	}
	return at, nil
}

func (t *table) number(column int, low, high float64, allowed string) (float64, error) {
	v, err := strconv.ParseFloat(t.row[column], 64)
	if err != nil || !(v >= low && v <= high) {
		return 0, t.wrong(column, allowed)
	}
	return v, nil
}

// readRows reads a file whole; scored asks for the columns that a detector adds.
func readRows(in io.Reader, scored bool) (*rows, error) {
	t, err := newTable(in)
	if err != nil {
		return nil, err
	}
	want := []string{"timestamp", "value"}
	if scored {
		want = append(want, "anomaly_score")
	}
	if err := t.need(want...); err != nil {
		return nil, err
	}
	r := &rows{}
	for {
		more, err := t.next()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		if err := r.take(t, scored); err != nil {
			return nil, err
		}
	}
	if len(r.at) == 0 {
		return nil, errors.New("line 2: the file has a header and no rows")
	}
	return r, nil
}

// take takes in the present row.
func (r *rows) take(t *table, scored bool) error {
	at, err := t.time(t.column("timestamp"))
	if err != nil {
		return err
	}
	value, err := t.number(t.column("value"), -mostValue, mostValue, "a number from -1e100 to 1e100")
	if err != nil {
		return err
	}
	r.at, r.values = append(r.at, at), append(r.values, value)
	if !scored {
		return nil
	}
	score, err := t.number(t.column("anomaly_score"), 0, 1, "a number from 0 to 1")
	if err != nil {
		return err
	}
	r.scores = append(r.scores, score)
	if label := t.column("label"); label >= 0 {
		in, err := t.number(label, 0, 1, "0 or 1")
		if err != nil || in != math.Trunc(in) {
			return t.wrong(label, "0 or 1")
		}
		r.labels = append(r.labels, in == 1)
	}
	return nil
}
