// What changed between two versions: exactly the fields that differ.

package usecase

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Change is one field that differs. Where an item of a list came or went, one side is empty.
type Change struct {
	Field string `json:"field"` // as metrics[Companies].target: items of lists go by their first field, not by their place
	Old   string `json:"old"`
	New   string `json:"new"`
}

// Diff lists what differs, in the order of the schema; nil for equal entries.
func Diff(a, b *Entry) []Change {
	d := differ{}
	d.structs(reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem(), "")
	return d.list
}

type differ struct{ list []Change }

func (d *differ) add(field, before, after string) {
	if before != after {
		d.list = append(d.list, Change{field, before, after})
	}
}

func (d *differ) structs(a, b reflect.Value, field string) {
	names, fields := keysOf(a.Type())
	for _, name := range names {
		d.values(a.Field(fields[name]), b.Field(fields[name]), strings.TrimPrefix(field+"."+name, "."))
	}
}

func (d *differ) values(a, b reflect.Value, field string) {
	switch a.Kind() {
	case reflect.Pointer:
		if a.Type().Elem().Kind() == reflect.Struct {
			d.structs(orZero(a), orZero(b), field)
			return
		}
		d.add(field, plain(a), plain(b))
	case reflect.Struct:
		d.structs(a, b, field)
	case reflect.Slice:
		d.lists(a, b, field)
	default:
		d.add(field, plain(a), plain(b))
	}
}

func orZero(p reflect.Value) reflect.Value {
	if p.IsNil() {
		return reflect.Zero(p.Type().Elem())
	}
	return p.Elem()
}

// plain writes a single value.
func plain(v reflect.Value) string {
	switch {
	case v.Kind() == reflect.Pointer && v.IsNil():
		return ""
	case v.Kind() == reflect.Pointer:
		return plain(v.Elem())
	case v.Kind() == reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	}
	return fmt.Sprint(v.Interface())
}

// lists pairs the items of two lists by their names: what both have is compared field by field, what one has alone was
// added or removed, and a change of order is one of its own.
func (d *differ) lists(a, b reflect.Value, field string) {
	before, after := itemNames(a), itemNames(b)
	for i, name := range before {
		at := fmt.Sprintf("%s[%s]", field, name)
		if j := slices.Index(after, name); j >= 0 {
			d.values(a.Index(i), b.Index(j), at)
		} else {
			d.add(at, summary(a.Index(i)), "")
		}
	}
	for j, name := range after {
		if !slices.Contains(before, name) {
			d.add(fmt.Sprintf("%s[%s]", field, name), "", summary(b.Index(j)))
		}
	}
	if x, y := common(before, after), common(after, before); !slices.Equal(x, y) {
		d.add(field+" (order)", strings.Join(x, "; "), strings.Join(y, "; "))
	}
}

// itemNames names each item of a list: a text by itself, another by its first field, and what comes again by a number.
func itemNames(v reflect.Value) []string {
	seen := map[string]int{}
	names := make([]string, v.Len())
	for i := range names {
		item := v.Index(i)
		if item.Kind() == reflect.Struct {
			item = item.Field(0)
		}
		name := clip(plain(item))
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s #%d", name, seen[name])
		}
		names[i] = name
	}
	return names
}

// common are the names that the other list has too.
func common(list, other []string) (both []string) {
	for _, name := range list {
		if slices.Contains(other, name) {
			both = append(both, name)
		}
	}
	return both
}

// summary writes a whole item in one line.
func summary(v reflect.Value) string {
	if v.Kind() != reflect.Struct {
		return plain(v)
	}
	var parts []string
	names, fields := keysOf(v.Type())
	for _, name := range names {
		if text := plain(v.Field(fields[name])); text != "" {
			parts = append(parts, name+": "+text)
		}
	}
	return strings.Join(parts, ", ")
}
