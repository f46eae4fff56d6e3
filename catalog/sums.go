// The sums of a run's record: what its manifest names, and what two hubs compare.

package catalog

import (
	"context"
	"database/sql"
	"fmt"

	"sealab/pocs"
	"sealab/sim/event"
)

// Sums are the roots of a run's two sealed lists, printed as "sha256:…". Each covers every field of every record.
type Sums struct {
	Record string `json:"record"`
	Truth  string `json:"truth"`
	Name   string `json:"-"` // of the truth: runs in one world share it
}

// SumsOf works out the sums that a run has when it is stored. ErrUnfit where it cannot be.
func SumsOf(r *pocs.Run) (Sums, error) {
	s, err := prepare(*r)
	if err != nil {
		return Sums{}, fmt.Errorf("sum run %s: %w", r.ID, err)
	}
	return Sums{event.FormatSum([]byte(rootOf(s.ownList))), event.FormatSum([]byte(rootOf(s.truthList))), s.truthID}, nil
}

// Sealed gives the sums that a stored run was sealed with; ErrNotFound for an unknown one, ErrUnfinished for one that
// has no seal.
func (s *Store) Sealed(ctx context.Context, id string) (Sums, error) {
	var out Sums
	err := s.view(ctx, func(tx *sql.Tx) error {
		at, err := locate(ctx, tx, id)
		if err != nil {
			return err
		}
		out.Name = at.truth
		for owner, into := range map[string]*string{id: &out.Record, at.truth: &out.Truth} {
			var sum []byte
			err := tx.QueryRowContext(ctx, `SELECT sha256 FROM seal WHERE owner = ?`, owner).Scan(&sum)
			if err == sql.ErrNoRows {
				return ErrUnfinished
			}
			if err != nil {
				return explain(err)
			}
			*into = event.FormatSum(sum)
		}
		return nil
	})
	if err != nil {
		return Sums{}, fmt.Errorf("read seal of run %s: %w", id, err)
	}
	return out, nil
}
