// Package tree reads what people write by hand, YAML or JSON, into a tree of texts, lists and mappings, each with its
// place, so that whoever wants a certain form of it can say where it is wrong.
//
// Of YAML only what a plan or an entry needs is taken: no anchors, aliases, tags or second documents, so that nothing
// grows while it is read. A number is a text here: who wants one parses it. Keys that stand twice are refused.
package tree

import (
	"bytes"
	"fmt"
	"strings"
)

// Kind is what a node is.
type Kind int

// The kinds of nodes.
const (
	Text Kind = iota
	List
	Mapping
	Nothing // null, or a key with nothing behind it
)

// String says how a kind is called in a message.
func (k Kind) String() string {
	return [...]string{"a text or number", "a list", "a mapping", "nothing"}[k]
}

// Node is one value of a file.
type Node struct {
	Kind  Kind
	Place        // where it begins
	Path  string // such as arms[1].params.gate_km; empty: the file as a whole
	Text  string
	Items []Node
	Pairs []Pair // in the order of the file
}

// Pair is a key of a mapping with what stands behind it.
type Pair struct {
	Key   string
	Place // of the key
	Value Node
}

// Place is where something stands in a file: line and column from 1, the column in characters; 0: nowhere in particular.
type Place struct{ Line, Column int }

// Form says what is read, and how much of it at most.
type Form struct {
	One        string // what a file is, such as "one experiment"
	Wants      string // what an empty file lacks, such as "at least scenarios, arms and seeds"
	NullIsText bool   // the word null is a text: the name of a proof of concept
	MaxBytes   int
	MaxLines   int // the YAML library's time grows with the square of the lines
	MaxDepth   int
}

// Error says what is wrong with a file, and where.
type Error struct {
	Place
	Field   string // as Node.Path; empty: the file as a whole
	Problem string // what is wrong and what is allowed
}

// Error reads as one line for a person.
func (e *Error) Error() string {
	where := e.Place.String()
	if e.Field != "" {
		where += e.Field + ": "
	}
	return where + e.Problem
}

// String reads as what comes before a problem, "line 3, column 7: "; empty where the place is not known.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return ""
	case p.Column == 0:
		return fmt.Sprintf("line %d: ", p.Line)
	}
	return fmt.Sprintf("line %d, column %d: ", p.Line, p.Column)
}

// Read reads YAML or JSON; its errors are *Error. JSON is read by its own rules, since it is YAML only nearly.
func (f Form) Read(data []byte) (Node, error) {
	if err := f.checkSize(data); err != nil {
		return Node{}, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors put this mark before their UTF-8
	var n Node
	var err error
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		n, err = f.readJSON(data)
	} else {
		n, err = f.readYAML(data)
	}
	if err != nil {
		return Node{}, err
	}
	n.name("")
	return n, nil
}

// name gives every node its path.
func (n *Node) name(path string) {
	n.Path = path
	for i := range n.Items {
		n.Items[i].name(fmt.Sprintf("%s[%d]", path, i))
	}
	for i := range n.Pairs {
		n.Pairs[i].Value.name(strings.TrimPrefix(path+"."+n.Pairs[i].Key, "."))
	}
}

// add puts a pair into a mapping, once.
func (n *Node) add(key string, at Place, value Node) error {
	for _, p := range n.Pairs {
		if p.Key == key {
			return &Error{Place: at, Problem: fmt.Sprintf("the key %q stands twice, first in line %d", key, p.Line)}
		}
	}
	n.Pairs = append(n.Pairs, Pair{key, at, value})
	return nil
}
