// The compare page: chosen runs side by side, or two proofs of concept paired over seeds.

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/pocs"
	"sealab/pocs/experiment"
)

// comparePage is what its template shows.
type comparePage struct {
	*comparison
	Chips    []chip
	Only     bool // measures that differ
	Caught   *caughtChart
	Matrices []matrixView
	Hidden   []string // runs whose truth must be revealed before the matrix is shown
	Pair     *pairView
	Form     pairForm
	Back     string
	CSV      string
	Recent   []runJSON
}

// chip stands for one run: its colour and dash are those of its curve.
type chip struct {
	N       int
	Run     runJSON
	Without string // the page without it
	First   string // the page with it as the baseline
}

// matrixView is who caught what in one world.
type matrixView struct {
	Scenario string
	Seed     uint64
	Runs     []int            // numbers of the chips
	Rows     []experiment.Row // attacks, and the look-alikes that fooled somebody
	Quiet    int              // look-alikes that fooled nobody
	Tally    []tally
}

// tally says how many hostile incidents only some of two runs caught.
type tally struct {
	Key string
	N   int
}

func (s *Server) comparePage(c *gin.Context) error {
	q := c.Request.URL.Query()
	p := &comparePage{Only: q.Get("only") == "1", Back: c.Request.URL.RequestURI(), Form: s.pairForm(q)}
	if p.Form.Asked {
		view, err := s.pair(c.Request.Context(), &p.Form)
		if err != nil {
			return err
		}
		p.Pair = view
		if view != nil && view.Playing {
			c.Header("Refresh", "3")
		}
		if view != nil {
			view.Forest = view.forest(s.set(c).texts)
			if p.Caught, err = drawCaught(s.set(c).texts, "caught", 620, view.curves()); err != nil {
				return err
			}
		}
		status := http.StatusOK
		if len(p.Form.Problems) > 0 {
			status = http.StatusUnprocessableEntity
		}
		s.render(c, status, "compare", p)
		return nil
	}
	ids := splitIDs(strings.Join(q["runs"], ","))
	runs, err := s.loadRuns(c.Request.Context(), ids)
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		p.Recent, _, err = s.runList(c.Request.Context(), runQuery{State: stateDone, Page: 1}, 8)
	} else {
		err = s.sideBySide(c, p, runs)
	}
	if err != nil {
		return err
	}
	return s.page(c, "compare", p)
}

func (s *Server) sideBySide(c *gin.Context, p *comparePage, runs []*pocs.Run) error {
	p.comparison = s.compare(runs)
	p.CSV = "/api/v1/compare.csv?runs=" + url.QueryEscape(strings.Join(idsOf(runs), ","))
	var list []curve
	for i, r := range runs {
		ch := chip{N: i%4 + 1, Run: p.Runs[i], Without: compareAddress(idsOf(runs), i, -1)}
		if i > 0 {
			ch.First = compareAddress(idsOf(runs), i, 0)
		}
		p.Chips = append(p.Chips, ch)
		list = append(list, curve{r.PoC + " · " + short(strings.TrimPrefix(r.ID, "r-")), "/runs/" + r.ID, []*pocs.Run{r}})
		if !revealed(c.Request, r.ID) {
			p.Hidden = append(p.Hidden, r.ID)
		}
	}
	var err error
	if p.Caught, err = drawCaught(s.set(c).texts, "caught", 344, list); err != nil {
		return err
	}
	if len(p.Hidden) == 0 {
		p.Matrices, err = matrices(runs)
	}
	return err
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

// matrices lays the runs of each world side by side.
func matrices(runs []*pocs.Run) ([]matrixView, error) {
	var out []matrixView
	var order []string
	groups := map[string][]*pocs.Run{}
	number := map[string]int{}
	for i, r := range runs {
		number[r.ID] = i + 1
		if r.Reason != "" {
			continue
		}
		if groups[r.WorldDigest] == nil {
			order = append(order, r.WorldDigest)
		}
		groups[r.WorldDigest] = append(groups[r.WorldDigest], r)
	}
	for _, world := range order {
		group := groups[world]
		m, err := experiment.NewMatrix(group)
		if err != nil {
			return nil, err
		}
		v := matrixView{Scenario: group[0].Scenario, Seed: group[0].Seed}
		for _, row := range m.Rows {
			if row.Hostile || slices.ContainsFunc(row.Cells, func(c experiment.Cell) bool { return c.Fate == experiment.Alarmed }) {
				v.Rows = append(v.Rows, row)
			} else {
				v.Quiet++
			}
		}
		slices.SortStableFunc(v.Rows, func(a, b experiment.Row) int { return attacksFirst(a.Hostile) - attacksFirst(b.Hostile) })
		for _, r := range group {
			v.Runs = append(v.Runs, number[r.ID])
		}
		if len(group) == 2 {
			v.Tally = tallyOf(m.Rows)
		}
		out = append(out, v)
	}
	return out, nil
}

func attacksFirst(hostile bool) int {
	if hostile {
		return 0
	}
	return 1
}

// tallyOf counts, for two runs, the hostile incidents by who caught them.
func tallyOf(rows []experiment.Row) []tally {
	out := []tally{{"compare.both", 0}, {"compare.first", 0}, {"compare.second", 0}, {"compare.neither", 0}}
	for _, r := range rows {
		if !r.Hostile || r.Cells[0].Fate == experiment.Unheard {
			continue
		}
		i := 3
		a, b := r.Cells[0].Fate == experiment.Caught, r.Cells[1].Fate == experiment.Caught
		switch {
		case a && b:
			i = 0
		case a:
			i = 1
		case b:
			i = 2
		}
		out[i].N++
	}
	return out
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
