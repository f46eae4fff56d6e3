// Taking over what another hub's public could see: versions of use cases, with the history of each.

package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"sealab/catalog/review"
)

// ActAdopted is the act of the line in the log that says where the lines after it come from.
const ActAdopted = "adopted"

// Foreign is a version of a use case as another hub had it, with the lines of that hub's log about it, oldest first.
type Foreign struct {
	Edition
	History []LogLine // times, roles, actors, acts, reasons and contents; numbers are given here
}

// Public lists every version that the public may see, by use case and version.
func (s *Store) Public(ctx context.Context, room string) ([]Edition, error) {
	list, err := s.editions(ctx, s.read, `WHERE room = ? AND published_ms IS NOT NULL ORDER BY usecase, version`, roomName(room))
	if err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	return list, nil
}

// PublicHistory gives the lines of the log about each version that the public may see, by its id, oldest first.
func (s *Store) PublicHistory(ctx context.Context, room string) (map[string][]LogLine, error) {
	list, err := s.logLines(ctx, `WHERE subject IN (SELECT id FROM edition WHERE room = ? AND published_ms IS NOT NULL) ORDER BY n`, roomName(room))
	if err != nil {
		return nil, fmt.Errorf("read history of versions: %w", err)
	}
	byID := map[string][]LogLine{}
	for _, l := range list {
		byID[l.Subject] = append(byID[l.Subject], l)
	}
	return byID, nil
}

// Adopt takes over versions that the room does not have, with their ids, hashes, times and history, all or none, and
// returns how many. source says where they come from and content is its hash: both go into a line of the log before
// theirs. ErrExists, naming them, where the room has other texts under the same numbers.
func (s *Store) Adopt(ctx context.Context, room string, list []Foreign, source, content string, now time.Time) (adopted int, err error) {
	room = roomName(room)
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if err := checkRoom(ctx, tx, room); err != nil {
			return err
		}
		missing, err := s.missing(ctx, tx, room, list)
		if err != nil || len(missing) == 0 {
			return err
		}
		adopted = len(missing)
		if err := note(ctx, tx, now, room, Actor{Role: review.Hub}, ActAdopted, "catalogue", source, content); err != nil {
			return err
		}
		for _, f := range missing {
			if err := adopt(ctx, tx, room, f); err != nil {
				return fmt.Errorf("version %d of %s: %w", f.Version, f.Usecase, err)
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("adopt use cases: %w", err)
	}
	return adopted, nil
}

// missing are those that the room does not have; what it has otherwise is named.
func (s *Store) missing(ctx context.Context, tx *sql.Tx, room string, list []Foreign) (missing []*Foreign, err error) {
	var other []string
	for i := range list {
		f := &list[i]
		had, err := s.edition(ctx, tx, `WHERE room = ? AND usecase = ? AND version = ?`, room, f.Usecase, f.Version)
		switch {
		case errors.Is(err, ErrNotFound):
			missing = append(missing, f)
		case err != nil:
			return nil, err
		case had.Hash() != f.Hash() || had.State != f.State:
			other = append(other, fmt.Sprintf("%s version %d", f.Usecase, f.Version))
		}
	}
	if len(other) > 0 {
		more := ""
		if n := len(other) - 5; n > 0 {
			other, more = other[:5], fmt.Sprintf(" and %d more", n)
		}
		return nil, fmt.Errorf("%w with another text or state: %s%s", ErrExists, strings.Join(other, ", "), more)
	}
	return missing, nil
}

func adopt(ctx context.Context, tx *sql.Tx, room string, f *Foreign) error {
	e := f.Edition
	e.Room = room
	if err := insertEdition(ctx, tx, &e); err != nil {
		return err
	}
	for i := range f.History {
		l := &f.History[i]
		if err := note(ctx, tx, l.At, room, Actor{Role: review.Role(l.Role), Name: l.Actor}, l.Act, e.ID, l.Reason, l.Content); err != nil {
			return err
		}
	}
	return nil
}
