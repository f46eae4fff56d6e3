// Runs as rows of a table: filtered, ordered, a page at a time.

package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"sealab/pocs"
)

// Query says which runs a table shows. The zero value asks for all runs of DefaultRoom, newest first.
type Query struct {
	Room     string // empty: DefaultRoom
	PoC      string // each filter: empty or nil for all
	Scenario string
	Seed     *uint64
	State    State
	Verdict  pocs.Verdict
	Text     string // found in id, PoC, scenario, carrier, commit, claim or reason, whatever the case of ASCII letters
	Deleted  bool   // those in the trash instead

	Order     string   // a column of Orders, or a measure's name; empty: "started"
	Ascending bool     // default: newest or largest first; null values come last either way
	Measures  []string // which measures Row.Values shall hold
	Limit     int      // 0: all
	Offset    int
}

// Row is a run in a table.
type Row struct {
	ID, Room, PoC, Challenge, Scenario string
	Seed                               uint64
	Carrier, Commit                    string
	State                              State
	Claim                              string
	Verdict                            pocs.Verdict
	Reason                             string
	Readings, Findings                 int
	Counts                             pocs.Counts
	Digest                             string
	Started                            time.Time
	Elapsed                            time.Duration
	Values                             map[string]*float64 // of the query's measures, those that the run was scored by
}

// Orders are the columns a table can be ordered by.
var Orders = map[string]string{
	"id": "id", "started": "started_ms", "elapsed": "elapsed_ns", "poc": "poc", "scenario": "scenario", "seed": "seed",
	"state": "state", "verdict": "verdict", "readings": "readings", "findings": "findings",
}

// Runs gives a page of the runs that a query asks for.
func (s *Store) Runs(ctx context.Context, q Query) ([]Row, error) {
	var rows []Row
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		if rows, err = selectRows(ctx, tx, q); err != nil {
			return err
		}
		return fillValues(ctx, tx, rows, q.Measures)
	})
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	return rows, nil
}

// CountRuns says how many runs a query asks for, on all pages together.
func (s *Store) CountRuns(ctx context.Context, q Query) (int, error) {
	where, args := q.where()
	var n int
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM run WHERE "+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count runs: %w", explain(err))
	}
	return n, nil
}

func (q Query) where() (string, []any) {
	terms, args := []string{"room = ?"}, []any{roomName(q.Room)}
	add := func(set bool, term string, values ...any) {
		if set {
			terms, args = append(terms, term), append(args, values...)
		}
	}
	add(q.Deleted, "id IN (SELECT run_id FROM trash)")
	add(!q.Deleted, "id NOT IN (SELECT run_id FROM trash)")
	add(q.PoC != "", "poc = ?", q.PoC)
	add(q.Scenario != "", "scenario = ?", q.Scenario)
	add(q.State != "", "state = ?", string(q.State))
	add(q.Verdict != "", "verdict = ?", string(q.Verdict))
	if q.Seed != nil {
		add(true, "seed = ?", int64(*q.Seed))
	}
	if q.Text != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q.Text) + "%"
		add(true, `(id || char(10) || poc || char(10) || scenario || char(10) || carrier || char(10) || code_commit ||
			char(10) || claim || char(10) || reason) LIKE ? ESCAPE '\'`, like)
	}
	return strings.Join(terms, " AND "), args
}

// order gives the ORDER BY clause. Ties are broken by id, so that pages neither overlap nor leave a run out.
func (q Query) order() (string, []any) {
	direction := "DESC"
	if q.Ascending {
		direction = "ASC"
	}
	by, args := "started_ms", []any(nil)
	if column, ok := Orders[q.Order]; ok {
		by = column
	} else if q.Order != "" {
		by, args = "(SELECT value FROM score WHERE run_id = run.id AND measure = ?)", []any{q.Order}
	}
	return fmt.Sprintf("ORDER BY %s %s NULLS LAST, id %s", by, direction, direction), args
}

func selectRows(ctx context.Context, tx *sql.Tx, q Query) ([]Row, error) {
	where, args := q.where()
	order, more := q.order()
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	args = append(append(args, more...), limit, max(q.Offset, 0))
	found, err := tx.QueryContext(ctx, `SELECT id, room, poc, challenge, scenario, seed, carrier, code_commit, state, claim,
		verdict, reason, readings, findings, incidents, unheard, lookalikes, hits, misses, repeats, neither, false_findings,
		false_episodes, digest, started_ms, elapsed_ns FROM run WHERE `+where+" "+order+" LIMIT ? OFFSET ?", args...)
	if err != nil {
		return nil, explain(err)
	}
	defer found.Close()
	var rows []Row
	for found.Next() {
		var r Row
		var started sql.NullInt64
		c := &r.Counts
		if err := found.Scan(&r.ID, &r.Room, &r.PoC, &r.Challenge, &r.Scenario, &r.Seed, &r.Carrier, &r.Commit, &r.State,
			&r.Claim, &r.Verdict, &r.Reason, &r.Readings, &r.Findings, &c.Incidents, &c.Unheard, &c.LookAlikes, &c.Hits,
			&c.Misses, &c.Repeats, &c.Neither, &c.False, &c.Episodes, &r.Digest, &started, &r.Elapsed); err != nil {
			return nil, explain(err)
		}
		if started.Valid {
			r.Started = time.UnixMilli(started.Int64).UTC()
		}
		rows = append(rows, r)
	}
	return rows, explain(found.Err())
}

// fillValues reads the wanted measures of the rows, one look-up for each by primary key.
func fillValues(ctx context.Context, tx *sql.Tx, rows []Row, measures []string) error {
	if len(rows) == 0 || len(measures) == 0 {
		return nil
	}
	stmt, err := tx.PrepareContext(ctx, `SELECT measure, value FROM score WHERE run_id = ? AND measure IN (?`+
		strings.Repeat(", ?", len(measures)-1)+`)`)
	if err != nil {
		return explain(err)
	}
	defer stmt.Close()
	for i := range rows {
		args := []any{rows[i].ID}
		for _, m := range measures {
			args = append(args, m)
		}
		if rows[i].Values, err = values(ctx, stmt, args); err != nil {
			return err
		}
	}
	return nil
}

func values(ctx context.Context, stmt *sql.Stmt, args []any) (map[string]*float64, error) {
	found, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer found.Close()
	m := map[string]*float64{}
	for found.Next() {
		var measure string
		var value *float64
		if err := found.Scan(&measure, &value); err != nil {
			return nil, explain(err)
		}
		m[measure] = value
	}
	return m, explain(found.Err())
}
