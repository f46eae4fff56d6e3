// What would cost more to read than it can be worth is refused before anything parses it.

package tree

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

func (f Form) checkSize(data []byte) error {
	switch {
	case len(data) > f.MaxBytes:
		return &Error{Problem: fmt.Sprintf("the file has %d bytes; allowed are %d", len(data), f.MaxBytes)}
	case !utf8.Valid(data):
		return &Error{Problem: "the file is not UTF-8 text"}
	case bytes.Count(data, []byte("\n")) > f.MaxLines:
		return &Error{Problem: fmt.Sprintf("the file has more than %d lines", f.MaxLines)}
	}
	depth := 0
	for i, line := range bytes.Split(data, []byte("\n")) {
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		if depth > f.MaxDepth || dashes(line) > f.MaxDepth {
			return f.tooDeep(Place{Line: i + 1})
		}
	}
	return nil
}

func (f Form) tooDeep(at Place) error {
	return &Error{Place: at, Problem: fmt.Sprintf("nested deeper than %d levels", f.MaxDepth)}
}

// dashes counts the longest run of "- " or "? ", each of which opens a level.
func dashes(line []byte) int {
	most, run := 0, 0
	for i := 0; i+1 < len(line); i++ {
		switch {
		case line[i] == ' ':
		case (line[i] == '-' || line[i] == '?') && line[i+1] == ' ':
			run++
			most = max(most, run)
		default:
			run = 0
		}
	}
	return most
}
