// What is asked of a node: its kind, its keys, the text of one.

package tree

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sealab/sim"
)

// Wrong makes an *Error about a node.
func (n *Node) Wrong(format string, args ...any) error {
	return &Error{n.Place, n.Path, fmt.Sprintf(format, args...)}
}

// Want refuses a node of another kind.
func (n *Node) Want(k Kind) error {
	if n.Kind != k {
		return n.Wrong("want %s, not %s", k, n.Kind)
	}
	return nil
}

// Only refuses a mapping with other keys than those known.
func (n *Node) Only(known ...string) error {
	for _, p := range n.Pairs {
		if !slices.Contains(known, p.Key) {
			return &Error{p.Place, n.Path, fmt.Sprintf("unknown key %q: %s (%s)", p.Key, sim.Suggest(p.Key, known), strings.Join(known, " "))}
		}
	}
	return nil
}

// Get gives the value of a key, or nil where it is not there or nothing stands behind it.
func (n *Node) Get(key string) *Node {
	for i := range n.Pairs {
		if n.Pairs[i].Key == key && n.Pairs[i].Value.Kind != Nothing {
			return &n.Pairs[i].Value
		}
	}
	return nil
}

// All gives a list's items; one text stands for a list of itself.
func (n *Node) All() ([]Node, error) {
	if n.Kind == Text {
		return []Node{*n}, nil
	}
	return n.Items, n.Want(List)
}

// ListOf reads a list that must be there and not be empty; such is one of its items, for the message.
func (n *Node) ListOf(key, such string) ([]Node, error) {
	v := n.Get(key)
	if v == nil {
		return nil, n.Wrong("%s is missing: want a list, such as %s: [%s]", key, key, such)
	}
	items, err := v.All()
	if err == nil && len(items) == 0 {
		err = v.Wrong("the list is empty: want at least one, such as %s", such)
	}
	return items, err
}

// TextOf reads a text of one line and so many characters at most; one that is not there is empty.
func (n *Node) TextOf(key string, most int) (string, error) { return n.textOf(key, most, false) }

// ProseOf reads a text that may have several lines.
func (n *Node) ProseOf(key string, most int) (string, error) { return n.textOf(key, most, true) }

func (n *Node) textOf(key string, most int, prose bool) (string, error) {
	v := n.Get(key)
	if v == nil {
		return "", nil
	}
	if err := v.Want(Text); err != nil {
		return "", err
	}
	return v.plain(most, prose)
}

// Plain gives a node's text, of one line, without blanks around it.
func (n *Node) Plain(most int) (string, error) { return n.plain(most, false) }

func (n *Node) plain(most int, prose bool) (string, error) {
	text := strings.TrimSpace(n.Text)
	if utf8.RuneCountInString(text) > most {
		return "", n.Wrong("the text has more than %d characters", most)
	}
	for _, c := range text {
		if unicode.IsControl(c) && !(prose && c == '\n') {
			return "", n.Wrong("the text holds the control character %q", c)
		}
	}
	return text, nil
}

// Places notes where each path stands.
func (n *Node) Places(into map[string]Place) {
	into[n.Path] = n.Place
	for i := range n.Items {
		n.Items[i].Places(into)
	}
	for i := range n.Pairs {
		n.Pairs[i].Value.Places(into)
		into[n.Pairs[i].Value.Path] = n.Pairs[i].Place
	}
}
