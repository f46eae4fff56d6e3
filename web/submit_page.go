// Sending in a use case without an account: the criteria, the draft, and the four steps of its form.

package web

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// minePath is where a personal link leads.
const minePath = "/usecases/mine/"

// newPage is where a submission begins.
type newPage struct {
	Title, Stage string
	Stages       []option
	Wrong        problemsOf // of the form
	File         []*Problem // of a file that could not be read
}

func (p *newPage) Problem(field string) *Problem { return p.Wrong.of(field) }

func (p *newPage) filled() *newPage {
	p.Stages = options(usecase.Stages, []string{p.Stage})
	return p
}

func (s *Server) submitPage(c *gin.Context) error {
	return s.page(c, "submit", (&newPage{Stage: usecase.Idea}).filled())
}

// beginForm makes a draft and leads to its personal link.
func (s *Server) beginForm(c *gin.Context) error {
	sent, err := formSent(c)
	if err != nil {
		return err
	}
	p := &newPage{Title: strings.TrimSpace(sent.Get("title")), Stage: sent.Get("stage")}
	p.Wrong.text("title", p.Title, 1, usecase.MaxLength("title"))
	if _, err := oneOf("stage", p.Stage, usecase.Stages); err != nil {
		p.Wrong = append(p.Wrong, problemOf(err))
	}
	if len(p.Wrong) > 0 {
		s.render(c, http.StatusUnprocessableEntity, "submit", p.filled())
		return nil
	}
	_, key, err := s.newDraft(c.Request.Context(), "", usecase.Entry{Title: p.Title, Stage: p.Stage})
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, minePath+key)
	return nil
}

// newDraft makes a draft, at the pace that the hub takes them.
func (s *Server) newDraft(ctx context.Context, of string, e usecase.Entry) (*catalog.Edition, string, error) {
	if err := s.slowly(ctx, s.gates.drafts); err != nil {
		return nil, "", err
	}
	if err := fits(&e); err != nil {
		return nil, "", err
	}
	e.Origin = usecase.Submitted
	d, key, err := s.cfg.Store.NewDraft(ctx, catalog.DefaultRoom, of, e, s.cfg.Now())
	return d, key, submitProblem(err)
}

// fits refuses a text that is larger than any entry.
func fits(e *usecase.Entry) error {
	if n := len(e.JSON()); n > usecase.MaxBytes {
		return &Problem{Status: http.StatusRequestEntityTooLarge, Code: "too_large",
			Message: fmt.Sprintf("All texts together have %d bytes; an entry may have %d. Nothing of this was saved.", n, usecase.MaxBytes)}
	}
	return nil
}

// formSent reads a form that is not a file. What is no form is refused, so that it does not pass for an empty one.
func formSent(c *gin.Context) (url.Values, error) {
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, &Problem{Status: http.StatusUnsupportedMediaType, Code: "bad_media_type", Field: "Content-Type", Value: clip(c.GetHeader("Content-Type")),
			Allowed: "application/x-www-form-urlencoded", Message: "This address takes a form."}
	}
	if err := c.Request.ParseForm(); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return nil, err
		}
		return nil, &Problem{Status: http.StatusBadRequest, Code: "bad_request", Message: "The form cannot be read."}
	}
	return c.Request.PostForm, nil
}

// mine finds the version that a personal link opens. Who tries many wrong ones has to wait.
func (s *Server) mine(ctx context.Context, key string) (*catalog.Edition, error) {
	if err := s.gates.keys.closed(addressOf(ctx), s.cfg.Now()); err != nil {
		return nil, err
	}
	e, err := s.cfg.Store.EditionByKey(ctx, key)
	if errors.Is(err, catalog.ErrNotFound) {
		_ = s.slowly(ctx, s.gates.keys) // counts; whether the next one must wait shows then
		return nil, &Problem{Status: http.StatusNotFound, Code: "unknown_submission",
			Message: "No submission has this address. Is the link whole? A draft in which nothing was written for a month is forgotten."}
	}
	return e, err
}

// faultsOf is what stands against sending a version in.
func faultsOf(v *catalog.Edition) []usecase.Fault {
	e := v.Entry
	settle(&e)
	return e.Check()
}

// settle sets what the hub sets itself, so that nobody is asked for it.
func settle(e *usecase.Entry) {
	e.Origin = usecase.Submitted
	if e.ID == "" {
		e.ID = usecase.Slug(e.Title)
	}
}

// stepPage is one step of the form.
type stepPage struct {
	*catalog.Edition
	N       int // from 1
	Step    *step
	Steps   []step
	Wanted  []question
	Others  []question
	Open    bool // the others are shown at once
	Faults  []stepFault
	Saved   time.Time // zero: it was not just now
	Asked   bool      // what is missing was asked for
	Address string    // of the page of the submission
	Pending []stepFault
	Answer  string // to the curator
	Refused *Problem
}

