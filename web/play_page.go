// The pages before and during a game. While it is played the page needs a script for motion alone: without one it lists
// what is known and takes flags as forms.

package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// gameCookie names the game that this browser plays, so that a visitor who lost its address finds it again.
const gameCookie = "game"

// playPage is what its template shows.
type playPage struct {
	Order    gameOrder
	Worlds   []choice
	Problems problemsOf
	Open     string // a game of this browser that goes on
	Guesses  []int
	Least    int
	Most     int
	MostKind int
}

// Wrong is the problem of a field that has one.
func (p *playPage) Wrong(field string) *Problem {
	for _, x := range p.Problems {
		if x.Field == field {
			return x
		}
	}
	return nil
}

// guesses are offered of ten: five steps are enough for a feeling.
var guesses = []int{1, 3, 5, 7, 9}

// playPage shows the start screen. The address may say the world: ?scenario=…&seals=…&attacks=…&seed=…
func (s *Server) playPage(c *gin.Context) error {
	o := s.blankGame()
	for name, into := range map[string]*string{"scenario": &o.Scenario, "seals": &o.Seals, "attacks": &o.Attacks, "seed": &o.Seed, "guess": &o.Guess} {
		if v := strings.TrimSpace(c.Query(name)); v != "" && len(v) <= 80 {
			*into = v
		}
	}
	if c.Query("step") == "link" && o.Seed == "" {
		var err error
		if o.Seed, err = drawSeed(1_000_000); err != nil {
			return err
		}
	}
	if c.Query("step") == "link" {
		c.Redirect(http.StatusSeeOther, o.address()+"#class")
		return nil
	}
	return s.playWith(c, http.StatusOK, &playPage{Order: o})
}

// address is the start screen of this world.
func (o gameOrder) address() string {
	q := url.Values{"scenario": {o.Scenario}, "seals": {o.Seals}, "attacks": {o.Attacks}}
	if o.Seed != "" {
		q.Set("seed", o.Seed)
	}
	return "/play?" + q.Encode()
}

// Address is the same for a template.
func (o gameOrder) Address() string { return o.address() }

func (s *Server) playWith(c *gin.Context, status int, p *playPage) error {
	p.Worlds, p.Guesses, p.Least, p.Most, p.MostKind = s.gameWorlds(), guesses, minGameSeals, maxGameSeals, maxGameAttacks
	if id, err := c.Cookie(gameCookie); err == nil && s.games.playing(id, s.cfg.Now()) != nil {
		p.Open = "/play/" + id
	}
	s.render(c, status, "play", p)
	return nil
}

// startGameForm starts a game from the form, or shows it again with what is wrong.
func (s *Server) startGameForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	v := c.Request.PostForm
	o := gameOrder{Scenario: v.Get("scenario"), Seals: v.Get("seals"), Attacks: v.Get("attacks"), Seed: v.Get("seed"), Guess: v.Get("guess")}
	g, err := s.startGame(c.Request.Context(), o)
	var wrong problemsOf
	if errors.As(err, &wrong) {
		for _, p := range wrong {
			p.Field = strings.TrimPrefix(p.Field, "settings.")
		}
		return s.playWith(c, http.StatusUnprocessableEntity, &playPage{Order: o, Problems: wrong})
	}
	if err != nil {
		return err
	}
	http.SetCookie(c.Writer, &http.Cookie{Name: gameCookie, Value: g.id, Path: "/play", MaxAge: int(gameLives.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Request.TLS != nil})
	c.Redirect(http.StatusSeeOther, "/play/"+g.id)
	return nil
}

// gameView is what the template of a game shows.
type gameView struct {
	gameJSON
	Rows   []gameRow
	Speeds []int
}

// Now is the game's time.
func (v *gameView) Now() time.Time { return time.UnixMilli(v.T) }

// Share of the world that has passed.
func (v *gameView) Share() float64 { return float64(v.T-v.Start) / float64(v.End-v.Start) }

// gameRow is one container without a script.
type gameRow struct {
	C, From, To string
	News        []saidNews // newest first
	Flags       int
}

type saidNews struct {
	Text string
	At   time.Time
	Sev  string // empty: a notice
}

// shownNews is how many a row lists without a script.
const shownNews = 3

// gamePage shows a game that goes on, or the result of one that has ended.
func (s *Server) gamePage(c *gin.Context) error {
	wall := s.cfg.Now()
	g := s.games.playing(c.Param("id"), wall)
	if g == nil {
		return s.resultPage(c)
	}
	g.mu.Lock()
	g.goOn(wall)
	v := &gameView{gameJSON: g.see(0), Speeds: playSpeeds}
	g.mu.Unlock()
	t := s.set(c).texts
	by := map[string][]saidNews{}
	for i := len(v.News) - 1; i >= 0; i-- {
		if n := &v.News[i]; len(by[n.C]) < shownNews {
			by[n.C] = append(by[n.C], saidNews{newsWords(t, n), time.UnixMilli(n.At), newsSev(n.Grave)})
		}
	}
	for i := range g.plan.Seals {
		p := &g.plan.Seals[i]
		row := gameRow{C: p.Container, From: placeName(p.From), To: placeName(p.To), News: by[p.Container]}
		for _, f := range v.Flags {
			if f.C == row.C {
				row.Flags++
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return s.page(c, "play_game", v)
}

// newsSev is the shape of a piece of news.
func newsSev(grave int) string {
	return []string{newsPaper: "", newsOdd: "major", newsGrave: "critical"}[grave]
}

// newsWords says a piece of news.
func newsWords(t *texts, n *news) string {
	at := ""
	if n.When > 0 {
		at = stamp(time.UnixMilli(n.When))
	}
	key := "ui.play.say." + n.What
	return t.T(key, "n", decimals(1, n.Num), "place", orText(n.Place, "–"), "when", at)
}

// gameForm is what a page without a script can do in a game, and the way to its end for all.
func (s *Server) gameForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	id, step := c.Param("id"), c.PostForm("step")
	yes, no := true, false
	var do func(*game) error
	switch step {
	case "end":
		to, err := s.endGame(c.Request.Context(), id, s.set(c).texts)
		if err != nil {
			return err
		}
		c.Redirect(http.StatusSeeOther, to)
		return nil
	case "flag":
		do = func(g *game) error { return g.flag(c.PostForm("container"), g.since) }
	case "play":
		do = func(g *game) error { return g.control(&yes, nil) }
	case "pause":
		do = func(g *game) error { return g.control(&no, nil) }
	default:
		return invalid("bad_step", "step", step, "allowed are flag, play, pause and end")
	}
	if _, err := s.inGame(id, 0, do); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/play/"+url.PathEscape(id))
	return nil
}
