// Writing editions: drafts and their texts.

package catalog

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// Drafts are bounded: a room has so many at a time that were never sent in. Those that nobody wrote in since they were
// made go after a month, others after a year without a change.
const (
	MaxDrafts  = 2000
	emptyLasts = 30 * 24 * time.Hour
	draftLasts = 365 * 24 * time.Hour
)

// NewDraft begins a use case, or with a published one's id a new version of it, and gives the key of its personal link,
// which is kept nowhere. ErrNotFound for an unknown room or use case; ErrCrowded where the room has MaxDrafts.
func (s *Store) NewDraft(ctx context.Context, room, of string, e usecase.Entry, now time.Time) (*Edition, string, error) {
	id, err := newID("u", now)
	if err != nil {
		return nil, "", fmt.Errorf("make draft: %w", err)
	}
	key, sum := newKey()
	d := &Edition{ID: id, Room: roomName(room), Usecase: of, State: review.Draft, Entry: e, Created: now.UTC(), Changed: now.UTC(), keySum: sum}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if err := checkRoom(ctx, tx, d.Room); err != nil {
			return err
		}
		if err := hasSpace(ctx, tx, d.Room, now); err != nil {
			return err
		}
		if of != "" {
			if err := follow(ctx, tx, d); err != nil {
				return err
			}
		}
		if err := insertEdition(ctx, tx, d); err != nil {
			return err
		}
		return note(ctx, tx, now, d.Room, Actor{Role: review.Submitter}, string(review.Draft), d.ID, "", d.Hash())
	})
	if err != nil {
		return nil, "", fmt.Errorf("make draft: %w", err)
	}
	return d, key, nil
}

// hasSpace refuses one draft too many.
func hasSpace(ctx context.Context, tx *sql.Tx, room string, now time.Time) error {
	if err := dropDrafts(ctx, tx, now); err != nil {
		return err
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM edition WHERE room = ? AND state = 'draft'`, room).Scan(&n); err != nil {
		return explain(err)
	}
	if n >= MaxDrafts {
		return fmt.Errorf("%w: %d drafts are open", ErrCrowded, n)
	}
	return nil
}

// dropDrafts forgets drafts whose time is over. The log keeps that they were made.
func dropDrafts(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM edition WHERE state = 'draft' AND (changed_ms < ? OR changed_ms = created_ms AND changed_ms < ?)`,
		now.Add(-draftLasts).UnixMilli(), now.Add(-emptyLasts).UnixMilli())
	return explain(err)
}

// follow makes a draft a new version of its use case. Several may write one: which number each gets, and whether another
// is before it, shows when it is sent in.
func follow(ctx context.Context, tx *sql.Tx, d *Edition) error {
	var known bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM edition WHERE room = ? AND usecase = ? AND version > 0 AND published_ms IS NOT NULL)`, d.Room, d.Usecase).Scan(&known)
	switch {
	case err != nil:
		return explain(err)
	case !known:
		return ErrNotFound
	}
	d.Entry.ID = d.Usecase
	return nil
}

func newID(letter string, now time.Time) (string, error) {
	id, err := NewRunID(now, rand.Reader)
	return letter + strings.TrimPrefix(id, "r"), err
}

func insertEdition(ctx context.Context, tx *sql.Tx, e *Edition) error {
	e.raw = string(e.Entry.JSON())
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(editionColumns)), ", ")
	_, err := tx.ExecContext(ctx, "INSERT INTO edition ("+strings.Join(names(editionColumns), ", ")+") VALUES ("+marks+")", put(editionColumns, e)...)
	return explain(err)
}

// ErrClosed says that an edition is not with its submitter at present.
var ErrClosed = errors.New("the text is not open for changes in this state")

// EditEntry changes the text of an edition, whole or not, and gives the edition as it then is. What change is given is
// the text as it stands, so that two who write at once do not undo each other's fields; what it fails with is returned.
// ErrClosed where the text is not with the submitter, ErrNotFound where there is no such edition.
func (s *Store) EditEntry(ctx context.Context, id string, now time.Time, change func(*usecase.Entry) error) (*Edition, error) {
	var e *Edition
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		if e, err = s.edition(ctx, tx, `WHERE id = ?`, id); err != nil {
			return err
		}
		if !e.State.Open() {
			return fmt.Errorf("%w: it is %s", ErrClosed, e.State)
		}
		before := e.Hash()
		if err := change(&e.Entry); err != nil {
			return err
		}
		if e.Usecase != "" {
			e.Entry.ID = e.Usecase // given once, kept for ever
		}
		if e.Hash() == before {
			return nil
		}
		e.Changed = now.UTC()
		return updateEdition(ctx, tx, e)
	})
	if err != nil {
		return nil, fmt.Errorf("edit %s: %w", id, err)
	}
	return e, nil
}

func updateEdition(ctx context.Context, tx *sql.Tx, e *Edition) error {
	_, err := tx.ExecContext(ctx, `UPDATE edition SET usecase = ?, version = ?, state = ?, entry = ?, curator = ?, approver = ?, reason = ?, changed_ms = ?,
		published_ms = ? WHERE id = ?`, e.Usecase, e.Version, string(e.State), string(e.Entry.JSON()), e.Curator, e.Approver, e.Reason,
		e.Changed.UnixMilli(), milliseconds(e.Published), e.ID)
	return explain(err)
}
