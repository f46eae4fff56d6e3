// A game of "Beat the detector": one world, played by one visitor against the hub's clock. The world is played through
// once at the start and what a duty officer would be told of it is kept with its times; nobody gets more of that than
// the game's clock allows. The truth is not kept: it comes out of the seed again when the game ends.

package web

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"sealab/pocs"
	"sealab/pocs/visitor"
	"sealab/sim"
)

const (
	gameLasts   = 240 * time.Second // of wall time at speed 1, whatever the world's span
	holdAfter   = 3 * time.Second   // the world stands still after a flag, so that it can be taken back
	awayAfter   = 6 * time.Second   // without a word from the browser: the world waits until it is back
	maxFlags    = 100               // of one game: more than twice the containers of a usual one
	stateOver   = "over"            // the world has come to its end and waits for the reveal
	statePaused = "paused"
	stateEnded  = "ended"
)

// playSpeeds are what a visitor may choose.
var playSpeeds = []int{1, 2, 4}

// gameFlag is one container pointed at.
type gameFlag struct {
	N    int
	Tick int64
	C    string
}

// game is one game. What decides its world never changes; the rest is under the lock.
type game struct {
	id     string // of the run that it will be
	trial  pocs.Trial
	guess  int // of ten flags, how many will be right; −1: not said
	began  time.Time
	plan   sim.Plan
	packed []byte // the plan as it is sent
	index  map[string]int
	news   []news
	start  int64 // virtual ms since 1970
	end    int64
	tick   int64 // length in ms

	mu      sync.Mutex
	at      int64 // virtual ms since start, as of since
	since   time.Time
	seen    time.Time // when the browser was last heard of
	hold    time.Time // the world stands still until then
	speed   int
	playing bool
	away    bool // it stopped because the browser was gone
	flags   []gameFlag
	flagged int // so far, those taken back too
	ended   bool

	ending sync.Mutex // held while the game is judged
}

// newGame plays the world through and takes down what is told of it.
func newGame(id string, t pocs.Trial, guess int, wall time.Time) (*game, error) {
	w, err := sim.New(*t.Scenario, t.Settings, t.Seed)
	if err != nil {
		return nil, fmt.Errorf("make world: %w", err)
	}
	start, end := w.Span()
	g := &game{id: id, trial: t, guess: guess, began: wall, start: start.UnixMilli(), end: end.UnixMilli(),
		tick: t.Scenario.Tick.Milliseconds(), plan: w.Plan(), index: map[string]int{}, since: wall, seen: wall, speed: 1, playing: true}
	together(&g.plan)
	for i := range g.plan.Seals {
		g.index[g.plan.Seals[i].Container] = i
	}
	if g.packed, err = encodePlan(&g.plan, id, t.Scenario.Name, start, end); err != nil {
		return nil, err
	}
	eyes := newWatch(&g.plan)
	for b := range w.Batches() {
		eyes.hear(b)
	}
	g.news = eyes.inOrder()
	return g, nil
}

// perMs is how many virtual ms pass in one of wall time.
func (g *game) perMs() float64 {
	return float64(g.speed) * float64(g.end-g.start) / float64(gameLasts.Milliseconds())
}

// goOn brings the clock up to a wall time; call it under the lock, before anything else.
func (g *game) goOn(wall time.Time) {
	until := wall
	if gone := g.seen.Add(awayAfter); g.playing && until.After(gone) {
		until, g.away = gone, true
	}
	from := g.since
	if g.hold.After(from) {
		from = g.hold
	}
	if g.playing && until.After(from) {
		g.at = min(g.at+int64(until.Sub(from).Seconds()*1000*g.perMs()), g.end-g.start)
	}
	if g.away {
		g.playing = false
	}
	g.since, g.seen = wall, wall
}

// ticks is how many ticks of the world have been given out.
func (g *game) ticks() int64 { return g.at / g.tick }

// now is the end of the last tick that has been given out, virtual ms since 1970.
func (g *game) now() int64 { return g.start + g.ticks()*g.tick }

func (g *game) over() bool { return g.at >= g.end-g.start }

// flag points at a container in the present tick, and lets the world stand still for a moment. Pointing twice within a
// tick is pointing once.
func (g *game) flag(container string, wall time.Time) error {
	if _, ok := g.index[container]; !ok {
		return invalid("unknown_container", "container", container, "allowed are the containers of this game")
	}
	if g.ended || g.over() {
		return &Problem{Status: http.StatusConflict, Code: "game_over", Message: "This game is over: nothing more can be flagged."}
	}
	tick := max(1, g.ticks())
	for _, f := range g.flags {
		if f.C == container && f.Tick == tick {
			return nil
		}
	}
	if len(g.flags) >= maxFlags {
		return &Problem{Status: http.StatusConflict, Code: "too_many_flags",
			Message: fmt.Sprintf("You have set %d flags, which is all there are.", maxFlags)}
	}
	g.flagged++
	g.flags = append(g.flags, gameFlag{N: g.flagged, Tick: tick, C: container})
	g.hold = wall.Add(holdAfter)
	return nil
}

// undoable reports whether a flag can still be taken back: as long as the world has not moved on since.
func (g *game) undoable(f gameFlag) bool { return !g.ended && f.Tick == max(1, g.ticks()) }

// undo takes a flag back.
func (g *game) undo(n int) error {
	for i, f := range g.flags {
		if f.N != n {
			continue
		}
		if !g.undoable(f) {
			return &Problem{Status: http.StatusConflict, Code: "too_late",
				Message: "The world has moved on since: this flag stands."}
		}
		g.flags = append(g.flags[:i:i], g.flags[i+1:]...)
		g.hold = time.Time{}
		return nil
	}
	return notFound("flag", fmt.Sprint(n), "the game lists its flags")
}

// control plays, pauses or changes the speed.
func (g *game) control(playing *bool, speed *int) error {
	if speed != nil {
		ok := false
		for _, v := range playSpeeds {
			ok = ok || v == *speed
		}
		if !ok {
			return invalid("bad_speed", "speed", fmt.Sprint(*speed), "allowed are 1, 2 and 4")
		}
		g.speed = *speed
	}
	if playing != nil {
		g.playing, g.away = *playing && !g.over(), false
	}
	return nil
}

// said gives the flags as the visitor's detector will say them.
func (g *game) said(t *texts) []visitor.Flag {
	out := make([]visitor.Flag, len(g.flags))
	for i, f := range g.flags {
		out[i] = visitor.Flag{Tick: f.Tick, Container: f.C, Why: t.T("play.why.blind")}
		for _, n := range newsUntil(g.news, 0, g.start+f.Tick*g.tick) {
			if n.C == f.C && n.Grave > newsPaper {
				out[i].Why = t.T("play.why", "what", newsWords(t, &n), "when", stamp(time.UnixMilli(n.At)))
			}
		}
	}
	return out
}
