// The steps of curators with calls.

package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/call"
	"sealab/catalog/review"
)

// maxReason is how long the reason of a step may be, in characters.
const maxReason = 2_000

// reasonOf reads the reason of a step.
func reasonOf(text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	var wrong problemsOf
	if wrong.text("reason", text, 0, maxReason); len(wrong) > 0 {
		return "", wrong
	}
	return text, nil
}

// curatorStep takes a curator's step with a call. One in which something is wrong by now is not opened: each field is
// named.
func (s *Server) curatorStep(ctx context.Context, id string, step catalog.Step) (*catalog.Call, error) {
	who, err := curatorOf(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.findCall(ctx, id)
	if err != nil {
		return nil, err
	}
	if step.To == call.Open && found.State == review.Sent {
		if list := found.Content.Check(s.callHost()); len(list) > 0 {
			return nil, unwhole(list)
		}
		if step.Seen.IsZero() {
			step.Seen = found.Changed // what was checked is what is opened
		}
	}
	step.By = catalog.Actor{Role: review.Curator, Name: who.ID, Organization: who.Organization}
	moved, err := s.cfg.Store.MoveCall(ctx, id, step, 0, s.cfg.Now())
	return moved, submitProblem(err)
}

// stepCallForm takes a curator's step with a call.
func (s *Server) stepCallForm(c *gin.Context) error {
	seen, _ := strconv.ParseInt(c.PostForm("seen"), 10, 64) // without it the step is about what is there now
	reason, err := reasonOf(c.PostForm("reason"))
	if err != nil {
		return err
	}
	step := catalog.Step{To: review.State(c.PostForm("to")), Reason: reason}
	if seen > 0 {
		step.Seen = time.UnixMilli(seen)
	}
	moved, err := s.curatorStep(c.Request.Context(), c.Param("id"), step)
	if err != nil {
		return err
	}
	to := "/calls/" + moved.ID
	if moved.Opened.IsZero() {
		to = "/calls"
	}
	c.Redirect(http.StatusSeeOther, to)
	return nil
}
