// Putting shipped entries on the shelf, and bringing them up to date.

package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// SeedUsecases publishes each entry that the room does not have, and a new version of those that the hub itself published
// last and that read otherwise now. What somebody else has published since stays. It returns how many it published.
func (s *Store) SeedUsecases(ctx context.Context, room string, list []usecase.Entry, now time.Time) (published int, err error) {
	room = roomName(room)
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if err := checkRoom(ctx, tx, room); err != nil {
			return err
		}
		known, err := s.editions(ctx, tx, `WHERE room = ? ORDER BY usecase, version`, room)
		if err != nil {
			return err
		}
		last := map[string]*Edition{}
		for i := range known {
			last[known[i].Usecase] = &known[i]
		}
		for _, e := range list {
			old := last[e.ID]
			version := 1
			if old != nil {
				if old.Approver != "" || old.State != review.Published || old.Hash() == e.Hash() {
					continue
				}
				version = old.Version + 1
			}
			if err := s.seed(ctx, tx, room, e, version, now); err != nil {
				return fmt.Errorf("use case %s: %w", e.ID, err)
			}
			published++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("publish shipped use cases: %w", err)
	}
	return published, nil
}

// seed publishes one entry of the hub's own.
func (s *Store) seed(ctx context.Context, tx *sql.Tx, room string, e usecase.Entry, version int, now time.Time) error {
	id, err := newID("u", now)
	if err != nil {
		return err
	}
	d := &Edition{ID: id, Room: room, Usecase: e.ID, Version: version, State: review.Draft, Entry: e, Created: now.UTC()}
	m := review.Move{To: review.Published, By: review.Hub, Faults: len(e.Check())}
	if err := review.Check(d.State, m); err != nil {
		return err
	}
	d.step(m, now)
	if err := insertEdition(ctx, tx, d); err != nil {
		return err
	}
	return note(ctx, tx, now, room, Actor{Role: review.Hub}, string(review.Published), d.ID, "", d.Hash())
}
