// The page of one use case: its newest published version.

package web

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
)

// usecasePage is what its template shows.
type usecasePage struct{ *catalog.Edition }

func (p *usecasePage) title(*texts) string { return p.Entry.Title }

// usecasePage shows what is published. Where nothing ever was and a proof of concept has that name, it leads there: such
// pages stood here once.
func (s *Server) usecasePage(c *gin.Context) error {
	id := c.Param("id")
	versions, err := s.cfg.Store.Versions(c.Request.Context(), catalog.DefaultRoom, id)
	if errors.Is(err, catalog.ErrNotFound) {
		if _, err := s.findPoC(id); err == nil {
			c.Redirect(http.StatusMovedPermanently, "/pocs/"+url.PathEscape(id))
			return nil
		}
		return notFound("use case", id, "GET /api/v1/usecases lists them")
	}
	if err != nil {
		return err
	}
	e := catalog.Newest(versions)
	if e == nil {
		return notFound("use case", id, "it was withdrawn")
	}
	return s.page(c, "usecase", &usecasePage{e})
}
