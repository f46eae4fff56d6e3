// YAML into nodes. Of the language only what a plan needs is taken: no anchors, aliases, tags or second documents.

package experiment

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

func readYAML(data []byte) (n node, err error) {
	defer func() {
		if p := recover(); p != nil { // the library is known to panic on some broken texts
			err = &FileError{Problem: fmt.Sprintf("this is not YAML: %v", p)}
		}
	}()
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return node{}, yamlError(err)
	}
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			return node{}, &FileError{Line: lineOf(doc.Body), Problem: "a second document begins here: one file is one experiment"}
		}
		body = doc.Body
	}
	if body == nil {
		return node{}, &FileError{Problem: "the file is empty: want at least scenarios, arms and seeds"}
	}
	return fromYAML(body, 0)
}

// yamlError keeps what a person needs of the library's error: its line and message, not its drawing.
func yamlError(err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return &FileError{Problem: "this is not YAML: " + first}
	}
	return &FileError{Line: syntax.GetToken().Position.Line, Problem: "this is not YAML: " + syntax.GetMessage()}
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

func fromYAML(n ast.Node, depth int) (node, error) {
	line := lineOf(n)
	if depth > maxFileDepth {
		return node{}, &FileError{Line: line, Problem: fmt.Sprintf("nested deeper than %d levels", maxFileDepth)}
	}
	switch n := n.(type) {
	case nil:
		return node{kind: isNothing, line: line}, nil
	case *ast.NullNode: // the word is a text here: null is the name of a proof of concept, and nothing else is meant by it
		if word := n.GetToken(); word.Type == token.NullType && word.Value == "null" {
			return node{kind: isText, line: line, text: word.Value}, nil
		}
		return node{kind: isNothing, line: line}, nil
	case *ast.StringNode:
		return node{kind: isText, line: line, text: n.Value}, nil
	case *ast.LiteralNode:
		return node{kind: isText, line: line, text: n.Value.Value}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return node{kind: isText, line: line, text: n.GetToken().Value}, nil
	case *ast.SequenceNode:
		return listFromYAML(n, depth)
	case *ast.MappingNode:
		return mappingFromYAML(n.Values, line, depth)
	case *ast.MappingValueNode:
		return mappingFromYAML([]*ast.MappingValueNode{n}, line, depth)
	case *ast.AnchorNode, *ast.AliasNode:
		return node{}, &FileError{Line: line, Problem: "anchors (&) and aliases (*) are not read here: write it out, or put texts that begin so in quotes"}
	case *ast.TagNode:
		return node{}, &FileError{Line: line, Problem: "tags (!) are not read here: write the value alone"}
	}
	return node{}, &FileError{Line: line, Problem: fmt.Sprintf("a %s is not read here: want texts, numbers, lists and mappings", n.Type())}
}

func listFromYAML(n *ast.SequenceNode, depth int) (node, error) {
	out := node{kind: isList, line: lineOf(n)}
	for _, v := range n.Values {
		item, err := fromYAML(v, depth+1)
		if err != nil {
			return node{}, err
		}
		out.items = append(out.items, item)
	}
	return out, nil
}

func mappingFromYAML(values []*ast.MappingValueNode, line, depth int) (node, error) {
	out := node{kind: isMapping, line: line}
	for _, v := range values {
		key, err := fromYAML(v.Key, depth+1)
		if err != nil {
			return node{}, err
		}
		if key.kind != isText {
			return node{}, &FileError{Line: lineOf(v), Problem: "a key must be a plain text"}
		}
		value, err := fromYAML(v.Value, depth+1)
		if err != nil {
			return node{}, err
		}
		if err := out.add(key.text, key.line, value); err != nil {
			return node{}, err
		}
	}
	return out, nil
}

// add puts a pair into a mapping, once.
func (n *node) add(key string, line int, value node) error {
	for _, p := range n.pairs {
		if p.key == key {
			return &FileError{Line: line, Problem: fmt.Sprintf("the key %q stands twice, first in line %d", key, p.line)}
		}
	}
	n.pairs = append(n.pairs, pair{key, line, value})
	return nil
}
