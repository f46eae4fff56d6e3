// What a personal link leads to: the call that somebody posted, or the answer that somebody sent.

package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/call"
	"sealab/catalog/review"
)

// myCallPage is what its template shows: a call, or an answer and the call that it answers.
type myCallPage struct {
	Key     string
	Whole   string // with the host, to be kept
	Mail    string // a letter to oneself with it
	Sent    bool   // just now
	Call    *callOut
	Form    *callForm   // while the call may be changed
	Answer  *answerJSON // nil: it is the call's submitter
	Steps   []catalog.LogLine
	Asks    bool // withdrawing must say why
	Leaves  bool // it may be withdrawn
	Clauses []clauseView
}

func (p *myCallPage) title(t *texts) string {
	if p.Answer != nil {
		return t.T("call.mine.answer")
	}
	return t.T("call.mine.call")
}

// Action is where the form goes.
func (p *myCallPage) Action() string { return "/calls/mine/" + p.Key }

// Row is the answer as a row of the table.
func (p *myCallPage) Row() *callRow { return &callRow{Answer: p.Answer} }

// ofKey finds what a personal link leads to: one of the two is nil. Who tries many wrong keys has to wait.
func (s *Server) ofKey(ctx context.Context, key string) (*catalog.Call, *catalog.CallAnswer, error) {
	if err := s.gates.keys.closed(addressOf(ctx), s.cfg.Now()); err != nil {
		return nil, nil, err
	}
	c, err := s.cfg.Store.CallByKey(ctx, key)
	if !errors.Is(err, catalog.ErrNotFound) {
		return c, nil, err
	}
	a, err := s.cfg.Store.AnswerByKey(ctx, key)
	if errors.Is(err, catalog.ErrNotFound) {
		_ = s.slowly(ctx, s.gates.keys) // counts; whether the next one must wait shows then
		return nil, nil, &Problem{Status: http.StatusNotFound, Code: "unknown_link",
			Message: "This link leads to no call and no answer. Is it whole? A link is shown once, when something was sent, and the hub cannot find it again."}
	}
	return nil, a, err
}

func (s *Server) myCallPage(c *gin.Context) error {
	return s.myCallWith(c, http.StatusOK, nil)
}

// myCallWith shows what a personal link leads to, with a form that was filled in before.
func (s *Server) myCallWith(c *gin.Context, status int, form *callForm) error {
	secret(c)
	ctx := c.Request.Context()
	posted, answer, err := s.ofKey(ctx, c.Param("key"))
	if err != nil {
		return err
	}
	p := &myCallPage{Key: c.Param("key"), Sent: c.Query("sent") == "1", Form: form}
	subject := ""
	if answer != nil {
		subject = answer.ID
		if posted, err = s.cfg.Store.Call(ctx, answer.Call); err != nil {
			return err
		}
	} else {
		subject = posted.ID
	}
	if p.Call, err = s.callView(ctx, posted); err != nil {
		return err
	}
	if p.Steps, err = s.cfg.Store.History(ctx, subject); err != nil {
		return err
	}
	shown := callPage{callOut: p.Call}
	shown.columns(&posted.Content)
	p.Clauses = shown.Clauses
	if answer != nil {
		p.showAnswer(answer)
		if j := p.Answer.Judgement; j != nil && (j.State == stateQueued || j.State == stateRunning) {
			lookAgain(c)
		}
	} else {
		p.Leaves = len(call.Steps.Next(posted.State, review.Submitter)) > 0
		p.Asks = call.Steps.WantsReason(posted.State, review.Withdrawn, review.Submitter)
		if posted.State == review.Sent && form == nil {
			p.Form = s.newCallForm(posted.Content)
		}
	}
	set := s.set(c).texts
	p.Whole = hostOf(c.Request) + p.Action()
	p.Mail = letter(set.T("call.mine.mail", "title", p.Call.Title), p.Whole)
	s.render(c, status, "call_mine", p)
	return nil
}

func (p *myCallPage) showAnswer(a *catalog.CallAnswer) {
	for i := range p.Call.Answers {
		if p.Call.Answers[i].ID == a.ID {
			p.Answer = &p.Call.Answers[i]
		}
	}
	p.Leaves = a.State == call.Answered
}

// changeCallForm replaces the content of a call that no curator has opened yet.
func (s *Server) changeCallForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	ctx := c.Request.Context()
	posted, _, err := s.ofKey(ctx, c.Param("key"))
	if err != nil {
		return err
	}
	content := s.callOf(c.Request.PostForm)
	if wrong := inLabels(s.set(c).texts, "call.field.", content.Check(s.callHost())); len(wrong) > 0 && posted != nil && posted.State == review.Sent {
		f := s.newCallForm(content)
		f.Wrong = wrong
		return s.myCallWith(c, http.StatusUnprocessableEntity, f)
	}
	if _, err := s.changeCall(ctx, posted, content); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/calls/mine/"+c.Param("key"))
	return nil
}

// changeCall replaces the content of a call; nil stands for an answer, which nobody changes.
func (s *Server) changeCall(ctx context.Context, posted *catalog.Call, content call.Call) (*catalog.Call, error) {
	if posted == nil {
		return nil, submitProblem(catalog.ErrClosed)
	}
	if err := s.slowly(ctx, s.gates.writes); err != nil {
		return nil, err
	}
	c, err := s.cfg.Store.EditCall(ctx, posted.ID, content, s.cfg.Now())
	return c, submitProblem(err)
}

// withdrawCallForm takes back a call or an answer.
func (s *Server) withdrawCallForm(c *gin.Context) error {
	if err := s.withdrawCall(c.Request.Context(), c.Param("key"), c.PostForm("reason")); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/calls/mine/"+c.Param("key"))
	return nil
}

func (s *Server) withdrawCall(ctx context.Context, key, text string) error {
	posted, answer, err := s.ofKey(ctx, key)
	if err != nil {
		return err
	}
	reason, err := reasonOf(text)
	if err != nil {
		return err
	}
	by, now := catalog.Actor{Role: review.Submitter}, s.cfg.Now()
	if answer != nil {
		_, err = s.cfg.Store.WithdrawAnswer(ctx, answer.ID, by, reason, now)
	} else {
		_, err = s.cfg.Store.MoveCall(ctx, posted.ID, catalog.Step{To: review.Withdrawn, By: by, Reason: reason}, 0, now)
	}
	return submitProblem(err)
}
