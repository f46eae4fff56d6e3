package sim

import (
	"fmt"
	"sort"

	"sealab/sim/exact"
	"sealab/sim/notice"
)

// This file is the paper side of a trip: what operators and Customs tell, and when it is heard.

// paper is one notice to come.
type paper struct {
	at, ts, until int64
	what          notice.What
	result, place string
	vehicle       *vehicle
	inc           int32 // the incident it tells of, or −1
}

// write plans the notices of an ordinary trip, which leaves its first place on one vehicle and comes to its last on
// another or the same.
func (w *World) write(s *Seal, v, last *vehicle, start, end int64) {
	l := &s.lane
	w.file(s, notice.Booking, start-2*24*hourMs, l.From, v)
	w.file(s, notice.GateIn, start, l.From, nil)
	w.file(s, notice.Sealing, start, l.From, nil)
	w.file(s, notice.Departure, v.depart(), l.From, v)
	w.file(s, notice.Arrival, last.arrive(), l.To, last)
	w.file(s, notice.GateOut, end, l.To, nil)
	s.papers = append(s.papers, paper{
		at: max(end-2*hourMs, w.start+60_000), ts: end - 600_000, until: end + hourMs, what: notice.AuthorisedOpening,
		place: l.To, inc: -1,
	})
}

// file plans one notice of what happened at ts; its sender takes some minutes. What happened before the world began is
// told in its first minute, as when an operator hands over the open bookings.
func (w *World) file(s *Seal, what notice.What, ts int64, place string, on *vehicle) {
	at := ts + exact.Round(60_000*s.life.LogNormal(w.a[NoticeDelayMin], 1))
	if at <= w.start {
		at = w.start + exact.Round(1000*s.life.Range(1, 50))
	}
	s.papers = append(s.papers, paper{at: at, ts: ts, what: what, place: place, vehicle: on, inc: -1})
}

// sortPapers puts a seal's notices in the order in which they are heard.
func (w *World) sortPapers(s *Seal) {
	sort.SliceStable(s.papers, func(i, j int) bool { return s.papers[i].at < s.papers[j].at })
}

// tell delivers the seal's next notice and asks for the one after it.
func (w *World) tell(s *Seal) {
	p := &s.papers[0]
	slot := w.take()
	m := w.slot(slot)
	m.other = w.compile(s, p)
	if p.inc >= 0 && p.at >= w.incidents[p.inc].Start.UnixMilli() {
		m.alike = p.inc
	}
	w.deliver(p.at, slot)
	s.papers = s.papers[1:]
	s.told++
	if len(s.papers) > 0 {
		w.ask(s.papers[0].at, s.index, doTell)
	}
}

// compile writes the notice out.
func (w *World) compile(s *Seal, p *paper) *notice.Notice {
	n := &notice.Notice{
		ID: fmt.Sprintf("N-%s-%02d", s.trip, s.told+1), What: p.what, TS: p.ts, Container: s.container, Trip: s.trip,
		Place: p.place, Until: p.until, Result: p.result,
	}
	if p.what != notice.Booking {
		n.Seal = s.id
	}
	if p.vehicle != nil {
		n.Vehicle = p.vehicle.id
	}
	switch {
	case p.what == notice.Booking && s.route != nil:
		n.Route = s.route
	case p.what == notice.Booking:
		l, v := &s.lane, p.vehicle
		n.Route = []notice.Stop{
			{Place: l.From, ETA: s.start, ETD: v.depart()},
			{Place: l.To, Mode: l.By.modeName(), ETA: v.arrive(), ETD: s.end},
		}
	}
	return n
}
