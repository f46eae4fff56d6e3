// The parts of a run's record: each is a table, whose rows a run is written into, read back from and sealed by.

package catalog

import (
	"fmt"
	"maps"
	"slices"

	"sealab/pocs"
)

// A part is one table of the record. One description serves writing, reading, sealing and comparing, so that no column
// can be forgotten in one of them.
type part struct {
	table   string
	owner   string   // the column that says whose rows they are
	columns []string // all others
	order   int      // how many of the columns rows are ordered by
	rows    func(*pocs.Run) [][]any
	load    func(*pocs.Run, []any) bool // takes in one row; false: a value is of the wrong type
	records func(row []any) []record    // the row's records, mostly one
}

// A record is what is sealed and named when it was altered.
type record struct {
	name   string
	fields []string // the columns of the values
	values []any
}

// list describes a table of numbered rows, one for each element of a slice.
func list[T any](table, owner string, at func(*pocs.Run) *[]T, name func(row []any) string, cols ...column[T]) part {
	p := part{table: table, owner: owner, columns: append([]string{"n"}, names(cols)...), order: 1}
	p.rows = func(r *pocs.Run) [][]any {
		var rows [][]any
		for i := range *at(r) {
			rows = append(rows, append([]any{int64(i) + 1}, put(cols, &(*at(r))[i])...))
		}
		return rows
	}
	p.load = func(r *pocs.Run, row []any) bool {
		var t T
		ok := get(cols, &t, row[1:])
		*at(r) = append(*at(r), t)
		return ok
	}
	p.records = func(row []any) []record { return []record{{name(row), p.columns, row}} }
	return p
}

// late are columns that came when runs were sealed already. While they are empty they are no record, so that what was
// sealed before them stays as it was.
var late = []string{"extends"}

// single describes a table with one row for each owner, whose columns are records of their own.
func single(table string, called map[string]string, cols ...column[pocs.Run]) part {
	p := part{table: table, owner: "id", columns: names(cols)}
	p.rows = func(r *pocs.Run) [][]any { return [][]any{put(cols, r)} }
	p.load = func(r *pocs.Run, row []any) bool { return get(cols, r, row) }
	p.records = func(row []any) []record {
		list := make([]record, 0, len(row))
		for i, col := range p.columns {
			if row[i] == "" && slices.Contains(late, col) {
				continue
			}
			name := called[col]
			if name == "" {
				name = col
			}
			list = append(list, record{name, p.columns[i : i+1], row[i : i+1]})
		}
		return list
	}
	return p
}

// called names a row where one is spoken of.
func (p *part) called(row []any) string {
	if p.order == 0 || p.records == nil {
		return p.table
	}
	return p.records(row)[0].name
}

func names[T any](cols []column[T]) []string {
	list := make([]string, len(cols))
	for i := range cols {
		list[i] = cols[i].name
	}
	return list
}

func put[T any](cols []column[T], t *T) []any {
	row := make([]any, len(cols))
	for i := range cols {
		row[i] = cols[i].put(t)
	}
	return row
}

func get[T any](cols []column[T], t *T, row []any) bool {
	ok := true
	for i := range cols {
		ok = cols[i].get(t, row[i]) && ok
	}
	return ok
}

// numbered names a row by its n, "finding 3".
func numbered(noun string) func([]any) string {
	return func(row []any) string { return fmt.Sprintf("%s %v", noun, row[0]) }
}

// identified names a row by its id, "incident bolt_cut/1/SLB-00000007".
func identified(noun string) func([]any) string {
	return func(row []any) string { return fmt.Sprintf("%s %v", noun, row[1]) }
}

// recordsOf lists all records of some parts of a run, in the order in which they are sealed.
func recordsOf(parts []part, r *pocs.Run) []record { return render(parts, r).records() }

// rendered is a run's rows, part by part.
type rendered struct {
	parts []part
	rows  [][][]any
}

func render(parts []part, r *pocs.Run) rendered {
	all := rendered{parts, make([][][]any, len(parts))}
	for i := range parts {
		all.rows[i] = parts[i].rows(r)
	}
	return all
}

func (d rendered) records() []record {
	var all []record
	for i, rows := range d.rows {
		for _, row := range rows {
			all = append(all, d.parts[i].records(row)...)
		}
	}
	return all
}

// set gives a column of the first part's only row another value.
func (d rendered) set(column string, value any) {
	d.rows[0][0][slices.Index(d.parts[0].columns, column)] = value
}

func sorted[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
