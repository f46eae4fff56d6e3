// Calls and their answers as they are stored, and how they are found.

package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sealab/catalog/call"
	"sealab/catalog/review"
)

// Call is a problem that somebody posted.
type Call struct {
	ID      string
	Room    string // empty: DefaultRoom
	State   review.State
	Content call.Call
	Reason  string // of the last step
	Created time.Time
	Changed time.Time // of text or state
	Opened  time.Time // zero: the public has not seen it

	Answers int // that stand; not written, and read by Calls only

	keySum []byte
	raw    string // the content as it is stored
}

// At is its state at a time: an open one whose last day is over is closed.
func (c *Call) At(now time.Time) review.State { return c.Content.At(c.State, now) }

var callColumns = []column[Call]{
	text("id", func(c *Call) *string { return &c.ID }),
	text("room", func(c *Call) *string { return &c.Room }),
	text("state", func(c *Call) *review.State { return &c.State }),
	text("content", func(c *Call) *string { return &c.raw }),
	bytesOrNull("key_sha256", func(c *Call) *[]byte { return &c.keySum }),
	text("reason", func(c *Call) *string { return &c.Reason }),
	instant("created_ms", func(c *Call) *time.Time { return &c.Created }),
	instant("changed_ms", func(c *Call) *time.Time { return &c.Changed }),
	instant("opened_ms", func(c *Call) *time.Time { return &c.Opened }),
}

// CallAnswer is what somebody offers to a call.
type CallAnswer struct {
	ID          string
	Call        string
	State       review.State
	Content     call.Answer
	Experiment  string // that judges it; empty: it is a use case
	WithdrawnBy review.Role
	Reason      string // why it was withdrawn
	Created     time.Time
	Changed     time.Time

	keySum []byte
	raw    string
}

// Hash is over all that decides an answer: the call, what was offered, and the experiment that judges it.
func (a *CallAnswer) Hash() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s", a.Call, a.Experiment, a.Content.JSON()))
	return "sha256:" + hex.EncodeToString(sum[:])
}

var answerColumns = []column[CallAnswer]{
	text("id", func(a *CallAnswer) *string { return &a.ID }),
	text("call_id", func(a *CallAnswer) *string { return &a.Call }),
	text("state", func(a *CallAnswer) *review.State { return &a.State }),
	text("content", func(a *CallAnswer) *string { return &a.raw }),
	text("experiment_id", func(a *CallAnswer) *string { return &a.Experiment }),
	bytesOrNull("key_sha256", func(a *CallAnswer) *[]byte { return &a.keySum }),
	text("withdrawn_by", func(a *CallAnswer) *review.Role { return &a.WithdrawnBy }),
	text("reason", func(a *CallAnswer) *string { return &a.Reason }),
	instant("created_ms", func(a *CallAnswer) *time.Time { return &a.Created }),
	instant("changed_ms", func(a *CallAnswer) *time.Time { return &a.Changed }),
}

// rowsInto reads rows by the end of a statement, each whole.
func rowsInto[T any](ctx context.Context, db querier, table string, columns []column[T], where string, args ...any) ([]T, error) {
	rows, err := cellsOf(ctx, db, "SELECT "+strings.Join(names(columns), ", ")+" FROM "+table+" "+where, args...)
	if err != nil {
		return nil, err
	}
	list := make([]T, len(rows))
	for i, row := range rows {
		for j, c := range columns {
			if !c.get(&list[i], row[j]) {
				return nil, fmt.Errorf("%w: %s in the table %s has the wrong type", ErrCorrupt, c.name, table)
			}
		}
	}
	return list, nil
}

func (s *Store) calls(ctx context.Context, db querier, where string, args ...any) ([]Call, error) {
	list, err := rowsInto(ctx, db, "call", callColumns, where, args...)
	for i := 0; err == nil && i < len(list); i++ {
		if e := json.Unmarshal([]byte(list[i].raw), &list[i].Content); e != nil {
			err = fmt.Errorf("%w: call %s cannot be read: %w", ErrCorrupt, list[i].ID, e)
		}
	}
	return list, err
}

