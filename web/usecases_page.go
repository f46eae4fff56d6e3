// The use cases of the catalogue in a list.

package web

import (
	"github.com/gin-gonic/gin"

	"sealab/catalog"
)

func (s *Server) usecasesPage(c *gin.Context) error {
	shelf, err := s.cfg.Store.Shelf(c.Request.Context(), catalog.DefaultRoom)
	if err != nil {
		return err
	}
	return s.page(c, "usecases", shelf)
}
