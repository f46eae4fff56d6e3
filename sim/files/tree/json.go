// JSON into nodes, with places, and with keys that stand twice refused: encoding/json would take the last in silence.

package tree

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
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
	at := r.place()
	if _, err := r.dec.Token(); err != io.EOF {
		return Node{}, wrongAt(at, "something stands behind the object: one file is %s", f.One)
	}
	return n, nil
}

// place is where the next token begins.
func (r *jsonReader) place() Place {
	at := min(int(r.dec.InputOffset()), len(r.data))
	for at < len(r.data) && strings.IndexByte(" \t\r\n,:", r.data[at]) >= 0 {
		at++
	}
	read := r.data[:at]
	return Place{1 + bytes.Count(read, []byte("\n")), 1 + utf8.RuneCount(read[bytes.LastIndexByte(read, '\n')+1:])}
}

func wrongAt(at Place, format string, args ...any) error {
	return &Error{Place: at, Problem: fmt.Sprintf(format, args...)}
}

func (r *jsonReader) value(depth int) (Node, error) {
	at := r.place()
	if depth > r.form.MaxDepth {
		return Node{}, r.form.tooDeep(at)
	}
	token, err := r.dec.Token()
	if err != nil {
		return Node{}, wrongAt(at, "this is not JSON: %v", err)
	}
	n := Node{Place: at}
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
		at := r.place()
		token, err := r.dec.Token()
		if err != nil {
			return Node{}, wrongAt(at, "this is not JSON: %v", err)
		}
		key := fmt.Sprint(token)
		value, err := r.value(depth + 1)
		if err != nil {
			return Node{}, err
		}
		if err := n.add(key, at, value); err != nil {
			return Node{}, err
		}
	}
	return n, r.end()
}

// end takes the closing bracket.
func (r *jsonReader) end() error {
	at := r.place()
	if _, err := r.dec.Token(); err != nil {
		return wrongAt(at, "this is not JSON: %v", err)
	}
	return nil
}
