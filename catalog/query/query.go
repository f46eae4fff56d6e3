// Package query is one small language for asking which rows of a table to show, the same in browser, API and command
// line: `poc = kalman AND (delay_p50_s < 3600 OR NOT recall < 0.9)`.
//
// NOT binds before AND, AND before OR; the words may be written in any case. A comparison is FIELD OP VALUE with = !=
// < <= > >= and ~ (contains). Values with blanks or brackets stand in quotes.
//
// There is no third truth value. A comparison with a value that is null is false, whatever its operator, and NOT of it
// is true: `NOT recall < 0.9` also finds the runs that have no recall, `recall >= 0.9` does not. `recall = null` and
// `recall != null` ask for it.
//
// What a query means is defined by Match, on one row in memory. Whoever compiles it to something else, as the catalogue
// does to SQL, must give equal answers.
package query

import "time"

// Kind says what a field holds, and so how it compares.
type Kind int

// The kinds.
const (
	Text   Kind = iota // = != exactly, ~ contains whatever the case of ASCII letters
	Number             // = != < <= > >=
	Time               // likewise; a date or a time to the minute stands for the whole of it
	Tags               // several texts: = has it, != has it not, ~ one of them contains; null where there is none
)

// Field is a named column of a table.
type Field struct {
	Name     string // a name that ends in ".*" stands for all names that begin so, such as set.seals
	Kind     Kind
	Nullable bool
	Unit     string
	Doc      string
	Words    []string // of a text: the values there are; nil: any
}

// Op is what a node does.
type Op int

// The operations. The zero node is And of nothing, which every row matches.
const (
	And Op = iota
	Or
	Not
	Compare
)

// Node is a query, or a part of one.
type Node struct {
	Op   Op
	Kids []Node // of And and Or, or the one of Not

	// Of Compare:
	Field    Field  // as it was handed in
	Name     string // as it was asked for: Field.Name, or a name that it stands for
	Cmp      string // = != < <= > >= ~
	Null     bool   // compared with null
	Text     string
	Number   float64
	From, To time.Time // the span [From, To) that a time stands for
}

// Row gives the value of a field: string, float64, time.Time, []string, or nil for null.
type Row func(name string) any

// Limits of a query.
const (
	MaxLength = 2_000 // characters
	MaxDepth  = 50    // brackets and NOTs within each other
)
