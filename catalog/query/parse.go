// From words to a tree, by recursive descent: OR of ANDs of NOTs.

package query

import (
	"fmt"
	"strings"

	"sealab/sim"
)

// Parse reads a query over these fields. A blank one matches every row. Its errors are *Error.
func Parse(text string, fields []Field) (Node, error) {
	tokens, err := lex(text)
	if err != nil {
		return Node{}, err
	}
	p := parser{text: text, tokens: tokens, fields: fields}
	if p.peek().kind == tokenEnd {
		return Node{}, nil
	}
	n, err := p.or(0)
	if err != nil {
		return Node{}, err
	}
	switch t := p.peek(); {
	case t.kind == tokenEnd:
		return n, nil
	case t.kind == tokenClose:
		return Node{}, p.wrong(t, "no bracket is open here")
	default:
		return Node{}, p.wrong(t, "want AND, OR or the end, not %v", t)
	}
}

type parser struct {
	text   string
	tokens []token
	next   int
	fields []Field
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) take() token {
	t := p.tokens[p.next]
	if t.kind != tokenEnd {
		p.next++
	}
	return t
}

func (p *parser) wrong(t token, format string, args ...any) error {
	return &Error{p.text, t.at, fmt.Sprintf(format, args...)}
}

func (p *parser) or(depth int) (Node, error) {
	return p.chain(depth, Or, "or", p.and)
}

func (p *parser) and(depth int) (Node, error) {
	return p.chain(depth, And, "and", p.not)
}

// chain reads one or more parts with a keyword between them.
func (p *parser) chain(depth int, op Op, keyword string, part func(int) (Node, error)) (Node, error) {
	n, err := part(depth)
	if err != nil {
		return Node{}, err
	}
	if !p.peek().is(keyword) {
		return n, nil
	}
	list := Node{Op: op, Kids: []Node{n}}
	for p.peek().is(keyword) {
		p.take()
		if n, err = part(depth); err != nil {
			return Node{}, err
		}
		list.Kids = append(list.Kids, n)
	}
	return list, nil
}

func (p *parser) not(depth int) (Node, error) {
	t := p.peek()
	if depth > MaxDepth {
		return Node{}, p.wrong(t, "more than %d brackets and NOTs within each other", MaxDepth)
	}
	switch {
	case t.is("not"):
		p.take()
		n, err := p.not(depth + 1)
		return Node{Op: Not, Kids: []Node{n}}, err
	case t.kind == tokenOpen:
		p.take()
		n, err := p.or(depth + 1)
		if err != nil {
			return Node{}, err
		}
		if end := p.take(); end.kind != tokenClose {
			return Node{}, p.wrong(end, "want ) to close the bracket of character %d, not %v", t.at+1, end)
		}
		return n, nil
	}
	return p.comparison()
}

func (p *parser) comparison() (Node, error) {
	name := p.take()
	if name.kind != tokenWord || name.keyword() {
		return Node{}, p.wrong(name, "want a field, NOT or (, not %v", name)
	}
	f, found := Find(p.fields, name.text)
	if !found {
		return Node{}, p.wrong(name, "unknown field %q: %s", name.text, Suggest(p.fields, name.text))
	}
	op := p.take()
	if op.kind != tokenCmp {
		return Node{}, p.wrong(op, "want one of %s after %s, not %v", f.Kind.ops(), name.text, op)
	}
	if !strings.Contains(" "+f.Kind.ops()+" ", " "+op.text+" ") {
		return Node{}, p.wrong(op, "%s is %s: allowed are %s", name.text, f.Kind, f.Kind.ops())
	}
	value := p.take()
	if value.kind != tokenWord && value.kind != tokenQuoted || value.keyword() {
		return Node{}, p.wrong(value, "want a value to compare %s with, not %v (quotes make a text of anything)", name.text, value)
	}
	n := Node{Op: Compare, Field: f, Name: name.text, Cmp: op.text}
	if problem := n.read(value); problem != "" {
		return Node{}, p.wrong(value, "%s", problem)
	}
	return n, nil
}

// Find finds a field by its name, or the family it belongs to.
func Find(fields []Field, name string) (Field, bool) {
	for _, f := range fields {
		family, isFamily := strings.CutSuffix(f.Name, "*")
		if f.Name == name || isFamily && len(name) > len(family) && strings.HasPrefix(name, family) {
			return f, true
		}
	}
	return Field{}, false
}

// Suggest says which field may have been meant by a name that there is not.
func Suggest(fields []Field, name string) string {
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].Name
	}
	return sim.Suggest(name, names)
}
