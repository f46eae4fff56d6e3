// Posting calls, sending answers, and the steps of both. Each goes into the log in the same transaction.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"sealab/catalog/call"
	"sealab/catalog/review"
)

// ErrNotOpen says that a call takes no answers at present.
var ErrNotOpen = errors.New("this call takes no answers")

// NewCall keeps a call, submitted, and gives the key of its personal link, which is kept nowhere. That nothing is wrong
// with its content was checked before. ErrCrowded where call.MaxWaiting wait already, ErrNotFound for an unknown room.
func (s *Store) NewCall(ctx context.Context, room string, content call.Call, now time.Time) (*Call, string, error) {
	id, err := newID("k", now)
	if err != nil {
		return nil, "", fmt.Errorf("post call: %w", err)
	}
	key, sum := newKey()
	c := &Call{ID: id, Room: roomName(room), State: review.Sent, Content: content, Created: now.UTC(), Changed: now.UTC(), keySum: sum, raw: string(content.JSON())}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if err := checkRoom(ctx, tx, c.Room); err != nil {
			return err
		}
		if err := fewer(ctx, tx, call.MaxWaiting, "calls wait", `SELECT count(*) FROM call WHERE room = ? AND state = 'submitted'`, c.Room); err != nil {
			return err
		}
		if err := insertRow(ctx, tx, "call", callColumns, c); err != nil {
			return err
		}
		return note(ctx, tx, now, c.Room, Actor{Role: review.Submitter}, string(review.Sent), c.ID, "", c.Content.Hash())
	})
	if err != nil {
		return nil, "", fmt.Errorf("post call: %w", err)
	}
	return c, key, nil
}

// fewer refuses what would be one more than most.
func fewer(ctx context.Context, tx *sql.Tx, most int, what, count string, args ...any) error {
	var n int
	if err := tx.QueryRowContext(ctx, count, args...).Scan(&n); err != nil {
		return explain(err)
	}
	if n >= most {
		return fmt.Errorf("%w: %d %s", ErrCrowded, n, what)
	}
	return nil
}

func insertRow[T any](ctx context.Context, tx *sql.Tx, table string, columns []column[T], row *T) error {
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
	_, err := tx.ExecContext(ctx, "INSERT INTO "+table+" ("+strings.Join(names(columns), ", ")+") VALUES ("+marks+")", put(columns, row)...)
	return explain(err)
}

// EditCall replaces the content of a call that no curator has opened yet: ErrClosed for any other, ErrNotFound where
// there is none.
func (s *Store) EditCall(ctx context.Context, id string, content call.Call, now time.Time) (*Call, error) {
	var c *Call
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		if c, err = only(s.calls(ctx, tx, `WHERE id = ?`, id)); err != nil {
			return err
		}
		if c.State != review.Sent {
			return fmt.Errorf("%w: it is %s", ErrClosed, c.State)
		}
		c.Content, c.Changed = content, now.UTC()
		if _, err := tx.ExecContext(ctx, `UPDATE call SET content = ?, changed_ms = ? WHERE id = ?`, string(content.JSON()), now.UnixMilli(), id); err != nil {
			return explain(err)
		}
		return note(ctx, tx, now, c.Room, Actor{Role: review.Submitter}, "changed", c.ID, "", c.Content.Hash())
	})
	if err != nil {
		return nil, fmt.Errorf("edit call %s: %w", id, err)
	}
	return c, nil
}

