// The whole public catalogue as one file: who wants to keep it, or to run another hub with it, needs no account.

package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/interchange"
)

func (s *Server) catalogueFile(c *gin.Context) error {
	a, err := interchange.Of(c.Request.Context(), s.cfg.Store, catalog.DefaultRoom)
	if err != nil {
		return err
	}
	text, err := a.JSON()
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="catalogue.json"`)
	c.Data(http.StatusOK, "application/json", text)
	return nil
}
