// The pages and answers that explain: why a finding was said, why an incident was missed.

package web

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// explanationIn names one finding.
type explanationIn struct {
	ID   string `path:"id" maxLength:"64"`
	N    string `path:"n" maxLength:"12" doc:"number of the finding, from 1"`
	Seen string `cookie:"seen"`
}

func (s *Server) apiExplanation(ctx context.Context, in *explanationIn) (*answerOf[explanationJSON], error) {
	x, err := s.explanation(ctx, in.ID, in.N, (&visitIn{in.ID, in.Seen}).visitor())
	if err != nil {
		return nil, err
	}
	return ok(*x)
}

func (s *Server) apiIncident(c *gin.Context) error {
	out, err := s.sighting(c.Request.Context(), c.Param("id"), c.Param("incident"), c.Request)
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-cache")
	c.JSON(http.StatusOK, out)
	return nil
}

// findingPage is what its template shows.
type findingPage struct {
	*explanationJSON
	Given, Rest []named // thresholds that were set, and those at their defaults
	Prev, Next  int     // neighbours; 0: none
	Silence     bool    // what set it off was that nothing more came
}

func (p *findingPage) title(t *texts) string {
	return t.T("finding.heading", "kind", kindWords(t, p.Kind), "container", p.Container)
}

// AtTime is when it was said.
func (p *findingPage) AtTime() time.Time { return time.UnixMilli(p.At) }

// IncidentPath is where the incident is explained that the finding is about.
func (p *findingPage) IncidentPath() string { return incidentPath(p.Run, p.Incident) }

// incidentPath is the address of an incident's page: its id has slashes, which stand as they are.
func incidentPath(run, incident string) string {
	return "/runs/" + url.PathEscape(run) + "/incidents/" + url.PathEscape(incident)
}

func (s *Server) findingPage(c *gin.Context) error {
	knowing(c, c.Param("id"))
	x, err := s.explanation(c.Request.Context(), c.Param("id"), c.Param("n"), c.Request)
	if err != nil {
		return err
	}
	p := &findingPage{explanationJSON: x}
	run, err := s.wholeRun(c.Request.Context(), x.Run)
	if err != nil {
		return err
	}
	view := jsonOfRun(run, stateDone)
	params, _ := s.namedNumbers(&view)
	for _, n := range params {
		if n.Given {
			p.Given = append(p.Given, n)
		} else {
			p.Rest = append(p.Rest, n)
		}
	}
	p.Prev = x.N - 1
	if x.N < len(run.Findings) {
		p.Next = x.N + 1
	}
	for i := range x.Messages {
		if m := &x.Messages[i]; m.Trigger {
			p.Silence = x.At-m.At > time.Hour.Milliseconds()
		}
	}
	return s.page(c, "finding", p)
}

// incidentPageData is what the incident's template shows; without the truth it asks whether to reveal it.
type incidentPageData struct {
	*sightingJSON
	Hidden  bool
	RunID   string
	Back    string
	Params  []named     // how it was done
	Twin    []toldField // the first message against the honest twin's
	Compare string      // this run beside the others
}

func (p *incidentPageData) title(t *texts) string {
	switch {
	case p.Hidden:
		return t.T("incident.hidden.title")
	case p.By > 0 || !p.Hostile:
		return t.T("incident.heading", "kind", kindWords(t, p.Kind), "container", p.Container)
	}
	return t.T("incident.heading.missed", "kind", kindWords(t, p.Kind), "container", p.Container)
}

// StartTime is when the act began.
func (p *incidentPageData) StartTime() time.Time { return time.UnixMilli(p.Start) }

// EndTime is the end of the act.
func (p *incidentPageData) EndTime() time.Time { return time.UnixMilli(p.End) }

// ClosesTime is the end of the window.
func (p *incidentPageData) ClosesTime() time.Time { return time.UnixMilli(p.Closes) }

// HeardTime is when it was heard.
func (p *incidentPageData) HeardTime() time.Time { return time.UnixMilli(*p.HeardAt) }

// WaitS is how long it took from the act to its being heard, in seconds.
func (p *incidentPageData) WaitS() float64 { return float64(*p.HeardAt-p.Start) / 1000 }

// Served reports whether the detector said something in the window.
func (p *incidentPageData) Served() bool {
	for _, f := range p.Said {
		if f.When == "window" {
			return true
		}
	}
	return false
}

// Fate is the key of the sentence that answers the page's question.
func (p *incidentPageData) Fate() string {
	switch {
	case !p.Hostile:
		return "alike"
	case p.HeardAt == nil:
		return "unheard"
	case p.By > 0:
		return "found"
	case len(p.Said) == 0:
		return "silent"
	case p.Served():
		return "other"
	}
	return "elsewhen"
}

func (s *Server) incidentPage(c *gin.Context) error {
	knowing(c, c.Param("id"))
	x, err := s.sighting(c.Request.Context(), c.Param("id"), c.Param("incident"), c.Request)
	var p *Problem
	if errors.As(err, &p) && p.Code == "truth_hidden" {
		s.render(c, http.StatusForbidden, "incident", &incidentPageData{sightingJSON: &sightingJSON{}, Hidden: true, RunID: p.Value,
			Back: c.Request.URL.EscapedPath()})
		return nil
	}
	if err != nil {
		return err
	}
	data := &incidentPageData{sightingJSON: x, RunID: x.Run}
	if x.Comparison == "twin" { // a table of its own
		data.Twin, x.First.Fields = x.First.Fields, nil
	}
	for _, name := range slices.Sorted(maps.Keys(x.incidentJSON.Params)) {
		data.Params = append(data.Params, named{Name: name, Value: x.incidentJSON.Params[name]})
	}
	ids := []string{x.Run}
	for _, o := range x.Others {
		if len(ids) < maxCompared {
			ids = append(ids, o.Run)
		}
	}
	data.Compare = "/compare?runs=" + strings.Join(ids, ",")
	return s.page(c, "incident", data)
}
