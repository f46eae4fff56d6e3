// What YAML and JSON have in common: a tree of texts, lists and mappings, each with its line.

package experiment

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"sealab/sim"
)

type kind int

const (
	isText kind = iota
	isList
	isMapping
	isNothing // null, or a key with nothing behind it
)

// said is how a kind is called in a message.
var said = map[kind]string{isText: "a text or number", isList: "a list", isMapping: "a mapping", isNothing: "nothing"}

type node struct {
	kind  kind
	line  int
	path  string
	text  string
	items []node
	pairs []pair // in the order of the file
}

type pair struct {
	key   string
	line  int
	value node
}

// readNodes reads YAML or JSON. JSON is read by its own rules, since it is YAML only nearly.
func readNodes(data []byte) (node, error) {
	if err := checkSize(data); err != nil {
		return node{}, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors put this mark before their UTF-8
	var n node
	var err error
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		n, err = readJSON(data)
	} else {
		n, err = readYAML(data)
	}
	if err != nil {
		return node{}, err
	}
	n.name("")
	return n, nil
}

// checkSize refuses what would cost more to read than it can be worth, before anything parses it.
func checkSize(data []byte) error {
	switch {
	case len(data) > MaxFileBytes:
		return &FileError{Problem: fmt.Sprintf("the file has %d bytes; allowed are %d", len(data), MaxFileBytes)}
	case !utf8.Valid(data):
		return &FileError{Problem: "the file is not UTF-8 text"}
	case bytes.Count(data, []byte("\n")) > maxFileLines:
		return &FileError{Problem: fmt.Sprintf("the file has more than %d lines", maxFileLines)}
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
		if depth > maxFileDepth || dashes(line) > maxFileDepth {
			return &FileError{Line: i + 1, Problem: fmt.Sprintf("nested deeper than %d levels", maxFileDepth)}
		}
	}
	return nil
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

// name gives every node its path.
func (n *node) name(path string) {
	n.path = path
	for i := range n.items {
		n.items[i].name(fmt.Sprintf("%s[%d]", path, i))
	}
	for i := range n.pairs {
		n.pairs[i].value.name(strings.TrimPrefix(path+"."+n.pairs[i].key, "."))
	}
}

// lines notes where each path stands.
func (n *node) lines(into map[string]int) {
	into[n.path] = n.line
	for i := range n.items {
		n.items[i].lines(into)
	}
	for i := range n.pairs {
		n.pairs[i].value.lines(into)
		into[n.pairs[i].value.path] = n.pairs[i].line
	}
}

func (n *node) wrong(format string, args ...any) error {
	return &FileError{n.line, n.path, fmt.Sprintf(format, args...)}
}

// want refuses a node of another kind.
func (n *node) want(k kind) error {
	if n.kind != k {
		return n.wrong("want %s, not %s", said[k], said[n.kind])
	}
	return nil
}

// only refuses a mapping with other keys than those known.
func (n *node) only(known ...string) error {
	for _, p := range n.pairs {
		found := false
		for _, k := range known {
			found = found || k == p.key
		}
		if !found {
			return &FileError{p.line, n.path, fmt.Sprintf("unknown key %q: %s (%s)", p.key, sim.Suggest(p.key, known), strings.Join(known, " "))}
		}
	}
	return nil
}

// get gives the value of a key, or nil where it is not there or nothing stands behind it.
func (n *node) get(key string) *node {
	for i := range n.pairs {
		if n.pairs[i].key == key && n.pairs[i].value.kind != isNothing {
			return &n.pairs[i].value
		}
	}
	return nil
}

// list gives a list's items; one text stands for a list of itself.
func (n *node) list() ([]node, error) {
	if n.kind == isText {
		return []node{*n}, nil
	}
	return n.items, n.want(isList)
}
