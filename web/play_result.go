// The result of a game: the visitor's run beside those of null, rules and kalman in the same world, what became of each
// flag and of each attack, and what the same flags would mean where attacks are rare.

package web

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// resultPage is what its template shows.
type resultPage struct {
	Run      runJSON
	Players  []player
	Bars     template.HTML
	Flags    []flagResult
	Counts   pocs.Counts
	Right    int // flags on a container that was under attack
	Attacks  []attackResult
	Fooled   []attackResult // look-alikes that somebody flagged
	Compare  string
	Guess    int // −1: none
	Lesson   *lesson
	Again    string
	Same     string
	Boxes    int
	Attacked int
}

// player is one who was judged in this world.
type player struct {
	N       int
	PoC     string
	You     bool
	Run     string
	Score   *float64
	Hits    int
	Of      int
	Episode int
	Delay   *float64
}

// flagResult is one flag and what the judge made of it.
type flagResult struct {
	At        time.Time
	Container string
	Sort      string
	Key       string // of what it hit, or what fooled it; empty: nothing at all
	Delay     *float64
}

// attackResult is one incident and who caught it.
type attackResult struct {
	Kind, Container string
	Start           time.Time
	Cells           []experiment.Cell
}

// StartMs is when it was done, for the address of its moment on the map.
func (a attackResult) StartMs() int64 { return a.Start.UnixMilli() }

// AtMs is when it was set, likewise.
func (f flagResult) AtMs() int64 { return f.At.UnixMilli() }

// resultPage shows the result. Who opens it has seen the truth of its runs.
func (s *Server) resultPage(c *gin.Context) error {
	run, err := s.visitorRun(c.Request.Context(), c.Param("id"))
	if err != nil {
		return gone(err, c.Param("id"))
	}
	runs, err := s.rivalRuns(c.Request.Context(), run)
	if err != nil {
		return err
	}
	runs = append([]*pocs.Run{run}, runs...)
	p, err := s.result(s.set(c).texts, runs)
	if err != nil {
		return err
	}
	p.Guess = -1
	if g, err := strconv.Atoi(c.Query("guess")); err == nil && g >= 0 && g <= 10 {
		p.Guess = g
	}
	if p.Lesson, err = s.teach(s.set(c).texts, runs, c.Query("rate"), p.Guess); err != nil {
		return err
	}
	http.SetCookie(c.Writer, seeing(c.Request, idsOf(runs)...))
	return s.page(c, "play_end", p)
}

// gone says what a visitor can do whose game is no more.
func gone(err error, id string) error {
	var p *Problem
	if errors.As(err, &p) && p.Status == http.StatusNotFound && !strings.HasPrefix(p.Allowed, "this run") {
		return notFound("game", id, "a game that nobody looks at for a while is forgotten: /play starts another")
	}
	return err
}

// rivalRuns finds the kept runs of the rivals in the same world, as they were when the visitor's was judged.
func (s *Server) rivalRuns(ctx context.Context, run *pocs.Run) ([]*pocs.Run, error) {
	var out []*pocs.Run
	for _, name := range rivals {
		p, err := s.findPoC(name)
		if err != nil {
			continue
		}
		what := catalog.IdentityOf(run)
		what.PoC = name
		if what.Params, err = sim.Resolve("parameter", p.Params, nil); err != nil {
			return nil, err
		}
		id, found, err := s.cfg.Store.FindRun(ctx, what)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		r, err := s.storedRun(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// result lays the runs side by side; the visitor's is the first.
func (s *Server) result(t *texts, runs []*pocs.Run) (*resultPage, error) {
	own := runs[0]
	p := &resultPage{Run: jsonOfRun(own, stateDone), Counts: own.Score.Counts, Boxes: len(own.Truth.Trips)}
	var list []curve
	for i, r := range runs {
		v := r.Score.Values
		p.Players = append(p.Players, player{N: i + 1, PoC: r.PoC, You: i == 0, Run: r.ID, Score: v["score_balanced"],
			Hits: r.Score.Counts.Hits, Of: r.Score.Counts.Incidents, Episode: r.Score.Counts.Episodes, Delay: v["delay_p50_s"]})
		name := r.PoC
		if i == 0 {
			name = t.T("play.you")
		}
		list = append(list, curve{name, "/runs/" + r.ID, []*pocs.Run{r}})
	}
	if len(runs) > 1 {
		p.Compare = "/compare?runs=" + strings.Join(idsOf(runs), ",")
	}
	p.Bars = scoreBars(t, list)
	for i, f := range own.Findings {
		p.flag(own, i, f)
	}
	if err := p.incidents(runs); err != nil {
		return nil, err
	}
	o := gameOrder{Scenario: own.Scenario, Seals: sim.Number(own.Settings["seals"]), Attacks: sim.Number(own.Settings["attacks"])}
	p.Again = o.address()
	o.Seed = strconv.FormatUint(own.Seed, 10)
	p.Same = o.address()
	return p, nil
}

// flag notes what became of one flag.
func (p *resultPage) flag(own *pocs.Run, i int, f pocs.Finding) {
	word := pocs.Judged{Incident: -1}
	if i < len(own.Score.Findings) { // an imported run may come without judgements
		word = own.Score.Findings[i]
	}
	out := flagResult{At: f.At, Container: f.Container, Sort: string(word.Sort)}
	if word.Incident >= 0 {
		out.Key = own.Truth.Incidents[word.Incident].Kind
	}
	if word.Sort == pocs.Hit {
		out.Delay = &word.DelayS
	}
	if word.Sort == pocs.Hit || word.Sort == pocs.Repeat {
		p.Right++
	}
	p.Flags = append(p.Flags, out)
}

// incidents notes what became of the attacks, and which look-alikes fooled somebody.
func (p *resultPage) incidents(runs []*pocs.Run) error {
	m, err := experiment.NewMatrix(runs)
	if err != nil {
		return err
	}
	boxes := map[string]bool{}
	for i := range runs[0].Truth.Incidents {
		in := &runs[0].Truth.Incidents[i]
		if in.Hostile {
			boxes[in.Container] = true
		}
	}
	p.Attacked = len(boxes)
	for _, row := range m.Rows {
		out := attackResult{Kind: row.Kind, Container: row.Container, Start: row.Start, Cells: row.Cells}
		if row.Hostile {
			p.Attacks = append(p.Attacks, out)
			continue
		}
		for _, cell := range row.Cells {
			if cell.Fate == experiment.Alarmed {
				p.Fooled = append(p.Fooled, out)
				break
			}
		}
	}
	return nil
}