// MoveCall takes a step with a call (package call says which are allowed; review's errors are wrapped). faults is how many
// things are wrong with its content as the actor saw it: ErrMoved where it is another by now.
func (s *Store) MoveCall(ctx context.Context, id string, step Step, faults int, now time.Time) (*Call, error) {
	var c *Call
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		if c, err = only(s.calls(ctx, tx, `WHERE id = ?`, id)); err != nil {
			return err
		}
		if !step.Seen.IsZero() && step.Seen.UnixMilli() != c.Changed.UnixMilli() {
			return fmt.Errorf("%w: it is %s", ErrMoved, c.State)
		}
		if err := call.Steps.Check(c.State, review.Move{To: step.To, By: step.By.Role, Reason: step.Reason, Faults: faults}); err != nil {
			return err
		}
		c.State, c.Reason, c.Changed = step.To, step.Reason, now.UTC()
		if step.To == call.Open {
			c.Opened = now.UTC()
		}
		_, err = tx.ExecContext(ctx, `UPDATE call SET state = ?, reason = ?, changed_ms = ?, opened_ms = ? WHERE id = ?`,
			string(c.State), c.Reason, c.Changed.UnixMilli(), milliseconds(c.Opened), id)
		if err != nil {
			return explain(err)
		}
		return note(ctx, tx, now, c.Room, step.By, string(step.To), c.ID, step.Reason, c.Content.Hash())
	})
	if err != nil {
		return nil, fmt.Errorf("move call %s to %s: %w", id, step.To, err)
	}
	return c, nil
}

// AddAnswer keeps an answer to an open call, and gives the key of its personal link. experiment judges it; empty for a
// use case. ErrNotFound where there is no such call, ErrNotOpen where it takes no answers, ErrCrowded where it has as
// many as it may.
func (s *Store) AddAnswer(ctx context.Context, id string, content call.Answer, experiment string, now time.Time) (*CallAnswer, string, error) {
	own, err := newID("a", now)
	if err != nil {
		return nil, "", fmt.Errorf("answer call: %w", err)
	}
	key, sum := newKey()
	a := &CallAnswer{ID: own, Call: id, State: call.Answered, Content: content, Experiment: experiment, Created: now.UTC(), Changed: now.UTC(),
		keySum: sum, raw: string(content.JSON())}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		c, err := only(s.calls(ctx, tx, `WHERE id = ?`, id))
		if err != nil {
			return err
		}
		if at := c.At(now); at != call.Open {
			return fmt.Errorf("%w: it is %s", ErrNotOpen, at)
		}
		if err := fewer(ctx, tx, call.MaxAnswers, "answers were sent", `SELECT count(*) FROM call_answer WHERE call_id = ?`, id); err != nil {
			return err
		}
		if err := insertRow(ctx, tx, "call_answer", answerColumns, a); err != nil {
			return err
		}
		return note(ctx, tx, now, c.Room, Actor{Role: review.Submitter}, string(call.Answered), a.ID, "", a.Hash())
	})
	if err != nil {
		return nil, "", fmt.Errorf("answer call %s: %w", id, err)
	}
	return a, key, nil
}

// WithdrawAnswer takes an answer back; what it said stays in the store and is shown no more. Review's errors are wrapped.
func (s *Store) WithdrawAnswer(ctx context.Context, id string, by Actor, reason string, now time.Time) (*CallAnswer, error) {
	var a *CallAnswer
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		if a, err = only(s.answers(ctx, tx, `WHERE id = ?`, id)); err != nil {
			return err
		}
		if err := call.AnswerSteps.Check(a.State, review.Move{To: review.Withdrawn, By: by.Role, Reason: reason}); err != nil {
			return err
		}
		c, err := only(s.calls(ctx, tx, `WHERE id = ?`, a.Call))
		if err != nil {
			return err
		}
		a.State, a.WithdrawnBy, a.Reason, a.Changed = review.Withdrawn, by.Role, reason, now.UTC()
		_, err = tx.ExecContext(ctx, `UPDATE call_answer SET state = ?, withdrawn_by = ?, reason = ?, changed_ms = ? WHERE id = ?`,
			string(a.State), string(by.Role), reason, now.UnixMilli(), id)
		if err != nil {
			return explain(err)
		}
		return note(ctx, tx, now, c.Room, by, string(review.Withdrawn), a.ID, reason, a.Hash())
	})
	if err != nil {
		return nil, fmt.Errorf("withdraw answer %s: %w", id, err)
	}
	return a, nil
}
