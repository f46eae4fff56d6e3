// YAML into nodes.

package tree

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

func (f Form) readYAML(data []byte) (n Node, err error) {
	defer func() {
		if p := recover(); p != nil { // the library is known to panic on some broken texts
			err = &Error{Problem: fmt.Sprintf("this is not YAML: %v", p)}
		}
	}()
	tokens := lexer.Tokenize(string(data))
	if err := f.checkDepth(tokens); err != nil {
		return Node{}, err
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // ours names both lines
	if err != nil {
		return Node{}, yamlError(err)
	}
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			return Node{}, &Error{Place: placeOf(doc.Body), Problem: "a second document begins here: one file is " + f.One}
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
	return &Error{Place: tokenPlace(syntax.GetToken()), Problem: "this is not YAML: " + syntax.GetMessage()}
}

func placeOf(n ast.Node) Place {
	if n == nil {
		return Place{}
	}
	return tokenPlace(n.GetToken())
}

func tokenPlace(t *token.Token) Place {
	if t == nil || t.Position == nil {
		return Place{}
	}
	return Place{t.Position.Line, t.Position.Column}
}

func (f Form) fromYAML(n ast.Node, depth int) (Node, error) {
	at := placeOf(n)
	if depth > f.MaxDepth {
		return Node{}, f.tooDeep(at)
	}
	switch n := n.(type) {
	case nil:
		return Node{Kind: Nothing, Place: at}, nil
	case *ast.NullNode:
		if word := n.GetToken(); f.NullIsText && word.Type == token.NullType && word.Value == "null" {
			return Node{Kind: Text, Place: at, Text: word.Value}, nil
		}
		return Node{Kind: Nothing, Place: at}, nil
	case *ast.StringNode:
		return Node{Kind: Text, Place: at, Text: n.Value}, nil
	case *ast.LiteralNode:
		return Node{Kind: Text, Place: at, Text: n.Value.Value}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return Node{Kind: Text, Place: at, Text: n.GetToken().Value}, nil
	case *ast.SequenceNode:
		return f.listFromYAML(n, depth)
	case *ast.MappingNode:
		return f.mappingFromYAML(n.Values, at, depth)
	case *ast.MappingValueNode:
		return f.mappingFromYAML([]*ast.MappingValueNode{n}, at, depth)
	case *ast.AnchorNode, *ast.AliasNode:
		return Node{}, &Error{Place: at, Problem: "anchors (&) and aliases (*) are not read here: write it out, or put texts that begin so in quotes"}
	case *ast.TagNode:
		return Node{}, &Error{Place: at, Problem: "tags (!) are not read here: write the value alone"}
	}
	return Node{}, &Error{Place: at, Problem: fmt.Sprintf("a %s is not read here: want texts, numbers, lists and mappings", n.Type())}
}

func (f Form) listFromYAML(n *ast.SequenceNode, depth int) (Node, error) {
	out := Node{Kind: List, Place: placeOf(n)}
	for _, v := range n.Values {
		item, err := f.fromYAML(v, depth+1)
		if err != nil {
			return Node{}, err
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

func (f Form) mappingFromYAML(values []*ast.MappingValueNode, at Place, depth int) (Node, error) {
	out := Node{Kind: Mapping, Place: at}
	for _, v := range values {
		key, err := f.fromYAML(v.Key, depth+1)
		if err != nil {
			return Node{}, err
		}
		if key.Kind != Text {
			return Node{}, &Error{Place: placeOf(v), Problem: "a key must be a plain text"}
		}
		value, err := f.fromYAML(v.Value, depth+1)
		if err != nil {
			return Node{}, err
		}
		if err := out.add(key.Text, key.Place, value); err != nil {
			return Node{}, err
		}
	}
	return out, nil
}
