// Findings in files: a line of JSON each, or a row of CSV.

package dataset

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sealab/pocs"
	"sealab/sim/event/wire"
)

// Limits of what is read.
const (
	MaxFindings = 2_000_000
	maxFinding  = wire.MaxSize // bytes of a line, or of a row of CSV
	maxName     = 64           // characters of a container or kind
)

// The names of a finding's fields, in files.
var findingKeys = []string{"at", "now", "container", "kind", "level", "v"}

// The same as places in findingKeys.
const (
	keyAt = iota
	keyNow
	keyContainer
	keyKind
	keyLevel
	keyVersion
)

// WriteFindings writes a line of JSON for each.
func WriteFindings(to io.Writer, list []pocs.Finding) error {
	out := bufio.NewWriter(to)
	var b []byte
	for i := range list {
		f := &list[i]
		b = wire.AppendTime(append(b[:0], `{"at":`...), f.At.UnixMilli())
		b = wire.AppendString(append(b, `,"container":`...), f.Container)
		b = wire.AppendString(append(b, `,"kind":`...), f.Kind)
		b = strconv.AppendInt(append(b, `,"level":`...), int64(f.Level), 10)
		b = wire.AppendString(append(b, `,"why":`...), f.Why)
		_, _ = out.Write(append(b, "}\n"...)) // an error stays until Flush
	}
	return out.Flush()
}

// WriteFindingsCSV writes the same as CSV.
func WriteFindingsCSV(to io.Writer, list []pocs.Finding) error {
	out := csv.NewWriter(to)
	_ = out.Write([]string{"at", "container", "kind", "level", "why"}) // an error stays until Flush
	for i := range list {
		f := &list[i]
		at := string(wire.AppendTimeText(nil, f.At.UnixMilli()))
		_ = out.Write([]string{at, Text(f.Container), Text(f.Kind), strconv.Itoa(f.Level), Text(f.Why)})
	}
	out.Flush()
	return out.Error()
}

