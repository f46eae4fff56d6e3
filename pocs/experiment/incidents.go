// Who caught what, over all worlds of a design: a row an incident, a cell an arm.

package experiment

import (
	"cmp"
	"slices"
	"time"
)

// Incidents is the matrix of a whole design.
type Incidents struct {
	Rows []IncidentRow // by scenario, seed, start, then id; hostile ones, and look-alikes that fooled some arm
}

// IncidentRow is one incident of one world under every arm.
type IncidentRow struct {
	Scenario  int // index into the design's scenarios
	Seed      uint64
	Incident  string
	Kind      string
	Hostile   bool
	Container string
	Start     time.Time
	Cells     []IncidentCell // one an arm
}

// IncidentCell is one incident under one arm.
type IncidentCell struct {
	Cell
	Run string // empty where the trial is missing
	At  time.Time
}

// Heard says whether the incident could have been caught under this arm.
func (c *IncidentCell) Heard() bool { return c.Fate == Caught || c.Fate == Missed }

// LayIncidents makes the matrix from the trials' ledgers. Arms whose settings differ share the acts of a seed, and so
// the rows; what was heard of an act may differ from cell to cell.
func LayIncidents(d *Design, ledgers map[Job]*Ledger) Incidents {
	var m Incidents
	for s := range d.Scenarios {
		for _, seed := range d.Seeds {
			m.Rows = append(m.Rows, layWorld(d, ledgers, s, seed)...)
		}
	}
	return m
}

func layWorld(d *Design, ledgers map[Job]*Ledger, scenario int, seed uint64) []IncidentRow {
	var rows []IncidentRow
	at := make(map[string]int)
	for a := range d.Arms {
		l := ledgers[Job{a, scenario, seed}]
		if l == nil {
			continue
		}
		for i := range l.Entries {
			e := &l.Entries[i]
			n, known := at[e.Incident]
			if !known {
				n = len(rows)
				at[e.Incident] = n
				rows = append(rows, IncidentRow{Scenario: scenario, Seed: seed, Incident: e.Incident, Kind: e.Kind,
					Hostile: e.Hostile, Container: e.Container, Start: e.Start, Cells: blankCells(d, ledgers, scenario, seed, e)})
			}
			rows[n].Cells[a] = IncidentCell{Cell: e.Cell, Run: l.Run, At: e.At}
		}
	}
	slices.SortStableFunc(rows, func(a, b IncidentRow) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Incident, b.Incident))
	})
	return rows
}

// blankCells are a row's cells before the arms' ledgers are read: an arm that ran and does not name a look-alike was
// not fooled by it.
func blankCells(d *Design, ledgers map[Job]*Ledger, scenario int, seed uint64, e *Entry) []IncidentCell {
	cells := make([]IncidentCell, len(d.Arms))
	for a := range cells {
		cells[a] = IncidentCell{Cell: Cell{Fate: Absent, Finding: -1}, At: e.Start}
		if l := ledgers[Job{a, scenario, seed}]; l != nil {
			cells[a].Run = l.Run
			if l.Reason == "" && !e.Hostile {
				cells[a].Fate = Quiet
			}
		}
	}
	return cells
}

// Side says which of two arms caught a hostile incident.
type Side string

// The sides. A look-alike is on none of them, and neither is what neither arm could hear.
const (
	Both    Side = "both"
	OnlyA   Side = "only_a"
	OnlyB   Side = "only_b"
	Neither Side = "neither"
	NoSide  Side = ""
)

// Side tells who of two arms caught the incident, of those that were heard under at least one of them in a world that
// both played to its end. Each such incident is on one side, so that the four counts add up to the number heard.
func (r *IncidentRow) Side(a, b int) Side {
	x, y := &r.Cells[a], &r.Cells[b]
	switch {
	case !r.Hostile || r.absent(a, b) || !x.Heard() && !y.Heard():
		return NoSide
	case x.Fate == Caught && y.Fate == Caught:
		return Both
	case x.Fate == Caught:
		return OnlyA
	case y.Fate == Caught:
		return OnlyB
	}
	return Neither
}

// absent says whether one of two arms has no word on the row: its trial is missing, or failed.
func (r *IncidentRow) absent(a, b int) bool {
	return r.Cells[a].Fate == Absent || r.Cells[b].Fate == Absent
}

// Sides are the counts of two arms.
type Sides struct {
	Heard   int `json:"heard"` // hostile incidents heard under at least one of the two
	Both    int `json:"both"`
	OnlyA   int `json:"only_a"`
	OnlyB   int `json:"only_b"`
	Neither int `json:"neither"`
	Unheard int `json:"unheard"` // hostile, and heard under neither
	Fooled  int `json:"fooled"`  // look-alikes on which one of the two raised a false alarm
}

// Count counts the sides of two arms over all rows.
func (m *Incidents) Count(a, b int) Sides {
	var s Sides
	for i := range m.Rows {
		r := &m.Rows[i]
		switch r.Side(a, b) {
		case Both:
			s.Both++
		case OnlyA:
			s.OnlyA++
		case OnlyB:
			s.OnlyB++
		case Neither:
			s.Neither++
		case NoSide:
			if r.absent(a, b) {
				continue
			}
			if r.Hostile {
				s.Unheard++
			} else if r.Cells[a].Fate == Alarmed || r.Cells[b].Fate == Alarmed {
				s.Fooled++
			}
			continue
		}
		s.Heard++
	}
	return s
}
