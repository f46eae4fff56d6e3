// What was found out when runs were played again: kept, so that pages need not ask twice. It is no part of a record.

package catalog

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Verification is the answer that a code gave for a run.
type Verification struct {
	Run     string
	Commit  string // of the code that played it again
	Answer  string
	Record  string // the first that differs; empty where none does
	Checked time.Time
}

var verificationColumns = []column[Verification]{
	text("run_id", func(v *Verification) *string { return &v.Run }),
	text("code_commit", func(v *Verification) *string { return &v.Commit }),
	text("answer", func(v *Verification) *string { return &v.Answer }),
	text("record", func(v *Verification) *string { return &v.Record }),
	instant("checked_ms", func(v *Verification) *time.Time { return &v.Checked }),
}

// NoteVerification keeps an answer, in place of the one that the same code gave before.
func (s *Store) NoteVerification(ctx context.Context, v Verification) error {
	_, err := s.write.ExecContext(ctx, `INSERT OR REPLACE INTO verification (run_id, code_commit, answer, record, checked_ms)
		VALUES (?, ?, ?, ?, ?)`, put(verificationColumns, &v)...)
	if err != nil {
		return fmt.Errorf("note verification of run %s: %w", v.Run, explain(err))
	}
	return nil
}

// Verifications gives the answers of one code for the runs of an experiment, by run.
func (s *Store) Verifications(ctx context.Context, experiment, commit string) (map[string]Verification, error) {
	rows, err := cellsOf(ctx, s.read, `SELECT run_id, code_commit, answer, record, checked_ms FROM verification WHERE code_commit = ?
		AND run_id IN (SELECT run_id FROM experiment_run WHERE experiment_id = ?)`, commit, experiment)
	return byRun(rows, err)
}

// RunVerification gives the answer of one code for a run; nil where it was never asked.
func (s *Store) RunVerification(ctx context.Context, run, commit string) (*Verification, error) {
	rows, err := cellsOf(ctx, s.read, `SELECT run_id, code_commit, answer, record, checked_ms FROM verification
		WHERE code_commit = ? AND run_id = ?`, commit, run)
	list, err := byRun(rows, err)
	if v, ok := list[run]; ok {
		return &v, nil
	}
	return nil, err
}

func byRun(rows [][]any, err error) (map[string]Verification, error) {
	if err != nil {
		return nil, fmt.Errorf("read verifications: %w", err)
	}
	out := make(map[string]Verification, len(rows))
	for _, row := range rows {
		var v Verification
		if !get(verificationColumns, &v, row) {
			return nil, fmt.Errorf("read verifications: %w: a value has the wrong type", ErrCorrupt)
		}
		out[v.Run] = v
	}
	return out, nil
}

// NoteWorld keeps whether a code makes the world of that digest as it was heard.
func (s *Store) NoteWorld(ctx context.Context, digest, commit string, same bool) error {
	_, err := s.write.ExecContext(ctx, `INSERT OR REPLACE INTO world_check (world_digest, code_commit, same, checked_ms) VALUES (?, ?, ?, ?)`,
		digest, commit, same, time.Now().UnixMilli())
	if err != nil {
		return fmt.Errorf("note world %s: %w", digest, explain(err))
	}
	return nil
}

// WorldNoted says whether a code makes the world of that digest as it was heard; known is false where nobody tried.
func (s *Store) WorldNoted(ctx context.Context, digest, commit string) (same, known bool, err error) {
	err = explain(s.read.QueryRowContext(ctx, `SELECT same FROM world_check WHERE world_digest = ? AND code_commit = ?`,
		digest, commit).Scan(&same))
	if errors.Is(err, ErrNotFound) {
		return false, false, nil
	}
	if err != nil {
		return false, false, fmt.Errorf("read world %s: %w", digest, err)
	}
	return same, true, nil
}
