// The world that a run heard: made again from the seed where this hub's code still makes it, else from the messages
// that were kept; never another one.

package web

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"sync"
	"time"

	"sealab/catalog/bundle"
	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
)

// heard plays what some seals of a run's world said and what notices said of their containers; of all where none is
// named.
func (s *Server) heard(ctx context.Context, run *pocs.Run, seals ...string) (iter.Seq[event.Batch], error) {
	if run.Carrier == "live" { // when what was heard is not in the seed
		if heard, err := bundle.Heard(ctx, s.cfg.Store, run, seals...); heard != nil || err != nil {
			return heard, err
		}
	}
	state, err := s.stateOfWorld(ctx, run)
	if err != nil {
		return nil, err
	}
	if state == worldKept {
		return bundle.Heard(ctx, s.cfg.Store, run, seals...)
	}
	w, err := s.worldOf(run, state, seals...)
	if err != nil {
		return nil, err
	}
	return w.Batches(), nil
}

// worldOf makes a run's world again; with only, some seals of it. It is a problem of status 409 where this code makes
// another world: use heard where the messages alone will do, since some are kept.
func (s *Server) worldOf(run *pocs.Run, state worldState, only ...string) (*sim.World, error) {
	if state != worldMade {
		return nil, anotherWorld(run)
	}
	sc, _, err := s.recipeOf(run.Scenario, run.Extends)
	if err != nil {
		return nil, &Problem{Status: http.StatusConflict, Code: "scenario_gone", Field: "scenario", Value: run.Scenario,
			Message: "This hub no longer has the scenario of that run."}
	}
	w, err := sim.New(*sc, run.Settings, run.Seed, only...)
	if err != nil {
		return nil, fmt.Errorf("make world of run %s: %w", run.ID, err)
	}
	return w, nil
}

// worldState says where a run's world comes from.
type worldState string

const (
	worldMade worldState = "made" // again, from the seed
	worldKept worldState = "kept" // another one would be made, but its messages are here
	worldGone worldState = "gone" // another one would be made, and nothing was kept
)

func anotherWorld(run *pocs.Run) *Problem {
	return &Problem{Status: http.StatusConflict, Code: "another_world", Field: "run", Value: run.ID,
		Message: fmt.Sprintf("This run was made by the code %s. The code of this hub makes another world from the same seed, and no messages were kept, so they cannot be shown.", short(run.Commit)),
		Allowed: "score, findings and truth of the run are whole"}
}

// worldPatience is how long a page waits for a world to be made and compared; that goes on behind it.
const worldPatience = 5 * time.Second

// stateOfWorld says where a run's world comes from. What the same code made it makes again; of other code's worlds each
// is made once and compared, and the answer kept.
func (s *Server) stateOfWorld(ctx context.Context, run *pocs.Run) (worldState, error) {
	if run.Commit == s.cfg.Commit || run.Reason != "" || run.Carrier == "live" || run.WorldDigest == "" {
		return worldMade, nil // of a broken or live run there is no digest to compare with
	}
	same, known, err := s.cfg.Store.WorldNoted(ctx, run.WorldDigest, s.cfg.Commit)
	if err == nil && !known {
		same, err = s.compareWorld(ctx, run)
	}
	if err != nil || same {
		return worldMade, err
	}
	kept, err := s.cfg.Store.Kept(ctx, run.WorldDigest)
	if err != nil || kept == nil {
		return worldGone, err
	}
	return worldKept, nil
}

// compareWorld makes a run's world and keeps whether it came out.
func (s *Server) compareWorld(ctx context.Context, run *pocs.Run) (bool, error) {
	done := s.comparing(run)
	wait := time.NewTimer(worldPatience)
	defer wait.Stop()
	select {
	case <-done.ended:
		return done.same, done.err
	case <-ctx.Done():
		return false, ctx.Err()
	case <-wait.C:
		return false, &Problem{Status: http.StatusConflict, Code: "world_unchecked", Field: "run", Value: run.ID,
			Message: fmt.Sprintf("This run was made by the code %s. Whether this hub's code makes the same world is being worked out: try again in a moment.", short(run.Commit))}
	}
}

// remaking is a world being made; the results may be read once it has ended.
type remaking struct {
	ended chan struct{}
	same  bool
	err   error
}

// remakings are those under way or waiting, by the digest of the world.
type remakings struct {
	sync.Mutex
	open map[string]*remaking
	turn sync.Mutex // one at a time: whoever opens many pages must not take every core from the others
}

// comparing joins the comparison of a run's world that is under way, or begins one.
func (s *Server) comparing(run *pocs.Run) *remaking {
	s.worlds.Lock()
	defer s.worlds.Unlock()
	if c := s.worlds.open[run.WorldDigest]; c != nil {
		return c
	}
	c := &remaking{ended: make(chan struct{})}
	s.worlds.open[run.WorldDigest] = c
	s.desk.wg.Go(func() {
		defer close(c.ended)
		s.worlds.turn.Lock()
		defer s.worlds.turn.Unlock()
		known, ctx := s.catalogue(), s.desk.ctx // ended with the hub
		if c.same, c.err = proof.MakesWorld(ctx, &known, run); c.err == nil {
			c.err = s.cfg.Store.NoteWorld(ctx, run.WorldDigest, s.cfg.Commit, c.same)
		}
		s.worlds.Lock()
		defer s.worlds.Unlock()
		delete(s.worlds.open, run.WorldDigest)
	})
	return c
}
