// Runs put aside, one or several at once, and taken back: undo rather than "are you sure".

package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
)

// maxDropped is how many runs one request may put aside: more than a page shows.
const maxDropped = 200

// droppable refuses a run that has not ended, and one that there is not.
func (s *Server) droppable(ctx context.Context, id string) error {
	if s.desk.find(id) != nil {
		return &Problem{Status: http.StatusConflict, Code: "run_playing", Field: "run", Value: clip(id),
			Message: "This run has not ended. Cancel it first."}
	}
	_, _, err := s.findRun(ctx, id)
	return err
}

// dropRun puts a run that has ended into the trash.
func (s *Server) dropRun(ctx context.Context, id string) error {
	if err := s.droppable(ctx, id); err != nil {
		return err
	}
	if err := s.cfg.Store.DeleteRun(ctx, id); err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	s.runs.forget(id)
	s.outcomes.forget(id)
	return nil
}

// restoreRun takes a run out of the trash.
func (s *Server) restoreRun(ctx context.Context, id string) error {
	err := s.cfg.Store.UndeleteRun(ctx, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return notFound("run", id, "only one that was deleted can be taken back")
	}
	return err
}

// ticked reads the runs of a form.
func ticked(c *gin.Context) ([]string, error) {
	if err := c.Request.ParseForm(); err != nil {
		return nil, badForm(err)
	}
	ids := c.Request.PostForm["runs"]
	if len(ids) == 0 || len(ids) > maxDropped {
		return nil, invalid("bad_choice", "runs", fmt.Sprint(len(ids)), fmt.Sprintf("choose 1 to %d runs", maxDropped))
	}
	return ids, nil
}

// backTo is the table as it was, from the form's word for it, which is foreign.
func backTo(c *gin.Context) url.Values {
	v, _ := url.ParseQuery(c.Request.PostForm.Get("back")) // what cannot be read is left out
	return runQueryOf(v).values()
}

// dropRunsForm puts the ticked runs aside, and shows the table with the way back.
func (s *Server) dropRunsForm(c *gin.Context) error {
	ids, err := ticked(c)
	if err != nil {
		return err
	}
	for _, id := range ids { // first, so that none is put aside without a way back
		if err := s.droppable(c.Request.Context(), id); err != nil {
			return err
		}
	}
	for _, id := range ids {
		if err := s.dropRun(c.Request.Context(), id); err != nil {
			return err
		}
	}
	v := backTo(c)
	v.Set("deleted", strings.Join(ids, ","))
	c.Redirect(http.StatusSeeOther, address("/runs", v))
	return nil
}

// restoreRunsForm takes runs back; those that are back already are no error.
func (s *Server) restoreRunsForm(c *gin.Context) error {
	ids, err := ticked(c)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.restoreRun(c.Request.Context(), id); err != nil && problemOf(err).Status != http.StatusNotFound {
			return err
		}
	}
	c.Redirect(http.StatusSeeOther, address("/runs", backTo(c)))
	return nil
}

// deletedOf lists the runs that an address says were just put aside.
func deletedOf(c *gin.Context) []string {
	var list []string
	for _, id := range strings.Split(c.Query("deleted"), ",") {
		if id != "" && len(list) < maxDropped {
			list = append(list, clip(id))
		}
	}
	return list
}

func (s *Server) apiRestoreRun(ctx context.Context, in *idIn) (*answerOf[startedOut], error) {
	if err := s.restoreRun(ctx, in.ID); err != nil {
		return nil, err
	}
	view, _, err := s.findRun(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return ok(startedOut{in.ID, in.ID, view.State, "/runs/" + in.ID})
}
