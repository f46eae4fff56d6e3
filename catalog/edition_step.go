// The steps of editions. Each goes into the log in the same transaction, and its reason into the thread.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
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

// Step is a step that somebody takes with an edition.
type Step struct {
	To         review.State
	By         Actor
	Reason     string
	Fields     []string  // that the reason is about, such as metrics[0].unit
	TwoPersons bool      // the hub wants two: whoever approved does not publish
	Seen       time.Time // when it had changed last, as the actor saw it; zero: whatever it is now
}

// ErrMoved says that an edition has changed since the actor saw it.
var ErrMoved = errors.New("it has changed meanwhile")

// Move takes a step with an edition (package review says which are allowed; its errors are wrapped), says why, and notes
// it in the log. A first submission gives the use case its id, and the version its number: ErrExists while another
// version of it is under way. ErrMoved where the actor saw something else. What it returns is the edition after the step.
func (s *Store) Move(ctx context.Context, id string, step Step, now time.Time) (*Edition, error) {
	var e *Edition
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		if e, err = s.seen(ctx, tx, id, step.Seen); err != nil {
			return err
		}
		if step.To == review.Sent && e.Version == 0 {
			if err := s.number(ctx, tx, e); err != nil {
				return err
			}
		}
		m := review.Move{To: step.To, By: step.By.Role, Reason: step.Reason, Faults: len(e.Entry.Check()), Organization: step.By.Organization,
			Author: author(&e.Entry), Actor: step.By.Name, Approver: e.Approver, TwoPersons: step.TwoPersons}
		if err := review.Check(e.State, m); err != nil {
			return err
		}
		e.step(m, now)
		if err := updateEdition(ctx, tx, e); err != nil {
			return err
		}
		if strings.TrimSpace(step.Reason) != "" {
			if err := insertRemark(ctx, tx, e.ID, Remark{now, step.By.Role, step.By.Name, step.Fields, step.Reason}); err != nil {
				return err
			}
		}
		return note(ctx, tx, now, e.Room, step.By, string(step.To), e.ID, step.Reason, e.Hash())
	})
	if err != nil {
		return nil, fmt.Errorf("move %s to %s: %w", id, step.To, err)
	}
	return e, nil
}

// seen reads an edition and refuses one that is not as the actor saw it.
func (s *Store) seen(ctx context.Context, tx *sql.Tx, id string, at time.Time) (*Edition, error) {
	e, err := s.edition(ctx, tx, `WHERE id = ?`, id)
	if err == nil && !at.IsZero() && at.UnixMilli() != e.Changed.UnixMilli() {
		err = fmt.Errorf("%w: it is %s", ErrMoved, e.State)
	}
	return e, err
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

// number gives a use case its id for ever, where it has none, and the version its number.
func (s *Store) number(ctx context.Context, tx *sql.Tx, e *Edition) error {
	if e.Usecase == "" {
		if err := s.nameIt(ctx, tx, e); err != nil {
			return err
		}
	}
	last, err := s.edition(ctx, tx, `WHERE room = ? AND usecase = ? AND version > 0 ORDER BY version DESC LIMIT 1`, e.Room, e.Usecase)
	switch {
	case errors.Is(err, ErrNotFound):
		e.Version = 1
	case err != nil:
		return err
	case last.State != review.Published && last.State != review.Withdrawn:
		return fmt.Errorf("version %d is under way: %w", last.Version, ErrExists)
	default:
		e.Version = last.Version + 1
	}
	return nil
}

// nameIt gives a use case the id that its entry asks for or its title makes, with a number where that is taken.
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
		taken := slices.Contains(usecase.Reserved, name)
		if !taken {
			if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM edition WHERE room = ? AND usecase = ?)`, e.Room, name).Scan(&taken); err != nil {
				return explain(err)
			}
		}
		if !taken {
			e.Usecase, e.Entry.ID = name, name
			return nil
		}
	}
}

// SetEvidence lets the curator set the evidence label of what is in review, and notes it in the log: review.ErrStep
// where it is not, ErrUnfit for a label that the entry cannot have, ErrMoved as in Move.
func (s *Store) SetEvidence(ctx context.Context, id, label string, by Actor, seen, now time.Time) (*Edition, error) {
	var e *Edition
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		if e, err = s.seen(ctx, tx, id, seen); err != nil {
			return err
		}
		if e.State != review.InReview || by.Role != review.Curator {
			return fmt.Errorf("%w: evidence is set by a curator, in review; it is %s", review.ErrStep, e.State)
		}
		before := e.Entry.Evidence
		e.Entry.Evidence, e.Changed = label, now.UTC()
		for _, f := range e.Entry.Check() {
			if f.Field == "evidence" {
				return fmt.Errorf("%w: evidence %s", ErrUnfit, f.Problem)
			}
		}
		if err := updateEdition(ctx, tx, e); err != nil {
			return err
		}
		return note(ctx, tx, now, e.Room, by, "evidence", e.ID, fmt.Sprintf("%q before, now %q", before, label), e.Hash())
	})
	if err != nil {
		return nil, fmt.Errorf("set evidence of %s: %w", id, err)
	}
	return e, nil
}