func (s *Store) answers(ctx context.Context, db querier, where string, args ...any) ([]CallAnswer, error) {
	list, err := rowsInto(ctx, db, "call_answer", answerColumns, where, args...)
	for i := 0; err == nil && i < len(list); i++ {
		if e := json.Unmarshal([]byte(list[i].raw), &list[i].Content); e != nil {
			err = fmt.Errorf("%w: answer %s cannot be read: %w", ErrCorrupt, list[i].ID, e)
		}
	}
	return list, err
}

// only gives the one row of a list: ErrNotFound where it is empty.
func only[T any](list []T, err error) (*T, error) {
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, ErrNotFound
	}
	return &list[0], nil
}

// Call reads a call: ErrNotFound if there is none of that id.
func (s *Store) Call(ctx context.Context, id string) (*Call, error) {
	c, err := only(s.calls(ctx, s.read, `WHERE id = ?`, id))
	if err != nil {
		return nil, fmt.Errorf("read call %s: %w", id, err)
	}
	return c, nil
}

// CallByKey reads the call to which whoever posted it comes back: ErrNotFound for a key that opens none.
func (s *Store) CallByKey(ctx context.Context, key string) (*Call, error) {
	c, err := only(s.calls(ctx, s.read, `WHERE key_sha256 = ?`, keySum(key)))
	if err != nil {
		return nil, fmt.Errorf("read call of a personal link: %w", err)
	}
	return c, nil
}

// AnswerByKey reads the answer to which whoever sent it comes back: ErrNotFound for a key that opens none.
func (s *Store) AnswerByKey(ctx context.Context, key string) (*CallAnswer, error) {
	a, err := only(s.answers(ctx, s.read, `WHERE key_sha256 = ?`, keySum(key)))
	if err != nil {
		return nil, fmt.Errorf("read answer of a personal link: %w", err)
	}
	return a, nil
}

// CallAnswer reads an answer: ErrNotFound if there is none of that id.
func (s *Store) CallAnswer(ctx context.Context, id string) (*CallAnswer, error) {
	a, err := only(s.answers(ctx, s.read, `WHERE id = ?`, id))
	if err != nil {
		return nil, fmt.Errorf("read answer %s: %w", id, err)
	}
	return a, nil
}

// Calls lists the calls of a room that the public may see, the newest first, with the number of their answers.
func (s *Store) Calls(ctx context.Context, room string) ([]Call, error) {
	list, err := s.calls(ctx, s.read, `WHERE room = ? AND opened_ms IS NOT NULL ORDER BY opened_ms DESC, id`, roomName(room))
	if err != nil {
		return nil, fmt.Errorf("list calls: %w", err)
	}
	rows, err := cellsOf(ctx, s.read, `SELECT call_id, count(*) FROM call_answer WHERE state = 'answered' GROUP BY call_id`)
	if err != nil {
		return nil, fmt.Errorf("count answers: %w", err)
	}
	count := map[string]int{}
	for _, row := range rows {
		id, _ := row[0].(string)
		n, _ := row[1].(int64)
		count[id] = int(n)
	}
	for i := range list {
		list[i].Answers = count[list[i].ID]
	}
	return list, nil
}

// WaitingCalls lists the calls of a room that no curator has opened or refused yet, the longest waiting first.
func (s *Store) WaitingCalls(ctx context.Context, room string) ([]Call, error) {
	list, err := s.calls(ctx, s.read, `WHERE room = ? AND state = 'submitted' ORDER BY changed_ms, id`, roomName(room))
	if err != nil {
		return nil, fmt.Errorf("list waiting calls: %w", err)
	}
	return list, nil
}

// CallAnswers lists the answers to a call, the first first, withdrawn ones too.
func (s *Store) CallAnswers(ctx context.Context, id string) ([]CallAnswer, error) {
	list, err := s.answers(ctx, s.read, `WHERE call_id = ? ORDER BY created_ms, id`, id)
	if err != nil {
		return nil, fmt.Errorf("list answers to %s: %w", id, err)
	}
	return list, nil
}
