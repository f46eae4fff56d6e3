// The log: every step that somebody took, each line with the hash of the line before, so that no line can be altered,
// taken out or put in without all that follow showing it.

package catalog

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"sealab/catalog/call"
	"sealab/catalog/review"
)

// LogLine is one step.
type LogLine struct {
	N       int64
	At      time.Time
	Room    string
	Role    string
	Actor   string // a curator's id; empty for who has none
	Act     string // such as published
	Subject string // an edition, a call, a curator
	Reason  string
	Content string // hash of what the step was about; may be empty

	sum []byte
}

var logColumns = []column[LogLine]{
	whole("n", func(l *LogLine) *int64 { return &l.N }),
	instant("at_ms", func(l *LogLine) *time.Time { return &l.At }),
	text("room", func(l *LogLine) *string { return &l.Room }),
	text("role", func(l *LogLine) *string { return &l.Role }),
	text("actor", func(l *LogLine) *string { return &l.Actor }),
	text("act", func(l *LogLine) *string { return &l.Act }),
	text("subject", func(l *LogLine) *string { return &l.Subject }),
	text("reason", func(l *LogLine) *string { return &l.Reason }),
	text("content", func(l *LogLine) *string { return &l.Content }),
	bytesOrNull("sha256", func(l *LogLine) *[]byte { return &l.sum }),
}

// chain is the hash of a line: SHA-256 over the hash of the line before (32 zeros before the first), then number, time
// in ms, and each text after its length, all numbers as 8 bytes little endian.
func (l *LogLine) chain(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	b := binary.LittleEndian.AppendUint64(nil, uint64(l.N))
	b = binary.LittleEndian.AppendUint64(b, uint64(l.At.UnixMilli()))
	for _, t := range []string{l.Room, l.Role, l.Actor, l.Act, l.Subject, l.Reason, l.Content} {
		b = binary.LittleEndian.AppendUint64(b, uint64(len(t)))
		b = append(b, t...)
	}
	h.Write(b)
	return h.Sum(nil)
}

