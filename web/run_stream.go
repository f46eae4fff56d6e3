// A run's progress as a stream, and its plan for the replay.

package web

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
)

// runProgress tells how a run is getting on until it ends. Of one that has ended it tells the end.
func (s *Server) runProgress(c *gin.Context) error {
	ctx := c.Request.Context()
	j := s.desk.find(c.Param("id"))
	if j == nil {
		view, _, err := s.findRun(ctx, c.Param("id"))
		if err != nil {
			return err
		}
		st, err := openStream(c)
		if err == nil {
			_ = st.send(0, "progress", progress{State: view.State, Fraction: 1, Readings: view.Readings,
				Findings: view.Findings, Reason: view.Reason}) // the browser may have gone
		}
		return nil
	}
	st, err := openStream(c)
	if err != nil {
		return nil // the browser went
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		at, moved := j.see()
		if st.send(0, "progress", at) != nil || at.ended() {
			return nil
		}
		select {
		case <-moved:
		case <-beat.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// runPlan makes the plan of a run's world. It is a function of the run's identity, so that browsers may keep it.
func (s *Server) runPlan(c *gin.Context) error {
	run, err := s.wholeRun(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if raw, ok := s.plans.get(run.ID); ok {
		return sendBytes(c, "application/json", raw)
	}
	raw, err := s.planOf(c.Request.Context(), run)
	if err != nil {
		return err
	}
	s.plans.put(run.ID, raw, len(raw))
	return sendBytes(c, "application/json", raw)
}

// planOf makes a run's plan, or takes the one that was kept with its world.
func (s *Server) planOf(ctx context.Context, run *pocs.Run) ([]byte, error) {
	state, err := s.stateOfWorld(ctx, run)
	if err != nil {
		return nil, err
	}
	if state == worldKept {
		return s.keptPlan(ctx, run)
	}
	w, err := s.worldOf(run, state)
	if err != nil {
		return nil, err
	}
	plan := w.Plan()
	together(&plan)
	start, end := w.Span()
	return encodePlan(&plan, run.ID, run.Scenario, start, end)
}

// keptPlans bounds the plans that are remembered, in bytes: three of 100,000 seals, hundreds of 300.
const keptPlans = 64 << 20
