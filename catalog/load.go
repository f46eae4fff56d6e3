// Reading a run back, whole.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"sealab/pocs"
)

// Run reads a run whole: equal to what was saved, but that times are in UTC to the millisecond, minus zero is zero,
// an empty slice or map comes back nil, and an empty room as DefaultRoom. A run that is not finished has its identity
// only. ErrNotFound for an unknown or deleted one. Use VerifyStored to learn whether it was altered since.
func (s *Store) Run(ctx context.Context, id string) (*pocs.Run, error) {
	var r *pocs.Run
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		r, err = load(ctx, tx, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read run %s: %w", id, err)
	}
	return r, nil
}

// view reads in one transaction: one state of the store, whatever is written meanwhile.
func (s *Store) view(ctx context.Context, read func(*sql.Tx) error) error {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	return read(tx)
}

func load(ctx context.Context, tx *sql.Tx, id string) (*pocs.Run, error) {
	at, err := locate(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	r := &pocs.Run{ID: id}
	for _, half := range []struct {
		owner string
		parts []part
	}{{id, runParts}, {at.truth, truthParts}} {
		for _, p := range half.parts {
			rows, err := rowsOf(ctx, tx, p, half.owner)
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				if !p.load(r, row) {
					return nil, fmt.Errorf("%w: table %s holds a value of the wrong type; see sealab verify %s", ErrCorrupt, p.table, id)
				}
			}
		}
	}
	return r, nil
}

// whereabouts say where the rest of a run is found, and whether there is one.
type whereabouts struct {
	truth string // id; empty while the run is not finished
	state State
}

// locate finds a run that is not deleted.
func locate(ctx context.Context, tx *sql.Tx, id string) (at whereabouts, err error) {
	var truth sql.NullString
	err = tx.QueryRowContext(ctx, `SELECT truth_id, state FROM run
		WHERE id = ? AND id NOT IN (SELECT run_id FROM trash)`, id).Scan(&truth, &at.state)
	at.truth = truth.String
	if errors.Is(err, sql.ErrNoRows) {
		return at, fmt.Errorf("%w; sealab list runs shows those there are", ErrNotFound)
	}
	return at, explain(err)
}

// rowsOf reads the rows of one part as they are stored: int64, float64, string, []byte or nil.
func rowsOf(ctx context.Context, tx *sql.Tx, p part, owner string) ([][]any, error) {
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s = ?", strings.Join(p.columns, ", "), p.table, p.owner)
	if p.order > 0 {
		query += " ORDER BY " + strings.Join(p.columns[:p.order], ", ")
	}
	return cellsOf(ctx, tx, query, owner)
}

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// cellsOf reads the rows that a query gives.
func cellsOf(ctx context.Context, db querier, query string, args ...any) ([][]any, error) {
	found, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		return nil, err
	}
	into := make([]any, len(columns))
	var rows [][]any
	for found.Next() {
		row := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, explain(err)
		}
		rows = append(rows, row)
	}
	return rows, explain(found.Err())
}
