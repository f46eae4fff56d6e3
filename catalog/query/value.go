// Values: what may stand behind an operator, by kind of field.

package query

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// String is how a message speaks of a kind.
func (k Kind) String() string {
	return [...]string{"a text", "a number", "a time", "a list of tags"}[k]
}

// ops lists the operators of a kind, with a blank between.
func (k Kind) ops() string {
	return [...]string{"= != ~", "= != < <= > >=", "= != < <= > >=", "= != ~"}[k]
}

// read takes the value of a comparison; it returns what is wrong with it, or nothing.
func (n *Node) read(t token) string {
	if t.is("null") && n.Field.Nullable {
		n.Null = true
		if n.Cmp != "=" && n.Cmp != "!=" {
			return "null is neither large nor small: allowed are = and !="
		}
		return ""
	}
	switch n.Field.Kind {
	case Number:
		v, err := strconv.ParseFloat(t.text, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Sprintf("%s is a number%s: %q is not one", n.Name, unit(n.Field), t.text)
		}
		n.Number = v
	case Time:
		var ok bool
		if n.From, n.To, ok = span(t.text); !ok {
			return fmt.Sprintf("%s is a time: %q is not one; write 2026-01-31, 2026-01-31T08:00 or 2026-01-31T08:00:00Z (UTC)", n.Name, t.text)
		}
	default:
		n.Text = t.text
		if w := n.Field.Words; w != nil && n.Cmp != "~" && !slices.Contains(w, t.text) {
			return fmt.Sprintf("%s is never %q: allowed are %s", n.Name, t.text, strings.Join(w, ", "))
		}
	}
	return ""
}

func unit(f Field) string {
	if f.Unit == "" || f.Unit == "1" {
		return ""
	}
	return " (" + f.Unit + ")"
}

// forms are the ways to write a time, with how long it is; without a zone it is UTC.
var forms = []struct {
	layout string
	long   time.Duration
}{
	{"2006-01-02", 24 * time.Hour}, {"2006-01-02T15:04", time.Minute}, {"2006-01-02T15:04Z07:00", time.Minute},
	{"2006-01-02 15:04", time.Minute}, {"2006-01-02T15:04:05", time.Second}, {"2006-01-02 15:04:05", time.Second},
	{time.RFC3339, time.Second},
}

// span reads a time as the span it stands for: a date is its day. Fractions of a second are milliseconds.
func span(text string) (from, to time.Time, ok bool) {
	for _, f := range forms {
		t, err := time.Parse(f.layout, text)
		if err != nil {
			continue
		}
		if strings.ContainsAny(text, ".,") {
			t, f.long = t.Truncate(time.Millisecond), time.Millisecond
		}
		return t.UTC(), t.UTC().Add(f.long), true
	}
	return from, to, false
}
