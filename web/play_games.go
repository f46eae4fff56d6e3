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
	gameLeft  = time.Minute      // after its end: an answer may still be under way to a browser that asks
)

// games keeps them by id.
type games struct {
	mu   sync.Mutex
	byID map[string]*seat
}

// seat is the place of a game among those that are played.
type seat struct {
	game  *game
	until time.Time // when it is forgotten, unless somebody asks for it before
	ended bool
}

func newGames() *games { return &games{byID: map[string]*seat{}} }

// add keeps a new game, if there is room.
func (k *games) add(g *game, wall time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.room(wall); err != nil {
		return err
	}
	k.byID[g.id] = &seat{game: g, until: wall.Add(gameLives)}
	return nil
}

// full says so before a world is made for nothing.
func (k *games) full(wall time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.room(wall)
}

func (k *games) room(wall time.Time) error {
	k.sweep(wall)
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
	s := k.byID[id]
	if s == nil {
		return nil
	}
	if !s.ended {
		s.until = wall.Add(gameLives)
	}
	return s.game
}

// playing returns a game that goes on, or nil.
func (k *games) playing(id string, wall time.Time) *game {
	g := k.find(id, wall)
	k.mu.Lock()
	defer k.mu.Unlock()
	if g == nil || k.byID[id] == nil || k.byID[id].ended {
		return nil
	}
	return g
}

// leave notes that a game has ended; it is forgotten soon.
func (k *games) leave(id string, wall time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s := k.byID[id]; s != nil {
		s.ended, s.until = true, wall.Add(gameLeft)
	}
}

func (k *games) sweep(wall time.Time) {
	for id, s := range k.byID {
		if wall.After(s.until) {
			delete(k.byID, id)
		}
	}
}
