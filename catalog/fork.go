// Forks: which run another came from. That stands beside the records and is sealed with none of them.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// SetParent notes that a run was forked from another. Either may be gone, or not be there yet; said again, the last
// word counts.
func (s *Store) SetParent(ctx context.Context, id, parent string) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO fork (run_id, parent) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET parent = excluded.parent`, id, parent)
	if err != nil {
		return fmt.Errorf("note the parent of run %s: %w", id, explain(err))
	}
	return nil
}

// Parent gives the run that a run was forked from, deleted or not; empty where it is no fork.
func (s *Store) Parent(ctx context.Context, id string) (parent string, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT parent FROM fork WHERE run_id = ?`, id).Scan(&parent)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read the parent of run %s: %w", id, explain(err))
	}
	return parent, nil
}
