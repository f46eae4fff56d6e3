// Package quorum holds the seals of one vessel, train or yard against each other.
//
// What many seals of one place show at once is a matter of the place: a dead zone, a storm, steel all around. What one
// shows while its neighbours do well is a matter of that box (seal model, section f: an oddity that at least half of them
// share, and at least three, is an area effect). Only false satellites are said also where a whole yard has them.
//
// The defaults were tuned by
//
//	sealab tune quorum mixed asia-europe drayage --set seals=300 --seeds 1..16 -p alpha=0.000001,0.00001,0.0001,0.001
//	  -p within_h=1,2,4 -p far_km=5,10,20 -p warm_c=2,2.5,3 -p warm_h=1,2,4 -p early_h=3,6,12 --rounds 1
//	  --within 'nuisance_trips <= 0.003'
//
// of whose warm_h 2 was kept: it is not distinguishable from the best, and disturbs fewer.
package quorum

import (
	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/pocs/parts/terms"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// PoC asks whether a box is alone in what it shows.
var PoC = pocs.PoC{
	Name:      "quorum",
	Challenge: "seals",
	UseCase:   "quorum",
	Claim:     "nuisance_trips <= 0.01",
	Doc:       doc,
	Params:    terms.Params(thresholds),
	New: func(s pocs.Setup) (pocs.Detector, error) {
		return &detector{desk: parts.NewDesk(s.Params, s.Keys), limits: newLimits(s.Params), places: parts.NewRegister[place](),
			stays: parts.NewRegister[stay]()}, nil
	},
}

type detector struct {
	desk    *parts.Desk
	limits  limits
	members []*member // by the seal's slot
	places  parts.Register[place]
	stays   parts.Register[stay] // by container
}

// Step takes in notices and readings message by message, and looks for who is silent at every whole hour.
func (d *detector) Step(b event.Batch) ([]pocs.Finding, error) {
	nowMs := b.Now.UnixMilli()
	for i := range b.Events {
		n := b.Events[i].N
		d.desk.At(i, n)
		switch m := b.Events[i].Message.(type) {
		case *seal.Reading:
			if d.desk.Believe(m, nowMs) {
				d.reading(m, n, nowMs)
			}
		case *notice.Notice:
			d.desk.Notice(m)
			d.stay(m.Container).hear(m)
		}
	}
	if nowMs%parts.HourMs == 0 {
		d.desk.At(len(b.Events), 0)
		for _, p := range d.places.All() {
			d.silence(p, nowMs)
		}
	}
	return terms.Findings(d.desk.Take()), nil
}

// stay gives what is known of where a container is.
func (d *detector) stay(container string) *stay {
	s := d.stays.Find(container)
	if s == nil {
		_, s = d.stays.Add(container)
	}
	return s
}

// reading takes in what a seal says, and lays it beside its neighbours.
func (d *detector) reading(r *seal.Reading, n uint64, nowMs int64) {
	s := d.desk.Meet(r, nowMs)
	if s.Slot == len(d.members) {
		d.members = append(d.members, &member{})
	}
	m := d.members[s.Slot]
	if s.Box == nil {
		return
	}
	if m.box != s.Box {
		d.move(m, nil)
		*m = member{box: s.Box, stay: d.stay(s.Box.Container)}
	}
	if !m.hear(r, n, nowMs, &d.limits) {
		return
	}
	d.settle(m)
	if m.place == nil || m.box.Papers.Ended(r.Val[seal.TS]) {
		return
	}
	m.notice(r, n, nowMs, &d.limits)
	for c := range numChannels {
		if v := m.judge(c, r, &d.limits); v.why != nil {
			d.desk.Say(m.box, v.kind, v.level, nowMs, func() (string, []uint64) { return v.why(m, v), parts.Basis(n, m.signs[c].firstN) })
		}
	}
}

// settle puts a seal among those of the place where its box is by now.
func (d *detector) settle(m *member) {
	name := m.stay.where
	switch {
	case name == "":
		d.move(m, nil)
		return
	case m.place != nil && m.place.name == name:
		return
	}
	p := d.places.Find(name)
	if p == nil {
		name, p = d.places.Add(name)
		p.name = name
		p.locate(m.stay)
	}
	d.move(m, p)
}

// move takes a seal out of its place and puts it into another; nil is none.
func (d *detector) move(m *member, to *place) {
	if m.place != nil {
		m.place.leave(m)
	}
	m.place = to
	if to != nil {
		to.members = append(to.members, m)
	}
}
