// How a played run gets into the tables: its truth, its own rows, and the seals over both.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"sealab/pocs"
)

// sheet is a run made ready to be stored, before the writer's turn is taken.
type sheet struct {
	id, room, truthID string
	own, truth        rendered
	ownList           []entry // the manifests
	truthList         []entry
}

func prepare(r pocs.Run) (*sheet, error) {
	r.Room = roomName(r.Room)
	s := &sheet{id: r.ID, room: r.Room, own: render(runParts, &r), truth: render(truthParts, &r)}
	truths := s.truth.records()
	if err := errors.Join(checkRun(&r), checkNumbers(truths), checkNumbers(s.own.records())); err != nil {
		return nil, err
	}
	s.truthList = manifestOf(truths)
	s.truthID = truthName(rootOf(s.truthList))
	s.own.set("truth_id", s.truthID)
	s.ownList = manifestOf(s.own.records())
	return s, nil
}

// write puts the whole run and its seal in place of what Begin wrote.
func (s *sheet) write(ctx context.Context, tx *sql.Tx) error {
	if err := checkRoom(ctx, tx, s.room); err != nil {
		return err
	}
	if err := s.writeTruth(ctx, tx); err != nil {
		return err
	}
	deleted, err := makeWay(ctx, tx, s.id)
	if err != nil {
		return err
	}
	if err := insertAll(ctx, tx, s.id, s.own); err != nil {
		return err
	}
	if deleted != nil { // while it ran: it stays so
		if err := insert(ctx, tx, trashPart, s.id, [][]any{{deleted}}); err != nil {
			return err
		}
	}
	return seal(ctx, tx, s.id, s.ownList)
}

// writeTruth stores the truth, unless a run in the same world did.
func (s *sheet) writeTruth(ctx context.Context, tx *sql.Tx) error {
	var there bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM truth WHERE id = ?)`, s.truthID).Scan(&there)
	if err != nil || there {
		return explain(err)
	}
	if err := insertAll(ctx, tx, s.truthID, s.truth); err != nil {
		return err
	}
	return seal(ctx, tx, s.truthID, s.truthList)
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
			return fmt.Errorf("write %s: %w", p.called(row), explain(err))
		}
	}
	return nil
}
