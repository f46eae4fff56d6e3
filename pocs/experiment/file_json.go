// JSON into nodes, with lines, and with keys that stand twice refused: encoding/json would take the last in silence.

package experiment

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

type jsonReader struct {
	data []byte
	dec  *json.Decoder
}

func readJSON(data []byte) (node, error) {
	r := jsonReader{data, json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	n, err := r.value(0)
	if err != nil {
		return node{}, err
	}
	if _, err := r.dec.Token(); err != io.EOF {
		return node{}, r.wrong("something stands behind the object: one file is one experiment")
	}
	return n, nil
}

// line is where the reader stands.
func (r *jsonReader) line() int {
	return 1 + bytes.Count(r.data[:min(r.dec.InputOffset(), int64(len(r.data)))], []byte("\n"))
}

func (r *jsonReader) wrong(format string, args ...any) error {
	return &FileError{Line: r.line(), Problem: fmt.Sprintf(format, args...)}
}

func (r *jsonReader) value(depth int) (node, error) {
	if depth > maxFileDepth {
		return node{}, r.wrong("nested deeper than %d levels", maxFileDepth)
	}
	token, err := r.dec.Token()
	if err != nil {
		return node{}, r.wrong("this is not JSON: %v", err)
	}
	n := node{line: r.line()}
	switch v := token.(type) {
	case nil:
		n.kind = isNothing
	case json.Delim:
		if v == '[' {
			return r.list(n, depth)
		}
		return r.object(n, depth)
	default: // string, json.Number, bool
		n.text = fmt.Sprint(v)
	}
	return n, nil
}

func (r *jsonReader) list(n node, depth int) (node, error) {
	n.kind = isList
	for r.dec.More() {
		item, err := r.value(depth + 1)
		if err != nil {
			return node{}, err
		}
		n.items = append(n.items, item)
	}
	return n, r.end()
}

func (r *jsonReader) object(n node, depth int) (node, error) {
	n.kind = isMapping
	for r.dec.More() {
		token, err := r.dec.Token()
		if err != nil {
			return node{}, r.wrong("this is not JSON: %v", err)
		}
		key, line := fmt.Sprint(token), r.line()
		value, err := r.value(depth + 1)
		if err != nil {
			return node{}, err
		}
		if err := n.add(key, line, value); err != nil {
			return node{}, err
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
