// What a world shows of one incident: the first message that gives it away, how that differs from an honest one, and
// what else was heard meanwhile.

package pocs

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"sealab/sim"
	"sealab/sim/seal"
)

// Sighting is what of one incident could be heard.
type Sighting struct {
	Window Window
	First  *Delivery     // the first message that shows it; nil: none did, or it showed in a report that did not come
	Missed bool          // it was heard by a report that was due and did not come, before any message showed it
	Shown  int           // deliveries up to the window's end that show it
	Twin   bool          // the honest twin is known: it is an attack's
	Honest *seal.Reading // of the twin, what it would have said in place of First; nil: nothing
	Around []Delivery    // what was heard of the container around it, in the order of hearing
	Left   int           // deliveries that belong into Around and are not, since there were too many
}

// Window is the time in which a finding serves an incident: [Opens, Closes], from its being heard; of an unheard one
// from its act, and then nothing serves it.
type Window struct{ Opens, Closes time.Time }

// WindowOf gives an incident's window as the judge has it (DESIGN section 4).
func WindowOf(in *sim.Incident, grace time.Duration) Window {
	f := newFile(0, in, grace)
	return Window{f.opened, f.closed}
}

// aroundBefore is how long before the act Around begins; shownAround is how much it holds.
const (
	aroundBefore = 2 * time.Hour
	shownAround  = 40
)

// See makes the world of run r again, of one container's seals alone, and gives what it shows of incident i of the
// truth. ErrDiffers where this code makes another world.
func See(ctx context.Context, sc *sim.Scenario, r *Run, i int) (*Sighting, error) {
	in := &r.Truth.Incidents[i]
	seals := []string{in.Seal}
	for _, trip := range r.Truth.Trips {
		if trip.Container == in.Container && !slices.Contains(seals, trip.Seal) {
			seals = append(seals, trip.Seal)
		}
	}
	w, err := sim.New(*sc, r.Settings, r.Seed, seals...)
	if err != nil {
		return nil, fmt.Errorf("make world: %w", err)
	}
	if !knows(w, in) {
		return nil, ErrDiffers
	}
	s := &Sighting{Window: WindowOf(in, r.Terms.Grace)}
	var heard []Delivery
	for b := range w.Batches() {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("look for incident: %w", err)
		}
		if b.Now.After(s.Window.Closes) {
			break
		}
		for k := range b.Events {
			if e := &b.Events[k]; concerns(e.Message, in.Container, seals) && !b.Now.Before(in.Start.Add(-aroundBefore)) {
				d := copyOf(e, b.Now)
				d.Attack, d.Alike = w.Shows(k)
				heard = append(heard, d)
			}
		}
	}
	s.take(in.ID, heard)
	if in.Heard() && s.First != nil && s.First.Now.Before(in.HeardAt) {
		return nil, ErrDiffers
	}
	s.Missed = in.Heard() && (s.First == nil || s.First.Now.After(in.HeardAt))
	if in.Hostile { // a look-alike has no twin: on the same seal there may be an attack's, which has the look-alike too
		s.compare(w.Twin(in.Seal))
	}
	return s, nil
}

// knows reports whether a world holds the incident as it was.
func knows(w *sim.World, in *sim.Incident) bool {
	list := w.Truth().Incidents
	return slices.ContainsFunc(list, func(x sim.Incident) bool {
		return x.ID == in.ID && x.Start.Equal(in.Start) && x.End.Equal(in.End) && x.Container == in.Container
	})
}

// take finds the first message that shows the incident, and keeps as much as can be shown: what shows it first, then
// events and notices, then the scheduled reports.
func (s *Sighting) take(id string, heard []Delivery) {
	rank := func(d *Delivery) int {
		switch {
		case d.Attack == id || d.Alike == id:
			return 0
		case d.Reading == nil || !d.Reading.Is(seal.MsgKind, seal.Tele):
			return 1
		}
		return 2
	}
	order := make([]int, len(heard))
	for i := range heard {
		order[i] = i
		if rank(&heard[i]) == 0 {
			s.Shown++
			if s.First == nil {
				s.First = &heard[i]
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank(&heard[a]), rank(&heard[b])) })
	order = order[:min(len(order), shownAround)]
	slices.Sort(order)
	s.Left = len(heard) - len(order)
	for _, i := range order {
		heard[i].finish()
		s.Around = append(s.Around, heard[i])
	}
}

// compare finds what the honest twin would have said at the time that the first message carries.
func (s *Sighting) compare(twin []sim.Said) {
	s.Twin = twin != nil
	if s.First == nil || s.First.Reading == nil {
		return
	}
	r := s.First.Reading
	for i := range twin {
		if t := &twin[i].Reading; t.Val[seal.TS] == r.Val[seal.TS] && t.Val[seal.MsgKind] == r.Val[seal.MsgKind] && t.Val[seal.Code] == r.Val[seal.Code] {
			s.Honest = t
			return
		}
	}
}

// bookkeeping are the fields that say nothing of the box: they count messages.
const bookkeeping seal.Mask = 1<<seal.Boot | 1<<seal.Seq | 1<<seal.Sent | 1<<seal.Backlog

// Differences are the fields in which two readings differ, but for those that only count messages.
func Differences(a, b *seal.Reading) []seal.Field {
	var out []seal.Field
	for f := range seal.Field(seal.NumFields) {
		va, hasA := a.Get(f)
		vb, hasB := b.Get(f)
		if bookkeeping&(1<<f) == 0 && (va != vb || hasA != hasB) {
			out = append(out, f)
		}
	}
	return out
}

// Said are the findings, by their places in r, on the container of incident i: from a day before the act to a day after
// its window, so that what came too early or too late is there too.
func Said(r *Run, i int) []int {
	in := &r.Truth.Incidents[i]
	const day = 24 * time.Hour
	from, to := in.Start.Add(-day), WindowOf(in, r.Terms.Grace).Closes.Add(day)
	var out []int
	for k := range r.Findings {
		if f := &r.Findings[k]; f.Container == in.Container && !f.At.Before(from) && !f.At.After(to) {
			out = append(out, k)
		}
	}
	return out
}
