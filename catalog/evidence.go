// Evidence: what verify said last of the claims of a version. It is computed; the log keeps the hash of each answer, so
// that one that somebody typed in shows.

package catalog

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sealab/catalog/review"
)

// Evidence is the last answer for one claim.
type Evidence struct {
	Edition string
	Claim   int    // number in the entry, from 1
	Answer  string // of verify
	Reason  string // in a sentence, with the record that differs first; empty where all is well
	Holds   *bool  // nil: unknown
	Value   *float64
	Worlds  int    // that have a value
	Digest  string // over the digests of the experiment's runs, as they were checked
	Commit  string // of the code that was asked
	Checked time.Time
}

var evidenceColumns = []column[Evidence]{
	text("edition_id", func(e *Evidence) *string { return &e.Edition }),
	whole("claim", func(e *Evidence) *int { return &e.Claim }),
	text("answer", func(e *Evidence) *string { return &e.Answer }),
	text("reason", func(e *Evidence) *string { return &e.Reason }),
	{"holds",
		func(e *Evidence) any {
			if e.Holds == nil {
				return nil
			}
			return *e.Holds
		},
		func(e *Evidence, cell any) bool {
			if cell == nil {
				e.Holds = nil
				return true
			}
			return take(cell, func(i int64) { holds := i != 0; e.Holds = &holds })
		}},
	maybe("value", func(e *Evidence) **float64 { return &e.Value }),
	whole("worlds", func(e *Evidence) *int { return &e.Worlds }),
	text("digest", func(e *Evidence) *string { return &e.Digest }),
	text("code_commit", func(e *Evidence) *string { return &e.Commit }),
	instant("checked_ms", func(e *Evidence) *time.Time { return &e.Checked }),
}

// evidenceOf is the log's subject for the evidence of an edition.
func evidenceOf(edition string) string { return "evidence of " + edition }

// KeepEvidence keeps the answers for all claims of an edition in place of those before, and notes their hash in the log
// with what they come to in a word. ErrNotFound if there is no such edition.
func (s *Store) KeepEvidence(ctx context.Context, edition, word string, list []Evidence, now time.Time) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		e, err := s.edition(ctx, tx, `WHERE id = ?`, edition)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM evidence WHERE edition_id = ?`, edition); err != nil {
			return explain(err)
		}
		for i := range list {
			_, err := tx.ExecContext(ctx, "INSERT INTO evidence ("+strings.Join(names(evidenceColumns), ", ")+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				put(evidenceColumns, &list[i])...)
			if err != nil {
				return explain(err)
			}
		}
		return note(ctx, tx, now, e.Room, Actor{Role: review.Hub}, "checked", evidenceOf(edition), word, evidenceSum(list))
	})
	if err != nil {
		return fmt.Errorf("keep evidence of %s: %w", edition, err)
	}
	return nil
}

// evidenceSum is the hash of answers as they are stored.
func evidenceSum(list []Evidence) string {
	h := sha256.New()
	for i := range list {
		line, err := json.Marshal(put(evidenceColumns, &list[i]))
		if err != nil {
			panic(err) // texts and finite numbers
		}
		h.Write(append(line, '\n'))
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// Evidence reads the answers for editions, by edition and in the order of the claims; those never asked are left out.
// Without ids it reads all that there is.
func (s *Store) Evidence(ctx context.Context, editions ...string) (map[string][]Evidence, error) {
	where, args := "", []any{}
	if len(editions) > 0 {
		where = "WHERE edition_id IN (" + strings.TrimSuffix(strings.Repeat("?, ", len(editions)), ", ") + ") "
		for _, id := range editions {
			args = append(args, id)
		}
	}
	rows, err := cellsOf(ctx, s.read, "SELECT "+strings.Join(names(evidenceColumns), ", ")+" FROM evidence "+where+"ORDER BY edition_id, claim", args...)
	if err != nil {
		return nil, fmt.Errorf("read evidence: %w", err)
	}
	out := map[string][]Evidence{}
	for _, row := range rows {
		var e Evidence
		if !get(evidenceColumns, &e, row) {
			return nil, fmt.Errorf("read evidence: %w: a value has the wrong type", ErrCorrupt)
		}
		out[e.Edition] = append(out[e.Edition], e)
	}
	return out, nil
}

// checkEvidence names the first edition whose evidence is not what the log says was found.
func (s *Store) checkEvidence(ctx context.Context, last map[string]told) (altered string, err error) {
	all, err := s.Evidence(ctx)
	if err != nil {
		return "", err
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		switch l := last[evidenceOf(id)].text; {
		case l == nil:
			return fmt.Sprintf("evidence of edition %s, of which no line tells", id), nil
		case l.Content != evidenceSum(all[id]):
			return fmt.Sprintf("evidence of edition %s: it is not that of line %d", id, l.N), nil
		}
	}
	return "", nil
}
