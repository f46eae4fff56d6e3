// Any field of a run as a cell of a table, read for the rows of one page alone.

package catalog

import (
	"strings"
	"time"

	"sealab/catalog/query"
)

// cellBreak stands between several texts of one cell: no tag, id or name of an arm holds a control character.
const cellBreak = "\n"

// cell gives the value of a field of a run; several texts come as one, with a break between them.
func cell(name string) clause {
	f := runPlace(name)
	switch {
	case f.own != "":
		return clause{f.own, nil}
	case kindOf(name) == query.Tags:
		return clause{"(SELECT group_concat(v, char(10)) FROM (SELECT DISTINCT " + f.cell + " AS v FROM " + f.from.sql + " ORDER BY v))", f.from.args}
	}
	return clause{"(SELECT " + f.cell + " FROM " + f.from.sql + ")", f.from.args}
}

// kindOf says what a field of a run holds.
func kindOf(name string) query.Kind {
	for i := range runFields {
		if runFields[i].Name == name {
			return runFields[i].Kind
		}
	}
	switch name {
	case tagField, linkField, armField:
		return query.Tags
	case noteField, parentField:
		return query.Text
	}
	return query.Number
}

// takeCell stores the value of a column.
func (r *Row) takeCell(name string, cell any) bool {
	if r.Cells == nil {
		r.Cells = make(map[string]any)
	}
	v, ok := cellOf(kindOf(name), cell)
	r.Cells[name] = v
	return ok
}

// cellOf turns a value of the database into what query.Row gives for a field of that kind.
func cellOf(kind query.Kind, cell any) (v any, ok bool) {
	if cell == nil {
		return nil, true
	}
	switch kind {
	case query.Number:
		if n, whole := cell.(int64); whole {
			return float64(n), true
		}
		v, ok = cell.(float64)
	case query.Time:
		ok = take(cell, func(ms int64) { v = time.UnixMilli(ms).UTC() })
	case query.Tags:
		ok = take(cell, func(s string) { v = strings.Split(s, cellBreak) })
	default:
		v, ok = cell.(string)
	}
	return v, ok
}
