// Who caught what: the incidents of all worlds against the arms, narrowed to whose catches one asks for.

package web

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/pocs/experiment"
)

// matrixRows is how many incidents a page shows.
const matrixRows = 40

// matrixView is the matrix as far as it is shown.
type matrixView struct {
	Sides  experiment.Sides
	Counts []sideCount
	Rows   []matrixRow
	From   int // of the first row shown
	To     int
	Total  int // rows that the filter leaves
	Next   int // first row of the next page; 0: there is none
	Prev   int // first row of the page before; −1: there is none
	Wide   bool
}

// sideCount is one filter with the number of rows that it leaves.
type sideCount struct {
	Side string
	N    int
}

type matrixRow struct {
	Incident, Kind, Container string
	Hostile                   bool
	Scenario                  string
	Seed                      uint64
	Start                     time.Time
	Cells                     []matrixCell
}

// matrixCell is one incident under one arm. Look is the map at the moment, Why the page that explains it.
type matrixCell struct {
	Fate      experiment.Fate
	DelayS    *float64
	Look, Why string
	Pair      bool // one of the two arms that are told apart
}

func (v *armsView) matrix(d *experiment.Design, ledgers map[experiment.Job]*experiment.Ledger, most int) *matrixView {
	all := experiment.LayIncidents(d, ledgers)
	s := all.Count(v.Ask.A, v.Ask.B)
	m := &matrixView{Sides: s, From: v.Ask.From, Prev: -1, Wide: len(d.Arms) > 4, Counts: []sideCount{{"all", s.Heard}, {"both", s.Both},
		{"only_a", s.OnlyA}, {"only_b", s.OnlyB}, {"neither", s.Neither}, {"unheard", s.Unheard}, {"fooled", s.Fooled}}}
	for i := range all.Rows {
		r := &all.Rows[i]
		if !v.Ask.shows(r) {
			continue
		}
		if m.Total >= v.Ask.From && len(m.Rows) < most {
			m.Rows = append(m.Rows, v.matrixRow(d, r))
		}
		m.Total++
	}
	if m.To = m.From + len(m.Rows); m.To < m.Total {
		m.Next = m.To
	}
	if m.From > 0 {
		m.Prev = max(0, m.From-matrixRows)
	}
	return m
}

func (v *armsView) matrixRow(d *experiment.Design, r *experiment.IncidentRow) matrixRow {
	row := matrixRow{Incident: r.Incident, Kind: r.Kind, Container: r.Container, Hostile: r.Hostile, Scenario: d.Scenarios[r.Scenario].Name,
		Seed: r.Seed, Start: r.Start}
	for a := range r.Cells {
		cell := &r.Cells[a]
		c := matrixCell{Fate: cell.Fate, DelayS: cell.DelayS, Pair: a == v.Ask.A || a == v.Ask.B}
		if cell.Run != "" && cell.Fate != experiment.Absent {
			q := url.Values{"c": {r.Container}, "t": {strconv.FormatInt(cell.At.UnixMilli(), 10)}}
			c.Look = "/runs/" + cell.Run + "?" + q.Encode() + "#map"
			if cell.Fate == experiment.Missed || cell.Fate == experiment.Unheard {
				c.Why = incidentPath(cell.Run, r.Incident) + "?seen=1"
			} else if cell.Fate == experiment.Alarmed {
				c.Why = "/runs/" + cell.Run + "/findings/" + strconv.Itoa(cell.Finding+1) + "?seen=1"
			}
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

// matrixCSV sends all rows of the filter.
func (v *armsView) matrixCSV(c *gin.Context) error {
	head := []string{"scenario", "seed", "incident", "kind", "hostile", "container", "start"}
	for _, a := range v.Arms {
		head = append(head, a.Name, a.Name+" delay_s")
	}
	t := openTable(c, "matrix", head...)
	for _, r := range v.Matrix.Rows {
		cells := []any{r.Scenario, r.Seed, r.Incident, r.Kind, r.Hostile, r.Container, r.Start}
		for _, x := range r.Cells {
			cells = append(cells, string(x.Fate), x.DelayS)
		}
		t.row(cells...)
	}
	return t.close()
}
