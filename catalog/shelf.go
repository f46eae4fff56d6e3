// The shelf as something to search: an index of what is published, made anew when that changes.

package catalog

import (
	"context"
	"sync"

	"sealab/catalog/find"
)

// shelves are the indexes last made, by room.
type shelves struct {
	mu   sync.Mutex
	kept map[string]shelf
}

type shelf struct {
	mark  int64
	index *find.Index
}

// Index gives the index of a room's shelf as it is now. It is made when it is first asked for and when something was
// published or withdrawn since; whoever asks meanwhile waits for it.
func (s *Store) Index(ctx context.Context, room string) (*find.Index, error) {
	s.shelves.mu.Lock()
	defer s.shelves.mu.Unlock()
	mark, err := s.ShelfMark(ctx)
	if err != nil {
		return nil, err
	}
	room = roomName(room)
	if k, ok := s.shelves.kept[room]; ok && k.mark == mark {
		return k.index, nil
	}
	list, err := s.Shelf(ctx, room)
	if err != nil {
		return nil, err
	}
	items := make([]find.Item, len(list))
	for i := range list {
		entry := list[i].Entry // a copy, so that the stored text beside it is let go
		items[i] = find.Item{Entry: &entry, Edition: list[i].ID, Version: list[i].Version, Published: list[i].Published}
	}
	if s.shelves.kept == nil {
		s.shelves.kept = map[string]shelf{}
	}
	index := find.New(items)
	s.shelves.kept[room] = shelf{mark, index}
	return index, nil
}
