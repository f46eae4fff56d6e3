// One column of a stored record: how a value goes into the database and comes back, exactly.

package catalog

import (
	"encoding/json"
	"time"
)

// column ties one field of T to one column of a table. What put returns is int64, float64, string or nil; get reports
// whether the stored value was of the right type.
type column[T any] struct {
	name string
	put  func(*T) any
	get  func(*T, any) bool
}

// take stores a value that came from the database, if it is of the type V.
func take[V any](cell any, store func(V)) bool {
	v, ok := cell.(V)
	if ok {
		store(v)
	}
	return ok
}

func text[T any, S ~string](name string, at func(*T) *S) column[T] {
	return column[T]{name,
		func(t *T) any { return string(*at(t)) },
		func(t *T, cell any) bool { return take(cell, func(s string) { *at(t) = S(s) }) }}
}

func whole[T any, I ~int | ~int64 | ~uint64](name string, at func(*T) *I) column[T] {
	return column[T]{name,
		func(t *T) any { return int64(*at(t)) },
		func(t *T, cell any) bool { return take(cell, func(i int64) { *at(t) = I(i) }) }}
}

func real[T any](name string, at func(*T) *float64) column[T] {
	return column[T]{name,
		func(t *T) any { return unsigned(*at(t)) },
		func(t *T, cell any) bool { return take(cell, func(f float64) { *at(t) = f }) }}
}

// maybe is a number that may be null.
func maybe[T any](name string, at func(*T) **float64) column[T] {
	return column[T]{name,
		func(t *T) any { return nullable(*at(t)) },
		func(t *T, cell any) bool {
			if cell == nil {
				*at(t) = nil
				return true
			}
			return take(cell, func(f float64) { *at(t) = &f })
		}}
}

func flag[T any](name string, at func(*T) *bool) column[T] {
	return column[T]{name,
		func(t *T) any {
			if *at(t) {
				return int64(1)
			}
			return int64(0)
		},
		func(t *T, cell any) bool { return take(cell, func(i int64) { *at(t) = i != 0 }) }}
}

// instant is a time, kept to the millisecond and given back in UTC; the zero time is null.
func instant[T any](name string, at func(*T) *time.Time) column[T] {
	return column[T]{name,
		func(t *T) any { return milliseconds(*at(t)) },
		func(t *T, cell any) bool {
			if cell == nil {
				*at(t) = time.Time{}
				return true
			}
			return take(cell, func(ms int64) { *at(t) = time.UnixMilli(ms).UTC() })
		}}
}

// position is an index into another list, stored as that row's n: index + 1, and null for −1.
func position[T any](name string, at func(*T) *int) column[T] {
	return column[T]{name,
		func(t *T) any {
			if *at(t) == -1 {
				return nil
			}
			return int64(*at(t)) + 1
		},
		func(t *T, cell any) bool {
			if cell == nil {
				*at(t) = -1
				return true
			}
			return take(cell, func(n int64) { *at(t) = int(n) - 1 })
		}}
}

// numbers is a map of finite numbers, as JSON with its keys sorted; an empty map comes back nil.
func numbers[T any](name string, at func(*T) *map[string]float64) column[T] {
	return column[T]{name,
		func(t *T) any {
			if len(*at(t)) == 0 {
				return "{}"
			}
			b, err := json.Marshal(*at(t))
			if err != nil {
				return nil // a number that is not finite: unfit names it before anything is stored
			}
			return string(b)
		},
		func(t *T, cell any) bool {
			return take(cell, func(s string) {
				if s == "{}" {
					return
				}
				_ = json.Unmarshal([]byte(s), at(t)) // what cannot be read differs from its seal
			})
		}}
}

// derived is written for queries and sealed, but never read back into T.
func derived[T any](name string, put func(*T) any) column[T] {
	return column[T]{name, put, func(*T, any) bool { return true }}
}

func nullable(f *float64) any {
	if f == nil {
		return nil
	}
	return unsigned(*f)
}

// unsigned takes the sign from minus zero: SQLite does not keep it.
func unsigned(f float64) float64 {
	if f == 0 {
		return 0
	}
	return f
}

func milliseconds(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}
