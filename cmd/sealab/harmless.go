// Foreign texts on a terminal: what an imported run or a detector says must not move the cursor or colour the screen.

package main

import (
	"strings"
	"unicode"
)

// harmless puts U+FFFD in the place of control characters; line breaks and tabs become blanks.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
