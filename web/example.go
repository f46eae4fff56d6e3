// The example: a hub with a demo world begins with one experiment that has been played, so that nobody's first look at
// verdict, cost and proof is at an empty page.

package web

import (
	"context"
	"errors"
	"fmt"

	"sealab/catalog"
)

// exampleKey remembers that the example was made once: whoever deletes it does not want it back.
const exampleKey = "example"

// exampleFile is small enough to be played in the seconds after the start.
const exampleFile = `name: "Example: fixed rules or a Kalman filter?"
question: Does the filter find more than fixed rules do, and at what price in needless checks?
scenarios:
  - name: northern-corridor
arms:
  - poc: rules
  - poc: kalman
  - poc: passive
  - poc: "null"
seeds: 2001..2010
baseline: rules
`

// example makes the example where nobody has made an experiment yet.
func (s *Server) example(ctx context.Context) error {
	store := s.cfg.Store
	if _, err := store.Meta(ctx, exampleKey); !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	n, err := store.CountExperiments(ctx, catalog.ExperimentQuery{})
	if err != nil || n > 0 {
		return err
	}
	if _, _, err := s.design(exampleFile); err != nil {
		return nil // this hub knows other proofs of concept, or other worlds
	}
	id, err := s.bench.take(ctx, exampleFile)
	if err != nil {
		return fmt.Errorf("make example: %w", err)
	}
	return store.SetMeta(ctx, exampleKey, id)
}

// newestLooked is how many experiments newestDone looks through.
const newestLooked = 10

// newestDone is the experiment finished last that says which of its arms is better, or nil. A test of assumptions, which
// a page Decide started, says something else.
func (s *Server) newestDone(ctx context.Context) (*experimentJSON, error) {
	list, err := s.cfg.Store.Experiments(ctx, catalog.ExperimentQuery{State: catalog.Done, Limit: newestLooked})
	if err != nil {
		return nil, err
	}
	for i := range list {
		if e, d := s.jsonOfExperiment(&list[i]); d != nil && e.Whole() && len(d.Arms) > 1 && !d.TestsAssumptions() {
			return &e, nil
		}
	}
	return nil, nil
}
