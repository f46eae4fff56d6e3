// What curators do with a version: take a step, set the label of evidence, say something.

package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// moveIn is a step that a curator wants to take.
type moveIn struct {
	To     string   `json:"to" doc:"the state to which it goes"`
	Reason string   `json:"reason,omitempty" maxLength:"4000" doc:"mandatory where changes are asked for, for going back and for withdrawing"`
	Fields []string `json:"fields,omitempty" maxItems:"60" doc:"what the reason is about, such as metrics[0].unit"`
	Seen   int64    `json:"seen,omitempty" doc:"changed_ms of the version as it was looked at: 409 where it has changed since; 0: whatever it is now"`
}

// takeStep takes a curator's step.
func (s *Server) takeStep(ctx context.Context, v *catalog.Edition, who *catalog.Curator, in moveIn) (*catalog.Edition, error) {
	if _, err := oneOf("to", in.To, words(review.States)); err != nil {
		return nil, err
	}
	step := catalog.Step{To: review.State(in.To), By: asCurator(who), Reason: strings.TrimSpace(strings.ReplaceAll(in.Reason, "\r\n", "\n")),
		TwoPersons: s.cfg.TwoPersons, Seen: seenAt(in.Seen)}
	var wrong problemsOf
	if wrong.text("reason", step.Reason, 0, maxRemark); len(wrong) > 0 {
		return nil, wrong[0]
	}
	var err error
	if step.Fields, err = pointed(in.Fields); err != nil {
		return nil, err
	}
	if err := s.slowly(ctx, s.gates.writes); err != nil {
		return nil, err
	}
	moved, err := s.cfg.Store.Move(ctx, v.ID, step, s.cfg.Now())
	switch {
	case errors.Is(err, review.ErrFaults):
		return nil, unwhole(v.Entry.Check())
	case err != nil:
		return nil, s.meanwhile(ctx, v, submitProblem(err))
	}
	return moved, nil
}

func asCurator(who *catalog.Curator) catalog.Actor {
	return catalog.Actor{Role: review.Curator, Name: who.ID, Organization: who.Organization}
}

func seenAt(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// pointed checks the fields that a remark is about.
func pointed(fields []string) (list []string, err error) {
	for _, f := range fields {
		if f == "" {
			continue
		}
		if strings.ContainsAny(f, " \n\t") || len(f) > 80 || !known(topOf(f)) {
			return nil, invalid("bad_fields", "fields", f, "allowed are fields of an entry, such as title or metrics[0].unit")
		}
		list = append(list, f)
	}
	return list, nil
}

// known reports whether an entry has a field of this name.
func known(field string) bool {
	return slices.ContainsFunc(steps, func(st step) bool { return slices.Contains(st.fields(), field) })
}

// meanwhile adds to a refusal that comes too late what has happened.
func (s *Server) meanwhile(ctx context.Context, v *catalog.Edition, refusal error) error {
	var p *Problem
	if !errors.As(refusal, &p) || p.Status != http.StatusConflict {
		return refusal
	}
	_, history, _, err := s.thread(ctx, v)
	if err != nil || len(history) == 0 {
		return errors.Join(err, refusal)
	}
	last := history[len(history)-1]
	told := *p
	told.Message += " What happened last: " + last.Act + " by " + orText(last.By, last.Role) + ", " + stamp(last.At) + " UTC."
	return &told
}

// moveForm takes the step of a form, and shows the page again.
func (s *Server) moveForm(c *gin.Context) error {
	return s.fromReview(c, "reason", func(ctx context.Context, v *catalog.Edition, who *catalog.Curator) error {
		seen, _ := strconv.ParseInt(c.PostForm("seen"), 10, 64) // without one, whatever it is now
		_, err := s.takeStep(ctx, v, who, moveIn{To: c.PostForm("to"), Reason: c.PostForm("reason"), Fields: c.PostFormArray("field"), Seen: seen})
		return err
	})
}

// evidenceForm sets the label of evidence.
func (s *Server) evidenceForm(c *gin.Context) error {
	return s.fromReview(c, "evidence", func(ctx context.Context, v *catalog.Edition, who *catalog.Curator) error {
		seen, _ := strconv.ParseInt(c.PostForm("seen"), 10, 64) // without one, whatever it is now
		_, err := s.label(ctx, v, who, c.PostForm("evidence"), seen)
		return err
	})
}

// label sets the label of evidence of what is in review.
func (s *Server) label(ctx context.Context, v *catalog.Edition, who *catalog.Curator, evidence string, seen int64) (*catalog.Edition, error) {
	if _, err := oneOf("evidence", evidence, usecase.Evidences); err != nil {
		return nil, err
	}
	if err := s.slowly(ctx, s.gates.writes); err != nil {
		return nil, err
	}
	set, err := s.cfg.Store.SetEvidence(ctx, v.ID, evidence, asCurator(who), seenAt(seen), s.cfg.Now())
	if err != nil {
		return nil, s.meanwhile(ctx, v, submitProblem(err))
	}
	return set, nil
}

// speakForm adds a curator's remark.
func (s *Server) speakForm(c *gin.Context) error {
	return s.fromReview(c, "text", func(ctx context.Context, v *catalog.Edition, who *catalog.Curator) error {
		return s.speak(ctx, v, who, c.PostForm("text"), c.PostFormArray("field"))
	})
}

func (s *Server) speak(ctx context.Context, v *catalog.Edition, who *catalog.Curator, text string, about []string) error {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	var wrong problemsOf
	if wrong.text("text", text, 2, maxRemark); len(wrong) > 0 {
		return wrong[0]
	}
	fields, err := pointed(about)
	if err != nil {
		return err
	}
	return s.say(ctx, v, catalog.Remark{Role: review.Curator, Actor: who.ID, Fields: fields, Text: text})
}

// fromReview does what a form of the page wants. What is refused is said on the page, with what was written.
func (s *Server) fromReview(c *gin.Context, field string, do func(context.Context, *catalog.Edition, *catalog.Curator) error) error {
	secret(c)
	ctx := c.Request.Context()
	v, who, err := s.reviewed(ctx, c.Param("edition"))
	if err != nil {
		return err
	}
	sent, err := formSent(c)
	if err != nil {
		return err
	}
	err = do(ctx, v, who)
	var p *Problem
	if errors.As(err, &p) {
		now, who, err := s.reviewed(ctx, v.ID)
		if err != nil {
			return err
		}
		return s.showReview(c, p.Status, now, who, p, sent.Get(field))
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/review/"+v.ID)
	return nil
}
