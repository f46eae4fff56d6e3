// Writing runs: begun, finished or interrupted, each in one transaction.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sealab/pocs"
)

// State says how far a run has come.
type State string

// The states. A failed run has a reason; an interrupted one was called off, or left behind by a process that ended.
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

// Begin notes that a run has started, with its identity: ErrExists if its id is taken. Follow it with SaveRun, or with
// Interrupt where it was called off.
func (s *Store) Begin(ctx context.Context, r *pocs.Run) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		c := *r
		c.Room = roomName(r.Room)
		rows := render(runParts[:2], &c) // identity and settings
		if err := errors.Join(checkRun(&c), checkNumbers(rows.records())); err != nil {
			return err
		}
		if err := checkRoom(ctx, tx, c.Room); err != nil {
			return err
		}
		rows.set("state", string(Running))
		return insertAll(ctx, tx, r.ID, rows)
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
	ready, err := prepare(*r)
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error { return ready.write(ctx, tx) })
	}
	if err != nil {
		return fmt.Errorf("save run %s: %w", r.ID, err)
	}
	return nil
}

// Finish is SaveRun for a run that must have been begun: ErrNotFound if it was not.
func (s *Store) Finish(ctx context.Context, r *pocs.Run) error {
	ready, err := prepare(*r)
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			if err := tx.QueryRowContext(ctx, `SELECT 1 FROM run WHERE id = ?`, r.ID).Scan(new(int)); err != nil {
				return explain(err)
			}
			return ready.write(ctx, tx)
		})
	}
	if err != nil {
		return fmt.Errorf("finish run %s: %w", r.ID, err)
	}
	return nil
}

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
	return s.inTx(ctx, func(tx *sql.Tx) error {
		for _, what := range []string{"run", "experiment"} {
			_, err := tx.ExecContext(ctx, `UPDATE `+what+` SET state = 'interrupted',
				reason = 'the process ended before the `+what+` did' WHERE state = 'running'`)
			if err != nil {
				return explain(err)
			}
		}
		return nil
	})
}

// inTx writes in one transaction.
func (s *Store) inTx(ctx context.Context, write func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	if err := write(tx); err != nil {
		return err
	}
	return explain(tx.Commit())
}
