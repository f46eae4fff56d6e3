// An entry as YAML for people: the same fields in the same order as its JSON, and nothing that another reader of YAML
// could take for something else than a text.

package usecase

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// YAML writes the entry as a file of its own. Parse reads it back the same.
func (e *Entry) YAML() []byte {
	var w yamlWriter
	w.fields(reflect.ValueOf(e).Elem(), "", "")
	if w.Len() == 0 {
		return []byte("{}\n")
	}
	return w.Bytes()
}

// YAMLItem writes the entry as an item of a list.
func (e *Entry) YAMLItem() []byte {
	var w yamlWriter
	w.fields(reflect.ValueOf(e).Elem(), "- ", "  ")
	if w.Len() == 0 {
		return []byte("- {}\n")
	}
	return w.Bytes()
}

type yamlWriter struct{ bytes.Buffer }

// fields writes a struct's fields, each on a line of its own that begins with the indent, the first one with its own.
func (w *yamlWriter) fields(v reflect.Value, first, indent string) {
	names, fields := keysOf(v.Type())
	for _, name := range names {
		f := v.Field(fields[name])
		if f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0 {
			continue
		}
		w.WriteString(first + name + ":")
		w.value(f, indent)
		first = indent
	}
}

// value writes what stands behind a name.
func (w *yamlWriter) value(v reflect.Value, indent string) {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Struct:
		w.WriteByte('\n')
		w.fields(v, indent+"  ", indent+"  ")
	case reflect.Slice:
		w.WriteByte('\n')
		for i := range v.Len() {
			if item := v.Index(i); item.Kind() == reflect.Struct && !item.IsZero() {
				w.fields(item, indent+"  - ", indent+"    ")
			} else if item.Kind() == reflect.Struct {
				w.WriteString(indent + "  - {}\n")
			} else {
				w.WriteString(indent + "  - " + yamlScalar(item) + "\n")
			}
		}
	default:
		w.WriteString(" " + yamlScalar(v) + "\n")
	}
}

// plainText is a text that no version of YAML reads as anything but a text, if it is not one of notPlain.
var plainText = regexp.MustCompile(`^[\p{L}][\p{L}\p{N} ,.;()'/%&+-]*$`)

// notPlain are words that YAML 1.1 takes for truth values and nothing.
var notPlain = map[string]bool{"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true, "true": true, "false": true, "null": true}

func yamlScalar(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	}
	text := v.String()
	if plainText.MatchString(text) && !notPlain[strings.ToLower(text)] && !strings.HasSuffix(text, " ") {
		return text
	}
	return yamlQuoted(text)
}

// yamlQuoted writes a text in double quotes; how JSON does that is YAML too.
func yamlQuoted(text string) string {
	var b strings.Builder
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	if err := w.Encode(text); err != nil {
		panic(err) // it is a text
	}
	return strings.TrimSuffix(b.String(), "\n")
}
