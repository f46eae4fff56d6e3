package seal

// This file works out, once, the order in which JSON has the keys: the table of fields turned into a tree of two
// levels whose keys are sorted, which both writing and reading walk along.

import (
	"slices"
	"strings"
)

// rowKind is what a key of the JSON stands for.
type rowKind uint8

const (
	rowField rowKind = iota
	rowText
	rowGroup
	rowVersion
	rowPrev
	rowSig
)

// row is one key within its object.
type row struct {
	key   string
	lit   string // `"key":`
	path  string
	kind  rowKind
	typ   FieldType
	scale int
	field Field
	text  Text
	group *plan
}

// plan is one object: its keys in order.
type plan struct {
	path  string
	keys  []string
	rows  []row
	holds Mask // the fields within
	texts bool // it has texts too, so that holds does not tell whether it is empty
}

// layout is the plan of a whole reading.
var layout = newLayout()

func newLayout() *plan {
	top := &plan{}
	groups := map[string]*plan{}
	add := func(r row) {
		p := top
		name, key, nested := strings.Cut(r.path, ".")
		if !nested {
			key = name
		} else if p = groups[name]; p == nil {
			p = &plan{path: name}
			groups[name] = p
			top.rows = append(top.rows, row{key: name, path: name, kind: rowGroup, group: p})
		}
		r.key = key
		p.rows = append(p.rows, r)
		if r.kind == rowField {
			p.holds |= 1 << r.field
		}
		p.texts = p.texts || r.kind == rowText
	}
	add(row{path: "v", kind: rowVersion})
	add(row{path: Proofs[ProofPrev].Path, kind: rowPrev})
	add(row{path: "sig", kind: rowSig})
	for t := range Texts {
		add(row{path: Texts[t].Path, kind: rowText, text: Text(t)})
	}
	for f := range Fields {
		info := &Fields[f]
		add(row{path: info.Path, kind: rowField, field: Field(f), typ: info.Type, scale: info.Scale})
	}
	top.sort()
	for _, p := range groups {
		p.sort()
	}
	return top
}

// sort puts the rows in the order of RFC 8785. That compares UTF-16; all keys are ASCII, where bytes compare the same.
func (p *plan) sort() {
	slices.SortFunc(p.rows, func(a, b row) int { return strings.Compare(a.key, b.key) })
	for i := range p.rows {
		p.keys = append(p.keys, p.rows[i].key)
		p.rows[i].lit = `"` + p.rows[i].key + `":`
	}
}
