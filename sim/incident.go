package sim

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"sealab/sim/exact"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// This file is how attacks and look-alikes act on the world, and how the truth about them is kept.

// Attack does something to a seal or its cargo; a look-alike is one that is innocent.
type Attack interface {
	// Mount acts on seal s from the moment at, through the world's Say, Around, Tell, Silence and Clone. It returns
	// what it did (End, Params; Start where it is not at); the world completes and keeps it.
	Mount(w *World, s *Seal, at time.Time) *Incident
}

// Kind is a declared attack or look-alike.
type Kind struct {
	Name        string
	Hostile     bool
	Doc         string // what physically happens
	Observables string // which fields change and what is heard first
	Source      string
	Effort      Effort // of the adversary; none for a look-alike
	// When chooses the moment of the act by the trip alone: never by radio, settings of the seal or what would be heard.
	// A look-alike for which the trip gives no occasion answers the zero time, and does not happen.
	When func(w *World, s *Seal, d *exact.Dice) time.Time
	// Needs says on which trips alone it can happen.
	Needs Traits
	// Ends says that the seal is silent for good afterwards: where it yields to attacks, it does so to all that come later.
	Ends bool
	// Hides is for how long it can hide what an attack does to the seal: where it yields, it does so to all within that.
	Hides time.Duration
	Attack

	Shared bool   // a look-alike that falls on all boxes of a vessel at once, by the vessel's dice
	Bare   bool   // a look-alike for which no seal says anything else: what it says in that time is the look-alike
	Unseen string // why no message of a seal can show it; empty: something does
}

// Effort is what an attack takes: assumed throughout, to be read as cheap or dear, quick or slow, not as a price.
type Effort struct {
	MoneyUSD float64 // for tools, once
	Minutes  float64 // at the box
	Skill    string  // anyone, trained or expert
}

// incident is the world's own record of one.
type incident struct {
	Incident
	sense, radio, dice exact.Dice
	shown              bool
}

// moment is when the incident of that name is to act on seal s.
func (w *World) moment(k *Kind, s *Seal, name string) time.Time {
	d := exact.NewDice(w.seed, "when/"+name)
	return k.When(w, s, &d)
}

// mount lets kind k act on seal s and keeps the truth of it; its dice are its own, or those of all to whom it happens.
func (w *World) mount(k *Kind, s *Seal, name, dice string, at time.Time) {
	id := int32(len(w.incidents))
	w.incidents = append(w.incidents, incident{
		dice:  exact.NewDice(w.seed, "act/"+dice),
		sense: exact.NewDice(w.seed, "sense/"+dice),
		radio: exact.NewDice(w.seed, "radio/"+dice),
	})
	w.incidents[id].Hostile = k.Hostile
	w.mounting = id
	did := k.Mount(w, s, at)
	w.mounting = -1
	inc := &w.incidents[id]
	inc.Incident = *did
	inc.ID, inc.Kind, inc.Hostile = name, k.Name, k.Hostile
	inc.Seal, inc.Container, inc.Trip = s.id, s.container, s.trip
	if inc.Start.IsZero() {
		inc.Start = at
	}
	if inc.End.Before(inc.Start) {
		inc.End = inc.Start
	}
	if end := w.time(w.end); inc.End.After(end) { // what goes on after the world is not known
		inc.End = end
	}
}

// Dice are those of the incident being mounted.
func (w *World) Dice() *exact.Dice { return &w.incidents[w.mounting].dice }

// Saying is a message outside the schedule that an incident makes a seal send.
type Saying struct {
	Birth  bool  // a birth on the state topic in place of an event
	Code   int64 // seal.Code…
	Sev    int64 // seal.Sev…
	CmdID  string
	GPeakG float64                   // g, where the event is a shock
	Change func(d *Device, ms int64) // what happens in the device just before; nil: nothing
	Anew   bool                      // another device says this, which Change puts in its place; its scheduled reports follow an interval after
}

// Say makes the seal report an event at a moment; one that lies before the world's start is not said.
func (w *World) Say(s *Seal, at time.Time, say Saying) {
	ms := at.UnixMilli()
	if ms <= w.start || ms > s.end {
		return
	}
	kind := int64(seal.EventMsg)
	if say.Birth {
		kind = seal.Birth
	}
	s.add(saying{
		at: ms, inc: w.mounting, kind: kind, code: say.Code, sev: say.Sev, cmdID: say.CmdID, change: say.Change,
		gPeak: say.GPeakG, anew: say.Anew,
	})
}

