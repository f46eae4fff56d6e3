// Why a finding was said: what its detector rests it on, asked by playing the run again.

package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/sim"
)

// explanationJSON is what led to one finding.
type explanationJSON struct {
	Run    string             `json:"run"`
	N      int                `json:"n" doc:"number of the finding, from 1, in the order in which the run has them"`
	PoC    string             `json:"poc"`
	Params map[string]float64 `json:"params" doc:"the detector's thresholds"`
	findingJSON
	Alike    string        `json:"lookalike,omitempty" doc:"kind of the look-alike that it fell on, once the truth is revealed"`
	Says     bool          `json:"says" doc:"the detector says what the finding rests on; else messages are what it had heard since it last spoke of the container"`
	Messages []toldMessage `json:"messages" doc:"in the order of hearing"`
	Left     int           `json:"left_out" doc:"messages that belong here and were too many, or too long ago"`
}

// Limits of explaining while a visitor waits. A detector must hear the whole world again; larger runs are left to the
// command line.
const (
	explainedReadings = 4_000_000
	keptExplanations  = 4000 // messages
)

// explain asks what finding n, counted from 1, rests on.
func (s *Server) explain(ctx context.Context, run *pocs.Run, n int) (*pocs.Explanation, error) {
	key := run.ID + "/" + strconv.Itoa(n)
	if x, ok := s.explained.get(key); ok {
		return x, nil
	}
	if run.Readings > explainedReadings {
		return nil, &Problem{Status: http.StatusConflict, Code: "too_large", Field: "run", Value: run.ID,
			Message: fmt.Sprintf("This run has %s readings, which is too many to play them again while you wait.", whole(run.Readings)),
			Allowed: fmt.Sprintf("sealab explain %s --finding %d", run.ID, n)}
	}
	if run.Carrier == "live" {
		return nil, unplayable(run, wasLive, "")
	}
	t, err := proof.TrialOf(s.catalogue(), run)
	if err != nil {
		return nil, unplayable(run, err.Error(), "")
	}
	if err := s.heardHere(ctx, run, run.Findings[n-1].Container); err != nil {
		return nil, err
	}
	select { // one at a time: it takes a core
	case s.explaining <- struct{}{}:
		defer func() { <-s.explaining }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	x, err := t.Explain(ctx, run, n-1)
	if err != nil {
		return nil, s.whyNot(run, err)
	}
	s.explained.put(key, x, 1+len(x.Heard))
	return x, nil
}

// heardHere refuses a run of which this code makes another world. A finding can come out of that one too, and would then
// be explained by messages that its detector never heard. Where those were kept, it says where they are shown.
func (s *Server) heardHere(ctx context.Context, run *pocs.Run, container string) error {
	state, err := s.stateOfWorld(ctx, run)
	if err != nil || state == worldMade {
		return err
	}
	err = s.whyNot(run, pocs.ErrDiffers)
	if p, is := err.(*Problem); is && state == worldKept {
		p.Allowed += "; what was heard of the container is kept: /containers/" + container + "?run=" + run.ID
	}
	return err
}

// whyNot says why a run could not be looked into.
func (s *Server) whyNot(run *pocs.Run, err error) error {
	var bad *sim.BadSetting
	if errors.Is(err, pocs.ErrDiffers) || errors.As(err, &bad) {
		return unplayable(run, fmt.Sprintf("Code differs: it was made by %s, this hub is %s, and here it comes out otherwise.",
			short(run.Commit), short(s.cfg.Commit)), "explain it with the code that made it")
	}
	return err
}

// explanation makes the answer for one finding; the judge's word is in it only after the reveal.
func (s *Server) explanation(ctx context.Context, id, number string, visitor *http.Request) (*explanationJSON, error) {
	run, err := s.wholeRun(ctx, id)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(run.Findings) {
		return nil, notFound("finding", number, fmt.Sprintf("the run has findings 1 to %d", len(run.Findings)))
	}
	x, err := s.explain(ctx, run, n)
	if err != nil {
		return nil, err
	}
	seen := revealed(visitor, run.ID)
	out := &explanationJSON{Run: run.ID, N: n, PoC: run.PoC, Params: run.Params, findingJSON: findingOf(run, n-1, seen),
		Says: x.Basis, Messages: []toldMessage{}, Left: x.Left}
	if out.Params == nil {
		out.Params = map[string]float64{}
	}
	if out.Incident != "" {
		if in := &run.Truth.Incidents[run.Score.Findings[n-1].Incident]; !in.Hostile {
			out.Alike = in.Kind
		}
	}
	fields := fieldsFor(out.Kind)
	for i := range x.Heard {
		m := writtenOut(&x.Heard[i], run.ID, fields)
		m.Trigger = x.Trigger != 0 && m.N == x.Trigger
		out.Messages = append(out.Messages, m)
	}
	return out, nil
}
