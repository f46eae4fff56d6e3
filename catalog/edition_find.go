// Finding editions: by id, by personal link, by use case, by state.

package catalog

import (
	"context"
	"fmt"

	"sealab/catalog/review"
)

// Edition reads an edition by its id: ErrNotFound if there is none.
func (s *Store) Edition(ctx context.Context, id string) (*Edition, error) {
	e, err := s.edition(ctx, s.read, `WHERE id = ?`, id)
	if err != nil {
		return nil, fmt.Errorf("read edition %s: %w", id, err)
	}
	return e, nil
}

// EditionByKey reads the edition to which the holder of a personal link comes back: ErrNotFound for a key that opens
// nothing.
func (s *Store) EditionByKey(ctx context.Context, key string) (*Edition, error) {
	e, err := s.edition(ctx, s.read, `WHERE key_sha256 = ?`, keySum(key))
	if err != nil {
		return nil, fmt.Errorf("read edition of a personal link: %w", err)
	}
	return e, nil
}

// Versions lists the editions of a use case that the public may see, by version: those published, and those withdrawn
// after they had been. ErrNotFound if there is none.
func (s *Store) Versions(ctx context.Context, room, usecase string) ([]Edition, error) {
	list, err := s.editions(ctx, s.read, `WHERE room = ? AND usecase = ? AND version > 0 AND published_ms IS NOT NULL ORDER BY version`, roomName(room), usecase)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("list versions of use case %s: %w", usecase, err)
	}
	return list, nil
}

// Newest gives the newest published version of a use case, of versions that Versions lists; nil where all are withdrawn.
func Newest(versions []Edition) *Edition {
	for i := len(versions) - 1; i >= 0; i-- {
		if versions[i].State == review.Published {
			return &versions[i]
		}
	}
	return nil
}

// onShelf picks what Shelf lists. That versions begin at 1 is said so that SQLite takes the index of use cases, which
// holds no others: without it every use case is looked for among all.
const onShelf = `AS e WHERE room = ? AND state = 'published' AND version > 0 AND version = (SELECT max(version) FROM edition AS o
	WHERE o.room = e.room AND o.usecase = e.usecase AND o.version > 0 AND o.state = 'published') ORDER BY usecase`

// Shelf lists the newest published version of every use case of a room, by id.
func (s *Store) Shelf(ctx context.Context, room string) ([]Edition, error) {
	list, err := s.editions(ctx, s.read, onShelf, roomName(room))
	if err != nil {
		return nil, fmt.Errorf("list use cases: %w", err)
	}
	return list, nil
}

// ShelfMark changes whenever the shelf has, and seldom else: whoever keeps something made of it asks for this first.
func (s *Store) ShelfMark(ctx context.Context) (int64, error) {
	var n int64
	if err := s.read.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM log WHERE act IN ('published', 'withdrawn')`).Scan(&n); err != nil {
		return 0, fmt.Errorf("read mark of the shelf: %w", explain(err))
	}
	return n, nil
}

// Queue lists what waits for curators, the longest waiting first: submitted, in review, with its submitter for changes,
// or approved.
func (s *Store) Queue(ctx context.Context, room string) ([]Edition, error) {
	list, err := s.editions(ctx, s.read, `WHERE room = ? AND state IN ('submitted', 'in-review', 'changes-requested', 'approved') ORDER BY changed_ms, id`, roomName(room))
	if err != nil {
		return nil, fmt.Errorf("list queue: %w", err)
	}
	return list, nil
}
