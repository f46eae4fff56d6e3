// The page that asks "what if": a run's numbers to be changed, and changes that are one click away.

package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
	"sealab/pocs/visitor"
	"sealab/sim"
)

// forkPage is what its template shows.
type forkPage struct {
	startForm
	Parent runJSON
	Differ bool // the parent was made by other code
	Live   bool // and can therefore not be forked
	Tries  []try
}

func (p *forkPage) title(t *texts) string {
	return t.T("fork.heading", "poc", p.Parent.PoC, "scenario", p.Parent.Scenario)
}

// try is a change that is worth one click.
type try struct{ Value, Words string }

func (s *Server) forkPage(c *gin.Context) error {
	parent, err := s.wholeRun(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return s.showFork(c, http.StatusOK, parent, forkOrder{PoC: c.Query("poc")}, nil)
}

// forkForm forks the run, or shows the form again with what is wrong and all that was typed.
func (s *Server) forkForm(c *gin.Context) error {
	parent, err := s.wholeRun(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if err := c.Request.ParseForm(); err != nil {
		return badForm(err)
	}
	o := changesOf(c.Request.PostForm, parent)
	if c.PostForm("step") == "choose" {
		return s.showFork(c, http.StatusOK, parent, o, nil)
	}
	if name, value, ok := strings.Cut(c.PostForm("try"), "="); ok {
		o = forkOrder{Settings: map[string]string{name: value}}
		if name == "poc" {
			o = forkOrder{PoC: value}
		}
	}
	id, err := s.fork(c.Request.Context(), parent, o)
	var wrong problemsOf
	if errors.As(err, &wrong) {
		return s.showFork(c, http.StatusUnprocessableEntity, parent, o, wrong)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/runs/"+id)
	return nil
}

// changesOf reads the posted form. A number that is left as the parent had it, or empty, is no change; parameters that
// belong to the parent's proof of concept are dropped where another was chosen.
func changesOf(v url.Values, parent *pocs.Run) forkOrder {
	given := orderOf(v)
	o := forkOrder{PoC: given.PoC, Params: map[string]string{}, Settings: map[string]string{}}
	keep := func(into, from map[string]string, was map[string]float64) {
		for name, value := range from {
			if old, ok := was[name]; !ok || value != sim.Number(old) {
				into[name] = value
			}
		}
	}
	keep(o.Settings, given.Settings, parent.Settings)
	keep(o.Params, given.Params, parent.Params)
	if was := v.Get("shown"); was != "" && was != o.PoC {
		o.Params = nil
	}
	return o
}

func (s *Server) showFork(c *gin.Context, status int, parent *pocs.Run, o forkOrder, wrong problemsOf) error {
	if o.PoC == "" && parent.PoC == visitor.Name { // a person cannot be asked again
		o.PoC = s.cfg.Watch
	}
	poc, sc, ch, err := s.partsOf(parent, o.PoC)
	if err != nil {
		return err
	}
	p := &forkPage{Parent: jsonOfRun(parent, stateDone), Differ: parent.Commit != s.cfg.Commit, Live: parent.Carrier == "live",
		Tries: s.tries(s.set(c).texts, parent, sc)}
	was := &pocs.Trial{}
	if !p.Live {
		t, err := pocs.Fork(parent, ch, poc, sc, pocs.Change{})
		if err != nil {
			return err
		}
		was = &t
	}
	p.Order.PoC, p.Problems = poc.Name, wrong
	for i := range s.cfg.PoCs {
		if x := &s.cfg.PoCs[i]; x.Challenge == ch.Name {
			p.PoCs = append(p.PoCs, choice{x.Name, firstSentence(x.Doc)})
		}
	}
	p.Params = p.fields("params.", poc.Params, filled(was.Params, o.Params))
	p.sort(p.fields("settings.", sc.Settings, filled(was.Settings, o.Settings)))
	s.render(c, status, "fork", p)
	return nil
}

// filled are the numbers that a form begins with: what was typed, or else what the parent had.
func filled(was map[string]float64, typed map[string]string) map[string]string {
	out := make(map[string]string, len(was))
	for name, v := range was {
		out[name] = sim.Number(v)
	}
	for name, v := range typed {
		out[name] = v
	}
	return out
}

// HasProblem reports whether a list of fields holds something wrong, so that it is shown opened.
func (p *forkPage) HasProblem(list []field) bool {
	for _, x := range list {
		if x.Problem != nil {
			return true
		}
	}
	return false
}

// tries are the changes that most visitors ask for, as far as the scenario has them and its ranges allow them.
func (s *Server) tries(t *texts, parent *pocs.Run, sc *sim.Scenario) []try {
	var out []try
	for i := range sc.Settings {
		x := &sc.Settings[i]
		was, ok := parent.Settings[x.Name]
		add := func(v float64, words string) {
			if ok && v != was && v >= x.Min && v <= x.Max && (!x.Whole || v == float64(int64(v))) {
				out = append(out, try{x.Name + "=" + sim.Number(v), words})
			}
		}
		switch x.Name {
		case "report_interval_s":
			add(3600, t.T("fork.try.hourly"))
			add(was/2, t.T("fork.try.interval.half", "every", duration(t, was/2)))
			add(was*2, t.T("fork.try.interval.double", "every", duration(t, was*2)))
		case "lookalikes":
			add(was*2, t.T("fork.try.lookalikes"))
		case "assumption.radio_loss":
			add(x.High, t.T("fork.try.radio", "loss", percent(x.High)))
		}
	}
	for _, p := range s.cfg.PoCs {
		if p.Name != parent.PoC && !p.Baseline && p.Challenge == parent.Challenge {
			out = append(out, try{"poc=" + p.Name, t.T("fork.try.poc", "poc", p.Name)})
		}
	}
	return out
}
