package wire

// This file reads the values that are not numbers: strings, yes and no, null, and whatever is to be skipped.

import (
	"unicode/utf16"
	"unicode/utf8"
)

// plain holds the bytes that stand for themselves within a string: all but controls, the quote and the backslash.
var plain = func() (t [256]bool) {
	for c := 0x20; c < 256; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// String reads a string. The bytes are valid until the next string is read.
func (s *Scanner) String(path string) []byte {
	if s.peek() != '"' {
		s.mismatch(path, "a string")
		return nil
	}
	return s.quoted()
}

// Bool reads true or false.
func (s *Scanner) Bool(path string) bool {
	switch s.peek() {
	case 't':
		return s.word("true")
	case 'f':
		s.word("false")
		return false
	}
	s.mismatch(path, "true or false")
	return false
}

// Null reads a null if one comes next, and reports whether it did.
func (s *Scanner) Null() bool { return s.peek() == 'n' && s.word("null") }

func (s *Scanner) word(w string) bool {
	if len(s.data)-s.pos < len(w) || string(s.data[s.pos:s.pos+len(w)]) != w {
		s.syntax("begins no JSON value")
		return false
	}
	s.pos += len(w)
	return true
}

// skip reads any value and drops it. Its syntax, depth, keys and numbers are checked all the same: what one reader
// skips another may not.
func (s *Scanner) skip(path string) {
	switch s.peek() {
	case '{':
		var seen keys
		for ok := s.Open(path, '{'); ok; ok = s.Next('}') {
			s.once(&seen, path, s.key())
			s.skip(path)
		}
	case '[':
		for ok := s.Open(path, '['); ok; ok = s.Next(']') {
			s.skip(path)
		}
	case '"':
		s.quoted()
	case 't', 'f':
		s.Bool(path)
	case 'n':
		s.Null()
	default:
		s.skipNumber(path)
	}
}

// quoted reads the string that begins at the quote here.
func (s *Scanner) quoted() []byte {
	start := s.pos + 1
	for i := start; i < len(s.data); i++ {
		c := s.data[i]
		if plain[c] {
			continue
		}
		switch {
		case c == '"':
			s.pos = i + 1
			return s.data[start:i]
		case c == '\\':
			return s.escaped(start, i)
		}
		s.pos = i
		s.syntax("must be escaped in a string")
		return nil
	}
	s.failf("message ends too early: a string needs its closing quote")
	return nil
}

// escaped reads on from the first backslash, into the scanner's own memory.
func (s *Scanner) escaped(start, i int) []byte {
	s.text = append(s.text[:0], s.data[start:i]...)
	for s.pos = i; s.pos < len(s.data); {
		c := s.data[s.pos]
		switch {
		case c == '"':
			s.pos++
			return s.text
		case c == '\\':
			if !s.escape() {
				return nil
			}
			continue
		case !plain[c]:
			s.syntax("must be escaped in a string")
			return nil
		}
		s.text = append(s.text, c)
		s.pos++
	}
	s.failf("message ends too early: a string needs its closing quote")
	return nil
}

// escape reads one escape. Half a surrogate pair is no character, so it is refused.
func (s *Scanner) escape() bool {
	rest := s.data[s.pos:]
	if len(rest) >= 2 {
		if c := unescape[rest[1]]; c != 0 {
			s.text = append(s.text, c)
			s.pos += 2
			return true
		}
	}
	r, ok := hex4(rest)
	if !ok {
		s.syntax("begins no JSON escape")
		return false
	}
	n := 6
	if utf16.IsSurrogate(r) {
		low, _ := hex4(rest[n:])
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			s.syntax("begins half a surrogate pair")
			return false
		}
		n = 12
	}
	s.text = utf8.AppendRune(s.text, r)
	s.pos += n
	return true
}

var unescape = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// hex4 reads \uXXXX.
func hex4(b []byte) (r rune, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	for _, c := range b[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// mismatch ends the scan because the value at path is of another type.
func (s *Scanner) mismatch(path, want string) {
	is := ""
	switch c := s.peek(); {
	case c == '{' || c == '[' || c == '"':
		is = nameOf(c)
	case c == 't' || c == 'f':
		is = "true or false"
	case c == 'n':
		is = "null"
	case c == '-' || '0' <= c && c <= '9':
		is = "a number"
	default:
		s.syntax("begins no JSON value")
		return
	}
	if path == "" {
		path = "message"
	}
	s.Fail(path, "is %s, must be %s", is, want)
}

func nameOf(open byte) string {
	switch open {
	case '{':
		return "an object"
	case '[':
		return "an array"
	}
	return "a string"
}

// Clip shortens a stranger's text for an error or a list.
func Clip[T string | []byte](b T) string {
	const most = 40
	if len(b) <= most {
		return string(b)
	}
	n := most
	for n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	return string(b[:n]) + "…"
}
