// Incidents against runs: who caught what, for runs that share a world.

package experiment

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"sealab/pocs"
)

// Fate is what became of an incident in a run.
type Fate string

// The fates: of a hostile incident the first three, of a look-alike the next two.
const (
	Caught  Fate = "caught"
	Missed  Fate = "missed"
	Unheard Fate = "unheard" // nothing ever showed it
	Alarmed Fate = "alarmed" // a false finding fell on it
	Quiet   Fate = "quiet"
	Absent  Fate = "absent" // not in this run's truth, or the run failed
)

// Matrix has a row an incident and a column a run.
type Matrix struct {
	Runs []string `json:"runs"` // run ids, in the order given
	Rows []Row    `json:"rows"` // by start of the act, then id
}

// Row is one incident under every run.
type Row struct {
	Incident  string    `json:"incident"`
	Kind      string    `json:"kind"`
	Hostile   bool      `json:"hostile"`
	Container string    `json:"container"`
	Start     time.Time `json:"start"`
	Cells     []Cell    `json:"cells"` // one a run
}

// Cell is one incident in one run.
type Cell struct {
	Fate    Fate     `json:"fate"`
	DelayS  *float64 `json:"delay_s"` // since heard_at, where caught
	KindOK  bool     `json:"kind_ok"`
	Finding int      `json:"finding"` // index of the finding that hit it, or of the first false one; else −1
}

// NewMatrix lays runs of one world beside each other. Look-alikes have rows too: where one detector alone is fooled is
// as telling as where one alone hits. It returns an error for runs that do not share a world.
func NewMatrix(runs []*pocs.Run) (Matrix, error) {
	m := Matrix{Runs: []string{}, Rows: []Row{}}
	var first *pocs.Run // that came to its end
	at := make(map[string]int)
	for n, r := range runs {
		m.Runs = append(m.Runs, r.ID)
		if r.Reason != "" {
			continue
		}
		if first == nil {
			first = r
		} else if err := SameWorld(first, r); err != nil {
			return Matrix{}, fmt.Errorf("lay runs side by side: %w", err)
		}
		fooled := falseOn(r)
		for i := range r.Truth.Incidents {
			in := &r.Truth.Incidents[i]
			row, known := at[in.ID]
			if !known {
				row = len(m.Rows)
				at[in.ID] = row
				m.Rows = append(m.Rows, Row{in.ID, in.Kind, in.Hostile, in.Container, in.Start, absent(len(runs))})
			}
			m.Rows[row].Cells[n] = cell(r, i, fooled)
		}
	}
	slices.SortStableFunc(m.Rows, func(a, b Row) int {
		if c := a.Start.Compare(b.Start); c != 0 {
			return c
		}
		return cmp.Compare(a.Incident, b.Incident)
	})
	return m, nil
}

func absent(n int) []Cell {
	cells := make([]Cell, n)
	for i := range cells {
		cells[i] = Cell{Fate: Absent, Finding: -1}
	}
	return cells
}

// falseOn gives the first false finding on each look-alike.
func falseOn(r *pocs.Run) map[int]int {
	first := make(map[int]int)
	for n, j := range r.Score.Findings {
		if _, known := first[j.Incident]; !known && j.Sort == pocs.False && j.Incident >= 0 {
			first[j.Incident] = n
		}
	}
	return first
}

func cell(r *pocs.Run, i int, fooled map[int]int) Cell {
	in := &r.Truth.Incidents[i]
	by := -1
	if i < len(r.Score.MatchedBy) {
		by = r.Score.MatchedBy[i]
	}
	switch {
	case by >= 0:
		j := r.Score.Findings[by]
		return Cell{Fate: Caught, DelayS: &j.DelayS, KindOK: j.KindOK, Finding: by}
	case in.Hostile && in.Heard():
		return Cell{Fate: Missed, Finding: -1}
	case in.Hostile:
		return Cell{Fate: Unheard, Finding: -1}
	}
	if n, yes := fooled[i]; yes {
		return Cell{Fate: Alarmed, Finding: n}
	}
	return Cell{Fate: Quiet, Finding: -1}
}
