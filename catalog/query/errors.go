// Errors that point at the character.

package query

import (
	"fmt"
	"strings"
	"unicode"
)

// Error says what is wrong with a query, and at which character.
type Error struct {
	Query   string
	At      int // in characters, from 0
	Problem string
}

// Error is a line with the place, counted from 1, and the query with a caret under it.
func (e *Error) Error() string {
	return fmt.Sprintf("read query: character %d: %s\n%s", e.At+1, e.Problem, e.Drawing())
}

// drawn is how many characters of a query are shown on each side of the place.
const drawn = 60

// Drawing is the query, or the part of it around the place, and below it a caret.
func (e *Error) Drawing() string {
	runes := []rune(e.Query)
	from, to := max(0, e.At-drawn), min(len(runes), e.At+drawn)
	before, after := "", ""
	if from > 0 {
		before = "… "
	}
	if to < len(runes) {
		after = " …"
	}
	line := strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsControl(c) {
			return ' '
		}
		return c
	}, string(runes[min(from, len(runes)):to]))
	return "  " + before + line + after + "\n  " + strings.Repeat(" ", len([]rune(before))+e.At-from) + "^"
}
