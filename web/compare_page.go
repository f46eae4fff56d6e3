// The compare page: two proofs of concept paired over seeds, or chosen runs side by side.

package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
)

// comparePage is what its template shows.
type comparePage struct {
	Shown  *armsView // nil where there is no world that all arms share
	Chips  []chip
	Plain  *comparison // runs that cannot be paired, side by side all the same
	Apart  string      // why they cannot
	More   string      // where the same arms are compared over more seeds
	Pair   *pairState
	Form   pairForm
	CSV    string
	Recent []runJSON
}

// chip stands for one run.
type chip struct {
	Run     runJSON
	Without string // the page without it
	First   string // the page with it as the baseline
}

func (s *Server) comparePage(c *gin.Context) error {
	q := c.Request.URL.Query()
	p := &comparePage{Form: s.pairForm(q)}
	if p.Form.Asked {
		return s.comparePair(c, p)
	}
	runs, err := s.loadRuns(c.Request.Context(), splitIDs(strings.Join(q["runs"], ",")))
	if err != nil {
		return err
	}
	if len(runs) > 0 {
		return s.compareRuns(c, p, runs)
	}
	if p.Recent, _, err = s.runList(c.Request.Context(), runQuery{State: stateDone, Page: 1}, 8); err != nil {
		return err
	}
	return s.page(c, "compare", p)
}

// comparePair shows two arms as far as they have been played.
func (s *Server) comparePair(c *gin.Context, p *comparePage) error {
	a, b, err := s.pair(c.Request.Context(), p)
	if err != nil {
		return err
	}
	if len(p.Form.Problems) > 0 {
		s.render(c, http.StatusUnprocessableEntity, "compare", p)
		return nil
	}
	if p.Pair.Playing {
		lookAgain(c)
	}
	keep := url.Values{"a": {p.Form.A}, "b": {p.Form.B}, "scenario": {p.Form.Scenario}, "seeds": {p.Form.Seeds}}
	return s.showArms(c, p, []looseArm{armOf(p.Form.B, b), armOf(secondName(p.Form.A, p.Form.B), a)}, keep)
}

func armOf(name string, runs []*pocs.Run) looseArm {
	a := looseArm{name: name, runs: map[looseWorld]*pocs.Run{}}
	for _, r := range runs {
		a.runs[looseWorld{r.Scenario, r.Seed}] = r
	}
	return a
}

func secondName(name, first string) string {
	if name == first {
		return name + " (2)"
	}
	return name
}

// compareRuns shows chosen runs: as arms over the worlds that they share, or else plainly side by side.
func (s *Server) compareRuns(c *gin.Context, p *comparePage, runs []*pocs.Run) error {
	ids := idsOf(runs)
	p.Plain = s.compare(runs)
	p.CSV = "/api/v1/compare.csv?runs=" + url.QueryEscape(strings.Join(ids, ","))
	for i := range runs {
		ch := chip{Run: p.Plain.Runs[i], Without: compareAddress(ids, i, -1)}
		if i > 0 {
			ch.First = compareAddress(ids, i, 0)
		}
		p.Chips = append(p.Chips, ch)
	}
	arms := s.looseArms(runs)
	if len(arms) == 2 && len(runs) == 2 && runs[0].PoC != runs[1].PoC {
		p.More = address("/compare", url.Values{"a": {runs[0].PoC}, "b": {runs[1].PoC}, "scenario": {runs[0].Scenario}, "seeds": {"2001..2010"}})
	}
	return s.showArms(c, p, arms, url.Values{"runs": {strings.Join(ids, ",")}})
}

func (s *Server) showArms(c *gin.Context, p *comparePage, arms []looseArm, keep url.Values) error {
	f, err := s.layOut(arms, wanted(c, nil)...)
	var apart *Problem
	switch {
	case errors.As(err, &apart) && apart.Status == http.StatusConflict:
		p.Apart = apart.Message
	case err != nil:
		return err
	case f != nil:
		if p.Shown, err = s.arms(c, f, "/compare", keep); err != nil || p.Shown == nil {
			return err
		}
	}
	return s.page(c, "compare", p)
}

func idsOf(runs []*pocs.Run) []string {
	out := make([]string, len(runs))
	for i, r := range runs {
		out[i] = r.ID
	}
	return out
}

// compareAddress is the page without run i, or with it moved to a place.
func compareAddress(ids []string, i, to int) string {
	var out []string
	if to == 0 {
		out = append(out, ids[i])
	}
	for k, id := range ids {
		if k != i {
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		return "/compare"
	}
	return "/compare?runs=" + strings.Join(out, ",")
}

func (s *Server) compareCSV(c *gin.Context) error {
	runs, err := s.loadRuns(c.Request.Context(), splitIDs(c.Query("runs")))
	if err != nil {
		return err
	}
	head := []string{"measure", "unit", "better"}
	for _, r := range runs {
		head = append(head, r.ID)
	}
	t := openTable(c, "compare", head...)
	for _, m := range s.compare(runs).Measures {
		cells := []any{m.Name, m.Unit, m.Better}
		for _, v := range m.Values {
			cells = append(cells, v)
		}
		t.row(cells...)
	}
	return t.close()
}
