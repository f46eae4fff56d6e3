// Writing runs: begun, finished or interrupted, each in one transaction.

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

// State says how far a run has come.
type State string

// The states. A failed run has a reason; an interrupted one was left behind by a process that ended.
const (
	Running     State = "running"
	Done        State = "done"
	Failed      State = "failed"
	Interrupted State = "interrupted"
)

func stateOf(r *pocs.Run) State {
	if r.Reason != "" {
		return Failed
	}
	return Done
}

// Begin notes that a run has started, with its identity: ErrExists if its id is taken. Follow it with SaveRun,
// or with Interrupt where it was called off.
func (s *Store) Begin(ctx context.Context, r *pocs.Run) error {
	err := s.inTx(ctx, r, func(tx *sql.Tx, r *pocs.Run) error {
		if err := insertRun(ctx, tx, r, Running); err != nil {
			return err
		}
		return insert(ctx, tx, settingPart(), r.ID, settingPart().rows(r))
	})
	if err != nil {
		return fmt.Errorf("begin run %s: %w", r.ID, err)
	}
	return nil
}

// SaveRun stores a played run whole and seals it, whether it was begun or not: all of it or, with an error, nothing. A
// run is sealed once; saving it again is ErrExists. What cannot be stored exactly (a number that is not finite, a seed
// from 2^53 on) is ErrUnfit. Times are kept to the millisecond, minus zero as zero. An empty room is DefaultRoom.
func (s *Store) SaveRun(ctx context.Context, r *pocs.Run) error {
	if err := s.inTx(ctx, r, func(tx *sql.Tx, r *pocs.Run) error { return save(ctx, tx, r) }); err != nil {
		return fmt.Errorf("save run %s: %w", r.ID, err)
	}
	return nil
}

// Finish is SaveRun for a run that must have been begun: ErrNotFound if it was not.
func (s *Store) Finish(ctx context.Context, r *pocs.Run) error {
	err := s.inTx(ctx, r, func(tx *sql.Tx, r *pocs.Run) error {
		var state State
		if err := tx.QueryRowContext(ctx, `SELECT state FROM run WHERE id = ?`, r.ID).Scan(&state); err != nil {
			return explain(err)
		}
		return save(ctx, tx, r)
	})
	if err != nil {
		return fmt.Errorf("finish run %s: %w", r.ID, err)
	}
	return nil
}

// inTx checks a run, gives it its room and writes it in one transaction. The caller's run stays as it is.
func (s *Store) inTx(ctx context.Context, r *pocs.Run, write func(*sql.Tx, *pocs.Run) error) error {
	c := *r
	c.Room = roomName(c.Room)
	if err := fit(&c); err != nil {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	if err := write(tx, &c); err != nil {
		return err
	}
	return explain(tx.Commit())
}

// save replaces what Begin wrote by the whole run and its seal.
func save(ctx context.Context, tx *sql.Tx, r *pocs.Run) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM run WHERE id = ? AND state IN ('running', 'interrupted')`, r.ID)
	if err != nil {
		return explain(err)
	}
	if err := saveTruth(ctx, tx, r); err != nil {
		return err
	}
	for _, p := range runParts {
		if err := insert(ctx, tx, p, r.ID, p.rows(r)); err != nil {
			return err
		}
	}
	return seal(ctx, tx, r.ID, manifestOf(recordsOf(runParts, r)))
}

// saveTruth stores the truth, unless a run in the same world did.
func saveTruth(ctx context.Context, tx *sql.Tx, r *pocs.Run) error {
	manifest := manifestOf(recordsOf(truthParts, r))
	id := truthName(rootOf(manifest))
	var there bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM truth WHERE id = ?)`, id).Scan(&there)
	if err != nil || there {
		return explain(err)
	}
	for _, p := range truthParts {
		if err := insert(ctx, tx, p, id, p.rows(r)); err != nil {
			return err
		}
	}
	return seal(ctx, tx, id, manifest)
}

// seal writes the manifest and the sum over it.
func seal(ctx context.Context, tx *sql.Tx, owner string, manifest []entry) error {
	rows := make([][]any, len(manifest))
	for i, e := range manifest {
		rows[i] = []any{e.n, e.name, []byte(e.sum)}
	}
	p := part{table: "manifest", owner: "owner", columns: []string{"n", "name", "sha256"}}
	if err := insert(ctx, tx, p, owner, rows); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO seal (owner, records, sha256) VALUES (?, ?, ?)`,
		owner, len(manifest), []byte(rootOf(manifest)))
	return explain(err)
}

func insertRun(ctx context.Context, tx *sql.Tx, r *pocs.Run, state State) error {
	p := runPart()
	rows := p.rows(r)
	for i, column := range p.columns {
		switch column {
		case "state":
			rows[0][i] = string(state)
		case "truth_id":
			rows[0][i] = nil
		}
	}
	return insert(ctx, tx, p, r.ID, rows)
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
	for _, row := range rows {
		if _, err := stmt.ExecContext(ctx, append([]any{owner}, row...)...); err != nil {
			return fmt.Errorf("write %s %v: %w", p.table, row[0], explain(err))
		}
	}
	return nil
}

// fit refuses what would not come back as it was.
func fit(r *pocs.Run) error {
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
	for _, parts := range [][]part{runParts, truthParts} {
		for _, rec := range recordsOf(parts, r) {
			for i, v := range rec.values {
				if f, ok := v.(float64); ok && !finite(f) {
					return fmt.Errorf("%w: %s: %s is not finite", ErrUnfit, rec.name, rec.fields[i])
				}
			}
		}
	}
	return nil
}

// finite leaves out what lies beyond the tables' checks, too.
func finite(f float64) bool { return math.Abs(f) < 1e308 }

// Interrupt notes that a running run was called off, and why. ErrNotFound if it is not running.
func (s *Store) Interrupt(ctx context.Context, id, reason string) error {
	done, err := s.write.ExecContext(ctx, `UPDATE run SET state = 'interrupted', reason = ? WHERE id = ? AND state = 'running'`,
		reason, id)
	if err != nil {
		return fmt.Errorf("interrupt run %s: %w", id, explain(err))
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return fmt.Errorf("interrupt run %s: %w", id, errors.Join(ErrNotFound, err))
	}
	return nil
}

// interruptAll marks what the last process left running.
func (s *Store) interruptAll(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, `UPDATE run SET state = 'interrupted',
		reason = 'the process ended before the run did' WHERE state = 'running'`)
	return explain(err)
}
