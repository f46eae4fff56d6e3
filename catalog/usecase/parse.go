// From a file to an entry: YAML or JSON, strictly, with the line of every fault.

package usecase

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"sealab/sim"
	"sealab/sim/files/tree"
)

// MaxBytes is how large a file with one entry may be.
const MaxBytes = 64 << 10

var form = tree.Form{One: "one use case", Wants: "at least a title", MaxBytes: MaxBytes, MaxLines: 2_000, MaxDepth: 8}

// Fault is one thing that is wrong with an entry.
type Fault struct {
	Field   string `json:"field"`          // such as metrics[0].unit; empty: the entry as a whole
	Line    int    `json:"line,omitempty"` // of the file; 0: there is none
	Problem string `json:"problem"`        // what is wrong and what is allowed
}

// Error reads as one line for a person.
func (f Fault) Error() string {
	where := ""
	if f.Line > 0 {
		where = fmt.Sprintf("line %d: ", f.Line)
	}
	if f.Field != "" {
		where += f.Field + ": "
	}
	return where + f.Problem
}

// Parse reads an entry from YAML or JSON and says everything that is wrong with it: unknown fields, values of another
// type, and whatever Check finds. The entry holds what could be read, so that a form can show it again.
func Parse(data []byte) (Entry, []Fault) { return ParseAs(data, func(*Entry) {}) }

// ParseAs does the same, and has settle give the entry what the reader's side sets before it is checked.
func ParseAs(data []byte, settle func(*Entry)) (Entry, []Fault) {
	root, err := form.Read(data)
	if err == nil {
		err = root.Want(tree.Mapping)
	}
	if err != nil {
		return Entry{}, []Fault{faultOf(err)}
	}
	return fromTree(&root, settle)
}

// FromTree does the same with an entry that is a part of a larger file; fields are named from the entry on.
func FromTree(root *tree.Node) (Entry, []Fault) { return fromTree(root, func(*Entry) {}) }

func fromTree(root *tree.Node, settle func(*Entry)) (Entry, []Fault) {
	r := reader{base: root.Path}
	var e Entry
	r.value(root, reflect.ValueOf(&e).Elem())
	settle(&e)
	faults := r.faults
	places := map[string]tree.Place{}
	root.Places(places)
	for _, f := range e.Check() {
		if f.Line = lineIn(places, r.base, f.Field); !has(faults, f.Field) {
			faults = append(faults, f)
		}
	}
	return e, faults
}

func faultOf(err error) Fault {
	var at *tree.Error
	if errors.As(err, &at) {
		return Fault{at.Field, at.Line, at.Problem}
	}
	return Fault{Problem: err.Error()}
}

// has reports whether something is already said of a field.
func has(list []Fault, field string) bool {
	for _, f := range list {
		if f.Field == field {
			return true
		}
	}
	return false
}

// lineIn finds the line of a field, or of the innermost part of it that the file has.
func lineIn(places map[string]tree.Place, base, field string) int {
	for at := field; ; at = at[:max(strings.LastIndexAny(at, ".["), 0)] {
		if line := places[strings.TrimPrefix(base+"."+at, ".")].Line; line > 0 && at != "" {
			return line
		}
		if at == "" {
			return 0
		}
	}
}

// reader fills an entry and collects what it cannot read.
type reader struct {
	base   string // path of the entry in its file
	faults []Fault
}

func (r *reader) fault(n *tree.Node, format string, args ...any) {
	r.faults = append(r.faults, Fault{r.field(n.Path), n.Line, fmt.Sprintf(format, args...)})
}

func (r *reader) field(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, r.base), ".")
}

// value reads what a field of the entry's types can hold: texts, numbers, lists, and structs of these.
func (r *reader) value(n *tree.Node, into reflect.Value) {
	if n.Kind == tree.Nothing {
		return // null is absent
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		r.value(n, into.Elem())
	case reflect.Struct:
		r.object(n, into)
	case reflect.Slice:
		r.list(n, into)
	default:
		r.scalar(n, into)
	}
}

func (r *reader) object(n *tree.Node, into reflect.Value) {
	if n.Kind != tree.Mapping {
		r.fault(n, "want %s, not %s", tree.Mapping, n.Kind)
		return
	}
	names, fields := keysOf(into.Type())
	for i := range n.Pairs {
		p := &n.Pairs[i]
		if at, known := fields[p.Key]; known {
			r.value(&p.Value, into.Field(at))
			continue
		}
		r.faults = append(r.faults, Fault{r.field(p.Value.Path), p.Line, "is not a field here: " + sim.Suggest(p.Key, names)})
	}
}

// keysOf gives the names that a struct has in files, in order, and where they are.
func keysOf(t reflect.Type) (names []string, fields map[string]int) {
	fields = map[string]int{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names, fields[name] = append(names, name), i
	}
	return names, fields
}

func (r *reader) list(n *tree.Node, into reflect.Value) {
	items := n.Items
	if n.Kind == tree.Text && into.Type().Elem().Kind() == reflect.String {
		items = []tree.Node{*n} // one text stands for a list of itself
	} else if n.Kind != tree.List {
		r.fault(n, "want %s, not %s", tree.List, n.Kind)
		return
	}
	into.Set(reflect.MakeSlice(into.Type(), len(items), len(items)))
	for i := range items {
		r.value(&items[i], into.Index(i))
	}
}

func (r *reader) scalar(n *tree.Node, into reflect.Value) {
	if n.Kind != tree.Text {
		r.fault(n, "want %s, not %s", tree.Text, n.Kind)
		return
	}
	text := strings.TrimSpace(n.Text)
	switch into.Kind() {
	case reflect.String:
		into.SetString(text)
	case reflect.Float64:
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			r.fault(n, "%.40q is not a number", text)
			return
		}
		into.SetFloat(v + 0) // no minus zero
	case reflect.Int:
		v, err := strconv.Atoi(text)
		if err != nil {
			r.fault(n, "%.40q is not a whole number", text)
			return
		}
		into.SetInt(int64(v))
	}
}
