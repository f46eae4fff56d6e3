// Writing editions: drafts, their texts, their steps. Each step goes into the log in the same transaction.

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

// Actor is who takes a step.
type Actor struct {
	Role         review.Role
	Name         string // of a curator: his id; of a submitter: empty, for no account is asked
	Organization string
}

// NewDraft begins a use case, or with a published one's id a new version of it, and gives the key of its personal link,
// which is kept nowhere. ErrNotFound for an unknown room or use case; ErrExists where a new version is already under way.
func (s *Store) NewDraft(ctx context.Context, room, of string, e usecase.Entry, now time.Time) (*Edition, string, error) {
	id, err := newID("u", now)
	if err != nil {
		return nil, "", fmt.Errorf("make draft: %w", err)
	}
	key, sum := newKey()
	d := &Edition{ID: id, Room: roomName(room), Usecase: of, Version: 1, State: review.Draft, Entry: e, Created: now.UTC(), Changed: now.UTC(), keySum: sum}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if err := checkRoom(ctx, tx, d.Room); err != nil {
			return err
		}
		if of != "" {
			if err := s.follow(ctx, tx, d); err != nil {
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

// follow makes a draft the next version of its use case.
func (s *Store) follow(ctx context.Context, tx *sql.Tx, d *Edition) error {
	last, err := s.edition(ctx, tx, `WHERE room = ? AND usecase = ? ORDER BY version DESC LIMIT 1`, d.Room, d.Usecase)
	switch {
	case err != nil:
		return err
	case last.Published.IsZero() && last.State != review.Withdrawn:
		return fmt.Errorf("version %d is under way: %w", last.Version, ErrExists)
	}
	d.Version = last.Version + 1
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

// SaveEntry keeps what a submitter wrote so far, whole or not: ErrClosed where it is not with the submitter, ErrNotFound
// where there is no such edition.
func (s *Store) SaveEntry(ctx context.Context, id string, e usecase.Entry, now time.Time) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		old, err := s.edition(ctx, tx, `WHERE id = ?`, id)
		switch {
		case err != nil:
			return err
		case !old.State.Open():
			return fmt.Errorf("%w: it is %s", ErrClosed, old.State)
		}
		if old.Version > 1 || old.Usecase != "" {
			e.ID = old.Usecase // given once, kept for ever
		}
		_, err = tx.ExecContext(ctx, `UPDATE edition SET entry = ?, changed_ms = ? WHERE id = ?`, string(e.JSON()), now.UnixMilli(), id)
		return explain(err)
	})
	if err != nil {
		return fmt.Errorf("save entry of %s: %w", id, err)
	}
	return nil
}

// Move takes a step with an edition (package review says which are allowed; its errors are wrapped), says why, and notes
// it in the log. A first submission gives the use case its id. What it returns is the edition after the step.
func (s *Store) Move(ctx context.Context, id string, to review.State, who Actor, reason string, twoPersons bool, now time.Time) (*Edition, error) {
	var e *Edition
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		if e, err = s.edition(ctx, tx, `WHERE id = ?`, id); err != nil {
			return err
		}
		if to == review.Sent && e.Usecase == "" {
			if err := s.nameIt(ctx, tx, e); err != nil {
				return err
			}
		}
		m := review.Move{To: to, By: who.Role, Reason: reason, Faults: len(e.Entry.Check()), Organization: who.Organization,
			Author: author(&e.Entry), Actor: who.Name, Approver: e.Approver, TwoPersons: twoPersons}
		if err := review.Check(e.State, m); err != nil {
			return err
		}
		e.step(m, now)
		if err := updateEdition(ctx, tx, e); err != nil {
			return err
		}
		return note(ctx, tx, now, e.Room, who, string(to), e.ID, reason, e.Hash())
	})
	if err != nil {
		return nil, fmt.Errorf("move %s to %s: %w", id, to, err)
	}
	return e, nil
}

// step changes what a step changes.
func (e *Edition) step(m review.Move, now time.Time) {
	switch m.To {
	case review.InReview:
		e.Curator, e.Approver = m.Actor, ""
	case review.Approved:
		e.Approver = m.Actor
	case review.Published:
		e.Published = now.UTC()
	}
	e.State, e.Reason, e.Changed = m.To, m.Reason, now.UTC()
}

func author(e *usecase.Entry) string {
	if e.Submitter == nil {
		return ""
	}
	return e.Submitter.Name
}

func updateEdition(ctx context.Context, tx *sql.Tx, e *Edition) error {
	_, err := tx.ExecContext(ctx, `UPDATE edition SET usecase = ?, state = ?, entry = ?, curator = ?, approver = ?, reason = ?, changed_ms = ?, published_ms = ?
		WHERE id = ?`, e.Usecase, string(e.State), string(e.Entry.JSON()), e.Curator, e.Approver, e.Reason, e.Changed.UnixMilli(), milliseconds(e.Published), e.ID)
	return explain(err)
}

// nameIt gives a use case its id for ever: the one that the entry asks for or its title makes, with a number where that
// is taken.
func (s *Store) nameIt(ctx context.Context, tx *sql.Tx, e *Edition) error {
	wish := e.Entry.ID
	if wish == "" {
		wish = usecase.Slug(e.Entry.Title)
	}
	for n := 1; ; n++ {
		name := wish
		if n > 1 {
			name = fmt.Sprintf("%s-%d", wish, n)
		}
		var taken bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM edition WHERE room = ? AND usecase = ?)`, e.Room, name).Scan(&taken); err != nil {
			return explain(err)
		}
		if !taken {
			e.Usecase, e.Entry.ID = name, name
			return nil
		}
	}
}
