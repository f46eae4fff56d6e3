// The report on the hub: a page with its files beside it, and the files.

package web

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

// reportPage is what its template shows.
type reportPage struct {
	experimentJSON
	Report *report
	Early  string // why there is none yet
	Tab    string
}

func (p *reportPage) title(t *texts) string { return p.Heading() + " · " + t.T("report.tab") }

func (s *Server) reportPage(c *gin.Context) error {
	ctx := c.Request.Context()
	e, err := s.findExperiment(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p := &reportPage{Tab: "report"}
	p.experimentJSON, _ = s.jsonOfExperiment(e)
	w, err := s.reportWriter(ctx, s.set(c).texts, e.ID)
	var early *Problem
	if errors.As(err, &early) && early.Status == http.StatusConflict {
		p.Early = early.Message
		return s.page(c, "report", p)
	}
	if err != nil {
		return err
	}
	p.Report = w.report()
	return s.page(c, "report", p)
}

// reportKinds are the media types of the formats.
var reportKinds = map[string]string{"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8", "tex": "application/x-tex; charset=utf-8"}

// reportFile sends a report as a file. The HTML opens in the browser, where it can be printed; its policy allows its own
// style element alone.
func (s *Server) reportFile(format string) func(*gin.Context) error {
	return func(c *gin.Context) error {
		out, err := s.report(c.Request.Context(), s.set(c), c.Param("id"), format)
		if err != nil {
			return err
		}
		how := "attachment"
		if format == "html" {
			how = "inline"
			c.Header("Content-Security-Policy", reportPolicy(styleOf(out))+"; img-src 'none'; frame-ancestors 'none'")
		}
		c.Header("Content-Disposition", fmt.Sprintf(`%s; filename="sealab-%s.%s"`, how, plainKey(c.Param("id")), format))
		return sendBytes(c, reportKinds[format], out)
	}
}