func (p *stepPage) title(t *texts) string {
	return t.T("submit_step.title", "n", p.N, "title", orText(p.Entry.Title, t.T("submit.untitled")))
}

// Last reports whether this is the step from which it is sent.
func (p *stepPage) Last() bool { return p.N == len(steps) }

// Returned reports whether a curator asked for changes.
func (p *stepPage) Returned() bool { return p.State == review.ChangesRequested }

// stepFault is a fault with the way to its field.
type stepFault struct {
	usecase.Fault
	Href string
}

func stepFaults(faults []usecase.Fault, address string, now int) (list []stepFault) {
	for _, f := range faults {
		href := "#" + anchorOf(f.Field)
		if n := stepOf(f.Field); n != now {
			href = fmt.Sprintf("%s/%d?check=1%s", address, n, href)
		}
		list = append(list, stepFault{f, href})
	}
	slices.SortStableFunc(list, func(a, b stepFault) int { return stepOf(a.Field) - stepOf(b.Field) })
	return list
}

// anchorOf is the id of the element that answers for a path.
func anchorOf(path string) string {
	top := topOf(path)
	for _, st := range steps {
		for _, a := range st.Asks {
			if a.Name == top && a.Kind != "rows" && a.Kind != "areas" && a.Kind != "group" {
				return fieldID(top)
			}
		}
	}
	return fieldID(path)
}

// stepNumber reads which step is meant.
func stepNumber(c *gin.Context) (int, error) {
	n, err := strconv.Atoi(c.Param("step"))
	if err != nil || n < 1 || n > len(steps) {
		return 0, notFound("step", c.Param("step"), fmt.Sprintf("there are 1 to %d", len(steps)))
	}
	return n, nil
}

func (s *Server) stepPage(c *gin.Context) error {
	secret(c)
	n, err := stepNumber(c)
	if err != nil {
		return err
	}
	v, err := s.mine(c.Request.Context(), c.Param("key"))
	if err != nil {
		return err
	}
	if !v.State.Open() {
		c.Redirect(http.StatusSeeOther, minePath+c.Param("key"))
		return nil
	}
	show := stepShown{n: n, asked: c.Query("check") == "1", more: c.Query("more")}
	if c.Query("saved") == "1" {
		show.saved = v.Changed
	}
	return s.showStep(c, http.StatusOK, v, show)
}

// stepShown says how a step is shown.
type stepShown struct {
	n      int
	asked  bool   // with what is missing or wrong
	more   string // the list that is to have more empty rows
	saved  time.Time
	unread []usecase.Unread
	answer string

	refused *Problem // why nothing was saved
}

func (s *Server) showStep(c *gin.Context, status int, v *catalog.Edition, show stepShown) error {
	ctx := c.Request.Context()
	st := &steps[show.n-1]
	all := faultsOf(v)
	here := slices.DeleteFunc(slices.Clone(all), func(f usecase.Fault) bool { return stepOf(f.Field) != show.n })
	if !show.asked {
		here = nil
	}
	for i, u := range show.unread { // what could not be read is told before what is missing for it
		here = slices.DeleteFunc(here, func(f usecase.Fault) bool { return f.Field == u.Field })
		here = slices.Insert(here, i, u.Fault)
	}
	filled := newFilling(&v.Entry, show.unread, here)
	filled.more = show.more
	names, err := s.curatorNames(ctx, v.Room)
	if err != nil {
		return err
	}
	thread, err := s.cfg.Store.Remarks(ctx, v.ID)
	if err != nil {
		return err
	}
	if v.State == review.ChangesRequested {
		filled.said = saidOn(thread, names)
	}
	p := &stepPage{Edition: v, N: show.n, Step: st, Steps: steps, Saved: show.saved, Asked: show.asked, Address: minePath + c.Param("key"), Answer: show.answer, Refused: show.refused}
	p.Wanted, p.Others = filled.questions(st)
	p.Open = slices.ContainsFunc(p.Others, func(q question) bool { return q.Filled || len(q.Wrong) > 0 || len(q.Said) > 0 || q.Path == show.more })
	p.Faults = stepFaults(here, p.Address, show.n)
	if p.Last() {
		p.Pending = stepFaults(slices.DeleteFunc(all, func(f usecase.Fault) bool { return has(here, f.Field) }), p.Address, show.n)
	}
	s.render(c, status, "submit_step", p)
	return nil
}

func has(list []usecase.Fault, field string) bool {
	return slices.ContainsFunc(list, func(f usecase.Fault) bool { return f.Field == field })
}
