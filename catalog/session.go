// Sessions of curators, in the form that the library of sessions asks for. Of a token only its SHA-256 is kept.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Sessions keeps sessions in a store. It satisfies scs.CtxStore.
type Sessions struct {
	Store *Store
	Now   func() time.Time
}

// FindCtx reads what a session holds; found is false where there is none or its time is over.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.Store.read.QueryRowContext(ctx, `SELECT data FROM session WHERE token_sha256 = ? AND expires_ms > ?`,
		keySum(token), s.Now().UnixMilli()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read session: %w", explain(err))
	}
	return data, true, nil
}

// CommitCtx keeps a session until expiry, and forgets those whose time is over.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	err := s.Store.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE expires_ms <= ?`, s.Now().UnixMilli()); err != nil {
			return explain(err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO session (token_sha256, data, expires_ms) VALUES (?, ?, ?)
			ON CONFLICT (token_sha256) DO UPDATE SET data = excluded.data, expires_ms = excluded.expires_ms`, keySum(token), append([]byte{}, data...), expiry.UnixMilli()) // nil would be NULL
		return explain(err)
	})
	if err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	return nil
}

// DeleteCtx forgets a session; nil where there is none.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	err := s.Store.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE token_sha256 = ?`, keySum(token))
		return explain(err)
	})
	if err != nil {
		return fmt.Errorf("forget session: %w", err)
	}
	return nil
}

// Find is FindCtx for callers without a context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for callers without a context.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx for callers without a context.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
