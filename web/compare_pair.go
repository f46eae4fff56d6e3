// Two proofs of concept paired over seeds: what the store holds of them, and playing what is missing.

package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// maxPairs bounds what one page starts: 100 seeds are 200 runs. Where the host allows fewer trials, that counts.
const maxPairs = 100

// pairForm is what was asked: ?a=kalman&b=rules&scenario=asia-europe&seeds=2001..2010.
type pairForm struct {
	A, B, Scenario, Seeds string
	Asked                 bool
	PoCs, Scenarios       []choice
	Problems              problemsOf
	list                  []uint64
}

// Wrong is the problem of a field that has one.
func (f *pairForm) Wrong(name string) *Problem {
	for _, p := range f.Problems {
		if p.Field == name {
			return p
		}
	}
	return nil
}

// pairState is how far the comparison has come.
type pairState struct {
	Have, Want int
	Playing    bool // what is missing is on the desk
}

// Missing is how many runs are not there yet.
func (v *pairState) Missing() int { return v.Want - v.Have }

func (s *Server) pairForm(q url.Values) pairForm {
	f := pairForm{A: q.Get("a"), B: q.Get("b"), Scenario: q.Get("scenario"), Seeds: q.Get("seeds"),
		Asked: q.Has("a") || q.Has("b")}
	blank := s.form(s.blankOrder(""), nil)
	f.PoCs, f.Scenarios = blank.PoCs, blank.Scenarios
	if !f.Asked {
		f.A, f.B, f.Scenario, f.Seeds = blank.Order.PoC, "rules", blank.Order.Scenario, "2001..2010"
	}
	return f
}

// pairArms finds the two arms and the seeds, or notes what is wrong with them.
func (s *Server) pairArms(f *pairForm) (a, b pocs.Trial) {
	note := func(err error, field string) {
		if err != nil {
			p := *problemOf(err)
			p.Field = field
			f.Problems = append(f.Problems, &p)
		}
	}
	var err error
	arm := func(name, field string) pocs.Trial {
		t, err := s.trial(order{PoC: name, Scenario: f.Scenario, Seed: "1", Carrier: "direct"})
		if wrong, ok := err.(problemsOf); ok {
			for _, p := range wrong {
				if p.Field == "poc" {
					note(p, field)
				} else if field == "a" {
					note(p, p.Field)
				}
			}
		}
		return t
	}
	a, b = arm(f.A, "a"), arm(f.B, "b")
	f.list, err = experiment.ParseSeeds(f.Seeds)
	most := min(maxPairs, max(1, s.cfg.MaxTrials/2)) // each seed is two trials
	switch {
	case err != nil:
		note(invalid("bad_seeds", "seeds", f.Seeds, "allowed are whole numbers and ranges such as 2001..2040"), "seeds")
	case len(f.list) > most:
		note(invalid("too_many_seeds", "seeds", f.Seeds, "allowed are at most "+strconv.Itoa(most)+" seeds here; the command line takes more"), "seeds")
	}
	return a, b
}

// pair gathers what the store holds of two arms; nothing where the form is wrong.
func (s *Server) pair(ctx context.Context, p *comparePage) (a, b []*pocs.Run, err error) {
	f := &p.Form
	ta, tb := s.pairArms(f)
	if len(f.Problems) > 0 {
		return nil, nil, nil
	}
	if a, err = s.gather(ctx, &ta, f.list); err != nil {
		return nil, nil, err
	}
	if b, err = s.gather(ctx, &tb, f.list); err != nil {
		return nil, nil, err
	}
	p.Pair = &pairState{Have: len(a) + len(b), Want: 2 * len(f.list)}
	p.Pair.Playing = p.Pair.Missing() > 0 && s.desk.plays(&ta, &tb, f.list)
	return a, b, nil
}

// gather reads the runs of one arm that are there.
func (s *Server) gather(ctx context.Context, t *pocs.Trial, seeds []uint64) ([]*pocs.Run, error) {
	var out []*pocs.Run
	for _, seed := range seeds {
		id, found, err := s.stored(ctx, t, seed)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		run, err := s.storedRun(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, run)
	}
	return out, nil
}

// stored looks for a run of this arm and seed by this code.
func (s *Server) stored(ctx context.Context, t *pocs.Trial, seed uint64) (id string, found bool, err error) {
	return s.cfg.Store.FindRun(ctx, catalog.Identity{Commit: s.cfg.Commit, Challenge: t.Challenge.Name, Scenario: t.Scenario.Name, Extends: t.Scenario.Extends,
		Settings: t.Settings, PoC: t.PoC.Name, Params: t.Params, Seed: seed, Carrier: "direct", Terms: t.Terms})
}

// startPairForm plays what a paired comparison lacks, seed by seed, so that whole pairs come first.
func (s *Server) startPairForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	q := c.Request.PostForm
	f := s.pairForm(q)
	ta, tb := s.pairArms(&f)
	address := "/compare?" + url.Values{"a": {f.A}, "b": {f.B}, "scenario": {f.Scenario}, "seeds": {f.Seeds}}.Encode()
	if len(f.Problems) > 0 { // the page says what is wrong
		c.Redirect(http.StatusSeeOther, address)
		return nil
	}
	ctx := c.Request.Context()
	for _, seed := range f.list {
		for _, t := range []pocs.Trial{ta, tb} {
			t.Seed = seed
			_, found, err := s.stored(ctx, &t, seed)
			if err != nil {
				return err
			}
			if found || s.desk.plays(&t, &t, []uint64{seed}) {
				continue
			}
			if _, err := s.desk.start(ctx, t); err != nil {
				return err
			}
		}
	}
	c.Redirect(http.StatusSeeOther, address)
	return nil
}

// plays reports whether a run of one of two arms and some seed is on the desk.
func (d *desk) plays(a, b *pocs.Trial, seeds []uint64) bool {
	for _, j := range d.open() {
		t := &j.trial
		if t.Scenario.Name != a.Scenario.Name || t.PoC.Name != a.PoC.Name && t.PoC.Name != b.PoC.Name {
			continue
		}
		for _, seed := range seeds {
			if t.Seed == seed {
				return true
			}
		}
	}
	return false
}
