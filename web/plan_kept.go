// The plan of a world that is not made here: it travels in bundles, and is as foreign as they are until it is read.

package web

import (
	"context"
	"encoding/json"
	"net/http"

	"sealab/catalog/bundle"
	"sealab/pocs"
	"sealab/sim"
)

// WorldPlan is the map's plan of a world, as bundles carry it: what GET /api/v1/runs/{id}/plan answers, but of no run.
func WorldPlan(w *sim.World, scenario string) ([]byte, error) {
	plan := w.Plan()
	together(&plan)
	start, end := w.Span()
	return encodePlan(&plan, "", scenario, start, end)
}

// keptPlan is the plan that was kept with a run's world.
func (s *Server) keptPlan(ctx context.Context, run *pocs.Run) ([]byte, error) {
	raw, err := bundle.Plan(ctx, s.cfg.Store, run.WorldDigest)
	if err != nil {
		return nil, err
	}
	var plan planJSON
	if raw == nil || json.Unmarshal(raw, &plan) != nil || !plan.sound() {
		return nil, &Problem{Status: http.StatusConflict, Code: "no_plan", Field: "run", Value: run.ID,
			Message: "No map was kept of this run's world, and this hub's code makes another one."}
	}
	plan.Run = run.ID
	return json.Marshal(plan)
}

// sound reports whether a foreign plan names only what it has, so that the map can follow it.
func (p *planJSON) sound() bool {
	for i := range p.Vehicles {
		if v := &p.Vehicles[i]; len(v.Times) == 0 || len(v.Path) != 2*len(v.Times) {
			return false
		}
	}
	for i := range p.Containers {
		for _, on := range p.Containers[i].On {
			if on[0] < 0 || on[0] >= int64(len(p.Vehicles)) {
				return false
			}
		}
	}
	return p.V == 1
}
