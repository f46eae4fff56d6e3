// Answering a call: a proof of concept becomes an experiment at once, and an answer that was sent never changes.

package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/call"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// answerCallForm takes an answer and leads to its personal link.
func (s *Server) answerCallForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	ctx, v := c.Request.Context(), c.Request.PostForm
	found, err := s.findCall(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	content, list := answerFrom(v)
	_, key, err := s.answerCall(ctx, found, content, list)
	var wrong faultsError
	if errors.As(err, &wrong) {
		f := s.newAnswerForm(&found.Content, content, v.Get("params"))
		f.Wrong = inLabels(s.set(c).texts, "call.answer.field.", wrong)
		return s.callWith(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/calls/mine/"+key+"?sent=1")
	return nil
}

// faultsError is what is wrong with what was sent, for whoever tells it in the words of a form or of the API.
type faultsError []usecase.Fault

func (f faultsError) Error() string { return fmt.Sprintf("%d fields need an answer", len(f)) }

// answerCall keeps an answer, and with a proof of concept starts the experiment that judges it. before are faults that
// were found in reading it.
func (s *Server) answerCall(ctx context.Context, found *catalog.Call, content call.Answer, before []usecase.Fault) (*catalog.CallAnswer, string, error) {
	if at := found.At(s.cfg.Now()); at != call.Open {
		return nil, "", submitProblem(fmt.Errorf("%w: it is %s", catalog.ErrNotOpen, at))
	}
	h := s.callHost()
	list := append(before, content.Check(h, &found.Content, s.published(ctx))...)
	if len(list) > 0 {
		return nil, "", faultsError(list)
	}
	if err := s.slowly(ctx, s.gates.calls); err != nil {
		return nil, "", err
	}
	experiment := ""
	if content.PoC != "" {
		content.Pin(&h)
		file, err := found.Content.File(&h, found.ID, &content)
		if err != nil {
			return nil, "", err
		}
		if experiment, err = s.bench.take(ctx, file.YAML()); err != nil {
			return nil, "", err
		}
	}
	a, key, err := s.cfg.Store.AddAnswer(ctx, found.ID, content, experiment, s.cfg.Now())
	return a, key, submitProblem(err)
}

// published reports whether the catalogue shows a use case.
func (s *Server) published(ctx context.Context) func(id string) bool {
	return func(id string) bool {
		list, err := s.cfg.Store.Versions(ctx, "", id)
		return err == nil && catalog.Newest(list) != nil
	}
}

// withdrawAnswerForm lets a curator take an answer down.
func (s *Server) withdrawAnswerForm(c *gin.Context) error {
	ctx := c.Request.Context()
	who, err := curatorOf(ctx)
	if err != nil {
		return err
	}
	a, err := s.findAnswer(ctx, c.Param("id"), c.Param("answer"))
	if err != nil {
		return err
	}
	reason, err := reasonOf(c.PostForm("reason"))
	if err != nil {
		return err
	}
	by := catalog.Actor{Role: review.Curator, Name: who.ID, Organization: who.Organization}
	if _, err := s.cfg.Store.WithdrawAnswer(ctx, a.ID, by, reason, s.cfg.Now()); err != nil {
		return submitProblem(err)
	}
	c.Redirect(http.StatusSeeOther, "/calls/"+a.Call)
	return nil
}

// findAnswer finds an answer to a call that the visitor may see.
func (s *Server) findAnswer(ctx context.Context, id, answer string) (*catalog.CallAnswer, error) {
	if _, err := s.findCall(ctx, id); err != nil {
		return nil, err
	}
	a, err := s.cfg.Store.CallAnswer(ctx, answer)
	if errors.Is(err, catalog.ErrNotFound) || err == nil && a.Call != id {
		return nil, notFound("answer", answer, "GET "+apiBase+"/calls/"+id+" lists the answers to this call")
	}
	return a, err
}

// replayAnswerForm plays what is missing of an answer's experiment: after a restart, or when somebody put it or runs of
// it into the trash.
func (s *Server) replayAnswerForm(c *gin.Context) error {
	ctx := c.Request.Context()
	a, err := s.findAnswer(ctx, c.Param("id"), c.Param("answer"))
	if err != nil {
		return err
	}
	if a.State != call.Answered || a.Experiment == "" {
		return &Problem{Status: http.StatusConflict, Code: "nothing_to_play", Message: "Nothing is played for this answer."}
	}
	if err := s.slowly(ctx, s.gates.calls); err != nil {
		return err
	}
	if err := s.untrash(ctx, a.Experiment); err != nil {
		return err
	}
	if err := s.goOn(ctx, a.Experiment); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/calls/"+a.Call+"#answers")
	return nil
}

// untrash takes an experiment and its runs out of the trash, where they are there.
func (s *Server) untrash(ctx context.Context, id string) error {
	if err := s.cfg.Store.UndeleteExperiment(ctx, id); err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	links, err := s.cfg.Store.Links(ctx, id)
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := s.cfg.Store.UndeleteRun(ctx, l.Run); err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
	}
	return nil
}
