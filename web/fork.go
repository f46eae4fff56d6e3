// Forking a run: the same world and the same chance, with something changed.

package web

import (
	"context"
	"net/http"

	"sealab/catalog"
	"sealab/catalog/query"
	"sealab/pocs"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// forkOrder says what a fork changes, in the words of the outside. What it does not name is the parent's.
type forkOrder struct {
	PoC              string // empty: the parent's
	Params, Settings map[string]string
}

// fork plays a run with a change, and returns the new run's id at once.
func (s *Server) fork(ctx context.Context, parent *pocs.Run, o forkOrder) (string, error) {
	t, err := s.forkTrial(ctx, parent, o)
	if err != nil {
		return "", err
	}
	return s.desk.queue(ctx, t, parent.ID)
}

// forkTrial checks a change, field by field, and makes the trial of it.
func (s *Server) forkTrial(ctx context.Context, parent *pocs.Run, o forkOrder) (pocs.Trial, error) {
	if parent.Carrier == "live" {
		return pocs.Trial{}, unplayable(parent, wasLive, "start the same arm with the carrier direct, and fork that")
	}
	poc, sc, ch, err := s.partsOf(parent, o.PoC)
	if err != nil {
		return pocs.Trial{}, err
	}
	var wrong problemsOf
	for _, part := range []struct {
		what, prefix string
		list         []sim.Setting
		given        map[string]string
	}{{"parameter", "params.", poc.Params, o.Params}, {"setting", "settings.", sc.Settings, o.Settings}} {
		if _, err := resolve(part.what, part.prefix, part.list, part.given, &wrong); err != nil {
			return pocs.Trial{}, err
		}
	}
	if len(wrong) > 0 {
		return pocs.Trial{}, wrong
	}
	t, err := pocs.Fork(parent, ch, poc, sc, pocs.Change{Settings: o.Settings, Params: o.Params})
	if err != nil {
		return t, err
	}
	t.SeesTruth = s.cfg.SeesTruth[poc.Name]
	if t.CarrierName != "direct" && s.cfg.Broker == nil {
		t.CarrierName = "direct" // the digest is the same under both
	}
	if poc.Name != parent.PoC {
		t.DiceSeed, err = s.diceSeed(ctx, &t)
	}
	return t, err
}

// partsOf finds what a fork is made of, or says what this hub no longer has.
func (s *Server) partsOf(parent *pocs.Run, poc string) (*pocs.PoC, *sim.Scenario, *pocs.Challenge, error) {
	sc, ch, err := s.recipeOf(parent.Scenario, parent.Extends)
	if err != nil {
		return nil, nil, nil, unplayable(parent, "This hub no longer has its scenario "+parent.Scenario+".", "")
	}
	p, err := s.findPoC(orText(poc, parent.PoC))
	switch {
	case err != nil && parent.PoC == visitor.Name && (poc == "" || poc == visitor.Name):
		return nil, nil, nil, unplayable(parent, "A person played it, who cannot be asked again.", "let another listen to the same world: name one with poc")
	case err != nil && poc == "":
		return nil, nil, nil, unplayable(parent, "This hub no longer has its proof of concept "+parent.PoC+".", "name another with poc")
	case err != nil:
		return nil, nil, nil, err
	case p.Challenge != ch.Name:
		return nil, nil, nil, invalid("bad_poc", "poc", p.Name, "it must be made for the challenge "+ch.Name)
	}
	return p, sc, ch, nil
}

// wasLive is why a live run cannot be played again.
const wasLive = "It was carried live: when its messages arrived was real and comes only once."

func unplayable(parent *pocs.Run, why, instead string) *Problem {
	return &Problem{Status: http.StatusConflict, Code: "unplayable", Field: "run", Value: parent.ID,
		Message: "This run cannot be played again. " + why, Allowed: instead}
}

// family are the runs that a run was forked from, and those that were forked from it.
type family struct {
	Parent     string
	ParentGone bool // it was deleted
	Forks      []runJSON
}

// shownForks is how many forks the page of their parent lists.
const shownForks = 8

func (s *Server) kin(ctx context.Context, id string) (k family, err error) {
	if k.Parent, err = s.cfg.Store.Parent(ctx, id); err != nil {
		return k, err
	}
	if k.Parent != "" {
		_, _, err := s.findRun(ctx, k.Parent)
		k.ParentGone = err != nil
	}
	where, err := query.Parse("parent = '"+id+"'", catalog.RunFields(nil))
	if err != nil {
		return k, err
	}
	rows, err := s.cfg.Store.Runs(ctx, catalog.Query{Where: where, Measures: columns, Limit: shownForks})
	for i := range rows {
		k.Forks = append(k.Forks, jsonOfRow(&rows[i]))
	}
	return k, err
}
