// Comparing runs: measures with their differences from the first, and who caught what where runs share a world.

package web

import (
	"context"
	"fmt"
	"net/http"

	"sealab/catalog"
	"sealab/pocs"
	"sealab/pocs/experiment"
)

// maxCompared is how many runs one comparison takes; the charts show the first four.
const maxCompared = 20

// comparison is several runs side by side.
type comparison struct {
	Runs     []runJSON         `json:"runs"`
	Measures []comparedMeasure `json:"measures"`
	Caught   []comparedCurve   `json:"caught"`
	Sides    []sidesOf         `json:"sides" doc:"who caught what: every arm against the first, over the worlds that all arms share; both + only_a + only_b + neither = heard"`
	Worlds   int               `json:"worlds" doc:"different worlds among the runs: a difference between worlds says nothing of the detectors"`
}

// comparedMeasure is one measure over the runs; differences are from the first.
type comparedMeasure struct {
	Name   string     `json:"measure"`
	Unit   string     `json:"unit"`
	Better string     `json:"better" enum:"higher,lower,neutral"`
	Values []*float64 `json:"values"`
	Diffs  []*float64 `json:"diffs"`
}

type comparedCurve struct {
	Run   string            `json:"run"`
	Steps []experiment.Step `json:"steps"`
}

// load reads the runs of a comparison, in the order asked for.
func (s *Server) loadRuns(ctx context.Context, ids []string) ([]*pocs.Run, error) {
	if len(ids) > maxCompared {
		return nil, &Problem{Status: http.StatusUnprocessableEntity, Code: "too_many_runs", Field: "runs",
			Value: fmt.Sprint(len(ids)), Allowed: fmt.Sprintf("at most %d runs", maxCompared),
			Message: fmt.Sprintf("%d runs cannot be compared at once: at most %d.", len(ids), maxCompared)}
	}
	out := make([]*pocs.Run, len(ids))
	for i, id := range ids {
		run, err := s.wholeRun(ctx, id)
		if err != nil {
			return nil, err
		}
		out[i] = run
	}
	return out, nil
}

// compare lays runs side by side.
func (s *Server) compare(runs []*pocs.Run) *comparison {
	c := &comparison{Runs: []runJSON{}, Measures: []comparedMeasure{}, Caught: []comparedCurve{}, Sides: []sidesOf{}}
	worlds := map[string]bool{}
	for _, r := range runs {
		state := stateDone
		if r.Reason != "" {
			state = stateFailed
		}
		c.Runs = append(c.Runs, jsonOfRun(r, state))
		steps := experiment.CaughtBy([]*pocs.Run{r})
		if steps == nil {
			steps = []experiment.Step{}
		}
		c.Caught = append(c.Caught, comparedCurve{r.ID, steps})
		worlds[r.WorldDigest] = true
	}
	c.Worlds = len(worlds)
	if len(runs) == 0 {
		return c
	}
	for _, m := range s.measures(runs[0].Challenge) {
		row := comparedMeasure{Name: m.Name, Unit: m.Unit, Better: string(m.Better)}
		any := false
		for _, r := range runs {
			v := r.Score.Values[m.Name]
			any = any || v != nil
			row.Values = append(row.Values, v)
			row.Diffs = append(row.Diffs, minusOf(v, runs[0].Score.Values[m.Name]))
		}
		if any {
			c.Measures = append(c.Measures, row)
		}
	}
	return c
}

func minusOf(a, b *float64) *float64 {
	if a == nil || b == nil {
		return nil
	}
	d := *a - *b
	return &d
}

type compareIn struct {
	Runs string `query:"runs" required:"true" doc:"ids, parted by commas; the first is the baseline" minLength:"1"`
}

func (s *Server) apiCompare(ctx context.Context, in *compareIn) (*answerOf[comparison], error) {
	runs, err := s.loadRuns(ctx, splitIDs(in.Runs))
	if err != nil {
		return nil, err
	}
	out := s.compare(runs)
	f, err := s.layOut(s.looseArms(runs), headlineAlone...)
	if err != nil && problemOf(err).Status != http.StatusConflict { // what cannot be paired has no sides
		return nil, err
	}
	if out.Sides, err = s.sidesAgainst(ctx, f); err != nil {
		return nil, err
	}
	return ok(*out)
}

// sameWorld lists other finished runs in the world of a run.
func (s *Server) sameWorld(ctx context.Context, run *pocs.Run) ([]runJSON, error) {
	rows, err := s.cfg.Store.Runs(ctx, catalog.Query{Scenario: run.Scenario, Seed: &run.Seed, State: catalog.Done,
		Measures: columns, Limit: 12})
	if err != nil {
		return nil, err
	}
	var out []runJSON
	for i := range rows {
		if rows[i].ID != run.ID && len(out) < 6 {
			out = append(out, jsonOfRow(&rows[i]))
		}
	}
	return out, nil
}
