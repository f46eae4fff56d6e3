// Recall by kind of attack, and false alarms by kind of look-alike, arm by arm.

package experiment

import (
	"cmp"
	"maps"
	"slices"
)

// KindRow is one kind of incident under every arm.
type KindRow struct {
	Kind    string  `json:"kind"`
	Hostile bool    `json:"hostile"`
	Arms    []Share `json:"arms"` // hostile: hit, of those heard; look-alikes: fooled, of all
}

// Kinds pools the ledgers of each arm over all worlds: attacks first, then look-alikes, by name.
func Kinds(d *Design, ledgers map[Job]*Ledger) []KindRow {
	type tally struct{ n, said []int }
	counts := make(map[string]*tally)
	hostile := make(map[string]bool)
	for _, j := range d.Trials() {
		l := ledgers[j]
		if l == nil {
			continue
		}
		for _, k := range l.Kinds {
			c := counts[k.Kind]
			if c == nil {
				c = &tally{make([]int, len(d.Arms)), make([]int, len(d.Arms))}
				counts[k.Kind] = c
			}
			hostile[k.Kind] = k.Hostile
			c.n[j.Arm] += k.N
			c.said[j.Arm] += k.Said
		}
	}
	var rows []KindRow
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		row := KindRow{Kind: kind, Hostile: hostile[kind]}
		for a := range d.Arms {
			row.Arms = append(row.Arms, Wilson(counts[kind].said[a], counts[kind].n[a]))
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b KindRow) int { return cmp.Compare(rankOf(a.Hostile), rankOf(b.Hostile)) })
	return rows
}

func rankOf(hostile bool) int {
	if hostile {
		return 0
	}
	return 1
}

// Elsewhere counts each arm's false findings that fell on no look-alike.
func Elsewhere(d *Design, ledgers map[Job]*Ledger) []int {
	out := make([]int, len(d.Arms))
	for _, j := range d.Trials() {
		if l := ledgers[j]; l != nil {
			out[j.Arm] += l.Elsewhere
		}
	}
	return out
}

// CaughtOver gives the share of one arm's heard hostile incidents that were caught within a time since heard_at, over
// all its worlds, as CaughtBy does for runs.
func CaughtOver(d *Design, ledgers map[Job]*Ledger, arm int) []Step {
	incidents := 0
	var delays []float64
	for _, j := range d.Trials() {
		l := ledgers[j]
		if j.Arm != arm || l == nil {
			continue
		}
		for i := range l.Entries {
			switch e := &l.Entries[i]; {
			case e.Hostile && e.Fate == Caught:
				delays = append(delays, *e.DelayS)
				incidents++
			case e.Hostile && e.Fate == Missed:
				incidents++
			}
		}
	}
	return rise(delays, incidents)
}
