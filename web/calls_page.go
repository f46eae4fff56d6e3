// The pages of calls as a list, and the form that posts one.

package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/call"
)

// callsPage is the list: open ones first.
type callsPage struct {
	Open, Over []callJSON
	Waiting    []callJSON // for curators alone
}

// callList lists the calls that the public may see: open ones first, by their last day, then the others, newest first.
func (s *Server) callList(ctx context.Context) (open, over []callJSON, err error) {
	list, err := s.cfg.Store.Calls(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	for i := range list {
		if c := s.jsonOfCall(&list[i]); c.State == call.Open {
			open = append(open, c)
		} else {
			over = append(over, c)
		}
	}
	return open, over, nil
}

// waitingCalls lists the calls that no curator has looked at yet.
func (s *Server) waitingCalls(ctx context.Context) ([]callJSON, error) {
	list, err := s.cfg.Store.WaitingCalls(ctx, "")
	var out []callJSON
	for i := range list {
		out = append(out, s.jsonOfCall(&list[i]))
	}
	return out, err
}

func (s *Server) callsPage(c *gin.Context) error {
	ctx := c.Request.Context()
	p := &callsPage{}
	var err error
	if p.Open, p.Over, err = s.callList(ctx); err != nil {
		return err
	}
	if s.isCurator(ctx) {
		secret(c)
		if p.Waiting, err = s.waitingCalls(ctx); err != nil {
			return err
		}
	}
	return s.page(c, "calls", p)
}

// callFormPage is the page of the form: of a new call, or of one that its submitter changes.
type callFormPage struct {
	Form   *callForm
	Action string
}

func (s *Server) newCallPage(c *gin.Context) error {
	first := call.Call{}
	if len(s.cfg.Suites) > 0 {
		first.Suite.Name = s.cfg.Suites[0].Name
	}
	if name := c.Query("suite"); name != "" {
		first.Suite.Name = name
	}
	return s.page(c, "call_new", &callFormPage{s.newCallForm(first), "/calls/new"})
}

// postCallForm keeps a call and leads to its personal link.
func (s *Server) postCallForm(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	content := s.callOf(c.Request.PostForm)
	if wrong := inLabels(s.set(c).texts, "call.field.", content.Check(s.callHost())); len(wrong) > 0 {
		f := s.newCallForm(content)
		f.Wrong = wrong
		s.render(c, http.StatusUnprocessableEntity, "call_new", &callFormPage{f, "/calls/new"})
		return nil
	}
	_, key, err := s.postCall(c.Request.Context(), content)
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/calls/mine/"+key+"?sent=1")
	return nil
}

// postCall keeps a call in which nothing is wrong.
func (s *Server) postCall(ctx context.Context, content call.Call) (*catalog.Call, string, error) {
	if err := s.slowly(ctx, s.gates.calls); err != nil {
		return nil, "", err
	}
	posted, key, err := s.cfg.Store.NewCall(ctx, "", content, s.cfg.Now())
	return posted, key, submitProblem(err)
}
