// The API of games: start one, see what a duty officer sees by now, flag, take back, play and pause, end.

package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// gameJSON is a game as its browser sees it: nothing in it tells what is to come, nor the seed.
type gameJSON struct {
	ID       string         `json:"id" doc:"of the run that the flags will be"`
	URL      string         `json:"url" doc:"the page of the game, and of its result after the end"`
	State    string         `json:"state" enum:"playing,paused,over,ended"`
	Scenario string         `json:"scenario"`
	T        int64          `json:"t" doc:"now, ms since 1970, virtual"`
	Start    int64          `json:"start"`
	End      int64          `json:"end"`
	Speed    int            `json:"speed" enum:"1,2,4"`
	PerMs    float64        `json:"per_ms" doc:"virtual ms in one of wall time, while it plays"`
	HoldMs   int64          `json:"hold_ms" doc:"the world stands still for so long after a flag"`
	Away     bool           `json:"away" doc:"it waits because nobody was there"`
	News     []news         `json:"news" doc:"what was told since number after"`
	Flags    []gameFlagJSON `json:"flags"`
}

type gameFlagJSON struct {
	N    int    `json:"n"`
	At   int64  `json:"at" doc:"ms since 1970, virtual: the end of the tick in which it was set"`
	C    string `json:"c"`
	Undo bool   `json:"undo" doc:"it can still be taken back: the world has not moved on since"`
}

// see gives the state with the news after number n; call it under the lock.
func (g *game) see(n int) gameJSON {
	out := gameJSON{ID: g.id, URL: "/play/" + g.id, State: statePaused, Scenario: g.trial.Scenario.Name, T: g.start + g.at,
		Start: g.start, End: g.end, Speed: g.speed, PerMs: g.perMs(), Away: g.away,
		News: newsUntil(g.news, n, g.now()), Flags: make([]gameFlagJSON, len(g.flags))}
	switch {
	case g.ended:
		out.State, out.URL = stateEnded, resultAddress(g.id, g.guess)
	case g.over():
		out.State = stateOver
	case g.playing:
		out.State = "playing"
	}
	if left := g.hold.Sub(g.since); left > 0 && g.playing {
		out.HoldMs = left.Milliseconds()
	}
	for i, f := range g.flags {
		out.Flags[i] = gameFlagJSON{f.N, g.start + f.Tick*g.tick, f.C, g.undoable(f)}
	}
	return out
}

// inGame does something in a game at its present moment and gives what the browser sees then.
func (s *Server) inGame(id string, after int, do func(*game) error) (*answerOf[gameJSON], error) {
	wall := s.cfg.Now()
	g := s.games.find(id, wall)
	if g == nil {
		return nil, notFound("game", id, "POST /api/v1/play starts one; a game that nobody looks at is forgotten")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.goOn(wall)
	if do != nil {
		if err := do(g); err != nil {
			return nil, err
		}
	}
	return ok(g.see(after))
}

type startGameIn struct {
	Body struct {
		Scenario string          `json:"scenario,omitempty" maxLength:"80" example:"northern-corridor"`
		Seed     json.RawMessage `json:"seed,omitempty" doc:"a whole number below 2^53; left out: drawn, and told after the end"`
		Seals    *int            `json:"seals,omitempty" doc:"containers, 12 to 120"`
		Attacks  *int            `json:"attacks,omitempty" doc:"victims of each kind, 1 to 5"`
		Guess    *int            `json:"guess,omitempty" doc:"of ten flags, how many will be right? 0 to 10"`
	}
}

func (s *Server) apiStartGame(ctx context.Context, in *startGameIn) (*answerOf[gameJSON], error) {
	b := &in.Body
	o := gameOrder{Scenario: b.Scenario, Seals: numberText(b.Seals), Attacks: numberText(b.Attacks), Guess: numberText(b.Guess),
		Seed: strings.Trim(string(b.Seed), `"`)}
	g, err := s.startGame(ctx, o)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return &answerOf[gameJSON]{Status: http.StatusCreated, CacheControl: "no-cache", Body: g.see(0)}, nil
}

func numberText(n *int) string {
	if n == nil {
		return ""
	}
	raw, _ := json.Marshal(*n) // a whole number always can
	return string(raw)
}

type seeGameIn struct {
	ID    string `path:"id" maxLength:"64"`
	After int    `query:"after" minimum:"0" maximum:"1000000" default:"0" doc:"number of the last news that the browser has"`
}

func (s *Server) apiGame(_ context.Context, in *seeGameIn) (*answerOf[gameJSON], error) {
	return s.inGame(in.ID, in.After, nil)
}

type flagIn struct {
	ID    string `path:"id" maxLength:"64"`
	After int    `query:"after" minimum:"0" maximum:"1000000" default:"0"`
	Body  struct {
		Container string `json:"container" minLength:"1" maxLength:"16"`
	}
}

func (s *Server) apiFlag(_ context.Context, in *flagIn) (*answerOf[gameJSON], error) {
	return s.inGame(in.ID, in.After, func(g *game) error { return g.flag(in.Body.Container, g.since) })
}

type undoIn struct {
	ID    string `path:"id" maxLength:"64"`
	After int    `query:"after" minimum:"0" maximum:"1000000" default:"0"`
	N     int    `path:"n" minimum:"1" maximum:"1000000"`
}

func (s *Server) apiUndoFlag(_ context.Context, in *undoIn) (*answerOf[gameJSON], error) {
	return s.inGame(in.ID, in.After, func(g *game) error { return g.undo(in.N) })
}

type controlGameIn struct {
	ID    string `path:"id" maxLength:"64"`
	After int    `query:"after" minimum:"0" maximum:"1000000" default:"0"`
	Body  struct {
		Playing *bool `json:"playing,omitempty"`
		Speed   *int  `json:"speed,omitempty" doc:"1, 2 or 4"`
	}
}

func (s *Server) apiControlGame(_ context.Context, in *controlGameIn) (*answerOf[gameJSON], error) {
	return s.inGame(in.ID, in.After, func(g *game) error { return g.control(in.Body.Playing, in.Body.Speed) })
}

type endedGame struct {
	Run string `json:"run" doc:"the visitor's"`
	URL string `json:"url" doc:"the page of the result"`
}

func (s *Server) apiEndGame(ctx context.Context, in *idIn) (*answerOf[endedGame], error) {
	url, err := s.endGame(ctx, in.ID, s.texts[defaultLanguage])
	if err != nil {
		return nil, err
	}
	return ok(endedGame{in.ID, url})
}

// gamePlan sends the plan of a game's world: how everything would move if nothing happened.
func (s *Server) gamePlan(c *gin.Context) error {
	g := s.games.find(c.Param("id"), s.cfg.Now())
	if g == nil {
		return notFound("game", c.Param("id"), "POST /api/v1/play starts one")
	}
	return sendBytes(c, "application/json", g.packed)
}
