// The live page as it is sent: the state of this moment, so that it reads without a script.

package web

import (
	"html/template"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/pocs/visitor"
)

// livePage is what its template shows.
type livePage struct {
	Playing  bool
	Now      time.Time
	Scenario string
	Run      string
	Watch    string
	Figures  liveFigures
	Alarms   []alarmJSON // newest first
	Severity string      // ?sev=
	Counts   map[string]int
	Selected *alarmJSON
	Runs     []runJSON
	Newest   *experimentJSON // finished last
	Caught   *caughtChart
	Speeds   []speed
	Broker   string
	Still    template.HTML // the map for whoever has no script
}

type speed struct {
	Value   int
	Key     string
	Current bool
}

// liveFigures are the numbers above the map.
type liveFigures struct {
	Containers, Sea, Land, Open int
	MPS                         float64
}

// speeds to choose from: an hour in a minute, in twelve seconds, in four, in one.
var speeds = []int{60, 300, 900, 3600}

func (s *Server) livePage(c *gin.Context) error {
	p := &livePage{Severity: c.Query("sev"), Counts: map[string]int{}}
	if sev := []string{"", "all", "critical", "major", "minor"}; !slices.Contains(sev, p.Severity) {
		return invalid("bad_sev", "sev", p.Severity, "allowed are critical, major, minor")
	}
	p.Playing = s.hub.look(func(st *liveState) { p.fill(s.hub, st, c.Query("c"), s.set(c).texts) })
	if s.cfg.Broker != nil {
		p.Broker = s.cfg.Broker.Addr()
	}
	where, err := s.parseWhere(machinesOnly)
	if err != nil {
		return err
	}
	q := catalog.Query{Where: where, Limit: 5, Measures: columns, Columns: alwaysRead}
	rows, err := s.cfg.Store.Runs(c.Request.Context(), q)
	if err != nil {
		return err
	}
	for _, j := range s.desk.open() {
		p.Runs = append(p.Runs, s.jsonOfJob(j))
	}
	for i := range rows {
		if s.desk.find(rows[i].ID) == nil && len(p.Runs) < 5 {
			p.Runs = append(p.Runs, jsonOfRow(&rows[i]))
		}
	}
	if p.Newest, err = s.newestDone(c.Request.Context()); err != nil {
		return err
	}
	if p.Caught, err = s.latestCaught(c, rows); err != nil {
		return err
	}
	s.render(c, http.StatusOK, "live", p)
	return nil
}

// machinesOnly leaves out what people played: a class of players would push every detector off a short list.
const machinesOnly = "poc != " + visitor.Name

// shownAlarms is how many rows the page holds before a script takes over.
const shownAlarms = 60

func (p *livePage) fill(h *hub, st *liveState, selected string, t *texts) {
	at := h.clock.Now()
	current, _ := h.clock.Speed()
	p.Now, p.Scenario, p.Run, p.Watch = st.now, st.w.scenario.Name, st.w.run, st.w.watch
	if at.Before(p.Now) {
		p.Now = at
	}
	p.Figures = liveFigures{Containers: len(st.w.plan.Seals), Open: st.open(), MPS: h.meter.rate(h.server.cfg.Now())}
	for i := range st.w.plan.Seals {
		_, _, kind, ok := planned(&st.w.plan, &st.w.plan.Seals[i], p.Now.UnixMilli())
		switch {
		case ok && kind == "vessel":
			p.Figures.Sea++
		case ok:
			p.Figures.Land++
		}
	}
	for i := len(st.alarms) - 1; i >= 0; i-- {
		a := st.alarms[i]
		p.Counts[a.Sev]++
		if selected == a.C && p.Selected == nil {
			p.Selected = &a
		}
		if len(p.Alarms) < shownAlarms && (p.Severity == "" || p.Severity == "all" || p.Severity == a.Sev) {
			p.Alarms = append(p.Alarms, a)
		}
	}
	p.Still = stillOf(st, p.Now.UnixMilli(), t)
	for _, v := range speeds {
		p.Speeds = append(p.Speeds, speed{v, "live.speed." + decimals(0, float64(v)), float64(v) == current})
	}
}

// Ago is how long before the live moment an alarm was raised, in seconds.
func (p *livePage) Ago(a alarmJSON) float64 { return p.Now.Sub(a.At()).Seconds() }
