// Package wire is the JSON that every message kind shares: a strict scanner for what strangers send, and canonical
// output (RFC 8785) for what Sealab sends.
//
// It exists because the standard decoder is too kind to hostile input (it takes doubled keys, keys in another case and
// broken UTF-8) and goes through floats, where Sealab's decimals are whole numbers of a fixed unit. It imports no
// package of Sealab, so that every message kind can stand on it.
package wire

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

const (
	// MaxSize is the largest message in bytes, protocol v1.
	MaxSize = 64 << 10
	// MaxDepth is the deepest nesting of objects and arrays. Protocol v1 needs 3; the rest is room for unknown fields.
	MaxDepth = 32
)

// Scanner walks once through one JSON text. The first error stays: after it every method returns zero values and every
// loop ends, so that callers ask for it once, with End.
//
//	o := wire.Object{Path: "pos", Keys: []string{"lat", "lon"}}
//	for ok := s.Enter(&o); ok; ok = s.Next('}') {
//		switch s.Known(&o) { case 0: … }
//	}
type Scanner struct {
	data  []byte
	pos   int
	depth int
	base  string // stands before every path in errors: "[3]." within an array of messages
	text  []byte // holds the last string that had escapes
	err   error
}

// Start begins a text. A text that is too long or not UTF-8 fails at once.
func (s *Scanner) Start(data []byte) {
	*s = Scanner{data: data, text: s.text[:0]}
	if len(data) > MaxSize {
		s.failf("message of %d bytes is longer than %d", len(data), MaxSize)
		return
	}
	if !utf8.Valid(data) {
		s.failf("byte %d is not UTF-8", invalidAt(data))
	}
}

// End demands that nothing but space follows, and returns the first error.
func (s *Scanner) End() error {
	if s.err == nil {
		if s.peek(); s.pos < len(s.data) {
			s.syntax("must be the end of the message")
		}
	}
	return s.err
}

// Failed reports whether an error has been met.
func (s *Scanner) Failed() bool { return s.err != nil }

// Place is where the next value begins.
func (s *Scanner) Place() int {
	s.peek()
	return s.pos
}

// Since gives the text from a place up to what comes next.
func (s *Scanner) Since(place int) []byte { return s.data[place:s.pos] }

// Base sets what stands before every path in errors.
func (s *Scanner) Base(prefix string) { s.base = prefix }

// Fail ends the scan with an error about the value at path; earlier errors stay.
func (s *Scanner) Fail(path, format string, args ...any) {
	s.failf("%s%s: %s", s.base, path, fmt.Sprintf(format, args...))
}

func (s *Scanner) failf(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
	s.pos = len(s.data)
}

// syntax ends the scan with an error about the byte that comes next.
func (s *Scanner) syntax(want string) {
	if s.err != nil {
		return
	}
	if s.pos >= len(s.data) {
		s.err = errors.New("message ends too early: " + want)
		return
	}
	s.failf("byte %d: %q %s", s.pos, firstRune(s.data[s.pos:]), want)
}

// peek skips space and returns the next byte, 0 at the end.
func (s *Scanner) peek() byte {
	for s.pos < len(s.data) {
		c := s.data[s.pos]
		if c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c
		}
		s.pos++
	}
	return 0
}

// Open opens an object ('{') or an array ('['), and reports whether it has a first entry.
func (s *Scanner) Open(path string, open byte) bool {
	if s.peek() != open {
		s.mismatch(path, nameOf(open))
		return false
	}
	if s.depth == MaxDepth {
		s.failf("byte %d: nested deeper than %d", s.pos, MaxDepth)
		return false
	}
	s.pos++
	if s.peek() == open+2 { // in ASCII both brackets close two after they open
		s.pos++
		return false
	}
	s.depth++
	return true
}

// Next goes on to the next entry of the object ('}') or array (']') that is open, and reports whether there is one.
func (s *Scanner) Next(end byte) bool {
	switch s.peek() {
	case ',':
		s.pos++
		return true
	case end:
		s.pos++
		s.depth--
	default:
		s.syntax("must be ',' or '" + string(rune(end)) + "'")
	}
	return false
}

// key reads a key and its colon. The bytes are valid until the next string is read.
func (s *Scanner) key() []byte {
	if s.peek() != '"' {
		s.syntax("must begin a key in quotes")
		return nil
	}
	key := s.quoted()
	if s.peek() != ':' {
		s.syntax("must be the ':' after a key")
		return nil
	}
	s.pos++
	return key
}

// Array reports whether the next value is an array, without reading it.
func (s *Scanner) Array() bool { return s.peek() == '[' }

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

func firstRune(data []byte) string {
	_, n := utf8.DecodeRune(data)
	return string(data[:n])
}
