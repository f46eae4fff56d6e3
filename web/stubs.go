// Handlers of pages that are still to be filled.

package web

import "github.com/gin-gonic/gin"

func (s *Server) livePage(c *gin.Context) error        { return s.page(c, "live", nil) }
func (s *Server) containerPage(c *gin.Context) error   { return s.page(c, "container", nil) }
func (s *Server) experimentsPage(c *gin.Context) error { return s.page(c, "experiments", nil) }
func (s *Server) runsPage(c *gin.Context) error        { return s.page(c, "runs", nil) }
func (s *Server) startRunForm(c *gin.Context) error    { return s.page(c, "runs", nil) }
func (s *Server) runPage(c *gin.Context) error         { return s.page(c, "run", nil) }
func (s *Server) cancelRunForm(c *gin.Context) error   { return s.page(c, "run", nil) }
func (s *Server) revealForm(c *gin.Context) error      { return s.page(c, "run", nil) }
func (s *Server) comparePage(c *gin.Context) error     { return s.page(c, "compare", nil) }
func (s *Server) usecasesPage(c *gin.Context) error    { return s.page(c, "usecases", nil) }
func (s *Server) usecasePage(c *gin.Context) error     { return s.page(c, "usecase", nil) }
func (s *Server) labPage(c *gin.Context) error         { return s.page(c, "lab", nil) }
func (s *Server) mqttPage(c *gin.Context) error        { return s.page(c, "lab_mqtt", nil) }
func (s *Server) helpPage(c *gin.Context) error        { return s.page(c, "help", nil) }
func (s *Server) searchPage(c *gin.Context) error      { return s.page(c, "search", nil) }

func (s *Server) apiRoutes(r *gin.Engine) {}
