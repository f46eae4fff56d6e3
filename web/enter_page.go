// How a curator enters: by the link of an invitation, which admits once.

package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/usecase"
)

// enterPage is the form of an invitation.
type enterPage struct {
	Name, Organization string
	Wrong              problemsOf
}

func (p *enterPage) Problem(field string) *Problem { return p.Wrong.of(field) }

// keyedPath finds the part of an address that holds a key which admits whoever knows it.
var keyedPath = regexp.MustCompile(`/(mine|enter|submissions)/[^/]+`)

// withoutKey is a path as it may be logged.
func withoutKey(path string) string { return keyedPath.ReplaceAllString(path, "/$1/…") }

// secret keeps a page that only a key or a session opens out of every cache.
func secret(c *gin.Context) { c.Header("Cache-Control", "no-store") }

// invitation finds whom a key admits. Who tries many wrong keys has to wait.
func (s *Server) invitation(ctx context.Context, key string) (*catalog.Curator, error) {
	if err := s.gates.keys.closed(addressOf(ctx), s.cfg.Now()); err != nil {
		return nil, err
	}
	who, err := s.cfg.Store.Invitation(ctx, key, s.cfg.Now())
	if errors.Is(err, catalog.ErrNotFound) {
		_ = s.slowly(ctx, s.gates.keys) // counts; whether the next one must wait shows then
		return nil, &Problem{Status: http.StatusNotFound, Code: "unknown_invitation",
			Message: "There is no such invitation. Is the link whole? Whoever invited you can make another."}
	}
	return who, spent(err)
}

func spent(err error) error {
	if errors.Is(err, catalog.ErrSpent) {
		return &Problem{Status: http.StatusGone, Code: "spent_invitation",
			Message: "This invitation does not admit any more: it was used, has expired, or was revoked. Whoever invited you can make another."}
	}
	return err
}

func (s *Server) enterPage(c *gin.Context) error {
	secret(c)
	who, err := s.invitation(c.Request.Context(), c.Param("key"))
	if err != nil {
		return err
	}
	return s.page(c, "enter", &enterPage{Name: who.Name, Organization: who.Organization})
}

func (s *Server) enterForm(c *gin.Context) error {
	secret(c)
	ctx := c.Request.Context()
	if _, err := s.invitation(ctx, c.Param("key")); err != nil {
		return err
	}
	p := &enterPage{Name: strings.TrimSpace(c.PostForm("name")), Organization: strings.TrimSpace(c.PostForm("organization"))}
	p.Wrong.text("name", p.Name, 2, 80)
	p.Wrong.text("organization", p.Organization, 0, 160)
	if len(p.Wrong) > 0 {
		s.render(c, http.StatusUnprocessableEntity, "enter", p)
		return nil
	}
	who, err := s.cfg.Store.Enter(ctx, c.Param("key"), p.Name, p.Organization, s.cfg.Now())
	if err != nil {
		return spent(err)
	}
	if err := s.admit(c, who); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/review")
	return nil
}

// leaveForm ends a curator's session.
func (s *Server) leaveForm(c *gin.Context) error {
	if err := s.dismiss(c); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/")
	return nil
}

// text says what is wrong with a plain text of a form: its length, or what no text of a person holds.
func (p *problemsOf) text(field, text string, least, most int) {
	n := utf8.RuneCountInString(text)
	problem := usecase.TextFault(text)
	switch {
	case problem != "":
	case n == 0 && least > 0:
		problem = usecase.Missing
	case n < least || n > most:
		problem = fmt.Sprintf("has %d characters: wanted are %d to %d", n, least, most)
	default:
		return
	}
	*p = append(*p, fault(usecase.Fault{Field: field, Problem: problem}))
}

// of is the problem of a field that has one.
func (p problemsOf) of(field string) *Problem {
	i := slices.IndexFunc(p, func(x *Problem) bool { return x.Field == field })
	if i < 0 {
		return nil
	}
	return p[i]
}

// fault gives a fault of an entry the hub's one shape.
func fault(f usecase.Fault) *Problem {
	p := &Problem{Status: http.StatusUnprocessableEntity, Code: "bad_field", Field: f.Field, Line: f.Line, Allowed: f.Problem, Message: f.Field + " " + f.Problem + "."}
	if f.Field == "" {
		p.Code, p.Message = "bad_entry", "The entry "+f.Problem+"."
	}
	if f.Problem == usecase.Missing {
		p.Code = "missing_field"
	}
	return p
}
