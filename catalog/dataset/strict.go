// Strangers' JSON: which version and kind it is, whether a key comes twice, and in which line an error lies.

package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth is the deepest nesting of objects and arrays that is read.
const maxDepth = 32

// readable refuses JSON of another kind or version, and one that two readers may understand differently.
func readable(text []byte, kind string) error {
	if err := once(text); err != nil {
		return err
	}
	var head struct {
		Version *json.Number `json:"v"`
		Kind    string       `json:"kind"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return placed(text, err)
	}
	switch {
	case head.Kind != kind:
		return fmt.Errorf("kind: is %.40q, must be %q", head.Kind, kind)
	case head.Version == nil:
		return errors.New("v: is missing")
	case *head.Version != "1":
		return fmt.Errorf("v: version %.20s is not known to this code, which reads version %d: a newer Sealab may", *head.Version, Version)
	}
	return nil
}

// placed puts the line before an error of the standard decoder.
func placed(text []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %w", lineOf(text, syntax.Offset), err)
	case errors.As(err, &kind):
		return fmt.Errorf("line %d: %s: is %s, which it cannot be", lineOf(text, kind.Offset), kind.Field, kind.Value)
	}
	return err
}

// lineOf counts lines from 1.
func lineOf(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(max(offset, 0), int64(len(text)))], []byte("\n"))
}

// once refuses a key that is given twice, nesting that is too deep, and what stands after the end.
func once(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	w := walk{d: d, text: text}
	if err := w.value(nil); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("line %d: something stands after its end", lineOf(text, d.InputOffset()))
	}
	return nil
}

type walk struct {
	d    *json.Decoder
	text []byte
}

func (w *walk) fail(format string, args ...any) error {
	return fmt.Errorf("line %d: "+format, append([]any{lineOf(w.text, w.d.InputOffset())}, args...)...)
}

func (w *walk) token() (json.Token, error) {
	t, err := w.d.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, w.fail("%w", err)
	}
	return t, nil
}

func (w *walk) value(path []string) error {
	t, err := w.token()
	if err != nil {
		return err
	}
	if t == json.Delim('{') || t == json.Delim('[') {
		if len(path) == maxDepth {
			return w.fail("nested deeper than %d", maxDepth)
		}
		return w.inside(path, t == json.Delim('{'))
	}
	return nil
}

func (w *walk) inside(path []string, object bool) error {
	seen := map[string]bool{}
	for i := 0; w.d.More(); i++ {
		key := fmt.Sprint("[", i, "]")
		if object {
			t, err := w.token()
			if err != nil {
				return err
			}
			key, _ = t.(string)
			folded := strings.ToLower(key) // the standard decoder takes keys in another case for the same
			if seen[folded] {
				return w.fail("%s: key is given twice", strings.Join(append(path, fmt.Sprintf("%.40s", key)), "."))
			}
			seen[folded] = true
		}
		if err := w.value(append(path, fmt.Sprintf("%.40s", key))); err != nil {
			return err
		}
	}
	_, err := w.token()
	return err
}
