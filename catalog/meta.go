// Small facts of the hub itself, by key.

package catalog

import (
	"context"
	"fmt"
)

// Meta reads the value of a key; ErrNotFound where it was never set.
func (s *Store) Meta(ctx context.Context, key string) (string, error) {
	var value string
	if err := s.read.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = ?`, key).Scan(&value); err != nil {
		return "", fmt.Errorf("read meta %s: %w", key, explain(err))
	}
	return value, nil
}

// SetMeta gives a key its value, in place of what it had.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO meta (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	if err != nil {
		return fmt.Errorf("set meta %s: %w", key, explain(err))
	}
	return nil
}
