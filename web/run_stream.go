// A run's progress as a stream, and its plan for the replay.

package web

import (
	"fmt"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
	"sealab/sim"
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
	w, err := s.worldOf(run)
	if err != nil {
		return err
	}
	plan := w.Plan()
	together(&plan)
	start, end := w.Span()
	raw, err := encodePlan(&plan, run.ID, run.Scenario, start, end)
	if err != nil {
		return err
	}
	s.plans.put(run.ID, raw, len(raw))
	return sendBytes(c, "application/json", raw)
}

// keptPlans bounds the plans that are remembered, in bytes: three of 100,000 seals, hundreds of 300.
const keptPlans = 64 << 20

// worldOf makes a run's world again; with only, some seals of it.
func (s *Server) worldOf(run *pocs.Run, only ...string) (*sim.World, error) {
	sc, _, err := s.findScenario(run.Scenario)
	if err != nil {
		return nil, &Problem{Status: 409, Code: "scenario_gone", Field: "scenario", Value: run.Scenario,
			Message: "This hub no longer has the scenario of that run."}
	}
	w, err := sim.New(*sc, run.Settings, run.Seed, only...)
	if err != nil {
		return nil, fmt.Errorf("make world of run %s: %w", run.ID, err)
	}
	return w, nil
}
