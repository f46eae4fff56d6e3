// Going through all texts of an entry.

package usecase

import (
	"fmt"
	"reflect"
	"strings"
)

// walk calls for every text of an entry, with the field where it stands, in the order of the schema.
func walk(e *Entry, call func(field, text string)) { walkValue(reflect.ValueOf(e).Elem(), "", call) }

func walkValue(v reflect.Value, field string, call func(field, text string)) {
	switch v.Kind() {
	case reflect.String:
		if v.Len() > 0 {
			call(field, v.String())
		}
	case reflect.Pointer:
		if !v.IsNil() {
			walkValue(v.Elem(), field, call)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkValue(v.Index(i), fmt.Sprintf("%s[%d]", field, i), call)
		}
	case reflect.Struct:
		names, fields := keysOf(v.Type())
		for _, name := range names {
			walkValue(v.Field(fields[name]), strings.TrimPrefix(field+"."+name, "."), call)
		}
	}
}
