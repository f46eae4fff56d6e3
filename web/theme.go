// The visitor's choices kept in cookies: light or dark, and which runs have been revealed to them.

package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

const year = 365 * 24 * 3600

// themeOf is what the visitor chose; "auto" follows the system.
func themeOf(c *gin.Context) string {
	if v, _ := c.Cookie("theme"); v == "light" || v == "dark" {
		return v
	}
	return "auto"
}

// setTheme remembers a choice and goes back to where it was made.
func (s *Server) setTheme(c *gin.Context) error {
	theme := c.PostForm("theme")
	if theme != "light" && theme != "dark" && theme != "auto" {
		return invalid("bad_theme", "theme", theme, "allowed are light, dark and auto")
	}
	// Scripts may read this one: base.js sets it too, so that a change needs no reload.
	http.SetCookie(c.Writer, &http.Cookie{Name: "theme", Value: theme, Path: "/", MaxAge: year, SameSite: http.SameSiteLaxMode})
	c.Redirect(http.StatusSeeOther, localPath(c.PostForm("back")))
	return nil
}

// localPath allows a way back into this site only.
func localPath(p string) string {
	if !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsAny(p, "\\\r\n") {
		return "/"
	}
	return p
}
