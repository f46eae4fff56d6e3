// What a query means, on one row.

package query

import (
	"slices"
	"strings"
	"time"
)

// Match reports whether a row is among those that the query asks for.
func (n *Node) Match(row Row) bool {
	switch n.Op {
	case And:
		return !slices.ContainsFunc(n.Kids, func(k Node) bool { return !k.Match(row) })
	case Or:
		return slices.ContainsFunc(n.Kids, func(k Node) bool { return k.Match(row) })
	case Not:
		return !n.Kids[0].Match(row)
	}
	v := row(n.Name)
	if n.Null {
		list, several := v.([]string)
		return (v == nil || several && len(list) == 0) == (n.Cmp == "=")
	}
	switch v := v.(type) {
	case string:
		return n.matchText(v)
	case float64:
		return order(n.Cmp, v < n.Number, v > n.Number)
	case time.Time:
		return order(n.Cmp, v.Before(n.From), !v.Before(n.To))
	case []string:
		return n.matchTags(v)
	}
	return false // null
}

func (n *Node) matchText(v string) bool {
	switch n.Cmp {
	case "=":
		return v == n.Text
	case "!=":
		return v != n.Text
	}
	return strings.Contains(Lower(v), Lower(n.Text))
}

func (n *Node) matchTags(tags []string) bool {
	switch n.Cmp {
	case "=":
		return slices.Contains(tags, n.Text)
	case "!=":
		return !slices.Contains(tags, n.Text)
	}
	return slices.ContainsFunc(tags, n.matchText)
}

// order says whether a comparison holds of a value that lies below, above or at what it is compared with.
func order(cmp string, below, above bool) bool {
	switch cmp {
	case "=":
		return !below && !above
	case "!=":
		return below || above
	case "<":
		return below
	case "<=":
		return !above
	case ">":
		return above
	}
	return !below
}

// Lower makes the ASCII letters of a text small and leaves all others, as SQLite's lower does.
func Lower(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}, s)
}

// Names lists the fields that a query speaks of, in the order of their first mention.
func (n *Node) Names() []string {
	var list []string
	n.names(&list)
	return list
}

func (n *Node) names(list *[]string) {
	if n.Op == Compare && !slices.Contains(*list, n.Name) {
		*list = append(*list, n.Name)
	}
	for i := range n.Kids {
		n.Kids[i].names(list)
	}
}
