// Strangers' JSON: which version and kind it is, whether a key comes twice, and in which line an error lies.

package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"sealab/sim"
)

// maxDepth is the deepest nesting of objects and arrays that is read, maxKeys the most keys of one object.
const (
	maxDepth = 32
	maxKeys  = 1000
)

// readable refuses JSON of another kind or version, one that two readers may understand differently, and keys that are
// not known: those of an object of that path, such as "worlds" for each world, are in known; other objects may have any.
func readable(text []byte, kind string, known map[string][]string) error {
	unknown, err := walkOver(text, known)
	if err != nil {
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
	return unknown // last: a later version may have keys that this one lacks
}

// keysOf are the keys of a struct's JSON.
func keysOf(v any) (keys []string) {
	for i, t := 0, reflect.TypeOf(v); i < t.NumField(); i++ {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		keys = append(keys, name)
	}
	return keys
}

// placed puts the line before an error of the standard decoder.
func placed(text []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %w", lineOf(text, syntax.Offset), err)
	case errors.As(err, &kind):
		return fmt.Errorf("line %d: %s: is %s, must be %s", lineOf(text, kind.Offset), kind.Field, kind.Value, wanted[kind.Type.Kind()])
	}
	return err
}

// wanted says what a Go type takes.
var wanted = map[reflect.Kind]string{reflect.Uint64: "a whole number, not below 0", reflect.Int: "a whole number", reflect.Int64: "a whole number",
	reflect.Float64: "a number", reflect.String: "a string", reflect.Bool: "true or false", reflect.Slice: "an array",
	reflect.Struct: "an object", reflect.Map: "an object"}

// lineOf counts lines from 1.
func lineOf(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(max(offset, 0), int64(len(text)))], []byte("\n"))
}

// walkOver refuses a key that is given twice, nesting that is too deep, too many keys, and what stands after the end;
// unknown is what is wrong with the first key that is not known, or nil.
func walkOver(text []byte, known map[string][]string) (unknown, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	w := walk{d: d, text: text, known: known}
	if err := w.value(nil); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("line %d: something stands after its end", lineOf(text, d.InputOffset()))
	}
	return w.unknown, nil
}

type walk struct {
	d       *json.Decoder
	text    []byte
	known   map[string][]string
	unknown error // the first
}

// fieldOf names a key as errors do, such as worlds[0].seed.
func fieldOf(path []string, key string) string {
	return strings.ReplaceAll(strings.Join(append(path, fmt.Sprintf("%.40s", key)), "."), ".[", "[")
}

// look notes a key that its object does not know.
func (w *walk) look(path []string, key string) {
	object := strings.Join(slices.DeleteFunc(slices.Clone(path), func(s string) bool { return s[0] == '[' }), ".")
	if keys, closed := w.known[object]; closed && w.unknown == nil && !slices.Contains(keys, key) {
		w.unknown = w.fail("%s: unknown key: %s", fieldOf(path, key), sim.Suggest(fmt.Sprintf("%.40s", key), keys))
	}
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
				return w.fail("%s: key is given twice", fieldOf(path, key))
			}
			if seen[folded] = true; len(seen) > maxKeys {
				return w.fail("%s: has more than %d keys", strings.Join(path, "."), maxKeys)
			}
			w.look(path, key)
		}
		if err := w.value(append(path, fmt.Sprintf("%.40s", key))); err != nil {
			return err
		}
	}
	_, err := w.token()
	return err
}
