// The library of attacks and look-alikes: what each is, and its trace, taken once while the hub runs.

package web

import (
	"context"
	"sync"

	"sealab/sim"
	"sealab/sim/attacks"
)

// takeTraces gives for each kind the one that takes its trace when it is first asked for.
func takeTraces() map[string]func() (*attacks.Trace, error) {
	out := make(map[string]func() (*attacks.Trace, error), len(attacks.All))
	for _, k := range attacks.All {
		out[k.Name] = sync.OnceValues(func() (*attacks.Trace, error) { return attacks.Of(k) })
	}
	return out
}

// trace gives the trace of a kind, or says which kinds there are.
func (s *Server) trace(kind string) (*attacks.Trace, error) {
	take, ok := s.traces[kind]
	if !ok {
		return nil, notFound("attack or look-alike", kind, "GET /api/v1/attacks lists them")
	}
	return take()
}

// scenarios are those of all challenges.
func (s *Server) scenarios() (list []sim.Scenario) {
	for i := range s.cfg.Challenges {
		list = append(list, s.cfg.Challenges[i].Scenarios...)
	}
	return list
}

// library describes every kind, attacks first.
func (s *Server) library() []attacks.Entry {
	scenarios := s.scenarios()
	list := make([]attacks.Entry, len(attacks.All))
	for i, k := range attacks.All {
		list[i] = attacks.Describe(k, scenarios)
	}
	return list
}

func (s *Server) apiAttacks(context.Context, *struct{}) (*answerOf[[]attacks.Entry], error) {
	return ok(s.library())
}

// kindIn names a kind.
type kindIn struct {
	Kind string `path:"kind" maxLength:"60"`
}

func (s *Server) apiTrace(_ context.Context, in *kindIn) (*answerOf[attacks.Told], error) {
	t, err := s.trace(in.Kind)
	if err != nil {
		return nil, err
	}
	return ok(*t.Told())
}
