// Curators: who may review, how they are invited, and how they enter.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"sealab/catalog/review"
)

// Curator is somebody who may review in a room.
type Curator struct {
	ID           string
	Room         string
	Name         string // as the curator wants to be called
	Organization string // nobody approves an entry of his own; empty: of none
	Invited      time.Time
	Expires      time.Time // of the invitation
	Entered      time.Time // zero: the invitation was not used yet
	Revoked      time.Time // zero: may review

	inviteSum []byte
}

var curatorColumns = []column[Curator]{
	text("id", func(c *Curator) *string { return &c.ID }),
	text("room", func(c *Curator) *string { return &c.Room }),
	text("name", func(c *Curator) *string { return &c.Name }),
	text("organization", func(c *Curator) *string { return &c.Organization }),
	bytesOrNull("invite_sha256", func(c *Curator) *[]byte { return &c.inviteSum }),
	instant("invited_ms", func(c *Curator) *time.Time { return &c.Invited }),
	instant("expires_ms", func(c *Curator) *time.Time { return &c.Expires }),
	instant("entered_ms", func(c *Curator) *time.Time { return &c.Entered }),
	instant("revoked_ms", func(c *Curator) *time.Time { return &c.Revoked }),
}

// ErrSpent says that an invitation was used, has expired or was revoked.
var ErrSpent = errors.New("this invitation does not admit any more: ask for another")

const curatorSelect = `SELECT id, room, name, organization, invite_sha256, invited_ms, expires_ms, entered_ms, revoked_ms FROM curator `

func (s *Store) curators(ctx context.Context, db querier, where string, args ...any) ([]Curator, error) {
	rows, err := cellsOf(ctx, db, curatorSelect+where, args...)
	if err != nil {
		return nil, err
	}
	list := make([]Curator, len(rows))
	for i, row := range rows {
		for j, c := range curatorColumns {
			if !c.get(&list[i], row[j]) {
				return nil, fmt.Errorf("%w: %s of a curator has the wrong type", ErrCorrupt, c.name)
			}
		}
	}
	return list, nil
}

// Invite makes a curator and gives the key that admits once, until it expires. The key is kept nowhere.
func (s *Store) Invite(ctx context.Context, c Curator, lasts time.Duration, now time.Time) (*Curator, string, error) {
	id, err := newID("c", now)
	if err != nil {
		return nil, "", fmt.Errorf("invite: %w", err)
	}
	key, sum := newKey()
	c.ID, c.Room, c.Invited, c.Expires, c.inviteSum = id, roomName(c.Room), now.UTC(), now.Add(lasts).UTC(), sum
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if err := checkRoom(ctx, tx, c.Room); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO curator (id, room, name, organization, invite_sha256, invited_ms, expires_ms, entered_ms, revoked_ms)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, put(curatorColumns, &c)...)
		if err != nil {
			return explain(err)
		}
		return note(ctx, tx, now, c.Room, Actor{Role: review.Hub}, "invited", c.ID, "", "")
	})
	if err != nil {
		return nil, "", fmt.Errorf("invite: %w", err)
	}
	return &c, key, nil
}

// Invitation reads whom a key would admit, and admits nobody: ErrNotFound for an unknown key, ErrSpent for one that does
// not admit any more.
func (s *Store) Invitation(ctx context.Context, key string, now time.Time) (*Curator, error) {
	list, err := s.curators(ctx, s.read, `WHERE invite_sha256 = ?`, keySum(key))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read invitation: %w", err)
	case len(list) == 0:
		return nil, fmt.Errorf("read invitation: %w", ErrNotFound)
	case !list[0].admits(now):
		return nil, fmt.Errorf("read invitation: %w", ErrSpent)
	}
	return &list[0], nil
}

func (c *Curator) admits(now time.Time) bool {
	return c.Entered.IsZero() && c.Revoked.IsZero() && now.Before(c.Expires)
}

// Enter uses an invitation up, under the name that the curator chose: errors as those of Invitation.
func (s *Store) Enter(ctx context.Context, key, name, organization string, now time.Time) (*Curator, error) {
	var c Curator
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		list, err := s.curators(ctx, tx, `WHERE invite_sha256 = ?`, keySum(key))
		switch {
		case err != nil:
			return err
		case len(list) == 0:
			return ErrNotFound
		case !list[0].admits(now):
			return ErrSpent
		}
		c = list[0]
		c.Name, c.Organization, c.Entered = name, organization, now.UTC()
		_, err = tx.ExecContext(ctx, `UPDATE curator SET name = ?, organization = ?, entered_ms = ? WHERE id = ?`, name, organization, now.UnixMilli(), c.ID)
		if err != nil {
			return explain(err)
		}
		return note(ctx, tx, now, c.Room, Actor{Role: review.Curator, Name: c.ID}, "entered", c.ID, "", "")
	})
	if err != nil {
		return nil, fmt.Errorf("enter: %w", err)
	}
	return &c, nil
}

// Curator reads a curator: ErrNotFound for one that does not exist or may not review any more.
func (s *Store) Curator(ctx context.Context, id string) (*Curator, error) {
	list, err := s.curators(ctx, s.read, `WHERE id = ? AND entered_ms IS NOT NULL AND revoked_ms IS NULL`, id)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read curator %s: %w", id, err)
	}
	return &list[0], nil
}

// Curators lists everyone who was invited to a room, oldest first, the revoked too.
func (s *Store) Curators(ctx context.Context, room string) ([]Curator, error) {
	list, err := s.curators(ctx, s.read, `WHERE room = ? ORDER BY invited_ms, id`, roomName(room))
	if err != nil {
		return nil, fmt.Errorf("list curators: %w", err)
	}
	return list, nil
}

// Revoke ends what a curator may do, and the invitation too: ErrNotFound if there is no such curator.
func (s *Store) Revoke(ctx context.Context, id string, now time.Time) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE curator SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ?`, now.UnixMilli(), id)
		if err == nil {
			err = changed(done)
		}
		if err != nil {
			return explain(err)
		}
		return note(ctx, tx, now, DefaultRoom, Actor{Role: review.Hub}, "revoked", id, "", "")
	})
	if err != nil {
		return fmt.Errorf("revoke curator %s: %w", id, err)
	}
	return nil
}
