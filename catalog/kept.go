// Worlds whose messages are kept, since no code that is here makes them any more: packed, seal by seal.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// KeptWorld is a world whose messages are kept. What a chunk and a plan hold is their writer's matter.
type KeptWorld struct {
	Digest string // of what was heard
	Events int
	Plan   []byte // packed; empty where there is none
}

// Chunk is some of what was heard of one subject, packed.
type Chunk struct {
	Subject string // a seal's id, or a container's number
	Data    []byte
}

// KeepWorld stores a world, or nothing of it; one that is there already is left as it is. next gives its chunks, in the
// order of their subject's messages, until ok is false.
func (s *Store) KeepWorld(ctx context.Context, w KeptWorld, next func() (c Chunk, ok bool, err error)) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `INSERT INTO kept_world (digest, events, plan) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			w.Digest, w.Events, append([]byte{}, w.Plan...))
		if err != nil {
			return explain(err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		at := map[string]int{}
		for {
			c, ok, err := next()
			if err != nil || !ok {
				return err
			}
			at[c.Subject]++
			if _, err := tx.ExecContext(ctx, `INSERT INTO kept_events (world, subject, n, chunk) VALUES (?, ?, ?, ?)`,
				w.Digest, c.Subject, at[c.Subject], c.Data); err != nil {
				return explain(err)
			}
		}
	})
	if err != nil {
		return fmt.Errorf("keep world %s: %w", w.Digest, err)
	}
	return nil
}

// Kept gives a kept world; nil where that world was not kept.
func (s *Store) Kept(ctx context.Context, digest string) (*KeptWorld, error) {
	w := &KeptWorld{Digest: digest}
	err := explain(s.read.QueryRowContext(ctx, `SELECT events, plan FROM kept_world WHERE digest = ?`, digest).Scan(&w.Events, &w.Plan))
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read kept world %s: %w", digest, err)
	}
	return w, nil
}

// KeptEvents hands out the chunks of some subjects, of all where none is named, each subject's in their order.
func (s *Store) KeptEvents(ctx context.Context, digest string, each func(Chunk) error, subjects ...string) error {
	err := func() error {
		query, args := `SELECT subject, chunk FROM kept_events WHERE world = ?`, []any{digest}
		for i, subject := range subjects {
			query += []string{" AND subject IN (?", ", ?"}[min(i, 1)]
			args = append(args, subject)
		}
		if len(subjects) > 0 {
			query += ")"
		}
		rows, err := s.read.QueryContext(ctx, query+" ORDER BY subject, n", args...)
		if err != nil {
			return explain(err)
		}
		defer rows.Close()
		for rows.Next() {
			var c Chunk
			if err := rows.Scan(&c.Subject, &c.Data); err != nil {
				return explain(err)
			}
			if err := each(c); err != nil {
				return err
			}
		}
		return explain(rows.Err())
	}()
	if err != nil {
		return fmt.Errorf("read kept messages of %s: %w", digest, err)
	}
	return nil
}
