// What the hub knows of the live world from what it has heard: last places, alarms, silence.

package web

import (
	"fmt"
	"math"
	"time"

	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/geo"
	"sealab/sim/seal"
)

const (
	offPlanM   = 2000.0         // farther from the plan than any honest fix
	offLaneM   = 4000.0         // of a vessel: a cell position is off by up to 3 km, the plan by one
	lostAfterH = 6              // past the promised report; planned sleep and sea crossings announce themselves
	maxAlarms  = 500            // kept for whoever comes later
	openAlarm  = 24 * time.Hour // how long an alarm counts as open: as long as the judge's episode
)

// alarmJSON is a finding as the live page shows it.
type alarmJSON struct {
	ID    string  `json:"id"`
	T     int64   `json:"t"`
	C     string  `json:"c"`
	S     string  `json:"s"`
	Kind  string  `json:"kind"`
	Text  string  `json:"text"`
	Level int     `json:"level"`
	Sev   string  `json:"sev"`
	Why   string  `json:"why"`
	Lat   float64 `json:"lat"`
	Lon   float64 `json:"lon"`
	From  string  `json:"from"`
	To    string  `json:"to"`
}

// At is the alarm's time, for templates.
func (a alarmJSON) At() time.Time { return time.UnixMilli(a.T) }

// lastWord is what one seal said last.
type lastWord struct {
	at       int64 // event time of the newest reading
	heard    int64 // when anything was heard
	promised int64 // when it said it would report next
	lat, lon float64
	placed   bool
	off      bool
}

// liveState is the memory of one play.
type liveState struct {
	w      *liveWorld
	last   []lastWord // by index in the plan
	alarms []alarmJSON
	fresh  []alarmJSON // since the last frame
	said   int         // alarms so far
	now    time.Time   // of the last tick
	offNew bool
}

func newLiveState(w *liveWorld) *liveState {
	return &liveState{w: w, last: make([]lastWord, len(w.plan.Seals)), now: w.start}
}

// hear takes in a tick.
func (s *liveState) hear(b event.Batch) {
	s.now = b.Now
	for i := range b.Events {
		r, ok := b.Events[i].Message.(*seal.Reading)
		if !ok {
			continue
		}
		at, ok := s.w.bySeal[r.Seal]
		if !ok {
			continue
		}
		s.reading(&s.last[at], at, r, b.Events[i].At.UnixMilli())
	}
}

func (s *liveState) reading(l *lastWord, at int, r *seal.Reading, heard int64) {
	l.heard = heard
	if next, ok := r.Get(seal.NextReport); ok {
		l.promised = next
	}
	ts, _ := r.Get(seal.TS)
	lat, okLat := r.Get(seal.Lat)
	lon, okLon := r.Get(seal.Lon)
	fixed := r.Is(seal.Fix, seal.Fix2D) || r.Is(seal.Fix, seal.Fix3D)
	if ts < l.at || !okLat || !okLon || !fixed { // a backlog is older than what is known, and a cell's place is coarse
		return
	}
	l.at, l.placed = ts, true
	l.lat, l.lon = float64(lat)/1e6, float64(lon)/1e6
	pLat, pLon, kind, ok := planned(&s.w.plan, &s.w.plan.Seals[at], ts)
	most := offPlanM
	if kind == "vessel" {
		most = offLaneM
	}
	off := ok && geo.DistanceM(l.lat, l.lon, pLat, wrap(pLon)) > most
	if off || l.off {
		s.offNew = true
	}
	l.off = off
}

// wrap brings an unwrapped longitude back to ±180.
func wrap(lon float64) float64 { return lon - 360*math.Floor((lon+180)/360) }

// say takes in what the detector said of a tick.
func (s *liveState) say(found []pocs.Finding, t *texts) {
	for _, f := range found {
		s.said++
		a := alarmJSON{ID: fmt.Sprintf("a%d", s.said), T: s.now.UnixMilli(), C: f.Container, Kind: f.Kind,
			Text: kindWords(t, f.Kind), Level: f.Level, Sev: severity(f.Level), Why: f.Why}
		if i, ok := s.w.index[f.Container]; ok {
			p := &s.w.plan.Seals[i]
			a.S, a.From, a.To = p.Seal, placeName(p.From), placeName(p.To)
			a.Lat, a.Lon = s.place(i)
		}
		s.alarms = append(s.alarms, a)
		s.fresh = append(s.fresh, a)
	}
	if extra := len(s.alarms) - maxAlarms; extra > 0 {
		s.alarms = append(s.alarms[:0:0], s.alarms[extra:]...)
	}
}

// place is where a container was last seen, or should be where it was never seen; four decimals are 11 m.
func (s *liveState) place(i int) (lat, lon float64) {
	l := &s.last[i]
	lat, lon = l.lat, l.lon
	if !l.placed {
		lat, lon, _, _ = planned(&s.w.plan, &s.w.plan.Seals[i], s.now.UnixMilli())
		lon = wrap(lon)
	}
	return math.Round(lat*1e4) / 1e4, math.Round(lon*1e4) / 1e4
}

// off lists the containers that were last seen away from their plan.
func (s *liveState) off() [][4]int64 {
	out := [][4]int64{}
	for i := range s.last {
		if l := &s.last[i]; l.off {
			out = append(out, [4]int64{int64(i), int64(math.Round(l.lon * 1e4)), int64(math.Round(l.lat * 1e4)), l.at})
		}
	}
	return out
}

// lost lists the containers on their way of which nothing was heard long after the report that they had promised.
func (s *liveState) lost() []int {
	now := s.now.UnixMilli()
	out := []int{}
	for i := range s.last {
		l, legs := &s.last[i], s.w.plan.Seals[i].Legs
		due := max(l.promised, l.heard)
		if l.heard > 0 && len(legs) > 0 && now < legs[len(legs)-1].To && now-due > lostAfterH*3600*1000 {
			out = append(out, i)
		}
	}
	return out
}

// open counts the alarms of the last day.
func (s *liveState) open() int {
	since := s.now.Add(-openAlarm).UnixMilli()
	n := 0
	for i := len(s.alarms) - 1; i >= 0 && s.alarms[i].T > since; i-- {
		n++
	}
	return n
}
