// Remarks: what submitter and curators write to each other about an edition, in one thread.

package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"sealab/catalog/review"
)

// Remark is one of them.
type Remark struct {
	At    time.Time
	Role  review.Role
	Actor string // a curator's id
	Field string // such as metrics[0].unit; empty: the entry as a whole
	Text  string
}

var remarkColumns = []column[Remark]{
	instant("at_ms", func(r *Remark) *time.Time { return &r.At }),
	text("role", func(r *Remark) *review.Role { return &r.Role }),
	text("actor", func(r *Remark) *string { return &r.Actor }),
	text("field", func(r *Remark) *string { return &r.Field }),
	text("text", func(r *Remark) *string { return &r.Text }),
}

// AddRemark adds a remark to an edition's thread: ErrNotFound if there is no such edition.
func (s *Store) AddRemark(ctx context.Context, edition string, r Remark) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO remark (at_ms, role, actor, field, text, edition_id) VALUES (?, ?, ?, ?, ?, ?)`,
			append(put(remarkColumns, &r), edition)...)
		return explain(err)
	})
	if err != nil {
		return fmt.Errorf("add remark to %s: %w", edition, err)
	}
	return nil
}

// Remarks lists an edition's thread, oldest first.
func (s *Store) Remarks(ctx context.Context, edition string) ([]Remark, error) {
	rows, err := cellsOf(ctx, s.read, `SELECT at_ms, role, actor, field, text FROM remark WHERE edition_id = ? ORDER BY n`, edition)
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
