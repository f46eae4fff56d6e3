// What proves a run: its manifest, and the last answer of verify.

package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs"
)

func (s *Server) apiManifest(ctx context.Context, in *idIn) (*answerOf[proof.Manifest], error) {
	run, err := s.wholeRun(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	m, err := s.manifest(ctx, run)
	if err != nil {
		return nil, err
	}
	return ok(*m)
}

// manifest joins a run with the sums of its record.
func (s *Server) manifest(ctx context.Context, run *pocs.Run) (*proof.Manifest, error) {
	sums, err := s.cfg.Store.Sealed(ctx, run.ID)
	if errors.Is(err, catalog.ErrUnfinished) {
		return nil, &Problem{Status: http.StatusConflict, Code: "run_not_sealed", Field: "run", Value: run.ID,
			Message: "The record of this run has lost its seal: sealab verify " + run.ID + " says what else is wrong with it."}
	}
	if err != nil {
		return nil, err
	}
	m := proof.ManifestOf(run, sums)
	return &m, nil
}

// runProof is the panel of a run's page.
type runProof struct {
	*proof.Manifest
	Answer *catalog.Verification // of this code; nil: it was never asked
	World  worldState            // empty: not known yet
	Commit string                // of the code that made it
}

// proofOf fills the panel. A world that is still being compared leaves it open.
func (s *Server) proofOf(ctx context.Context, run *pocs.Run) (*runProof, error) {
	p := &runProof{Commit: run.Commit}
	var err error
	if p.Manifest, err = s.manifest(ctx, run); err != nil {
		var known *Problem
		if errors.As(err, &known) { // the page still shows the run
			return nil, nil
		}
		return nil, err
	}
	if p.Answer, err = s.cfg.Store.RunVerification(ctx, run.ID, s.cfg.Commit); err != nil {
		return nil, err
	}
	if p.World, err = s.stateOfWorld(ctx, run); err != nil {
		var waiting *Problem
		if !errors.As(err, &waiting) {
			return nil, err
		}
		p.World = ""
	}
	return p, nil
}

// proofOfContainer says where the messages of a run's container come from.
func (s *Server) proofOfContainer(ctx context.Context, id string) (*runProof, error) {
	run, err := s.wholeRun(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &runProof{Commit: run.Commit}
	p.World, err = s.stateOfWorld(ctx, run)
	return p, err
}

// answerKey is an answer of verify as a key and a class: without what stands in brackets.
func answerKey(a proof.Answer) string {
	name, _, _ := strings.Cut(string(a), " (")
	return strings.ReplaceAll(name, " ", "_")
}
