// YAML into nodes.

package tree

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

func (f Form) readYAML(data []byte) (n Node, err error) {
	defer func() {
		if p := recover(); p != nil { // the library is known to panic on some broken texts
			err = &Error{Problem: fmt.Sprintf("this is not YAML: %v", p)}
		}
	}()
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey()) // ours names both lines
	if err != nil {
		return Node{}, yamlError(err)
	}
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			return Node{}, &Error{Line: lineOf(doc.Body), Problem: "a second document begins here: one file is " + f.One}
		}
		body = doc.Body
	}
	if body == nil {
		return Node{}, &Error{Problem: "the file is empty: want " + f.Wants}
	}
	return f.fromYAML(body, 0)
}

// yamlError keeps what a person needs of the library's error: its line and message, not its drawing.
func yamlError(err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return &Error{Problem: "this is not YAML: " + first}
	}
	return &Error{Line: syntax.GetToken().Position.Line, Problem: "this is not YAML: " + syntax.GetMessage()}
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

func (f Form) fromYAML(n ast.Node, depth int) (Node, error) {
	line := lineOf(n)
	if depth > f.MaxDepth {
		return Node{}, f.tooDeep(line)
	}
	switch n := n.(type) {
	case nil:
		return Node{Kind: Nothing, Line: line}, nil
	case *ast.NullNode:
		if word := n.GetToken(); f.NullIsText && word.Type == token.NullType && word.Value == "null" {
			return Node{Kind: Text, Line: line, Text: word.Value}, nil
		}
		return Node{Kind: Nothing, Line: line}, nil
	case *ast.StringNode:
		return Node{Kind: Text, Line: line, Text: n.Value}, nil
	case *ast.LiteralNode:
		return Node{Kind: Text, Line: line, Text: n.Value.Value}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return Node{Kind: Text, Line: line, Text: n.GetToken().Value}, nil
	case *ast.SequenceNode:
		return f.listFromYAML(n, depth)
	case *ast.MappingNode:
		return f.mappingFromYAML(n.Values, line, depth)
	case *ast.MappingValueNode:
		return f.mappingFromYAML([]*ast.MappingValueNode{n}, line, depth)
	case *ast.AnchorNode, *ast.AliasNode:
		return Node{}, &Error{Line: line, Problem: "anchors (&) and aliases (*) are not read here: write it out, or put texts that begin so in quotes"}
	case *ast.TagNode:
		return Node{}, &Error{Line: line, Problem: "tags (!) are not read here: write the value alone"}
	}
	return Node{}, &Error{Line: line, Problem: fmt.Sprintf("a %s is not read here: want texts, numbers, lists and mappings", n.Type())}
}

func (f Form) listFromYAML(n *ast.SequenceNode, depth int) (Node, error) {
	out := Node{Kind: List, Line: lineOf(n)}
	for _, v := range n.Values {
		item, err := f.fromYAML(v, depth+1)
		if err != nil {
			return Node{}, err
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

func (f Form) mappingFromYAML(values []*ast.MappingValueNode, line, depth int) (Node, error) {
	out := Node{Kind: Mapping, Line: line}
	for _, v := range values {
		key, err := f.fromYAML(v.Key, depth+1)
		if err != nil {
			return Node{}, err
		}
		if key.Kind != Text {
			return Node{}, &Error{Line: lineOf(v), Problem: "a key must be a plain text"}
		}
		value, err := f.fromYAML(v.Value, depth+1)
		if err != nil {
			return Node{}, err
		}
		if err := out.add(key.Text, key.Line, value); err != nil {
			return Node{}, err
		}
	}
	return out, nil
}
