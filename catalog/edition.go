// Editions: the versions of use cases, from draft to catalogue, and the keys by which submitters come back to theirs.

package catalog

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// Edition is one version of a use case.
type Edition struct {
	ID        string // of the edition
	Room      string // empty: DefaultRoom
	Usecase   string // the use case's id; empty while a draft has none
	Version   int    // from 1; 0 until it is first sent in
	State     review.State
	Entry     usecase.Entry
	Curator   string // who reviews it; empty: nobody yet
	Approver  string // the curator who approved it
	Reason    string // of the last step
	Created   time.Time
	Changed   time.Time // of text or state
	Published time.Time // zero until it is

	keySum []byte // SHA-256 of the personal link's key; nil: nobody outside may change it
	raw    string // the entry as it is stored
}

// Hash is that of the entry: equal texts have equal hashes.
func (e *Edition) Hash() string { return e.Entry.Hash() }

// Stored is the entry byte for byte as it is stored, which is what the log holds it to; its SHA-256 is Hash.
func (e *Edition) Stored() []byte { return []byte(e.raw) }

func (e *Edition) storedHash() string {
	sum := sha256.Sum256([]byte(e.raw))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Personal reports whether somebody holds a personal link to it.
func (e *Edition) Personal() bool { return e.keySum != nil }

var editionColumns = []column[Edition]{
	text("id", func(e *Edition) *string { return &e.ID }),
	text("room", func(e *Edition) *string { return &e.Room }),
	text("usecase", func(e *Edition) *string { return &e.Usecase }),
	whole("version", func(e *Edition) *int { return &e.Version }),
	text("state", func(e *Edition) *review.State { return &e.State }),
	text("entry", func(e *Edition) *string { return &e.raw }),
	bytesOrNull("key_sha256", func(e *Edition) *[]byte { return &e.keySum }),
	text("curator", func(e *Edition) *string { return &e.Curator }),
	text("approver", func(e *Edition) *string { return &e.Approver }),
	text("reason", func(e *Edition) *string { return &e.Reason }),
	instant("created_ms", func(e *Edition) *time.Time { return &e.Created }),
	instant("changed_ms", func(e *Edition) *time.Time { return &e.Changed }),
	instant("published_ms", func(e *Edition) *time.Time { return &e.Published }),
}

// bytesOrNull is a blob that may be null.
func bytesOrNull[T any](name string, at func(*T) *[]byte) column[T] {
	return column[T]{name,
		func(t *T) any {
			if *at(t) == nil {
				return nil
			}
			return *at(t)
		},
		func(t *T, cell any) bool {
			if cell == nil {
				*at(t) = nil
				return true
			}
			return take(cell, func(b []byte) { *at(t) = b })
		}}
}

// newKey makes a key of 130 bits for a personal link, and what is kept of it.
func newKey() (key string, sum []byte) {
	key = strings.ToLower(rand.Text())
	return key, keySum(key)
}

func keySum(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return sum[:]
}

// editions reads whole editions by the end of a statement.
func (s *Store) editions(ctx context.Context, db querier, where string, args ...any) ([]Edition, error) {
	rows, err := cellsOf(ctx, db, "SELECT "+strings.Join(names(editionColumns), ", ")+" FROM edition "+where, args...)
	if err != nil {
		return nil, err
	}
	list := make([]Edition, len(rows))
	for i, row := range rows {
		for j, c := range editionColumns {
			if !c.get(&list[i], row[j]) {
				return nil, fmt.Errorf("%w: %s of an edition has the wrong type", ErrCorrupt, c.name)
			}
		}
		if err := json.Unmarshal([]byte(list[i].raw), &list[i].Entry); err != nil {
			return nil, fmt.Errorf("%w: edition %s holds no entry: %w", ErrCorrupt, list[i].ID, err)
		}
	}
	return list, nil
}

// edition reads one; ErrNotFound where there is none.
func (s *Store) edition(ctx context.Context, db querier, where string, args ...any) (*Edition, error) {
	list, err := s.editions(ctx, db, where, args...)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, ErrNotFound
	}
	return &list[0], nil
}
