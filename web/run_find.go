// Finding runs: on the desk while they play, in the store afterwards.

package web

import (
	"context"
	"errors"
	"net/http"

	"sealab/catalog"
	"sealab/pocs"
)

// wholeRun returns a run that has been played to its end, or a problem that says why there is none.
func (s *Server) wholeRun(ctx context.Context, id string) (*pocs.Run, error) {
	view, run, err := s.findRun(ctx, id)
	if err == nil && view.State != stateDone && view.State != stateFailed {
		return nil, &Problem{Status: http.StatusConflict, Code: "run_not_finished", Field: "run", Value: id,
			Message: "This run has no result: it is " + view.State + "."}
	}
	return run, err
}

// findRun says where a run stands: of a job what it has come to, of a stored run its last word, and the run itself
// where there is one.
func (s *Server) findRun(ctx context.Context, id string) (runJSON, *pocs.Run, error) {
	if j := s.desk.find(id); j != nil {
		return s.jsonOfJob(j), nil, nil
	}
	run, err := s.storedRun(ctx, id)
	switch {
	case errors.Is(err, catalog.ErrNotFound), errors.Is(err, catalog.ErrUnfit):
		return runJSON{}, nil, notFound("run", id, "GET /api/v1/runs lists them")
	case err != nil:
		return runJSON{}, nil, err
	}
	state := stateDone
	switch {
	case run.Digest == "" && run.Reason == stateCancelled:
		state = stateCancelled
	case run.Digest == "":
		state = stateInterrupted
	case run.Reason != "":
		state = stateFailed
	}
	return jsonOfRun(run, state), run, nil
}

// keptRecords bounds the runs that are remembered, in records: the truth of a world of 100,000 seals is about 600,000.
const keptRecords = 1_500_000

// storedRun reads a run, from memory where it was read before: a whole run is sealed and never changes. One that has
// no digest yet has not ended, and is read each time.
func (s *Server) storedRun(ctx context.Context, id string) (*pocs.Run, error) {
	if run, ok := s.runs.get(id); ok {
		return run, nil
	}
	run, err := s.cfg.Store.Run(ctx, id)
	if err == nil && run.Digest != "" {
		s.remember(run)
	}
	return run, err
}

func (s *Server) remember(run *pocs.Run) {
	s.runs.put(run.ID, run, 100+len(run.Findings)+len(run.Truth.Incidents)+len(run.Truth.Trips))
}
