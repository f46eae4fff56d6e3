// What would cost more to read than it can be worth is refused before anything parses it.

package tree

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

func (f Form) checkSize(data []byte) error {
	switch {
	case len(data) > f.MaxBytes:
		return &Error{Problem: fmt.Sprintf("the file has more than the %d bytes that are allowed", f.MaxBytes)}
	case !utf8.Valid(data):
		return &Error{Problem: "the file is not UTF-8 text"}
	case bytes.Count(data, []byte("\n")) > f.MaxLines:
		return &Error{Problem: fmt.Sprintf("the file has more than %d lines", f.MaxLines)}
	}
	return nil
}

// checkDepth refuses YAML that opens too many levels, before the parser goes down into them. It looks at tokens, so that
// brackets and dashes inside a text count for nothing, neither up nor down.
func (f Form) checkDepth(tokens token.Tokens) error {
	open, run := 0, 0 // brackets that are open; "- " and "? " one behind the other, each of which opens a level
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			open++
		case token.SequenceEndType, token.MappingEndType:
			open = max(0, open-1)
		}
		if t.Type == token.SequenceEntryType || t.Type == token.MappingKeyType {
			run++
		} else {
			run = 0
		}
		if open > f.MaxDepth || run > f.MaxDepth {
			return f.tooDeep(tokenPlace(t))
		}
	}
	return nil
}

func (f Form) tooDeep(at Place) error {
	return &Error{Place: at, Problem: fmt.Sprintf("nested deeper than %d levels", f.MaxDepth)}
}
