package wire

// This file brings any JSON into its canonical form (RFC 8785), which signatures are made over.

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf16"
)

// Canonical appends the canonical form of one JSON text to b, an object's own key without left out; empty: none is. It
// refuses what the scanner refuses, and numbers that no double holds.
func Canonical(b, text []byte, without string) ([]byte, error) {
	var s Scanner
	s.Start(text)
	if s.peek() == '{' {
		b = s.canonicalObject(b, without)
	} else {
		b = s.canonical(b)
	}
	return b, s.End()
}

func (s *Scanner) canonical(b []byte) []byte {
	switch s.peek() {
	case '{':
		return s.canonicalObject(b, "")
	case '[':
		b = append(b, '[')
		for ok, first := s.Open("", '['), true; ok; ok, first = s.Next(']'), false {
			if !first {
				b = append(b, ',')
			}
			b = s.canonical(b)
		}
		return append(b, ']')
	case '"':
		return AppendString(b, s.quoted())
	case 't', 'f':
		return strconv.AppendBool(b, s.Bool(""))
	case 'n':
		s.Null()
		return append(b, "null"...)
	}
	n, ok := s.number("")
	if !ok {
		return b
	}
	v, err := strconv.ParseFloat(string(n.text), 64)
	if err != nil {
		s.Fail("message", "%s is no number that fits", Clip(n.text))
	}
	return AppendNumber(b, v)
}

// entry is one key of an object with its value in canonical form.
type entry struct {
	key   string
	order []uint16 // keys are sorted by their UTF-16 code units
	value []byte
}

func (s *Scanner) canonicalObject(b []byte, without string) []byte {
	var list []entry
	for ok := s.Open("", '{'); ok; ok = s.Next('}') {
		key := string(s.key())
		list = append(list, entry{key, utf16.Encode([]rune(key)), s.canonical(nil)})
	}
	slices.SortStableFunc(list, func(a, b entry) int { return slices.Compare(a.order, b.order) })
	b = append(b, '{')
	first := true
	for i := range list {
		e := &list[i]
		if i > 0 && e.key == list[i-1].key {
			s.doubled("", e.key)
		}
		if without != "" && e.key == without {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(AppendString(b, e.key), ':'), e.value...)
	}
	return append(b, '}')
}

// AppendNumber appends a double as ECMAScript prints it, in the fewest digits that read back the same.
func AppendNumber(b []byte, v float64) []byte {
	switch size := math.Abs(v); {
	case v == 0:
		return append(b, '0') // also for −0
	case size >= 1e-6 && size < 1e21:
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	}
	b = strconv.AppendFloat(b, v, 'e', -1, 64)
	if n := len(b); b[n-4] == 'e' && b[n-2] == '0' { // e-07 is e-7 there
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}
