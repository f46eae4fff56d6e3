// Entries in forms: every value of an entry under its path, such as metrics[0].unit, which is the name of its field in a
// form and in a fault alike.

package usecase

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxRows is how many rows of a list a form may send; the schema allows fewer.
const MaxRows = 200

// Values are all values of an entry as texts, by their paths.
func (e *Entry) Values() map[string]string {
	values := map[string]string{}
	flatten(reflect.ValueOf(e).Elem(), "", values)
	return values
}

func flatten(v reflect.Value, path string, into map[string]string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			flatten(v.Elem(), path, into)
		}
	case reflect.Slice:
		for i := range v.Len() {
			flatten(v.Index(i), fmt.Sprintf("%s[%d]", path, i), into)
		}
	case reflect.Struct:
		names, fields := keysOf(v.Type())
		for _, name := range names {
			flatten(v.Field(fields[name]), strings.TrimPrefix(path+"."+name, "."), into)
		}
	default:
		if text := plain(v); text != "" {
			into[path] = text
		}
	}
}

// Form is what a form sent: values under paths. A list of texts may stand under its own name, item by item under
// name[0], name[1] …, or both ways, those with a place first.
type Form map[string][]string

// Unread is a value of a form that a field cannot hold, such as a number that is none.
type Unread struct {
	Fault
	Text string // as it was sent, in valid UTF-8
}

// Fill puts the named fields of a form into the entry, in place of what they held: a field that the form leaves out
// becomes empty, and rows without any value fall away. What cannot be held is returned, and left empty; its path is that
// in the entry as it has become.
func (e *Entry) Fill(form Form, fields ...string) []Unread {
	f := filler{form: form}
	entry := reflect.ValueOf(e).Elem()
	_, at := keysOf(entry.Type())
	for _, name := range fields {
		into := entry.Field(at[name])
		into.SetZero()
		f.value(name, name, into)
	}
	return f.unread
}

type filler struct {
	form   Form
	unread []Unread
}

// value reads a value from where the form has it to where the entry will have it.
func (f *filler) value(from, to string, into reflect.Value) {
	switch {
	case into.Kind() == reflect.Struct:
		names, fields := keysOf(into.Type())
		for _, name := range names {
			f.value(from+"."+name, to+"."+name, into.Field(fields[name]))
		}
	case into.Kind() == reflect.Pointer && into.Type().Elem().Kind() == reflect.Struct:
		inner := reflect.New(into.Type().Elem())
		if f.value(from, to, inner.Elem()); !inner.Elem().IsZero() {
			into.Set(inner)
		}
	case into.Kind() == reflect.Slice && into.Type().Elem().Kind() == reflect.Struct:
		f.rows(from, to, into)
	case into.Kind() == reflect.Slice:
		f.texts(from, to, into)
	default:
		f.scalar(f.one(from), to, into)
	}
}

func (f *filler) one(name string) string {
	if v := f.form[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// places are the numbers of a list's rows that the form has, in order.
func (f *filler) places(name string) (list []int) {
	for key := range f.form {
		rest, ok := strings.CutPrefix(key, name+"[")
		if !ok {
			continue
		}
		digits, _, ok := strings.Cut(rest, "]")
		if n, err := strconv.Atoi(digits); ok && err == nil && n >= 0 {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// tooMany refuses a list that nobody wrote by hand.
func (f *filler) tooMany(name string, rows int) bool {
	if rows > MaxRows {
		f.unread = append(f.unread, Unread{Fault: Fault{Field: name, Problem: fmt.Sprintf("has %d rows, at most %d can be read", rows, MaxRows)}})
	}
	return rows > MaxRows
}

func (f *filler) rows(from, to string, into reflect.Value) {
	places := f.places(from)
	if f.tooMany(to, len(places)) {
		return
	}
	for _, n := range places {
		row := reflect.New(into.Type().Elem()).Elem()
		before := len(f.unread)
		f.value(fmt.Sprintf("%s[%d]", from, n), fmt.Sprintf("%s[%d]", to, into.Len()), row)
		if !row.IsZero() || len(f.unread) > before {
			into.Set(reflect.Append(into, row))
		}
	}
}

func (f *filler) texts(from, to string, into reflect.Value) {
	var all []string
	for _, n := range f.places(from) {
		all = append(all, f.one(fmt.Sprintf("%s[%d]", from, n)))
	}
	all = append(all, f.form[from]...)
	if f.tooMany(to, len(all)) {
		return
	}
	for _, text := range all {
		item := reflect.New(into.Type().Elem()).Elem()
		f.scalar(text, fmt.Sprintf("%s[%d]", to, into.Len()), item)
		if !item.IsZero() && !slices.ContainsFunc(into.Interface().([]string), func(s string) bool { return s == item.String() }) {
			into.Set(reflect.Append(into, item))
		}
	}
}

func (f *filler) scalar(text, to string, into reflect.Value) {
	if !utf8.ValidString(text) {
		f.wrong(to, "is not UTF-8 text", strings.ToValidUTF8(text, "\ufffd"))
		return
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) // browsers end lines so
	if text == "" {
		return
	}
	switch into.Kind() {
	case reflect.String:
		into.SetString(text)
	case reflect.Pointer:
		f.number(text, to, into)
	}
}

// number reads a number as people write it: with a comma for the point, or spaces between thousands.
func (f *filler) number(text, to string, into reflect.Value) {
	plain := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2212", "-").Replace(text)
	if strings.Count(plain, ",") == 1 && !strings.Contains(plain, ".") && len(plain)-strings.Index(plain, ",") != 4 {
		plain = strings.Replace(plain, ",", ".", 1)
	}
	into.Set(reflect.New(into.Type().Elem()))
	switch number := into.Elem(); number.Kind() {
	case reflect.Float64:
		v, err := strconv.ParseFloat(plain, 64)
		if err == nil && !math.IsInf(v, 0) && !math.IsNaN(v) {
			number.SetFloat(cmp.Or(v, 0)) // no minus zero
			return
		}
	default:
		if v, err := strconv.Atoi(plain); err == nil {
			number.SetInt(int64(v))
			return
		}
	}
	into.SetZero()
	f.wrong(to, "is not a number: write digits, with a point before decimals", text)
}

func (f *filler) wrong(path, problem, text string) {
	f.unread = append(f.unread, Unread{Fault{Field: path, Problem: problem}, text})
}
