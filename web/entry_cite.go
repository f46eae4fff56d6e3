// Citing a version: its panel on the page, and the files for managers of references.

package web

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// citeForm is a form in which a version is cited, at its address with the ending behind it.
type citeForm struct {
	Name, Ending, kind string
	write              func(*usecase.Citation) []byte
}

var citeForms = []citeForm{
	{"BibTeX", ".bib", "application/x-bibtex; charset=utf-8", func(c *usecase.Citation) []byte { return []byte(c.BibTeX()) }},
	{"CITATION.cff", ".cff", "application/yaml; charset=utf-8", func(c *usecase.Citation) []byte { return []byte(c.CFF()) }},
	{"CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", (*usecase.Citation).CSL},
}

// citation is how a version is cited by whoever asks.
func (s *Server) citation(r *http.Request, e *catalog.Edition) *usecase.Citation {
	c := &usecase.Citation{Entry: &e.Entry, Version: e.Version, Published: e.Published.UTC(), Hub: s.texts[defaultLanguage].T("brand")}
	if base := hostOf(r); base != "" && !onlyHere(r.Host) {
		c.Address = base + entryAddress(e.Usecase, e.Version)
	}
	return c
}

// onlyHere reports whether a host names the machine itself: such an address is nothing to cite.
func onlyHere(host string) bool {
	u := url.URL{Host: host}
	name := u.Hostname()
	ip := net.ParseIP(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// formAtEnd splits the name of a use case or of a version from the ending that asks for a citation; nil: there is none.
// Neither name holds a dot.
func formAtEnd(name string) (string, *citeForm) {
	for i := range citeForms {
		if plain, ok := strings.CutSuffix(name, citeForms[i].Ending); ok {
			return plain, &citeForms[i]
		}
	}
	return name, nil
}

// cite sends a version as a file for managers of references. Of what was withdrawn there is nothing to cite.
func (s *Server) cite(c *gin.Context, e *catalog.Edition, form *citeForm) error {
	if e.State == review.Withdrawn {
		return withdrawn(e)
	}
	c.Header("Content-Disposition", fmt.Sprintf(`attachment; filename="sealab-%s-v%d%s"`, plainKey(e.Usecase), e.Version, form.Ending))
	return sendBytes(c, form.kind, form.write(s.citation(c.Request, e)))
}

// apiCitation sends a version's citation in one form.
func (s *Server) apiCitation(form *citeForm) func(*gin.Context) error {
	return func(c *gin.Context) error {
		n, err := strconv.Atoi(c.Param("n"))
		if err != nil {
			return invalid("bad_version", "version", c.Param("n"), "want a whole number, such as 1")
		}
		e, _, err := s.version(c.Request.Context(), c.Param("id"), versionName(n))
		if err != nil {
			return err
		}
		return s.cite(c, e, form)
	}
}
