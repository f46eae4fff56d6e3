package wire

// This file reads what messages of every kind have: keys that are known or not, a version, names of closed lists and
// text of limited length.

import (
	"strconv"
	"unicode/utf8"
)

// Version is the value of "v" in every message. A reader of version 1 refuses any other.
const Version = 1

// Unknown is the name of value 0 of every closed list.
const Unknown = "unknown"

// Object is one object on its way through the scanner: which keys its reader knows, and which have been there.
type Object struct {
	Path   string   // empty for the message itself
	Keys   []string // at most 64
	seen   uint64
	next   int // where a sender that sorts its keys has the next one
	others keys
}

// Enter opens an object, and reports whether it has a first entry.
func (s *Scanner) Enter(o *Object) bool { return s.Open(o.Path, '{') }

// Known reads the next key and returns its place in o.Keys. A key that is not there is passed over with its value, and
// -1 returned. A key that comes twice ends the scan.
func (s *Scanner) Known(o *Object) int {
	key := s.key()
	i := o.find(key)
	if i < 0 {
		s.once(&o.others, o.Path, key)
		s.skip(o.Path)
		return -1
	}
	if o.seen&(1<<i) != 0 {
		s.doubled(o.Path, o.Keys[i])
	}
	o.seen |= 1 << i
	o.next = i + 1
	return i
}

// Has reports whether the key at place i has been there.
func (o *Object) Has(i int) bool { return o.seen&(1<<i) != 0 }

func (o *Object) find(key []byte) int {
	for i := o.next; i < len(o.Keys); i++ {
		if o.Keys[i] == string(key) {
			return i
		}
	}
	for i := range o.next {
		if o.Keys[i] == string(key) {
			return i
		}
	}
	return -1
}

// Version reads the value of "v", which must be 1.
func (s *Scanner) Version(path string) {
	v, rounded, text := s.Number(path, 0)
	switch {
	case v == Version && !rounded || s.Failed():
	case v > Version:
		s.Fail(path, "version %s is newer than this reader, which knows version 1", Clip(text))
	default:
		s.Fail(path, "version %s is not known, must be 1", Clip(text))
	}
}

// Name reads a name of a closed list and returns its place there. A name that is not there has place 0, and is
// returned as path=name: what is new is shown as unknown, not dropped.
func (s *Scanner) Name(path string, names []string) (place int, unknown string) {
	name := s.String(path)
	if s.err != nil {
		return 0, ""
	}
	for i := range names {
		if names[i] == string(name) {
			return i, ""
		}
	}
	return 0, path + "=" + Clip(name)
}

// Text reads a string of at most most characters.
func (s *Scanner) Text(path string, most int) string {
	text := s.String(path)
	if len(text) > most {
		if n := utf8.RuneCount(text); n > most {
			s.Fail(path, "has %d characters, may have %d", n, most)
			return ""
		}
	}
	return string(text)
}

// Time reads a time within the years that the wire allows. UTC is written Z or +00:00; digits below the millisecond are
// rounded, and rounded says so.
func (s *Scanner) Time(path string) (ms int64, rounded bool) {
	text := s.String(path)
	if s.err != nil {
		return 0, false
	}
	ms, rounded, ok := ParseTime(text)
	switch {
	case !ok:
		s.Fail(path, "%s is no time: RFC 3339 in UTC, such as 2026-03-01T08:15:00.250Z", strconv.Quote(Clip(text)))
	case ms < MinTime || ms > MaxTime:
		s.Fail(path, "%s is out of range: the years 2020 to 2100", Clip(text))
	default:
		return ms, rounded
	}
	return 0, false
}
