// What changed between two versions of a use case, field by field.

package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// diffPage is what its template shows.
type diffPage struct {
	From, To *catalog.Edition
	Changes  []usecase.Change
}

func (p *diffPage) title(t *texts) string {
	return t.T("entry_diff.title", "title", p.To.Entry.Title, "a", p.From.Version, "b", p.To.Version)
}

func (s *Server) diffPage(c *gin.Context) error {
	p, err := s.diff(c, c.Param("id"), c.Param("range"))
	if err != nil {
		return err
	}
	return s.page(c, "entry_diff", p)
}

// diff compares the versions that a range such as v1..v2 names. The text of one that was withdrawn is not told.
func (s *Server) diff(c *gin.Context, id, versions string) (*diffPage, error) {
	from, to, two := strings.Cut(versions, "..")
	if !two {
		return nil, notFound("range of versions", versions, "write two versions, such as v1..v2")
	}
	p := &diffPage{}
	for _, side := range []struct {
		name string
		into **catalog.Edition
	}{{from, &p.From}, {to, &p.To}} {
		e, _, err := s.version(c.Request.Context(), id, side.name)
		if err != nil {
			return nil, err
		}
		if e.State == review.Withdrawn {
			return nil, withdrawn(e)
		}
		*side.into = e
	}
	p.Changes = usecase.Diff(&p.From.Entry, &p.To.Entry)
	return p, nil
}

// withdrawn says that a version is not told any more, and why.
func withdrawn(e *catalog.Edition) *Problem {
	return &Problem{Status: http.StatusGone, Code: "withdrawn", Field: "version", Value: versionName(e.Version), Allowed: e.Reason,
		Message: "Version " + versionName(e.Version) + " of " + e.Usecase + " was withdrawn: " + e.Reason}
}

// topField is the field of an entry in which a change is: the first word of its path.
func topField(path string) string {
	end := strings.IndexAny(path, ".[ ")
	if end < 0 {
		return path
	}
	return path[:end]
}
