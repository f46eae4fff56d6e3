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
	seen int   // how much of data was counted into at
	at   Place // of what comes behind that
}

func (f Form) readJSON(data []byte) (Node, error) {
	r := jsonReader{form: f, data: data, dec: json.NewDecoder(bytes.NewReader(data)), at: Place{1, 1}}
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

// place is where the next token begins. Tokens only go forward, so that no byte is counted twice.
func (r *jsonReader) place() Place {
	next := min(int(r.dec.InputOffset()), len(r.data))
	for next < len(r.data) && strings.IndexByte(" \t\r\n,:", r.data[next]) >= 0 {
		next++
	}
	between := r.data[r.seen:next]
	if lines := bytes.Count(between, []byte("\n")); lines > 0 {
		r.at = Place{r.at.Line + lines, 1}
		between = between[bytes.LastIndexByte(between, '\n')+1:]
	}
	r.at.Column += utf8.RuneCount(between)
	r.seen = next
	return r.at
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
