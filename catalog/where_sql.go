// The statements behind a query. Every comparison is true or false, never null: the language has no third value.

package catalog

import (
	"strings"

	"sealab/catalog/query"
)

// clause is a condition with its arguments.
type clause struct {
	sql  string
	args []any
}

// compile gives the condition for a query on the table run.
func compile(n *query.Node) clause {
	switch n.Op {
	case query.And:
		return join(n.Kids, " AND ", "1")
	case query.Or:
		return join(n.Kids, " OR ", "0")
	case query.Not:
		kid := compile(&n.Kids[0])
		return clause{"NOT " + kid.sql, kid.args}
	}
	for i := range runFields {
		if runFields[i].Name == n.Name {
			return compareColumn(n, runFields[i].sql)
		}
	}
	return compareBeside(n)
}

// join puts brackets around kids with a word between them; of none it is empty.
func join(kids []query.Node, word, empty string) clause {
	if len(kids) == 0 {
		return clause{sql: empty}
	}
	var parts []string
	var out clause
	for i := range kids {
		kid := compile(&kids[i])
		parts = append(parts, kid.sql)
		out.args = append(out.args, kid.args...)
	}
	out.sql = "(" + strings.Join(parts, word) + ")"
	return out
}

// compareColumn compares a column of the run.
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
func compareBeside(n *query.Node) clause {
	table, value := "score WHERE run_id = run.id AND measure = ?", "value"
	args := []any{n.Name}
	switch set, isSet := strings.CutPrefix(n.Name, settingFamily); {
	case isSet:
		table, args = "setting WHERE run_id = run.id AND kind = 'setting' AND name = ?", []any{set}
	case strings.HasPrefix(n.Name, paramFamily):
		table, args = "setting WHERE run_id = run.id AND kind = 'param' AND name = ?", []any{strings.TrimPrefix(n.Name, paramFamily)}
	case n.Name == tagField:
		return has(n, clause{"tag WHERE owner = run.id", nil}, "tag")
	case n.Name == linkField:
		return has(n, clause{"experiment_run WHERE run_id = run.id", nil}, "experiment_id")
	case n.Name == noteField:
		table, value, args = "note WHERE owner = run.id", "text", nil
	case n.Name == parentField:
		table, value, args = "fork WHERE run_id = run.id", "parent", nil
	}
	if n.Null {
		none := clause{"EXISTS (SELECT 1 FROM " + table + " AND " + value + " IS NOT NULL)", args}
		if n.Cmp == "=" {
			none.sql = "NOT " + none.sql
		}
		return none
	}
	return exists(clause{table, args}, comparison(n, value))
}

func exists(table, fits clause) clause {
	return clause{"EXISTS (SELECT 1 FROM " + table.sql + " AND " + fits.sql + ")", append(table.args, fits.args...)}
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
