// What goes wrong, said once: every handler returns an error, and one middleware prints it as a page or as JSON.

package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog/usecase"
	"sealab/sim"
)

// Problem is an error for a person: a code that programs match on, a sentence, and where it concerns one field, its
// name, the value that was given and what is allowed.
type Problem struct {
	Status  int    `json:"-"`
	Code    string `json:"code" doc:"stable word for programs" example:"unknown_setting"`
	Message string `json:"message" doc:"one sentence for a person"`
	Field   string `json:"field,omitempty" doc:"the field that is wrong"`
	Value   string `json:"value,omitempty" doc:"what was given"`
	Allowed string `json:"allowed,omitempty" doc:"what is allowed, or a suggestion"`
	Line    int    `json:"line,omitempty" doc:"of a file, from 1"`
	Drawing string `json:"drawing,omitempty" doc:"of a text with a grammar: the line, and below it a caret at the place"`

	Faults []usecase.Fault `json:"faults,omitempty" doc:"of an entry: everything that is wrong, field by field"`

	RetryAfter int `json:"retry_after_s,omitempty" doc:"when to try again, in seconds"`
}

// Error is the sentence.
func (p *Problem) Error() string { return p.Message }

// GetStatus lets the documented API answer with a Problem.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders are what a refusal says outside its body.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Invitation") // the standard wants a way in to be named
	}
	return h
}

// MarshalJSON puts the problem under "error", so that an answer is never mistaken for data.
func (p *Problem) MarshalJSON() ([]byte, error) {
	type plain Problem
	return json.Marshal(map[string]*plain{"error": (*plain)(p)})
}

func notFound(what, name, hint string) *Problem {
	return &Problem{Status: http.StatusNotFound, Code: "unknown_" + what, Field: what, Value: clip(name), Allowed: hint,
		Message: fmt.Sprintf("There is no %s %q.", what, clip(name))}
}

func invalid(code, field, value, allowed string) *Problem {
	return &Problem{Status: http.StatusUnprocessableEntity, Code: code, Field: field, Value: clip(value), Allowed: allowed,
		Message: fmt.Sprintf("%s cannot be %q: %s.", field, clip(value), strings.TrimSuffix(allowed, "."))}
}

func tooLarge(limit int64) *Problem {
	return &Problem{Status: http.StatusRequestEntityTooLarge, Code: "too_large", Message: fmt.Sprintf("The request is larger than %d bytes, which nothing here needs.", limit)}
}

// clip keeps a foreign value short enough to be shown back.
func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// problemOf finds the status and words of any error. What nobody foresaw is a 500 that tells nothing of the inside.
func problemOf(err error) *Problem {
	var p *Problem
	var bad *sim.BadSetting
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &bad):
		code := "bad_" + bad.What
		if bad.Unknown {
			code = "unknown_" + bad.What
		}
		return &Problem{Status: http.StatusUnprocessableEntity, Code: code, Field: bad.Name, Value: clip(bad.Value),
			Allowed: bad.Allowed, Message: bad.Error()}
	case errors.As(err, &big):
		return tooLarge(big.Limit)
	case errors.Is(err, context.Canceled):
		return &Problem{Status: 499, Code: "gone", Message: "The visitor went away."}
	}
	return &Problem{Status: http.StatusInternalServerError, Code: "internal", Message: "Something failed inside the hub."}
}

// answer turns a handler that returns its error into gin's form.
func answer(h func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h(c); err != nil {
			_ = c.Error(err)
			c.Abort()
		}
	}
}

// problems prints the error of a request, if it has one, and logs what nobody foresaw.
func (s *Server) problems(c *gin.Context) {
	c.Next()
	if len(c.Errors) == 0 {
		return
	}
	err := c.Errors.Last().Err
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError {
		s.log.Error("request failed", "path", withoutKey(c.Request.URL.Path), "request", c.GetString(requestID), "error", err)
	}
	if c.Writer.Written() {
		return
	}
	s.printProblem(c, p)
}

func (s *Server) printProblem(c *gin.Context, p *Problem) {
	maps.Copy(c.Writer.Header(), p.GetHeaders())
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		c.JSON(p.Status, p)
		return
	}
	s.render(c, p.Status, "error", problemView(p))
}
