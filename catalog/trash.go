// Putting runs aside, and taking them back.

package catalog

import (
	"context"
	"fmt"
	"time"
)

// DeleteRun puts a run into the trash, where only UndeleteRun and a Query that asks for deleted runs find it. Its record
// stays as it is. ErrNotFound if there is no such run; deleting it twice is no error.
func (s *Store) DeleteRun(ctx context.Context, id string) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO trash (run_id, deleted_ms) VALUES (?, ?) ON CONFLICT DO NOTHING`,
		id, time.Now().UnixMilli())
	if err != nil {
		return fmt.Errorf("delete run %s: %w", id, explain(err))
	}
	return nil
}

// UndeleteRun takes a run out of the trash. ErrNotFound if it is not in it.
func (s *Store) UndeleteRun(ctx context.Context, id string) error {
	done, err := s.write.ExecContext(ctx, `DELETE FROM trash WHERE run_id = ?`, id)
	if err != nil {
		return fmt.Errorf("undelete run %s: %w", id, explain(err))
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return fmt.Errorf("undelete run %s: %w", id, ErrNotFound)
	}
	return nil
}
