// The truth of a run is hidden until a visitor asks for it: whoever wants to judge a detector's findings by eye can do
// so first. What has been revealed is remembered by the visitor's browser, not for all: in a workshop each group
// decides for itself.

package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// seenCookie names the runs whose truth a visitor has seen, newest first, parted by dots.
const seenCookie = "seen"

// maxSeen keeps the cookie below the 4 kB that browsers allow.
const maxSeen = 150

func seen(r *http.Request) []string {
	c, err := r.Cookie(seenCookie)
	if err != nil || c.Value == "" {
		return nil
	}
	return strings.Split(c.Value, ".")
}

func revealed(r *http.Request, run string) bool { return slices.Contains(seen(r), run) }

// knowing takes a visitor who comes from a page that showed the truth of a run (?seen=1) for one who has seen it.
func knowing(c *gin.Context, run string) {
	if c.Query("seen") == "1" && !revealed(c.Request, run) {
		cookie := seeing(c.Request, run)
		http.SetCookie(c.Writer, cookie)
		others := c.Request.Cookies()
		c.Request.Header.Del("Cookie")
		for _, other := range others {
			if other.Name != seenCookie {
				c.Request.AddCookie(other)
			}
		}
		c.Request.AddCookie(cookie)
	}
}

// seeing is the cookie of a visitor who has now seen these runs too.
func seeing(r *http.Request, runs ...string) *http.Cookie {
	list := slices.Clone(runs)
	for _, id := range seen(r) {
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return &http.Cookie{Name: seenCookie, Value: strings.Join(list[:min(len(list), maxSeen)], "."), Path: "/", MaxAge: year,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil}
}

// hidden is the answer to whoever asks for the truth too early.
func hidden(run string) *Problem {
	return &Problem{Status: http.StatusForbidden, Code: "truth_hidden", Field: "run", Value: run,
		Message: "The truth of this run has not been revealed to you.",
		Allowed: "POST /api/v1/runs/" + run + "/reveal reveals it"}
}

// revealForm reveals the truth of one run and goes back to its page.
func (s *Server) revealForm(c *gin.Context) error {
	run, err := s.wholeRun(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	http.SetCookie(c.Writer, seeing(c.Request, run.ID))
	c.Redirect(http.StatusSeeOther, localPath(orText(c.PostForm("back"), "/runs/"+run.ID+"#truth")))
	return nil
}

// splitIDs reads a comma-separated list, without repetitions.
func splitIDs(text string) []string {
	var out []string
	for _, id := range strings.Split(text, ",") {
		if id = strings.TrimSpace(id); id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func orText(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
