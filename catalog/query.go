// Which runs a table shows, and in which order.

package catalog

import (
	"fmt"
	"strings"

	"sealab/catalog/query"
	"sealab/pocs"
)

// Query says which runs a table shows. The zero value asks for all runs of DefaultRoom, newest first.
type Query struct {
	Room     string // empty: DefaultRoom
	PoC      string // this and each further filter: empty or nil for all
	Scenario string
	Seed     *uint64
	State    State
	Verdict  pocs.Verdict
	Text     string     // found in id, PoC, scenario, carrier, commit, claim or reason, whatever the case of ASCII letters
	Deleted  bool       // those in the trash instead
	Where    query.Node // a query over RunFields; the zero value fits all

	// Order is a field of RunFields, or elapsed; empty: started. Of several tags the first in the alphabet counts.
	Order     string
	Ascending bool     // default: newest, largest or last in the alphabet first; null values come last either way
	Measures  []string // which measures Row.Values shall hold
	Columns   []string // which fields of RunFields Row.Cells shall hold
	Limit     int      // 0: all
	Offset    int
}

// searched is what Query.Text looks into; the line breaks keep a match from spanning two columns.
const searched = `id || char(10) || poc || char(10) || scenario || char(10) || carrier || char(10) || code_commit || char(10)
	|| claim || char(10) || reason`

func (q Query) where() (string, []any) {
	terms, args := []string{"room = ?", "id NOT IN (SELECT run_id FROM trash)"}, []any{roomName(q.Room)}
	if q.Deleted {
		terms[1] = "id IN (SELECT run_id FROM trash)"
	}
	add := func(set bool, term string, value any) {
		if set {
			terms, args = append(terms, term), append(args, value)
		}
	}
	add(q.PoC != "", "poc = ?", q.PoC)
	add(q.Scenario != "", "scenario = ?", q.Scenario)
	add(q.State != "", "state = ?", string(q.State))
	add(q.Verdict != "", "verdict = ?", string(q.Verdict))
	if q.Seed != nil {
		add(true, "seed = ?", int64(*q.Seed)) // one from 2^63 on finds nothing: none is stored
	}
	if len(q.Where.Kids) > 0 || q.Where.Op == query.Compare {
		c := compile(&q.Where, runPlace)
		terms, args = append(terms, c.sql), append(args, c.args...)
	}
	like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q.Text) + "%"
	add(q.Text != "", "("+searched+`) LIKE ? ESCAPE '\'`, like)
	return strings.Join(terms, " AND "), args
}

// order gives the ORDER BY clause. Ties are broken by id, so that pages neither overlap nor leave a run out.
func (q Query) order() (string, []any) {
	direction := "DESC"
	if q.Ascending {
		direction = "ASC"
	}
	by := clause{sql: "started_ms"}
	switch q.Order {
	case "":
	case "elapsed":
		by.sql = "elapsed_ns"
	default:
		by = runPlace(q.Order).value()
	}
	return fmt.Sprintf("ORDER BY %s %s NULLS LAST, id %s", by.sql, direction, direction), by.args
}

// sql gives the statement for a page: its ids are ordered first, since whole rows are wide to sort; then their columns,
// measures and cells are looked up by their keys. The outer SELECT has no order of its own and so keeps that of the page.
func (q Query) sql() (string, []any) {
	where, found := q.where()
	order, ordered := q.order()
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	var args []any
	text := "SELECT " + strings.Join(names(rowColumns), ", ")
	for _, measure := range q.Measures {
		text += ", (SELECT value FROM score WHERE run_id = run.id AND measure = ?)"
		args = append(args, measure)
	}
	for _, name := range q.Columns {
		c := cell(name)
		text, args = text+", "+c.sql, append(args, c.args...)
	}
	text += fmt.Sprintf(" FROM (SELECT id AS found FROM run WHERE %s %s LIMIT ? OFFSET ?) CROSS JOIN run ON run.id = found", where, order)
	args = append(append(args, found...), ordered...)
	return text, append(args, limit, max(q.Offset, 0))
}
