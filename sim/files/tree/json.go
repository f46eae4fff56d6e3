// JSON into nodes, with lines, and with keys that stand twice refused: encoding/json would take the last in silence.

package tree

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

type jsonReader struct {
	form Form
	data []byte
	dec  *json.Decoder
}

func (f Form) readJSON(data []byte) (Node, error) {
	r := jsonReader{f, data, json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	n, err := r.value(0)
	if err != nil {
		return Node{}, err
	}
	if _, err := r.dec.Token(); err != io.EOF {
		return Node{}, r.wrong("something stands behind the object: one file is %s", f.One)
	}
	return n, nil
}

// line is where the reader stands.
func (r *jsonReader) line() int {
	return 1 + bytes.Count(r.data[:min(r.dec.InputOffset(), int64(len(r.data)))], []byte("\n"))
}

func (r *jsonReader) wrong(format string, args ...any) error {
	return &Error{Line: r.line(), Problem: fmt.Sprintf(format, args...)}
}

func (r *jsonReader) value(depth int) (Node, error) {
	if depth > r.form.MaxDepth {
		return Node{}, r.form.tooDeep(r.line())
	}
	token, err := r.dec.Token()
	if err != nil {
		return Node{}, r.wrong("this is not JSON: %v", err)
	}
	n := Node{Line: r.line()}
	switch v := token.(type) {
	case nil:
		n.Kind = Nothing
	case json.Delim:
		if v == '[' {
			return r.list(n, depth)
		}
		return r.object(n, depth)
	default: // string, json.Number, bool
		n.Text = fmt.Sprint(v)
	}
	return n, nil
}

func (r *jsonReader) list(n Node, depth int) (Node, error) {
	n.Kind = List
	for r.dec.More() {
		item, err := r.value(depth + 1)
		if err != nil {
			return Node{}, err
		}
		n.Items = append(n.Items, item)
	}
	return n, r.end()
}

func (r *jsonReader) object(n Node, depth int) (Node, error) {
	n.Kind = Mapping
	for r.dec.More() {
		token, err := r.dec.Token()
		if err != nil {
			return Node{}, r.wrong("this is not JSON: %v", err)
		}
		key, line := fmt.Sprint(token), r.line()
		value, err := r.value(depth + 1)
		if err != nil {
			return Node{}, err
		}
		if err := n.add(key, line, value); err != nil {
			return Node{}, err
		}
	}
	return n, r.end()
}

// end takes the closing bracket.
func (r *jsonReader) end() error {
	if _, err := r.dec.Token(); err != nil {
		return r.wrong("this is not JSON: %v", err)
	}
	return nil
}
