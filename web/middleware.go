// What every request passes before its handler: recovery, a number of its own, headers, limits.

package web

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

const requestID = "request"

// maxBody is far above any form or JSON that the hub takes.
const maxBody = 1 << 20

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'%s; " +
	"font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// plainHost is a host that may be written into a header: anything else is left out of it.
var plainHost = regexp.MustCompile(`^[A-Za-z0-9.\-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$`)

// number gives the request an id of our own; one from outside is not trusted.
func number(c *gin.Context) {
	id := rand.Text()
	c.Set(requestID, id)
	c.Header("X-Request-Id", id)
}

// recovered turns a panic of a handler into a 500: one bad page must not take the hub down.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		p := recover()
		switch {
		case p == nil:
		case p == http.ErrAbortHandler:
			panic(p)
		default:
			s.log.Error("handler panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			c.Abort()
			if !c.Writer.Written() {
				s.printProblem(c, problemOf(fmt.Errorf("panic: %v", p)))
			}
		}
	}()
	c.Next()
}

// headers say what a browser may do with an answer (reference/reliability.md section 5).
func headers(c *gin.Context) {
	sockets := ""
	if host := c.Request.Host; c.Request.URL.Path == "/lab/mqtt" && plainHost.MatchString(host) {
		sockets = " ws://" + host + " wss://" + host // older browsers do not count these as 'self'
	}
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", fmt.Sprintf(policy, sockets))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-cache")
	if c.Request.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// limits cuts a body that is larger than anything the hub takes.
func limits(c *gin.Context) {
	if c.Request.Body != nil {
		most := int64(maxBody)
		if c.Request.URL.Path == importPath {
			most = maxUpload
		}
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, most)
	}
}

// workWithin is how long an answer may take that rests on the statistics of many arms.
const workWithin = 2 * time.Minute

// worked are the paths whose answers may have to be worked out first.
var worked = []string{"/experiments/", "/compare", "/leaderboards", "/calls/", "/api/v1/experiments/", "/api/v1/compare", "/api/v1/leaderboards", "/api/v1/calls/"}

// patience gives an answer that must be worked out more time than the server gives a page.
func patience(c *gin.Context) {
	if slices.ContainsFunc(worked, func(path string) bool { return strings.HasPrefix(c.Request.URL.Path, path) }) {
		_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(workWithin)) // a recorder in a test has none
	}
}

// sameOrigin refuses what another site's page sends in a visitor's name (CSRF). A command line sends no such headers.
func (s *Server) sameOrigin(c *gin.Context) {
	if err := s.crossOrigin.Check(c.Request); err != nil {
		_ = c.Error(&Problem{Status: http.StatusForbidden, Code: "cross_origin",
			Message: "This request came from another site and was refused."})
		c.Abort()
	}
}
