// The ledger of a run: what became of each incident in it, without the run's findings and truth.

package experiment

import (
	"cmp"
	"slices"
	"time"

	"sealab/pocs"
)

// Ledger is what a page over many runs needs of one of them beside its Outcome.
type Ledger struct {
	Run    string
	Reason string // why the run failed; then there are no entries
	// Entries are the hostile incidents, and the look-alikes on which a false finding fell, by start, then id.
	Entries []Entry
	Kinds   []KindCount // by kind
	// Elsewhere counts the false findings that fell on no look-alike.
	Elsewhere int
}

// Entry is one incident and what became of it.
type Entry struct {
	Incident  string
	Kind      string
	Hostile   bool
	Container string
	Start     time.Time
	Cell
	At time.Time // the moment to look at: the finding's; where there is none, when it was heard; else the start
}

// KindCount counts the incidents of one kind in one run.
type KindCount struct {
	Kind    string
	Hostile bool
	N       int // of hostile ones those that were heard
	Said    int // hit, or for look-alikes fooled
}

// LedgerOf closes the book of a run.
func LedgerOf(r *pocs.Run) *Ledger {
	l := &Ledger{Run: r.ID, Reason: r.Reason}
	if r.Reason != "" {
		return l
	}
	fooled := falseOn(r)
	kinds := make(map[string]*KindCount)
	for i := range r.Truth.Incidents {
		in := &r.Truth.Incidents[i]
		c := cell(r, i, fooled)
		k := kinds[in.Kind]
		if k == nil {
			k = &KindCount{Kind: in.Kind, Hostile: in.Hostile}
			kinds[in.Kind] = k
		}
		if c.Fate != Unheard {
			k.N++
		}
		if c.Finding >= 0 {
			k.Said++
		}
		if c.Fate == Quiet {
			continue
		}
		l.Entries = append(l.Entries, entryOf(r, i, c))
	}
	for _, k := range kinds {
		l.Kinds = append(l.Kinds, *k)
	}
	slices.SortFunc(l.Kinds, func(a, b KindCount) int { return cmp.Compare(a.Kind, b.Kind) })
	slices.SortFunc(l.Entries, func(a, b Entry) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Incident, b.Incident))
	})
	for _, j := range r.Score.Findings {
		if j.Sort == pocs.False && j.Incident < 0 {
			l.Elsewhere++
		}
	}
	return l
}

// entryOf is what became of incident i.
func entryOf(r *pocs.Run, i int, c Cell) Entry {
	in := &r.Truth.Incidents[i]
	e := Entry{Incident: in.ID, Kind: in.Kind, Hostile: in.Hostile, Container: in.Container, Start: in.Start, Cell: c, At: in.Start}
	switch {
	case c.Finding >= 0:
		e.At = r.Findings[c.Finding].At
	case in.Heard():
		e.At = in.HeardAt
	}
	return e
}
