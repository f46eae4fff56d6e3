// The pages that mostly stand still: lab, help, search.

package web

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog/find"
	"sealab/sim"
	"sealab/sim/attacks"
)

// labPage lists what worlds are made of.
type labPage struct {
	Scenarios []sim.Scenario
	Attacks   []*sim.Kind
}

func (s *Server) labPage(c *gin.Context) error {
	p := labPage{Attacks: attacks.All}
	for i := range s.cfg.Challenges {
		p.Scenarios = append(p.Scenarios, s.cfg.Challenges[i].Scenarios...)
	}
	return s.page(c, "lab", p)
}

// mqttPage is the lab's view of the broker.
type mqttPage struct {
	Messages []messageJSON // newest first
	Host     string
	Port     string
	Run      string
}

// shownMessages is what the page holds before a script takes over.
const shownMessages = 20

func (s *Server) mqttPage(c *gin.Context) error {
	p := mqttPage{}
	list := s.hub.tail.after(0, shownMessages)
	for i := len(list) - 1; i >= 0; i-- {
		p.Messages = append(p.Messages, list[i])
	}
	if s.cfg.Broker != nil {
		p.Host, p.Port = splitAddress(s.cfg.Broker.Addr())
	}
	s.hub.look(func(st *liveState) { p.Run = st.w.run })
	return s.page(c, "lab_mqtt", p)
}

func splitAddress(addr string) (host, port string) {
	i := strings.LastIndex(addr, ":")
	if i < 0 {
		return addr, ""
	}
	return strings.Trim(addr[:i], "[]"), addr[i+1:]
}

func (s *Server) helpPage(c *gin.Context) error { return s.page(c, "help", nil) }

// containerNumber is how ISO 6346 writes one.
var containerNumber = regexp.MustCompile(`^[A-Z]{4}[0-9]{7}$`)

// searchPage goes straight to what is named exactly, and lists what is near otherwise.
type searchPage struct {
	Query      string
	Runs       []runJSON // the newest
	RunsTotal  int
	PoCs       []*pocView
	Usecases   []usecaseCard // the most relevant
	UsecasesOf int           // all that match
	Containers []string
}

// How many runs and use cases a search lists; their own pages have them all.
const (
	searchedRuns     = 8
	searchedUsecases = 6
)

func (s *Server) searchPage(c *gin.Context) error {
	q := clip(strings.TrimSpace(c.Query("q")))
	p := &searchPage{Query: q}
	if q == "" {
		return s.page(c, "search", p)
	}
	upper := strings.ToUpper(q)
	known := false
	s.hub.look(func(st *liveState) {
		_, known = st.w.index[upper]
		for i := range st.w.plan.Seals {
			seal := &st.w.plan.Seals[i]
			if len(p.Containers) < 20 && (strings.Contains(seal.Container, upper) || strings.Contains(seal.Seal, upper)) {
				p.Containers = append(p.Containers, seal.Container)
			}
		}
	})
	if known && containerNumber.MatchString(upper) {
		c.Redirect(http.StatusSeeOther, "/containers/"+upper)
		return nil
	}
	if _, _, err := s.findRun(c.Request.Context(), q); err == nil {
		c.Redirect(http.StatusSeeOther, "/runs/"+q)
		return nil
	}
	var err error
	if p.Runs, p.RunsTotal, err = s.runList(c.Request.Context(), runQuery{Text: q, Page: 1}, searchedRuns); err != nil {
		return err
	}
	index, found, err := s.browse(c.Request.Context(), browseQuery{Query: find.Query{Text: q}, View: viewCards, Page: 1})
	if err != nil {
		return err
	}
	p.UsecasesOf = found.Total
	for _, it := range found.Items(0, searchedUsecases) {
		p.Usecases = append(p.Usecases, cardOf(index, found, it))
	}
	for i := range s.cfg.PoCs {
		poc := &s.cfg.PoCs[i]
		if strings.Contains(strings.ToLower(poc.Name+" "+poc.Doc), strings.ToLower(q)) {
			p.PoCs = append(p.PoCs, s.poc(poc))
		}
	}
	return s.page(c, "search", p)
}
