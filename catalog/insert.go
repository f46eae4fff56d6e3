// How a played run gets into the tables: its truth, its own rows, and the seals over both.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"

	"sealab/pocs"
	"sealab/sim"
)

// save writes the whole run and its seal, in place of what Begin wrote.
func save(ctx context.Context, tx *sql.Tx, r pocs.Run) error {
	r.Room = roomName(r.Room)
	truth, own := render(truthParts, &r), render(runParts, &r)
	truths := truth.records()
	if err := errors.Join(checkRun(&r), checkNumbers(truths), checkNumbers(own.records())); err != nil {
		return err
	}
	id, err := saveTruth(ctx, tx, truth, manifestOf(truths))
	if err != nil {
		return err
	}
	own.set("truth_id", id)
	deleted, err := makeWay(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	if err := insertAll(ctx, tx, r.ID, own); err != nil {
		return err
	}
	if deleted != nil { // while it ran: it stays so
		if err := insert(ctx, tx, trashPart, r.ID, [][]any{{deleted}}); err != nil {
			return err
		}
	}
	return seal(ctx, tx, r.ID, manifestOf(own.records()))
}

// makeWay takes out what Begin wrote of a run, and gives the time at which it was put into the trash, or nil.
func makeWay(ctx context.Context, tx *sql.Tx, id string) (deleted any, err error) {
	rows, err := rowsOf(ctx, tx, trashPart, id)
	if err != nil {
		return nil, err
	}
	done, err := tx.ExecContext(ctx, `DELETE FROM run WHERE id = ? AND state IN ('running', 'interrupted')`, id)
	if err != nil {
		return nil, explain(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 || len(rows) == 0 {
		return nil, err
	}
	return rows[0][0], nil
}

// saveTruth stores a truth, unless a run in the same world did, and gives its id.
func saveTruth(ctx context.Context, tx *sql.Tx, truth rendered, manifest []entry) (id string, err error) {
	id = truthName(rootOf(manifest))
	var there bool
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM truth WHERE id = ?)`, id).Scan(&there)
	if err != nil || there {
		return id, explain(err)
	}
	if err := insertAll(ctx, tx, id, truth); err != nil {
		return "", err
	}
	return id, seal(ctx, tx, id, manifest)
}

// seal writes the manifest and the sum over it.
func seal(ctx context.Context, tx *sql.Tx, owner string, manifest []entry) error {
	rows := make([][]any, len(manifest))
	for i, e := range manifest {
		rows[i] = []any{e.n, e.name, []byte(e.sum)}
	}
	if err := insert(ctx, tx, manifestPart, owner, rows); err != nil {
		return err
	}
	return insert(ctx, tx, sealPart, owner, [][]any{{len(manifest), []byte(rootOf(manifest))}})
}

func insertAll(ctx context.Context, tx *sql.Tx, owner string, d rendered) error {
	for i, p := range d.parts {
		if err := insert(ctx, tx, p, owner, d.rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// insert writes rows of one part.
func insert(ctx context.Context, tx *sql.Tx, p part, owner string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	query := fmt.Sprintf("INSERT INTO %s (%s, %s) VALUES (?%s)", p.table, p.owner, strings.Join(p.columns, ", "),
		strings.Repeat(", ?", len(p.columns)))
	stmt, err := tx.PrepareContext(ctx, query)
	if err != nil {
		return explain(err)
	}
	defer stmt.Close()
	args := make([]any, 1+len(p.columns))
	args[0] = owner
	for _, row := range rows {
		copy(args[1:], row)
		if _, err := stmt.ExecContext(ctx, args...); err != nil {
			return fmt.Errorf("write %s %v: %w", p.table, row[0], explain(err))
		}
	}
	return nil
}

// checkRun refuses what would not come back as it was.
func checkRun(r *pocs.Run) error {
	if err := checkID(r.ID); err != nil {
		return err
	}
	if r.Seed >= sim.MaxSeed || r.DiceSeed >= sim.MaxSeed {
		return fmt.Errorf("%w: the seed %d or the dice seed %d is not below 2^53", ErrUnfit, r.Seed, r.DiceSeed)
	}
	for i := range r.Truth.Incidents {
		in := &r.Truth.Incidents[i]
		for _, name := range sorted(in.Params) {
			if !finite(in.Params[name]) {
				return fmt.Errorf("%w: incident %s: %s is not finite", ErrUnfit, in.ID, name)
			}
		}
	}
	return nil
}

func checkNumbers(records []record) error {
	for _, rec := range records {
		for i, v := range rec.values {
			if f, ok := v.(float64); ok && !finite(f) {
				return fmt.Errorf("%w: %s: %s is not finite", ErrUnfit, rec.name, rec.fields[i])
			}
		}
	}
	return nil
}

// finite leaves out what lies beyond the tables' checks, too.
func finite(f float64) bool { return math.Abs(f) < 1e308 }
