// One experiment: the verdict in words first, then thresholds, ranks, measures, cost against quality, and the file.

package web

import (
	"fmt"
	"net/url"

	"github.com/gin-gonic/gin"

	"sealab/pocs/experiment"
)

// firstMeasures are worked out for the page's first state; all others take one more step, since each costs time.
var firstMeasures = []string{"recall", "precision", "false_alarms_per_1000_seal_days", "delay_p50_s", "checks_per_day"}

// experimentPage is what its template shows.
type experimentPage struct {
	experimentJSON
	Shown   *armsView // nil before the first whole world
	Tab     string
	File    string
	Gone    string // why the file has no plan in this code
	RunsURL string
	Beside  besidePanel
}

func (p *experimentPage) title(*texts) string { return p.Heading() }

func (s *Server) experimentPage(c *gin.Context) error {
	ctx := c.Request.Context()
	e, err := s.findExperiment(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p := &experimentPage{Tab: "results", File: e.File,
		RunsURL: "/runs?" + url.Values{"query": {`experiment = "` + e.ID + `"`}}.Encode()}
	if p.Beside, err = s.besideOf(c, "/experiments", e.ID); err != nil {
		return err
	}
	var d *experiment.Design
	if p.experimentJSON, d = s.jsonOfExperiment(e); d == nil {
		_, err := s.keptDesign(e)
		p.Gone = fmt.Sprint(err)
		return s.page(c, "experiment", p)
	}
	if !p.Ended() {
		lookAgain(c)
		return s.page(c, "experiment", p)
	}
	f, err := s.results(ctx, e, d, wanted(c, firstMeasures)...)
	if err != nil {
		return err
	}
	if f.Results != nil {
		if p.Shown, err = s.arms(c, f, p.URL, nil); err != nil || p.Shown == nil {
			return err
		}
		if p.Decidable {
			p.Shown.Decide = p.URL + "/decide"
		}
	}
	return s.page(c, "experiment", p)
}

// headlineAlone asks a conclusion for the headline and nothing else: it names no measure.
var headlineAlone = []string{""}

// wanted are the measures that the address asks to see: those of the table, or the headline alone where another section
// is open. Nothing means all.
func wanted(c *gin.Context, first []string) []string {
	switch show := c.Query("show"); {
	case show != "" && show != "measures":
		return headlineAlone
	case c.Query("all") == "1":
		return nil
	}
	return first
}
