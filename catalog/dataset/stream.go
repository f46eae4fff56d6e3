// A long JSON object on its way in: value by value, so that its length costs no memory, and with the line of each.

package dataset

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sealab/sim/event/wire"
)

// maxValue is how many bytes one value may have; of twice as many some may have been read ahead.
const maxValue = wire.MaxSize

// stream reads one object of a stranger's.
type stream struct {
	d     *json.Decoder
	purse *purse
	lines *newlines
	seen  map[string]bool // keys of the object
	raw   json.RawMessage // the value that was read last
}

// newStream reads at most so many bytes of what it is given.
func newStream(from io.Reader, most int) *stream {
	all := &purse{from: from, left: most, why: fmt.Sprintf("it is longer than %d MB", most>>20)}
	lines := &newlines{from: all}
	one := &purse{from: lines, why: fmt.Sprintf("a value is longer than %d bytes", maxValue)}
	s := &stream{d: json.NewDecoder(one), purse: one, lines: lines, seen: map[string]bool{}}
	s.d.UseNumber()
	return s
}

// fail says in which line an error lies.
func (s *stream) fail(err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("line %d: %w", s.lines.line(s.d.InputOffset()), err)
}

func (s *stream) refill() { s.purse.left = 2 * maxValue }

// delim reads a bracket.
func (s *stream) delim(want json.Delim) error {
	s.refill()
	t, err := s.d.Token()
	if err == nil && t != want {
		err = fmt.Errorf("%.40q must be %q", fmt.Sprint(t), want.String())
	}
	if err != nil {
		return s.fail(err)
	}
	return nil
}

// more reports whether the object or array that is open has another entry.
func (s *stream) more() bool {
	s.refill()
	return s.d.More()
}

// key reads a key of the object, which must come once.
func (s *stream) key() (string, error) {
	s.refill()
	t, err := s.d.Token()
	if err != nil {
		return "", s.fail(err)
	}
	key, _ := t.(string)
	if s.seen[key] {
		return "", s.fail(fmt.Errorf("%s: key is given twice", wire.Clip(key)))
	}
	s.seen[key] = true
	return key, nil
}

// value reads the next value into raw, valid until the next call, and says in which line it begins.
func (s *stream) value() (line int, err error) {
	s.refill()
	if err := s.d.Decode(&s.raw); err != nil {
		return 0, s.fail(err)
	}
	return s.lines.line(s.d.InputOffset() - int64(len(s.raw))), nil
}

// end wants nothing but space to follow.
func (s *stream) end() error {
	s.refill()
	if _, err := s.d.Token(); err != io.EOF {
		return s.fail(errors.New("something stands after its end"))
	}
	return nil
}

// newlines counts lines. Where they end is remembered until that is passed.
type newlines struct {
	from   io.Reader
	read   int64
	ends   []int64
	passed int
}

// Read notes where lines end.
func (n *newlines) Read(b []byte) (int, error) {
	got, err := n.from.Read(b)
	for i, c := range b[:got] {
		if c == '\n' {
			n.ends = append(n.ends, n.read+int64(i))
		}
	}
	n.read += int64(got)
	return got, err
}

// line is the number, from 1, of the line in which the byte at offset lies. Offsets must not go back.
func (n *newlines) line(offset int64) int {
	for len(n.ends) > 0 && n.ends[0] < offset {
		n.ends, n.passed = n.ends[1:], n.passed+1
	}
	return 1 + n.passed
}

// purse lets a reader have so many bytes and no more, until it is filled again.
type purse struct {
	from io.Reader
	left int
	why  string // what the error says
}

// Read gives what the purse still holds.
func (p *purse) Read(b []byte) (int, error) {
	if p.left == 0 {
		return 0, errors.New(p.why)
	}
	n, err := p.from.Read(b[:min(len(b), p.left)])
	p.left -= n
	return n, err
}