// note adds a line, in the transaction of the step.
func note(ctx context.Context, tx *sql.Tx, now time.Time, room string, who Actor, act, subject, reason, content string) error {
	l := LogLine{N: 1, At: now.UTC(), Room: room, Role: string(who.Role), Actor: who.Name, Act: act, Subject: subject, Reason: reason, Content: content}
	before := make([]byte, sha256.Size)
	rows, err := cellsOf(ctx, tx, `SELECT n, sha256 FROM log ORDER BY n DESC LIMIT 1`)
	if err != nil {
		return err
	}
	if len(rows) > 0 {
		if !take(rows[0][0], func(n int64) { l.N = n + 1 }) || !take(rows[0][1], func(b []byte) { before = b }) {
			return fmt.Errorf("%w: the last line of the log has the wrong type", ErrCorrupt)
		}
	}
	l.sum = l.chain(before)
	_, err = tx.ExecContext(ctx, `INSERT INTO log (n, at_ms, room, role, actor, act, subject, reason, content, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		put(logColumns, &l)...)
	return explain(err)
}

// logLines reads lines by the end of a statement.
func (s *Store) logLines(ctx context.Context, where string, args ...any) ([]LogLine, error) {
	rows, err := cellsOf(ctx, s.read, `SELECT n, at_ms, room, role, actor, act, subject, reason, content, sha256 FROM log `+where, args...)
	if err != nil {
		return nil, err
	}
	list := make([]LogLine, len(rows))
	for i, row := range rows {
		for j, c := range logColumns {
			if !c.get(&list[i], row[j]) {
				return nil, fmt.Errorf("%w: %s in a line of the log has the wrong type", ErrCorrupt, c.name)
			}
		}
	}
	return list, nil
}

// History lists the lines about a subject, oldest first.
func (s *Store) History(ctx context.Context, subject string) ([]LogLine, error) {
	list, err := s.logLines(ctx, `WHERE subject = ? ORDER BY n`, subject)
	if err != nil {
		return nil, fmt.Errorf("read history of %s: %w", subject, err)
	}
	return list, nil
}

// LogCheck is what became of checking the log.
type LogCheck struct {
	Lines   int
	Head    string // hash of the last line, to be written down elsewhere: a log cut short shows only against that
	Altered string // what does not fit first; empty: all fits
}

// CheckLog works out the whole chain again, and holds every edition, call, answer and piece of evidence against the last
// line about it: state, and for what was ever sent its text. ErrCorrupt where a value has the wrong type.
func (s *Store) CheckLog(ctx context.Context) (LogCheck, error) {
	list, err := s.logLines(ctx, `ORDER BY n`)
	if err != nil {
		return LogCheck{}, fmt.Errorf("check log: %w", err)
	}
	c := LogCheck{Lines: len(list)}
	before := make([]byte, sha256.Size)
	last := map[string]told{}
	for i := range list {
		l := &list[i]
		if l.N != int64(i+1) {
			c.Altered = fmt.Sprintf("line %d is missing", i+1)
			return c, nil
		}
		if before = l.chain(before); !bytes.Equal(before, l.sum) {
			c.Altered = fmt.Sprintf("line %d (%s of %s)", l.N, l.Act, l.Subject)
			return c, nil
		}
		last[l.Subject] = last[l.Subject].then(l)
	}
	c.Head = "sha256:" + hex.EncodeToString(before)
	for _, check := range []func(context.Context, map[string]told) (string, error){s.checkEditions, s.checkCalls, s.checkEvidence} {
		if c.Altered, err = check(ctx, last); err != nil {
			return c, fmt.Errorf("check log: %w", err)
		}
		if c.Altered != "" {
			break
		}
	}
	return c, nil
}

// told is what the log says last of a subject.
type told struct {
	step *LogLine // that led to its state
	text *LogLine // that names the hash of its text
}

func (t told) then(l *LogLine) told {
	if st := review.State(l.Act); slices.Contains(review.States, st) || st == call.Open || st == call.Closed || st == call.Answered {
		t.step = l
	}
	t.text = l
	return t
}

// checkEditions names the first edition that is not as the log left it.
func (s *Store) checkEditions(ctx context.Context, last map[string]told) (altered string, err error) {
	list, err := s.editions(ctx, s.read, `ORDER BY id`)
	if err != nil {
		return "", err
	}
	for i := range list {
		e := &list[i]
		switch l := last[e.ID]; {
		case l.step == nil:
			return fmt.Sprintf("edition %s, of which no line tells", e.ID), nil
		case l.step.Act != string(e.State):
			return fmt.Sprintf("edition %s: it is %s, its last line says %s", e.ID, e.State, l.step.Act), nil
		case !e.State.Open() && l.text.Content != e.storedHash():
			return fmt.Sprintf("edition %s (%s, version %d): its text is not that of line %d", e.ID, e.Usecase, e.Version, l.text.N), nil
		}
	}
	return "", nil
}

// checkCalls names the first call or answer that is not as the log left it.
func (s *Store) checkCalls(ctx context.Context, last map[string]told) (altered string, err error) {
	calls, err := s.calls(ctx, s.read, `ORDER BY id`)
	if err != nil {
		return "", err
	}
	for i := range calls {
		if altered := last[calls[i].ID].differs("call", calls[i].ID, calls[i].State, calls[i].Content.Hash()); altered != "" {
			return altered, nil
		}
	}
	answers, err := s.answers(ctx, s.read, `ORDER BY id`)
	if err != nil {
		return "", err
	}
	for i := range answers {
		if altered := last[answers[i].ID].differs("answer", answers[i].ID, answers[i].State, answers[i].Hash()); altered != "" {
			return altered, nil
		}
	}
	return "", nil
}

// differs says how something is not as its last lines left it; empty where it is.
func (t told) differs(what, id string, state review.State, hash string) string {
	switch {
	case t.step == nil:
		return fmt.Sprintf("%s %s, of which no line tells", what, id)
	case t.step.Act != string(state):
		return fmt.Sprintf("%s %s: it is %s, its last line says %s", what, id, state, t.step.Act)
	case t.text.Content != hash:
		return fmt.Sprintf("%s %s: its text is not that of line %d", what, id, t.text.N)
	}
	return ""
}
