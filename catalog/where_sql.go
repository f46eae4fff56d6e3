// The statements behind a query. Every comparison is true or false, never null: the language has no third value.

package catalog

import (
	"slices"
	"strings"

	"sealab/catalog/query"
)

// clause is a condition, or an expression, with its arguments.
type clause struct {
	sql  string
	args []any
}

// fieldSQL says where a field of a table lies.
type fieldSQL struct {
	own  string // an expression over the row's own columns; empty: it lies in another table
	from clause // the other table and which of its rows belong to this one
	cell string // the value there
}

// place finds where a field lies.
type place func(name string) fieldSQL

// runPlace is where the fields of a run lie.
func runPlace(name string) fieldSQL {
	for i := range runFields {
		if runFields[i].Name == name {
			return fieldSQL{own: runFields[i].sql}
		}
	}
	if set, ok := strings.CutPrefix(name, settingFamily); ok {
		return fieldSQL{from: clause{"setting WHERE run_id = run.id AND kind = 'setting' AND name = ?", []any{set}}, cell: "value"}
	}
	if param, ok := strings.CutPrefix(name, paramFamily); ok {
		return fieldSQL{from: clause{"setting WHERE run_id = run.id AND kind = 'param' AND name = ?", []any{param}}, cell: "value"}
	}
	switch name {
	case tagField:
		return fieldSQL{from: clause{"tag WHERE owner = run.id", nil}, cell: "tag"}
	case linkField:
		return fieldSQL{from: clause{"experiment_run WHERE run_id = run.id", nil}, cell: "experiment_id"}
	case armField:
		return fieldSQL{from: clause{"experiment_run WHERE run_id = run.id", nil}, cell: "arm"}
	case noteField:
		return fieldSQL{from: clause{"note WHERE owner = run.id", nil}, cell: "text"}
	case parentField:
		return fieldSQL{from: clause{"fork WHERE run_id = run.id", nil}, cell: "parent"}
	}
	return fieldSQL{from: clause{"score WHERE run_id = run.id AND measure = ?", []any{name}}, cell: "value"}
}

// value gives a field's value as one expression; of several texts the first in the alphabet.
func (f fieldSQL) value() clause {
	if f.own != "" {
		return clause{f.own, nil}
	}
	return clause{"(SELECT min(" + f.cell + ") FROM " + f.from.sql + ")", f.from.args}
}

// compile gives the condition for a query on a table whose fields lie there.
func compile(n *query.Node, at place) clause {
	switch n.Op {
	case query.And:
		return join(n.Kids, " AND ", "1", at)
	case query.Or:
		return join(n.Kids, " OR ", "0", at)
	case query.Not:
		kid := compile(&n.Kids[0], at)
		return clause{"NOT " + kid.sql, kid.args}
	}
	f := at(n.Name)
	if f.own != "" {
		return compareColumn(n, f.own)
	}
	return compareBeside(n, f)
}

// join puts brackets around kids with a word between them; of none it is empty.
func join(kids []query.Node, word, empty string, at place) clause {
	if len(kids) == 0 {
		return clause{sql: empty}
	}
	var parts []string
	var out clause
	for i := range kids {
		kid := compile(&kids[i], at)
		parts = append(parts, kid.sql)
		out.args = append(out.args, kid.args...)
	}
	out.sql = "(" + strings.Join(parts, word) + ")"
	return out
}

// compareColumn compares a column of the row itself.
func compareColumn(n *query.Node, column string) clause {
	if n.Null {
		return isNull(n.Cmp == "=", column)
	}
	c := comparison(n, column)
	if n.Field.Nullable {
		c.sql = "ifnull(" + c.sql + ", 0)"
	}
	return c
}

func isNull(is bool, column string) clause {
	if is {
		return clause{sql: "(" + column + " IS NULL)"}
	}
	return clause{sql: "(" + column + " IS NOT NULL)"}
}

// comparison compares a value with that of the query; it is null where the value is.
func comparison(n *query.Node, value string) clause {
	switch {
	case n.Field.Kind == query.Time:
		return compareTime(n, value)
	case n.Field.Kind == query.Number:
		return clause{"(" + value + " " + n.Cmp + " ?)", []any{n.Number}}
	case n.Cmp == "~":
		return clause{"(instr(lower(" + value + "), ?) > 0)", []any{query.Lower(n.Text)}}
	}
	return clause{"(" + value + " " + n.Cmp + " ?)", []any{n.Text}}
}

// compareTime compares milliseconds with the span [From, To).
func compareTime(n *query.Node, value string) clause {
	from, to := n.From.UnixMilli(), n.To.UnixMilli()
	switch n.Cmp {
	case "<":
		return clause{"(" + value + " < ?)", []any{from}}
	case "<=":
		return clause{"(" + value + " < ?)", []any{to}}
	case ">":
		return clause{"(" + value + " >= ?)", []any{to}}
	case ">=":
		return clause{"(" + value + " >= ?)", []any{from}}
	case "=":
		return clause{"(" + value + " >= ? AND " + value + " < ?)", []any{from, to}}
	}
	return clause{"(" + value + " < ? OR " + value + " >= ?)", []any{from, to}}
}

// compareBeside compares what stands in another table: a row that fits is there, or it is not.
func compareBeside(n *query.Node, f fieldSQL) clause {
	if n.Null {
		none := clause{"EXISTS (SELECT 1 FROM " + f.from.sql + " AND " + f.cell + " IS NOT NULL)", f.from.args}
		if n.Cmp == "=" {
			none.sql = "NOT " + none.sql
		}
		return none
	}
	if n.Field.Kind == query.Tags {
		return has(n, f.from, f.cell)
	}
	return exists(f.from, comparison(n, f.cell))
}

func exists(table, fits clause) clause {
	return clause{"EXISTS (SELECT 1 FROM " + table.sql + " AND " + fits.sql + ")", append(slices.Clip(table.args), fits.args...)}
}

// has asks for one of several texts: != means that none is equal.
func has(n *query.Node, table clause, value string) clause {
	if n.Cmp != "!=" {
		return exists(table, comparison(n, value))
	}
	equal := *n
	equal.Cmp = "="
	c := exists(table, comparison(&equal, value))
	return clause{"NOT " + c.sql, c.args}
}
