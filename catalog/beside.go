// Tags and notes on runs and experiments. They stand beside the records and are sealed with none of them.

package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits of what people write on a run or an experiment.
const (
	maxTag  = 40     // characters
	maxTags = 50     // of one owner
	maxNote = 20_000 // characters
)

// AddTag marks a run or an experiment with a tag of up to 40 characters; to mark it twice is no error. ErrNotFound if
// there is no such run or experiment.
func (s *Store) AddTag(ctx context.Context, owner, tag string) error {
	tag = strings.TrimSpace(tag)
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		if err := checkTag(tag); err != nil {
			return err
		}
		if err := checkOwner(ctx, tx, owner); err != nil {
			return err
		}
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM tag WHERE owner = ? AND tag <> ?`, owner, tag).Scan(&n); err != nil {
			return explain(err)
		}
		if n >= maxTags {
			return fmt.Errorf("%w: it has %d tags, which is all there may be", ErrUnfit, n)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO tag (owner, tag) VALUES (?, ?) ON CONFLICT DO NOTHING`, owner, tag)
		return explain(err)
	})
	if err != nil {
		return fmt.Errorf("tag %s: %w", owner, err)
	}
	return nil
}

// RemoveTag takes a tag off again. ErrNotFound if it was not there.
func (s *Store) RemoveTag(ctx context.Context, owner, tag string) error {
	done, err := s.write.ExecContext(ctx, `DELETE FROM tag WHERE owner = ? AND tag = ?`, owner, strings.TrimSpace(tag))
	if err == nil {
		err = changed(done)
	}
	if err != nil {
		return fmt.Errorf("take tag %q off %s: %w", tag, owner, explain(err))
	}
	return nil
}

// SetNote writes a note of up to 20,000 characters on a run or an experiment, in place of the one it had; an empty one
// takes it away. ErrNotFound if there is no such run or experiment.
func (s *Store) SetNote(ctx context.Context, owner, note string) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		if n := utf8.RuneCountInString(note); n > maxNote || !utf8.ValidString(note) {
			return fmt.Errorf("%w: the note has %d characters, allowed are %d of UTF-8", ErrUnfit, n, maxNote)
		}
		if err := checkOwner(ctx, tx, owner); err != nil {
			return err
		}
		var err error
		if strings.TrimSpace(note) == "" {
			_, err = tx.ExecContext(ctx, `DELETE FROM note WHERE owner = ?`, owner)
		} else {
			_, err = tx.ExecContext(ctx, `INSERT INTO note (owner, text, changed_ms) VALUES (?, ?, ?)
				ON CONFLICT DO UPDATE SET text = excluded.text, changed_ms = excluded.changed_ms`, owner, note, time.Now().UnixMilli())
		}
		return explain(err)
	})
	if err != nil {
		return fmt.Errorf("note on %s: %w", owner, err)
	}
	return nil
}

// Beside reads what stands beside runs or experiments, by id; ids that have nothing are left out.
func (s *Store) Beside(ctx context.Context, owners ...string) (map[string]Beside, error) {
	out := make(map[string]Beside)
	for _, part := range []struct {
		query string
		add   func(*Beside, string)
	}{
		{`SELECT owner, tag FROM tag WHERE owner IN (%s) ORDER BY tag`, func(b *Beside, v string) { b.Tags = append(b.Tags, v) }},
		{`SELECT owner, text FROM note WHERE owner IN (%s)`, func(b *Beside, v string) { b.Note = v }},
		{`SELECT DISTINCT run_id, experiment_id FROM experiment_run WHERE run_id IN (%s) ORDER BY experiment_id`,
			func(b *Beside, v string) { b.Experiments = append(b.Experiments, v) }},
		{`SELECT DISTINCT run_id, arm FROM experiment_run WHERE run_id IN (%s) ORDER BY arm`,
			func(b *Beside, v string) { b.Arms = append(b.Arms, v) }},
		{`SELECT run_id, parent FROM fork WHERE run_id IN (%s)`, func(b *Beside, v string) { b.Parent = v }},
	} {
		for rest := owners; len(rest) > 0; rest = rest[min(mostOwners, len(rest)):] {
			now := rest[:min(mostOwners, len(rest))]
			if err := s.beside(ctx, out, now, part.query, part.add); err != nil {
				return nil, fmt.Errorf("read what stands beside runs: %w", err)
			}
		}
	}
	return out, nil
}

// mostOwners is how many ids go into one statement.
const mostOwners = 500

func (s *Store) beside(ctx context.Context, out map[string]Beside, owners []string, query string, add func(*Beside, string)) error {
	args := make([]any, len(owners))
	for i, o := range owners {
		args[i] = o
	}
	rows, err := cellsOf(ctx, s.read, fmt.Sprintf(query, strings.TrimSuffix(strings.Repeat("?, ", len(owners)), ", ")), args...)
	if err != nil {
		return err
	}
	for _, row := range rows {
		owner, _ := row[0].(string)
		value, _ := row[1].(string)
		b := out[owner]
		add(&b, value)
		out[owner] = b
	}
	return nil
}

// checkTag refuses what could not be read back in a query or a list.
func checkTag(tag string) error {
	n := utf8.RuneCountInString(tag)
	if n == 0 || n > maxTag || !utf8.ValidString(tag) || strings.ContainsFunc(tag, unicode.IsControl) {
		return fmt.Errorf("%w: the tag %q; allowed are 1–%d characters without control characters", ErrUnfit, tag, maxTag)
	}
	return nil
}

// Has reports whether there is a run or an experiment of that id, deleted ones included.
func (s *Store) Has(ctx context.Context, owner string) (bool, error) {
	var n int
	err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT id FROM run WHERE id = ? UNION ALL SELECT id FROM experiment WHERE id = ?)`, owner, owner).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for %s: %w", owner, explain(err))
	}
	return n > 0, nil
}

// checkOwner refuses an id of nothing.
func checkOwner(ctx context.Context, tx *sql.Tx, owner string) error {
	err := tx.QueryRowContext(ctx, `SELECT 1 FROM run WHERE id = ? UNION SELECT 1 FROM experiment WHERE id = ?`, owner, owner).Scan(new(int))
	return explain(err)
}
