// Calls over the API: list, read with judgements, post, answer, and the steps of both.

package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"sealab/catalog"
	"sealab/catalog/call"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
	"sealab/pocs"
)

// apiCalls lists the calls that were opened, open ones first.
func (s *Server) apiCalls(ctx context.Context, _ *struct{}) (*answerOf[[]callJSON], error) {
	open, over, err := s.callList(ctx)
	if err != nil {
		return nil, err
	}
	return ok(append(append([]callJSON{}, open...), over...))
}

func (s *Server) apiCall(ctx context.Context, in *idIn) (*answerOf[*callOut], error) {
	c, err := s.findCall(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out, err := s.callView(ctx, c)
	if err != nil {
		return nil, err
	}
	return ok(out)
}

// callParty is an organization as it is sent; what it lacks is told field by field.
type callParty struct {
	Name string `json:"name,omitempty"`
	Kind string `json:"kind,omitempty" doc:"administration, company, academia, igo or hub"`
}

// callBody is a call as it is sent.
type callBody struct {
	Title        string    `json:"title,omitempty"`
	Organization callParty `json:"organization,omitempty"`
	Problem      string    `json:"problem,omitempty"`
	Gain         string    `json:"gain,omitempty" doc:"who would gain, and what"`
	Suite        string    `json:"suite,omitempty" doc:"name of a suite of this hub"`
	SuiteHash    string    `json:"suite_hash,omitempty" doc:"of that suite, where the call is to be refused for any other"`
	Scenarios    []string  `json:"scenarios,omitempty" doc:"of the suite; none: all"`
	Measures     []string  `json:"measures,omitempty" doc:"to be shown; the first orders the answers"`
	Rule         []string  `json:"rule,omitempty" doc:"MEASURE OP NUMBER, on the mean over all worlds; all must hold"`
	Closes       string    `json:"closes,omitempty" doc:"the last day on which answers are taken, YYYY-MM-DD, UTC"`
}

func (s *Server) callOfBody(b *callBody) call.Call {
	return s.hashed(call.Call{Title: b.Title, Organization: usecase.Party(b.Organization), Problem: b.Problem, Gain: b.Gain,
		Suite: call.SuiteRef{Name: b.Suite, Hash: b.SuiteHash}, Scenarios: b.Scenarios, Measures: b.Measures, Rule: b.Rule, Closes: b.Closes})
}

type callIn struct{ Body callBody }

// sentOut is what whoever sent something gets. The personal link is told once.
type sentOut struct {
	ID         string       `json:"id"`
	State      review.State `json:"state"`
	URL        string       `json:"url"`
	Mine       string       `json:"mine_url" doc:"the personal link; it is told once, and whoever has it may withdraw what was sent"`
	Experiment string       `json:"experiment,omitempty" doc:"that judges an answer"`
}

func sent(id string, state review.State, url, key, experiment string) *answerOf[sentOut] {
	return &answerOf[sentOut]{Status: http.StatusCreated, CacheControl: "no-store", Body: sentOut{id, state, url, "/calls/mine/" + key, experiment}}
}

func (s *Server) apiPostCall(ctx context.Context, in *callIn) (*answerOf[sentOut], error) {
	content := s.callOfBody(&in.Body)
	if list := content.Check(s.callHost()); len(list) > 0 {
		return nil, unwhole(list)
	}
	c, key, err := s.postCall(ctx, content)
	if err != nil {
		return nil, err
	}
	return sent(c.ID, c.State, "/calls/"+c.ID, key, ""), nil
}

type answerIn struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Organization callParty   `json:"organization,omitempty"`
		Title        string      `json:"title,omitempty"`
		Approach     string      `json:"approach,omitempty"`
		PoC          string      `json:"poc,omitempty" doc:"a proof of concept of this hub that is no baseline; or else a use case"`
		Params       pocs.Params `json:"params,omitempty"`
		Usecase      string      `json:"usecase,omitempty" doc:"id of a published use case"`
	}
}

func (s *Server) apiAnswerCall(ctx context.Context, in *answerIn) (*answerOf[sentOut], error) {
	c, err := s.findCall(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	content := call.Answer{Organization: usecase.Party(b.Organization), Title: b.Title, Approach: b.Approach, PoC: b.PoC, Params: b.Params, Usecase: b.Usecase}
	content.Tidy()
	a, key, err := s.answerCall(ctx, c, content, nil)
	var wrong faultsError
	if errors.As(err, &wrong) {
		err = unwhole(wrong)
	}
	if err != nil {
		return nil, err
	}
	return sent(a.ID, a.State, "/calls/"+c.ID+"#"+a.ID, key, a.Experiment), nil
}

// stepBody is a step that somebody takes.
type stepBody struct {
	To     string    `json:"to" enum:"open,closed,withdrawn"`
	Reason string    `json:"reason,omitempty" doc:"it must be given for withdrawing what others may have seen"`
	Seen   time.Time `json:"seen,omitempty" doc:"when the call had changed last, as the curator saw it"`
}

type callStepIn struct {
	ID   string `path:"id" maxLength:"64"`
	Body stepBody
}

func (s *Server) apiCallStep(ctx context.Context, in *callStepIn) (*answerOf[callJSON], error) {
	reason, err := reasonOf(in.Body.Reason)
	if err != nil {
		return nil, err
	}
	c, err := s.curatorStep(ctx, in.ID, catalog.Step{To: review.State(in.Body.To), Reason: reason, Seen: in.Body.Seen})
	if err != nil {
		return nil, err
	}
	return ok(s.jsonOfCall(c))
}

type mineIn struct {
	Key string `path:"key" maxLength:"64"`
}

// mineOut is what a personal link leads to: a call, or an answer.
type mineOut struct {
	Call   *callOut    `json:"call"`
	Answer *answerJSON `json:"answer" doc:"null: the link is that of the call"`
}

func (s *Server) apiMine(ctx context.Context, in *mineIn) (*answerOf[mineOut], error) {
	posted, answer, err := s.ofKey(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	if answer != nil {
		if posted, err = s.cfg.Store.Call(ctx, answer.Call); err != nil {
			return nil, err
		}
	}
	view, err := s.callView(ctx, posted)
	if err != nil {
		return nil, err
	}
	p := &myCallPage{Call: view}
	if answer != nil {
		p.showAnswer(answer)
	}
	return &answerOf[mineOut]{Status: http.StatusOK, CacheControl: "no-store", Body: mineOut{view, p.Answer}}, nil
}

type changeIn struct {
	Key  string `path:"key" maxLength:"64"`
	Body callBody
}

func (s *Server) apiChangeCall(ctx context.Context, in *changeIn) (*answerOf[mineOut], error) {
	posted, _, err := s.ofKey(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	content := s.callOfBody(&in.Body)
	if list := content.Check(s.callHost()); len(list) > 0 && posted != nil && posted.State == review.Sent {
		return nil, unwhole(list)
	}
	if _, err := s.changeCall(ctx, posted, content); err != nil {
		return nil, err
	}
	return s.apiMine(ctx, &mineIn{in.Key})
}

type withdrawIn struct {
	Key  string `path:"key" maxLength:"64"`
	Body struct {
		Reason string `json:"reason,omitempty"`
	}
}

func (s *Server) apiWithdrawMine(ctx context.Context, in *withdrawIn) (*answerOf[mineOut], error) {
	if err := s.withdrawCall(ctx, in.Key, in.Body.Reason); err != nil {
		return nil, err
	}
	return s.apiMine(ctx, &mineIn{in.Key})
}
