// Forks over the API.

package web

import (
	"context"
	"encoding/json"
	"net/http"
)

// forkIn is what a fork changes; {} plays the run again as it was.
type forkIn struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		PoC      string                     `json:"poc,omitempty" maxLength:"80" doc:"another proof of concept; parameters that both have are taken over"`
		Params   map[string]json.RawMessage `json:"params,omitempty" doc:"parameter → number, or \"low\" or \"high\"; others stay the parent's"`
		Settings map[string]json.RawMessage `json:"settings,omitempty" doc:"setting → number, or \"low\" or \"high\"; others stay the parent's"`
	}
}

type forkedOut struct {
	startedOut
	Parent      string `json:"parent"`
	CodeDiffers bool   `json:"code_differs" doc:"the parent was made by other code: what differs may come from that"`
	Compare     string `json:"compare" doc:"where the two are laid side by side once the fork has ended"`
}

func (s *Server) apiFork(ctx context.Context, in *forkIn) (*answerOf[forkedOut], error) {
	parent, err := s.wholeRun(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	o := forkOrder{PoC: in.Body.PoC}
	if o.Params, err = valuesOf("params.", in.Body.Params); err != nil {
		return nil, err
	}
	if o.Settings, err = valuesOf("settings.", in.Body.Settings); err != nil {
		return nil, err
	}
	id, err := s.fork(ctx, parent, o)
	if err != nil {
		return nil, err
	}
	return &answerOf[forkedOut]{Status: http.StatusAccepted, Body: forkedOut{startedOut{id, id, stateQueued, "/runs/" + id},
		parent.ID, parent.Commit != s.cfg.Commit, "/compare?runs=" + parent.ID + "," + id}}, nil
}