// Text makes a cell text that a spreadsheet would take for a formula.
func Text(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// ReadFindings reads findings made elsewhere: JSON, an object a line, or CSV with a header, told apart by their first
// character. Each has the time `at` (or `now`), container, kind and level; what else there is is passed over. Errors
// name line and field. They come back in the order of the file.
func ReadFindings(from io.Reader) ([]pocs.Finding, error) {
	in := bufio.NewReaderSize(from, maxFinding)
	if bom, _ := in.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
	}
	first, err := in.Peek(1)
	if err == io.EOF {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	r := &findingReader{names: map[string]string{}}
	if first[0] == '{' || first[0] == '[' || first[0] == '\n' {
		err = r.lines(in)
	} else {
		err = r.csv(in)
	}
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	return r.list, nil
}

// findingReader collects findings. Names that come again share their memory.
type findingReader struct {
	list  []pocs.Finding
	names map[string]string
}

func (r *findingReader) add(f pocs.Finding) error {
	if len(r.list) == MaxFindings {
		return fmt.Errorf("there are more than %d findings", MaxFindings)
	}
	for _, name := range []*string{&f.Container, &f.Kind} {
		if _, known := r.names[*name]; !known {
			r.names[*name] = strings.Clone(*name)
		}
		*name = r.names[*name]
	}
	r.list = append(r.list, f)
	return nil
}

func (r *findingReader) lines(in *bufio.Reader) error {
	for n := 1; ; n++ {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return fmt.Errorf("line %d: is longer than %d bytes", n, maxFinding)
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			f, bad := parseFinding(line)
			if bad == nil {
				bad = r.add(f)
			}
			if bad != nil {
				return fmt.Errorf("line %d: %w", n, bad)
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// parseFinding reads one line of JSON.
func parseFinding(line []byte) (f pocs.Finding, err error) {
	var s wire.Scanner
	s.Start(line)
	if s.Array() {
		return f, errors.New("is an array: write an object a line")
	}
	o := wire.Object{Keys: findingKeys}
	for ok := s.Enter(&o); ok; ok = s.Next('}') {
		switch i := s.Known(&o); i {
		case keyAt, keyNow:
			ms, _ := s.Time(findingKeys[i])
			f.At = time.UnixMilli(ms).UTC()
		case keyContainer:
			f.Container = s.Text("container", maxName)
		case keyKind:
			f.Kind = s.Text("kind", maxName)
		case keyLevel:
			v, rounded, text := s.Number("level", 0)
			if rounded || v < 0 || v > 1000 {
				s.Fail("level", "%s", badLevel(wire.Clip(text)))
			}
			f.Level = int(v)
		case keyVersion:
			s.Version("v")
		}
	}
	if err := s.End(); err != nil {
		return f, err
	}
	switch {
	case o.Has(keyAt) && o.Has(keyNow):
		return f, errors.New("at and now: both are there, and they mean the same")
	case !o.Has(keyAt) && !o.Has(keyNow):
		return f, errors.New("at: is missing")
	case !o.Has(keyLevel):
		return f, errors.New("level: is missing")
	}
	return f, named(&f)
}

func badLevel(text string) string {
	return fmt.Sprintf("%s is not allowed: a whole number from 0 to 1000", text)
}

// named wants container and kind, and nothing in them that would move a cursor.
func named(f *pocs.Finding) error {
	switch {
	case f.Container == "":
		return errors.New("container: is missing or empty")
	case f.Kind == "":
		return errors.New("kind: is missing or empty")
	}
	for _, name := range []struct{ key, text string }{{"container", f.Container}, {"kind", f.Kind}} {
		switch {
		case !utf8.ValidString(name.text):
			return fmt.Errorf("%s: is not UTF-8", name.key)
		case strings.ContainsFunc(name.text, unicode.IsControl):
			return fmt.Errorf("%s: has a control character", name.key)
		}
	}
	return nil
}

// csv reads a table.
func (r *findingReader) csv(in io.Reader) error {
	// The reader takes in a row whole, however long it is, and some of the next ahead.
	purse := &purse{from: in, left: 2 * maxFinding, why: fmt.Sprintf("a row is longer than %d bytes: a quote may be open", maxFinding)}
	c := csv.NewReader(purse)
	c.ReuseRecord = true
	head, err := c.Read()
	if err != nil {
		return csvError(c, err)
	}
	places, err := columnsOf(head)
	if err != nil {
		return fmt.Errorf("line 1: %w", err)
	}
	for {
		purse.left = 2 * maxFinding
		row, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return csvError(c, err)
		}
		f, err := parseRow(row, places)
		if err == nil {
			err = r.add(f)
		}
		if err != nil {
			line, _ := c.FieldPos(0)
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// csvError names the line, which the reader's own errors do, but not those from below it.
func csvError(c *csv.Reader, err error) error {
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return fmt.Errorf("line %d: %w", parse.Line, parse.Err)
	case err == io.EOF:
		return errors.New("line 1: the header is missing")
	}
	return fmt.Errorf("after byte %d: %w", c.InputOffset(), err)
}

// columnsOf finds the columns by the names in the header; -1 where there is none.
func columnsOf(head []string) ([]int, error) {
	places := make([]int, len(findingKeys))
	for i, key := range findingKeys {
		places[i] = -1
		for at, name := range head {
			if strings.TrimSpace(name) != key {
				continue
			}
			if places[i] >= 0 {
				return nil, fmt.Errorf("%s: column is given twice", key)
			}
			places[i] = at
		}
	}
	switch {
	case places[keyAt] >= 0 && places[keyNow] >= 0:
		return nil, errors.New("at and now: both columns are there, and they mean the same")
	case places[keyAt] < 0:
		places[keyAt] = places[keyNow]
	}
	for _, i := range []int{keyAt, keyContainer, keyKind, keyLevel} {
		if places[i] < 0 {
			return nil, fmt.Errorf("%s: the header has no such column; it is %.200q", findingKeys[i], strings.Join(head, ","))
		}
	}
	return places, nil
}

func parseRow(row []string, places []int) (f pocs.Finding, err error) {
	at := []byte(strings.TrimSpace(row[places[keyAt]]))
	if len(at) > 10 && at[10] == ' ' { // as data frames print it
		at[10] = 'T'
	}
	ms, _, ok := wire.ParseTime(at)
	if !ok || ms < wire.MinTime || ms > wire.MaxTime {
		return f, fmt.Errorf("at: %q is no time from 2020 to 2100: RFC 3339 in UTC, such as 2026-03-01T08:15:00.250Z", wire.Clip(at))
	}
	level := strings.TrimSpace(row[places[keyLevel]])
	v, err := strconv.ParseFloat(level, 64)
	if err != nil || !(v >= 0 && v <= 1000) || v != math.Trunc(v) {
		return f, fmt.Errorf("level: %s", badLevel(strconv.Quote(wire.Clip(level))))
	}
	if i := places[keyVersion]; i >= 0 && strings.TrimSpace(row[i]) != "1" {
		return f, fmt.Errorf("v: version %q is not known, must be 1", wire.Clip(row[i]))
	}
	f = pocs.Finding{At: time.UnixMilli(ms).UTC(), Container: strings.TrimSpace(row[places[keyContainer]]), Kind: strings.TrimSpace(row[places[keyKind]]), Level: int(v)}
	for _, name := range []struct{ key, text string }{{"container", f.Container}, {"kind", f.Kind}} {
		if utf8.RuneCountInString(name.text) > maxName {
			return f, fmt.Errorf("%s: %q is longer than %d characters", name.key, wire.Clip(name.text), maxName)
		}
	}
	return f, named(&f)
}
