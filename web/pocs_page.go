// The pages of the proofs of concept: all that this hub can run, and one with its claim and parameters.

package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
)

// pocView is a proof of concept as its pages show it.
type pocView struct {
	pocs.PoC
	Short     string
	SeesTruth bool
	Scenarios []string
}

func (p *pocView) title(*texts) string { return p.Name }

func (s *Server) poc(p *pocs.PoC) *pocView {
	v := &pocView{PoC: *p, Short: firstSentence(p.Doc), SeesTruth: s.cfg.SeesTruth[p.Name]}
	v.Claim = orText(p.Claim, pocs.DefaultClaim)
	for i := range s.cfg.Challenges {
		if s.cfg.Challenges[i].Name == p.Challenge {
			for _, sc := range s.cfg.Challenges[i].Scenarios {
				v.Scenarios = append(v.Scenarios, sc.Name)
			}
		}
	}
	return v
}

func (s *Server) pocsPage(c *gin.Context) error {
	var list []*pocView
	for i := range s.cfg.PoCs {
		list = append(list, s.poc(&s.cfg.PoCs[i]))
	}
	return s.page(c, "pocs", list)
}

func (s *Server) pocPage(c *gin.Context) error {
	p, err := s.findPoC(c.Param("name"))
	if err != nil {
		wrong := *problemOf(err)
		wrong.Status = http.StatusNotFound
		return &wrong
	}
	return s.page(c, "poc", s.poc(p))
}
