// Tags and notes on runs and experiments, on their pages and over the API. They stand beside the record.

package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
)

// besidePanel is the panel of tags and note on the page of a run or an experiment.
type besidePanel struct {
	URL      string // of the page
	List     string // of the table
	Tags     []string
	Note     string
	Untagged string // just taken off
	Replaced bool   // the note has just taken the place of another
}

// Tagged is the table of what carries the tag.
func (p besidePanel) Tagged(tag string) string { return whereHas(p.List, "tag", tag) }

// keptNotes bounds the notes that can be taken back, in bytes.
const keptNotes = 1 << 20

// besideOf fills the panel for a page.
func (s *Server) besideOf(c *gin.Context, list, id string) (besidePanel, error) {
	b, err := s.cfg.Store.Beside(c.Request.Context(), id)
	if err != nil {
		return besidePanel{}, err
	}
	p := besidePanel{URL: list + "/" + id, List: list, Tags: b[id].Tags, Note: b[id].Note, Untagged: clip(c.Query("untagged"))}
	_, there := s.oldNotes.get(id)
	p.Replaced = there && c.Query("noted") != ""
	return p, nil
}

// besideProblem says what is wrong with a tag or a note.
func besideProblem(err error, field, value, id string) error {
	switch {
	case errors.Is(err, catalog.ErrNotFound) && field == "tag":
		return notFound("tag", value, "the tag is not on "+clip(id)+", or there is no such run or experiment")
	case errors.Is(err, catalog.ErrNotFound):
		return notFound("run", id, "neither a run nor an experiment has this id")
	case errors.Is(err, catalog.ErrUnfit) && field == "tag":
		return invalid("bad_tag", "tag", value, "allowed are 1–40 characters without control characters, and 50 tags on one run or experiment")
	case errors.Is(err, catalog.ErrUnfit):
		return invalid("bad_note", "note", value, "allowed are 20,000 characters of text")
	}
	return err
}

// setTag puts a tag on, or takes it off.
func (s *Server) setTag(ctx context.Context, id, tag string, on bool) error {
	if on {
		return besideProblem(s.cfg.Store.AddTag(ctx, id, tag), "tag", tag, id)
	}
	return besideProblem(s.cfg.Store.RemoveTag(ctx, id, tag), "tag", tag, id)
}

// setNote writes a note; the one that it replaces can be taken back for a while.
func (s *Server) setNote(ctx context.Context, id, note string) error {
	before, err := s.cfg.Store.Beside(ctx, id)
	if err != nil {
		return err
	}
	note = strings.ReplaceAll(note, "\r\n", "\n") // as forms write line breaks
	if err := s.cfg.Store.SetNote(ctx, id, note); err != nil {
		return besideProblem(err, "note", note, id)
	}
	s.oldNotes.forget(id)
	if old := before[id].Note; old != "" && old != note {
		s.oldNotes.put(id, old, len(old))
	}
	return nil
}

// tagForm adds the tag of a form, or takes off the one whose button was pressed.
func (s *Server) tagForm(list string) func(*gin.Context) error {
	return func(c *gin.Context) error {
		if err := c.Request.ParseForm(); err != nil {
			return badForm(err)
		}
		id, v := c.Param("id"), url.Values{}
		if off := c.Request.PostForm.Get("remove"); off != "" {
			if err := s.setTag(c.Request.Context(), id, off, false); err != nil {
				return err
			}
			v.Set("untagged", off)
		} else if err := s.setTag(c.Request.Context(), id, c.Request.PostForm.Get("tag"), true); err != nil {
			return err
		}
		c.Redirect(http.StatusSeeOther, address(list+"/"+url.PathEscape(id), v)+"#beside")
		return nil
	}
}

// noteForm writes the note of a form, or takes the last one back.
func (s *Server) noteForm(list string) func(*gin.Context) error {
	return func(c *gin.Context) error {
		if err := c.Request.ParseForm(); err != nil {
			return badForm(err)
		}
		id := c.Param("id")
		note := c.Request.PostForm.Get("note")
		if c.Request.PostForm.Get("step") == "undo" {
			old, there := s.oldNotes.get(id)
			if !there {
				return notFound("note", id, "the one before is no longer kept")
			}
			note = old
		}
		if err := s.setNote(c.Request.Context(), id, note); err != nil {
			return err
		}
		c.Redirect(http.StatusSeeOther, list+"/"+url.PathEscape(id)+"?noted=1#beside")
		return nil
	}
}

// tagIn names a tag of a run or an experiment.
type tagIn struct {
	ID  string `path:"id" maxLength:"64"`
	Tag string `query:"tag" required:"true" doc:"1–40 characters"` // not in the path: a tag may hold a slash
}

// noteIn is a note as a plain text.
type noteIn struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Note string `json:"note" doc:"at most 20,000 characters; an empty one takes the note away"`
	}
}

// besideOut is what stands beside a run or an experiment.
type besideOut struct {
	ID   string   `json:"id"`
	Tags []string `json:"tags"`
	Note string   `json:"note"`
}

func (s *Server) apiAddTag(ctx context.Context, in *tagIn) (*answerOf[besideOut], error) {
	if err := s.setTag(ctx, in.ID, in.Tag, true); err != nil {
		return nil, err
	}
	return s.besideAnswer(ctx, in.ID)
}

func (s *Server) apiRemoveTag(ctx context.Context, in *tagIn) (*answerOf[besideOut], error) {
	if err := s.setTag(ctx, in.ID, in.Tag, false); err != nil {
		return nil, err
	}
	return s.besideAnswer(ctx, in.ID)
}

func (s *Server) apiNote(ctx context.Context, in *noteIn) (*answerOf[besideOut], error) {
	if err := s.setNote(ctx, in.ID, in.Body.Note); err != nil {
		return nil, err
	}
	return s.besideAnswer(ctx, in.ID)
}

func (s *Server) besideAnswer(ctx context.Context, id string) (*answerOf[besideOut], error) {
	b, err := s.cfg.Store.Beside(ctx, id)
	if err != nil {
		return nil, err
	}
	return ok(besideOut{id, append([]string{}, b[id].Tags...), b[id].Note})
}
