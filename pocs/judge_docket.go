// The docket of one container: its incidents in the order in which they began, and its running false episode.

package pocs

import (
	"slices"
	"time"

	"sealab/sim"
)

// file is one incident on a docket.
type file struct {
	incident int // index into the truth
	kind     string
	hostile  bool
	heard    bool
	matched  bool
	begin    time.Time // of the act
	opened   time.Time // heard_at; where it was not heard, the act's start
	closed   time.Time // max(end, heard_at) + grace
}

// docket hears the findings of one container in order of time.
type docket struct {
	files   []file
	next    int   // the first file whose act has not begun
	current []int // files begun and not yet closed, in order of beginning

	falseAt time.Time // when the last episode opened
	cried   bool      // one has
}

// openDockets makes a docket for each container that has an incident.
func openDockets(incidents []sim.Incident, grace time.Duration) map[string]*docket {
	books := make(map[string]*docket)
	for i := range incidents {
		d := books[incidents[i].Container]
		if d == nil {
			d = &docket{}
			books[incidents[i].Container] = d
		}
		d.files = append(d.files, newFile(i, &incidents[i], grace))
	}
	for _, d := range books {
		slices.SortStableFunc(d.files, func(a, b file) int { return a.begin.Compare(b.begin) })
	}
	return books
}

func newFile(i int, in *sim.Incident, grace time.Duration) file {
	f := file{incident: i, kind: in.Kind, hostile: in.Hostile, heard: in.Heard(), begin: in.Start, opened: in.HeardAt}
	if !f.heard {
		f.opened = in.Start
	}
	last := in.End
	if last.Before(in.Start) {
		last = in.Start
	}
	if f.heard && in.HeardAt.After(last) {
		last = in.HeardAt
	}
	if f.heard && in.HeardAt.Before(in.Start) {
		f.begin = in.HeardAt // no world says so, but a file from outside may
	}
	f.closed = last.Add(grace)
	return f
}

// judge sorts one finding; it must not be older than the one before it.
func (d *docket) judge(f *Finding) Judged {
	d.advance(f.At)
	if c := d.pick(f.Kind, func(c *file) bool { return c.window(f.At) && !c.matched }); c != nil {
		c.matched = true
		return c.hit(f)
	}
	if c := d.pick(f.Kind, func(c *file) bool { return c.window(f.At) }); c != nil {
		return Judged{Sort: Repeat, Incident: c.incident}
	}
	if c := d.pick(f.Kind, func(c *file) bool { return c.hostile }); c != nil {
		return Judged{Sort: Neither, Incident: c.incident}
	}
	return d.cry(f)
}

// cry is the judgement on a false finding. Where look-alikes are under way it concerns the one that began last.
func (d *docket) cry(f *Finding) Judged {
	j := Judged{Sort: False, Incident: -1}
	if n := len(d.current); n > 0 {
		j.Incident = d.files[d.current[n-1]].incident
	}
	if !d.cried || f.At.Sub(d.falseAt) > episodeSpan {
		d.cried, d.falseAt, j.Opens = true, f.At, true
	}
	return j
}

// advance takes up the files begun by now and lays down those that are closed.
func (d *docket) advance(now time.Time) {
	d.current = slices.DeleteFunc(d.current, func(i int) bool { return d.files[i].closed.Before(now) })
	for ; d.next < len(d.files) && !d.files[d.next].begin.After(now); d.next++ {
		if !d.files[d.next].closed.Before(now) {
			d.current = append(d.current, d.next)
		}
	}
}

// pick gives the oldest current file of that kind that fits, or else the oldest that fits, or nil.
func (d *docket) pick(kind string, fits func(*file) bool) *file {
	var best *file
	for _, i := range d.current {
		c := &d.files[i]
		if !fits(c) {
			continue
		}
		if best == nil || (c.kind == kind) != (best.kind == kind) && c.kind == kind ||
			(c.kind == kind) == (best.kind == kind) && c.older(best) {
			best = c
		}
	}
	return best
}

// older orders files by heard_at, then by the act's start, then by their place in the truth.
func (c *file) older(than *file) bool {
	if order := c.opened.Compare(than.opened); order != 0 {
		return order < 0
	}
	if order := c.begin.Compare(than.begin); order != 0 {
		return order < 0
	}
	return c.incident < than.incident
}

// window says whether now lies in the file's hostile window; the end is kept by advance.
func (c *file) window(now time.Time) bool { return c.hostile && c.heard && !now.Before(c.opened) }

// hit values the finding: 1 at heard_at, falling linearly to 0.5 at the window's end.
func (c *file) hit(f *Finding) Judged {
	late, length := f.At.Sub(c.opened).Seconds(), c.closed.Sub(c.opened).Seconds()
	value := 1.0
	if length > 0 { // it is, unless someone judges without grace
		value = 1 - float64(0.5*(late/length))
	}
	return Judged{Sort: Hit, Incident: c.incident, Value: value, DelayS: late, KindOK: f.Kind == c.kind}
}
