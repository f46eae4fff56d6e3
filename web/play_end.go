// The end of a game: the flags become a detector, which is played and judged like any other, beside those that it is
// compared with, over the world's whole span.

package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"time"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// rivals stand beside the visitor at the reveal.
var rivals = []string{"null", "rules", "kalman"}

// endGame judges a game, keeps its runs and returns the address of its result. Asked twice it gives the same.
func (s *Server) endGame(ctx context.Context, id string, t *texts) (string, error) {
	wall := s.cfg.Now()
	g := s.games.find(id, wall)
	if g == nil {
		if run, err := s.visitorRun(ctx, id); err == nil {
			return resultAddress(run.ID, -1), nil
		}
		return "", notFound("game", id, "POST /api/v1/play starts one; a game that nobody looks at is forgotten")
	}
	g.ending.Lock()
	defer g.ending.Unlock()
	g.mu.Lock()
	g.goOn(wall)
	done := g.ended
	g.playing = false
	flags := g.said(t)
	g.mu.Unlock()
	if !done {
		if err := s.judgeGame(context.WithoutCancel(ctx), g, flags); err != nil {
			return "", fmt.Errorf("judge game: %w", err)
		}
		g.mu.Lock()
		g.ended = true
		g.mu.Unlock()
		s.games.leave(id, wall)
	}
	return resultAddress(g.id, g.guess), nil
}

// resultAddress is where a game's result is; the guess lives there and nowhere else.
func resultAddress(id string, guess int) string {
	if guess < 0 {
		return "/play/" + id
	}
	return "/play/" + id + "?" + url.Values{"guess": {fmt.Sprint(guess)}}.Encode()
}

// judgeGame plays the visitor's flags and those rivals that are not kept yet in one world, and keeps the runs, the
// visitor's last: where it is, the others are too.
func (s *Server) judgeGame(ctx context.Context, g *game, flags []visitor.Flag) error {
	trials, err := s.rivalTrials(ctx, g)
	if err != nil {
		return err
	}
	own := g.trial
	own.PoC, own.Params = visitor.New(flags), pocs.Params{}
	trials = append(trials, own)
	s.dealing.Lock() // one at a time: a class that ends together must not take every core from the pages
	began := time.Now()
	runs, err := pocs.PlayTogether(ctx, trials)
	s.dealing.Unlock()
	if err != nil {
		return err
	}
	took := time.Since(began) / time.Duration(len(runs))
	for i, run := range runs {
		run.Room, run.Commit, run.Started, run.Elapsed = catalog.DefaultRoom, s.cfg.Commit, s.cfg.Now().UTC(), took
		if i == len(runs)-1 {
			run.ID, run.Started = g.id, g.began.UTC()
		} else if run.ID, err = catalog.NewRunID(s.cfg.Now(), rand.Reader); err != nil {
			return err
		}
		if err := s.cfg.Store.SaveRun(ctx, run); err != nil {
			return err
		}
		s.remember(run)
	}
	return nil
}

// rivalTrials are those of the rivals in a game's world that are not kept yet.
func (s *Server) rivalTrials(ctx context.Context, g *game) ([]pocs.Trial, error) {
	var trials []pocs.Trial
	for _, name := range rivals {
		t := g.trial
		p, err := s.findPoC(name)
		if err != nil {
			continue // this hub has none of that name
		}
		t.PoC = p
		if t.Params, err = sim.Resolve("parameter", p.Params, nil); err != nil {
			return nil, err
		}
		if t.DiceSeed, err = s.diceSeed(ctx, &t); err != nil {
			return nil, err
		}
		_, found, err := s.cfg.Store.FindRun(ctx, s.identity(&t))
		if err != nil {
			return nil, err
		}
		if !found {
			trials = append(trials, t)
		}
	}
	return trials, nil
}

// identity is what decides a trial's run on this hub.
func (s *Server) identity(t *pocs.Trial) catalog.Identity {
	return catalog.Identity{Commit: s.cfg.Commit, Challenge: t.Challenge.Name, Scenario: t.Scenario.Name, Extends: t.Scenario.Extends, Settings: t.Settings,
		PoC: t.PoC.Name, Params: t.Params, Seed: t.Seed, Carrier: t.CarrierName, Terms: t.Terms}
}

// visitorRun returns a kept run that a visitor played.
func (s *Server) visitorRun(ctx context.Context, id string) (*pocs.Run, error) {
	run, err := s.wholeRun(ctx, id)
	if err == nil && run.PoC != visitor.Name {
		return nil, notFound("game", id, "this run was not played by a visitor: its page is /runs/"+id)
	}
	return run, err
}
