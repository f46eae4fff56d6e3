// A query as text again.

package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// String writes the query in its plainest form; Parse reads it back as the same query.
func (n *Node) String() string {
	switch n.Op {
	case And, Or:
		word := " AND "
		if n.Op == Or {
			word = " OR "
		}
		parts := make([]string, len(n.Kids))
		for i := range n.Kids {
			kid := n.Kids[i].Op
			if parts[i] = n.Kids[i].String(); kid == Or || kid == And && n.Op == And {
				parts[i] = "(" + parts[i] + ")"
			}
		}
		return strings.Join(parts, word)
	case Not:
		if k := &n.Kids[0]; k.Op == And || k.Op == Or {
			return "NOT (" + k.String() + ")"
		}
		return "NOT " + n.Kids[0].String()
	}
	return fmt.Sprintf("%s %s %s", n.Name, n.Cmp, n.value())
}

func (n *Node) value() string {
	switch {
	case n.Null:
		return "null"
	case n.Field.Kind == Number:
		return strconv.FormatFloat(n.Number, 'g', -1, 64)
	case n.Field.Kind == Time:
		return n.timeText()
	}
	return quote(n.Text)
}

// timeText writes the span in the form that has its length.
func (n *Node) timeText() string {
	switch n.To.Sub(n.From) {
	case 24 * time.Hour:
		return n.From.Format("2006-01-02")
	case time.Minute:
		return n.From.Format("2006-01-02T15:04")
	case time.Second:
		return n.From.Format(time.RFC3339)
	}
	return n.From.Format("2006-01-02T15:04:05.000Z07:00")
}

// quote puts a text into quotes, unless it is a plain word.
func quote(text string) string {
	plain := text != ""
	for _, c := range text {
		plain = plain && inWord(c)
	}
	if t := (token{kind: tokenWord, text: text}); plain && !t.keyword() && !t.is("null") {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
