// One version in review: as it will read, what is wrong with it, what changed, and what its curator may do with it.

package web

import (
	"context"
	"errors"
	"maps"
	"net/http"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// reviewPage is what its template shows.
type reviewPage struct {
	*catalog.Edition
	Curator *catalog.Curator
	Shown   *entryPage
	Faults  []usecase.Fault
	Before  *catalog.Edition // the version before it; nil: it is the first
	Changes []usecase.Change
	Does    []does
	Labels  []option // of evidence
	Fields  []string // of the entry, to be pointed at
	Owner   string
	Waits   float64 // seconds
	Thread  []said
	History []logLine
	Refused *Problem
	Text    string // that was refused
}

func (p *reviewPage) title(t *texts) string { return orText(p.Entry.Title, t.T("submit.untitled")) }

// Seen is what the forms say back, so that nobody decides about what he has not seen.
func (p *reviewPage) Seen() int64 { return p.Changed.UnixMilli() }

// InReview reports whether the curators have it before them.
func (p *reviewPage) InReview() bool { return p.State == review.InReview }

// does is a step that a curator may take.
type does struct {
	From, To review.State
	Reason   bool   // it must be given
	Fields   bool   // it may point at some
	Barred   string // key of why this curator may not
	Open     bool   // it was tried and refused
}

// reviewed finds a version that curators see: what was never sent in is its submitter's alone.
func (s *Server) reviewed(ctx context.Context, id string) (*catalog.Edition, *catalog.Curator, error) {
	who, err := curatorOf(ctx)
	if err != nil {
		return nil, nil, err
	}
	v, err := s.cfg.Store.Edition(ctx, id)
	if errors.Is(err, catalog.ErrNotFound) || err == nil && (v.Room != who.Room || v.Version == 0) {
		return nil, nil, notFound("submission", id, "GET /review lists what waits")
	}
	return v, who, err
}

// before is the published version that a version would follow, and what it changes.
func (s *Server) before(ctx context.Context, v *catalog.Edition) (*catalog.Edition, []usecase.Change, error) {
	list, err := s.cfg.Store.Versions(ctx, v.Room, v.Usecase)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		if e := &list[i]; e.Version < v.Version && e.State == review.Published {
			return e, usecase.Diff(&e.Entry, &v.Entry), nil
		}
	}
	return nil, nil, nil
}

// doable lists the steps that are open to a curator, with what bars one from them.
func (s *Server) doable(v *catalog.Edition, who *catalog.Curator) (list []does) {
	for _, to := range review.Next(v.State, review.Curator) {
		d := does{From: v.State, To: to, Reason: review.WantsReason(v.State, to, review.Curator), Fields: to == review.ChangesRequested}
		m := review.Move{To: to, By: review.Curator, Reason: "some", Faults: len(v.Entry.Check()), Organization: who.Organization,
			Actor: who.ID, Approver: v.Approver, TwoPersons: s.cfg.TwoPersons}
		if v.Entry.Submitter != nil {
			m.Author = v.Entry.Submitter.Name
		}
		switch err := review.Check(v.State, m); {
		case errors.Is(err, review.ErrOwn):
			d.Barred = "review.barred.own"
		case errors.Is(err, review.ErrSecond):
			d.Barred = "review.barred.second"
		case errors.Is(err, review.ErrFaults):
			d.Barred = "review.barred.faults"
		}
		list = append(list, d)
	}
	return list
}

func (s *Server) reviewPage(c *gin.Context) error {
	secret(c)
	v, who, err := s.reviewed(c.Request.Context(), c.Param("edition"))
	if err != nil {
		return err
	}
	return s.showReview(c, http.StatusOK, v, who, nil, "")
}

// showReview renders the page; where a step was refused, with why and with what was written for it.
func (s *Server) showReview(c *gin.Context, status int, v *catalog.Edition, who *catalog.Curator, refused *Problem, text string) error {
	ctx := c.Request.Context()
	p := &reviewPage{Edition: v, Curator: who, Faults: v.Entry.Check(), Does: s.doable(v, who), Waits: s.cfg.Now().Sub(v.Changed).Seconds(), Refused: refused, Text: text}
	entry := v.Entry
	if entry.Submitter == nil {
		entry.Submitter = &usecase.Party{}
	}
	p.Shown = &entryPage{Entry: &entry, Edition: v, PoCs: s.pocsOf(&entry), Modes: modesOf(&entry)}
	p.Labels = options(usecase.Evidences, []string{v.Entry.Evidence})
	for i := range steps {
		p.Fields = append(p.Fields, steps[i].fields()...)
	}
	var names map[string]string
	var err error
	if p.Shown.Proof, err = s.entryProof(ctx, v); err != nil {
		return err
	}
	if p.Before, p.Changes, err = s.before(ctx, v); err != nil {
		return err
	}
	if p.Thread, p.History, names, err = s.thread(ctx, v); err != nil {
		return err
	}
	p.Owner = names[v.Curator]
	for i := range p.Does {
		p.Does[i].Open = refused != nil && c.PostForm("to") == string(p.Does[i].To)
	}
	if refused != nil {
		maps.Copy(c.Writer.Header(), refused.GetHeaders())
	}
	s.render(c, status, "review_edition", p)
	return nil
}
