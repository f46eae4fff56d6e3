// Remarks: what submitter and curators write to each other about an edition, in one thread.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"sealab/catalog/review"
)

// Remark is one of them.
type Remark struct {
	At     time.Time
	Role   review.Role
	Actor  string   // a curator's id
	Fields []string // such as metrics[0].unit; none: the entry as a whole
	Text   string
}

var remarkColumns = []column[Remark]{
	instant("at_ms", func(r *Remark) *time.Time { return &r.At }),
	text("role", func(r *Remark) *review.Role { return &r.Role }),
	text("actor", func(r *Remark) *string { return &r.Actor }),
	{"fields", func(r *Remark) any { return strings.Join(r.Fields, " ") },
		func(r *Remark, cell any) bool { return take(cell, func(s string) { r.Fields = strings.Fields(s) }) }},
	text("text", func(r *Remark) *string { return &r.Text }),
}

// MaxRemarks is how long an edition's thread may become; the reasons of steps always find a place.
const MaxRemarks = 500

// ErrCrowded says that there is no room for more.
var ErrCrowded = errors.New("there is no room for more")

// AddRemark adds a remark to an edition's thread: ErrNotFound if there is no such edition, ErrCrowded where the thread
// has become as long as it may.
func (s *Store) AddRemark(ctx context.Context, edition string, r Remark) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM remark WHERE edition_id = ?`, edition).Scan(&n); err != nil {
			return explain(err)
		}
		if n >= MaxRemarks {
			return fmt.Errorf("%w: the thread has %d remarks", ErrCrowded, n)
		}
		return insertRemark(ctx, tx, edition, r)
	})
	if err != nil {
		return fmt.Errorf("add remark to %s: %w", edition, err)
	}
	return nil
}

func insertRemark(ctx context.Context, tx *sql.Tx, edition string, r Remark) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO remark (at_ms, role, actor, fields, text, edition_id) VALUES (?, ?, ?, ?, ?, ?)`,
		append(put(remarkColumns, &r), edition)...)
	return explain(err)
}

// Remarks lists an edition's thread, oldest first.
func (s *Store) Remarks(ctx context.Context, edition string) ([]Remark, error) {
	rows, err := cellsOf(ctx, s.read, `SELECT at_ms, role, actor, fields, text FROM remark WHERE edition_id = ? ORDER BY n`, edition)
	if err != nil {
		return nil, fmt.Errorf("list remarks on %s: %w", edition, err)
	}
	list := make([]Remark, len(rows))
	for i, row := range rows {
		for j, c := range remarkColumns {
			if !c.get(&list[i], row[j]) {
				return nil, fmt.Errorf("list remarks on %s: %w: %s has the wrong type", edition, ErrCorrupt, c.name)
			}
		}
	}
	return list, nil
}
