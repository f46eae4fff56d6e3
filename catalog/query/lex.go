// From characters to words, operators and brackets.

package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenQuoted
	tokenCmp
	tokenOpen
	tokenClose
)

type token struct {
	kind tokenKind
	text string
	at   int // in characters, from 0
}

// is reports whether the token is that keyword: a bare word, in any case.
func (t token) is(keyword string) bool {
	return t.kind == tokenWord && strings.EqualFold(t.text, keyword)
}

func (t token) keyword() bool { return t.is("and") || t.is("or") || t.is("not") }

// String is how a message speaks of the token.
func (t token) String() string {
	if t.kind == tokenEnd {
		return "the end"
	}
	return fmt.Sprintf("%q", t.text)
}

// lex takes a query apart.
func lex(text string) ([]token, error) {
	if !utf8.ValidString(text) {
		return nil, &Error{Query: strings.ToValidUTF8(text, "\ufffd"), Problem: "the query is not UTF-8 text"}
	}
	runes := []rune(text)
	if len(runes) > MaxLength {
		return nil, &Error{Query: string(runes[:MaxLength]), At: MaxLength, Problem: fmt.Sprintf("the query has %d characters; allowed are %d", len(runes), MaxLength)}
	}
	var tokens []token
	for i := 0; i < len(runes); {
		if unicode.IsSpace(runes[i]) {
			i++
			continue
		}
		t, end, err := next(text, runes, i)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
		i = end
	}
	return append(tokens, token{kind: tokenEnd, at: len(runes)}), nil
}

// next reads the token that begins at i and returns where it ends.
func next(text string, runes []rune, i int) (token, int, error) {
	switch c := runes[i]; {
	case c == '(':
		return token{tokenOpen, "(", i}, i + 1, nil
	case c == ')':
		return token{tokenClose, ")", i}, i + 1, nil
	case c == '"' || c == '\'':
		return quoted(text, runes, i)
	case strings.ContainsRune("=!<>~", c):
		end := i + 1
		if end < len(runes) && runes[end] == '=' && c != '=' && c != '~' {
			end++
		}
		if t := string(runes[i:end]); t != "!" {
			return token{tokenCmp, t, i}, end, nil
		}
		return token{}, 0, &Error{text, i, "! stands before = only: write != or NOT"}
	case unicode.IsControl(c):
		return token{}, 0, &Error{text, i, fmt.Sprintf("the character %q is not allowed", c)}
	}
	end := i
	for end < len(runes) && inWord(runes[end]) {
		end++
	}
	if end == i {
		return token{}, 0, &Error{text, i, fmt.Sprintf("%q is not understood: put texts with such characters into quotes", runes[i])}
	}
	return token{tokenWord, string(runes[i:end]), i}, end, nil
}

// inWord says whether a character may stand in a word without quotes.
func inWord(c rune) bool {
	return !unicode.IsSpace(c) && !unicode.IsControl(c) && !strings.ContainsRune("()\"'=!<>~,;&|", c)
}

// quoted reads a text in quotes; \ takes the next character as it is.
func quoted(text string, runes []rune, i int) (token, int, error) {
	var b strings.Builder
	for k := i + 1; k < len(runes); k++ {
		switch c := runes[k]; {
		case c == runes[i]:
			return token{tokenQuoted, b.String(), i}, k + 1, nil
		case unicode.IsControl(c):
			return token{}, 0, &Error{text, k, fmt.Sprintf("the character %q is not allowed", c)}
		case c == '\\' && k+1 < len(runes) && !unicode.IsControl(runes[k+1]):
			k++
			b.WriteRune(runes[k])
		default:
			b.WriteRune(c)
		}
	}
	return token{}, 0, &Error{text, i, fmt.Sprintf("the quote is not closed: want another %c", runes[i])}
}
