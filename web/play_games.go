// The games that are being played: a bounded number, forgotten when nobody has asked for one for a while.

package web

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

const (
	maxGames  = 200              // at once: some classes; a game holds about 200 kB
	gameLives = 45 * time.Minute // after its browser was last heard of
)

// games keeps them by id.
type games struct {
	mu   sync.Mutex
	byID map[string]*game
	seen map[string]time.Time
}

func newGames() *games { return &games{byID: map[string]*game{}, seen: map[string]time.Time{}} }

// add keeps a new game, if there is room.
func (k *games) add(g *game, wall time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sweep(wall)
	if err := k.room(); err != nil {
		return err
	}
	k.byID[g.id], k.seen[g.id] = g, wall
	return nil
}

// full says so before a world is made for nothing.
func (k *games) full(wall time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sweep(wall)
	return k.room()
}

func (k *games) room() error {
	if len(k.byID) < maxGames {
		return nil
	}
	return &Problem{Status: http.StatusTooManyRequests, Code: "too_many_games",
		Message: fmt.Sprintf("%d games are being played on this hub, which is all that it takes. Try again in some minutes.", maxGames)}
}

// find returns a game that is still there, or nil.
func (k *games) find(id string, wall time.Time) *game {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sweep(wall)
	g := k.byID[id]
	if g != nil {
		k.seen[id] = wall
	}
	return g
}

// drop forgets a game that has ended.
func (k *games) drop(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.byID, id)
	delete(k.seen, id)
}

func (k *games) sweep(wall time.Time) {
	for id, at := range k.seen {
		if wall.Sub(at) > gameLives {
			delete(k.byID, id)
			delete(k.seen, id)
		}
	}
}