// Silence takes the network away in (from, to].
func (w *World) Silence(s *Seal, from, to time.Time) {
	s.gaps = append(s.gaps, gap{span{from.UnixMilli(), to.UnixMilli()}, w.mounting})
}

// Tell has Customs or an operator send a notice, heard at the moment at.
func (w *World) Tell(s *Seal, at time.Time, n notice.Notice) {
	s.papers = append(s.papers, paper{at: at.UnixMilli(), ts: n.TS, until: n.Until, what: n.What, result: n.Result, place: n.Place, inc: w.mounting})
}

// Clone sets a second device up that sends the same id in (from, to], metres away from where s stands at from. It
// copies the counters when it wakes, and its sky is open. It signs with a key of the attacker's, but for the share whose
// maker has the seal's own.
func (w *World) Clone(s *Seal, from, to time.Time, eastM, northM float64) {
	name := fmt.Sprintf("%s/%d", s.id, from.UnixMilli())
	c := *s
	lat, lon, _, squeeze := w.place(s, s.legAt(from.UnixMilli()), from.UnixMilli())
	lat += northM / metresPerDeg
	lon += eastM / (metresPerDeg * squeeze)
	place := w.newSpot(spot{lat: lat, lon: lon, mcc: w.mccAt(s, from.UnixMilli())})
	c.legs = []leg{{from: from.UnixMilli(), to: to.UnixMilli(), vehicle: -1, place: place, sky: openSky, pace: roadStop}}
	c.leg, c.cur, c.seenLeg = 0, cursor{}, 0
	c.sense, c.radio = exact.NewDice(w.seed, "clone/sense/"+name), exact.NewDice(w.seed, "clone/radio/"+name)
	c.todo, c.around, c.gaps, c.papers, c.touches = nil, nil, nil, nil, nil
	c.hushes, c.taps, c.tunnels, c.deadAt = nil, nil, nil, 0
	c.cell, c.drifts, c.stutters = cell{}, nil, nil
	c.skewMs = w.skewMs("clone/" + name)
	c.start, c.end, c.next = from.UnixMilli(), to.UnixMilli(), from.UnixMilli()
	c.Key, c.signer = ForgedKey, nil
	if d := exact.NewDice(w.seed, "clone/key/"+name); d.Chance(w.a[CloneKeyCopied]) {
		c.Key = s.Key
	}
	c.deep, c.ghostOf, c.victimOf, c.twin = false, s, w.mounting, nil
	c.index = int32(len(w.seals))
	w.seals = append(w.seals, &c)
}

// show notes that an incident is seen in the open tick.
func (w *World) show(id int32) {
	if id >= 0 && !w.incidents[id].shown {
		w.incidents[id].shown = true
		w.fresh = append(w.fresh, id)
	}
}

// settle stamps what was shown for the first time with the tick's end.
func (w *World) settle(now int64) {
	for _, id := range w.fresh {
		w.incidents[id].HeardAt = w.time(now)
		w.heard = append(w.heard, id)
	}
	w.fresh = w.fresh[:0]
}

// Heard returns the incidents heard up to the present tick, in the order of hearing. The slice grows; what it held
// stays.
func (w *World) Heard() []Incident {
	out := make([]Incident, len(w.heard))
	for i, id := range w.heard {
		out[i] = w.incidents[id].Incident
	}
	return out
}

// Truth returns what a judge may know, whole once Batches has ended. Incidents are in the order of (start, id).
func (w *World) Truth() Truth {
	t := Truth{Start: w.time(w.start), End: w.time(w.end), Trips: slices.Clone(w.trips), SealDays: w.sealDays}
	for i := range w.incidents {
		t.Incidents = append(t.Incidents, w.incidents[i].Incident)
	}
	sort.SliceStable(t.Incidents, func(i, j int) bool {
		a, b := &t.Incidents[i], &t.Incidents[j]
		if !a.Start.Equal(b.Start) {
			return a.Start.Before(b.Start)
		}
		return a.ID < b.ID
	})
	return t
}
