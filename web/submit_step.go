// What a submitter's form does when it comes back: the step is saved, whole or not, and then the way goes on.

package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// saveStep puts a step of a form into a draft. What it could not read is returned; the rest is saved.
func (s *Server) saveStep(ctx context.Context, v *catalog.Edition, st *step, form usecase.Form) (*catalog.Edition, []usecase.Unread, error) {
	if err := s.slowly(ctx, s.gates.writes); err != nil {
		return nil, nil, err
	}
	var unread []usecase.Unread
	v, err := s.cfg.Store.EditEntry(ctx, v.ID, s.cfg.Now(), func(e *usecase.Entry) error {
		unread = fillStep(e, st, form)
		return fits(e)
	})
	return v, unread, submitProblem(err)
}

// stepForm saves a step and does what its button says: next, save, more:LIST or send.
func (s *Server) stepForm(c *gin.Context) error {
	secret(c)
	n, err := stepNumber(c)
	if err != nil {
		return err
	}
	v, err := s.mine(c.Request.Context(), c.Param("key"))
	if err != nil {
		return err
	}
	sent, err := formSent(c)
	if err != nil {
		return err
	}
	if sent.Get("step") != steps[n-1].Name {
		return &Problem{Status: http.StatusBadRequest, Code: "not_this_form", Field: "step", Value: clip(sent.Get("step")), Allowed: steps[n-1].Name,
			Message: "This is not the form of this step; nothing was changed."}
	}
	form := formOf(sent)
	saved, unread, err := s.saveStep(c.Request.Context(), v, &steps[n-1], form)
	if err != nil {
		unread = fillStep(&v.Entry, &steps[n-1], form) // shown again, not kept
		return s.refuseStep(c, v, stepShown{n: n, unread: unread, answer: sent.Get("answer")}, err)
	}
	return s.afterStep(c, saved, n, sent, unread)
}

// refuseStep says why a step was not saved or sent, over the form with all that was written in it.
func (s *Server) refuseStep(c *gin.Context, v *catalog.Edition, show stepShown, err error) error {
	var p *Problem
	if !errors.As(err, &p) {
		return err
	}
	maps.Copy(c.Writer.Header(), p.GetHeaders())
	show.refused = p
	return s.showStep(c, p.Status, v, show)
}

// afterStep answers by a page where something needs an answer, and else by the way to the next.
func (s *Server) afterStep(c *gin.Context, v *catalog.Edition, n int, sent url.Values, unread []usecase.Unread) error {
	act, list, _ := strings.Cut(sent.Get("go"), ":")
	address := minePath + c.Param("key")
	show := stepShown{n: n, unread: unread, saved: v.Changed, answer: sent.Get("answer")}
	switch act {
	case "more":
		show.more = list
		if len(unread) == 0 {
			c.Redirect(http.StatusSeeOther, fmt.Sprintf("%s/%d?more=%s#%s", address, n, url.QueryEscape(list), fieldID(list)))
			return nil
		}
	case "send":
		if len(unread) == 0 && len(faultsOf(v)) == 0 {
			return s.sendIt(c, v, show)
		}
		show.asked = true
	case "next":
		show.asked = true
		here := slices.ContainsFunc(faultsOf(v), func(f usecase.Fault) bool { return stepOf(f.Field) == n })
		if len(unread) == 0 && !here {
			c.Redirect(http.StatusSeeOther, fmt.Sprintf("%s/%d", address, min(n+1, len(steps))))
			return nil
		}
	default:
		if len(unread) == 0 {
			c.Redirect(http.StatusSeeOther, fmt.Sprintf("%s/%d?saved=1", address, n))
			return nil
		}
	}
	return s.showStep(c, http.StatusUnprocessableEntity, v, show)
}

// sendIt sends a whole entry in, and shows where it stands then.
func (s *Server) sendIt(c *gin.Context, v *catalog.Edition, show stepShown) error {
	var wrong problemsOf
	if wrong.text("answer", show.answer, 0, maxRemark); len(wrong) > 0 {
		return s.refuseStep(c, v, show, wrong[0])
	}
	if err := s.send(c.Request.Context(), v, show.answer); err != nil {
		return s.refuseStep(c, v, show, err)
	}
	c.Redirect(http.StatusSeeOther, minePath+c.Param("key")+"?sent=1")
	return nil
}

// send takes the submitter's step to the curators, with an answer to what they asked for.
func (s *Server) send(ctx context.Context, v *catalog.Edition, answer string) error {
	return s.bySubmitter(ctx, v, catalog.Step{To: review.Sent, Reason: answer})
}

// bySubmitter takes a step as whoever holds the personal link.
func (s *Server) bySubmitter(ctx context.Context, v *catalog.Edition, step catalog.Step) error {
	if err := s.slowly(ctx, s.gates.remarks); err != nil {
		return err
	}
	step.By = catalog.Actor{Role: review.Submitter}
	step.Reason = strings.TrimSpace(step.Reason)
	_, err := s.cfg.Store.Move(ctx, v.ID, step, s.cfg.Now())
	return s.meanwhile(ctx, v, submitProblem(err))
}
