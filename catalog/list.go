// Runs as rows of a table, a page at a time.

package catalog

import (
	"context"
	"fmt"
	"time"

	"sealab/pocs"
)

// Row is a run in a table.
type Row struct {
	ID, Room, Challenge, PoC, Scenario string
	Extends                            string // the scenario whose recipe that is, where it is another one
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
	Values                             map[string]*float64 // of the query's measures; nil where the run has none
	Cells                              map[string]any      // of the query's columns: string, float64, time.Time, []string, or nil for null
}

var rowColumns = []column[Row]{
	text("id", func(r *Row) *string { return &r.ID }),
	text("room", func(r *Row) *string { return &r.Room }),
	text("challenge", func(r *Row) *string { return &r.Challenge }),
	text("poc", func(r *Row) *string { return &r.PoC }),
	text("scenario", func(r *Row) *string { return &r.Scenario }),
	text("extends", func(r *Row) *string { return &r.Extends }),
	whole("seed", func(r *Row) *uint64 { return &r.Seed }),
	text("carrier", func(r *Row) *string { return &r.Carrier }),
	text("code_commit", func(r *Row) *string { return &r.Commit }),
	text("state", func(r *Row) *State { return &r.State }),
	text("claim", func(r *Row) *string { return &r.Claim }),
	text("verdict", func(r *Row) *pocs.Verdict { return &r.Verdict }),
	text("reason", func(r *Row) *string { return &r.Reason }),
	whole("readings", func(r *Row) *int { return &r.Readings }),
	whole("findings", func(r *Row) *int { return &r.Findings }),
	whole("incidents", func(r *Row) *int { return &r.Counts.Incidents }),
	whole("unheard", func(r *Row) *int { return &r.Counts.Unheard }),
	whole("lookalikes", func(r *Row) *int { return &r.Counts.LookAlikes }),
	whole("hits", func(r *Row) *int { return &r.Counts.Hits }),
	whole("misses", func(r *Row) *int { return &r.Counts.Misses }),
	whole("repeats", func(r *Row) *int { return &r.Counts.Repeats }),
	whole("neither", func(r *Row) *int { return &r.Counts.Neither }),
	whole("false_findings", func(r *Row) *int { return &r.Counts.False }),
	whole("false_episodes", func(r *Row) *int { return &r.Counts.Episodes }),
	text("digest", func(r *Row) *string { return &r.Digest }),
	instant("started_ms", func(r *Row) *time.Time { return &r.Started }),
	whole("elapsed_ns", func(r *Row) *time.Duration { return &r.Elapsed }),
}

// Runs gives a page of the runs that a query asks for.
func (s *Store) Runs(ctx context.Context, q Query) ([]Row, error) {
	rows, err := s.page(ctx, q)
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

func (s *Store) page(ctx context.Context, q Query) ([]Row, error) {
	query, args := q.sql()
	cells, err := cellsOf(ctx, s.read, query, args...)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(cells))
	for i, row := range cells {
		ok := get(rowColumns, &rows[i], row)
		if len(q.Measures) > 0 {
			rows[i].Values = make(map[string]*float64, len(q.Measures))
		}
		for m, measure := range q.Measures {
			ok = rows[i].takeValue(measure, row[len(rowColumns)+m]) && ok
		}
		for c, name := range q.Columns {
			ok = rows[i].takeCell(name, row[len(rowColumns)+len(q.Measures)+c]) && ok
		}
		if !ok {
			return nil, fmt.Errorf("%w: run %s holds a value of the wrong type", ErrCorrupt, rows[i].ID)
		}
	}
	return rows, nil
}

// takeValue stores the value of a measure.
func (r *Row) takeValue(measure string, cell any) bool {
	r.Values[measure] = nil
	return cell == nil || take(cell, func(f float64) { r.Values[measure] = &f })
}
