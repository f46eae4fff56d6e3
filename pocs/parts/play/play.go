// Package play stages small hand-made plays: a box and its seal, said line by line, for the tests of detectors.
//
// A world of its own would prove that a method works there; a play of ten lines shows why. Batches come as the world
// gives them: a tick a minute where something is heard, and one at every whole hour.
package play

import (
	"strconv"
	"time"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// Opening is when every play begins, and when its seal was armed.
var Opening = time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)

// Stage is one seal on one container, heard by one listener. Change its fields between lines.
type Stage struct {
	Hear      func(event.Batch) // the detector's Step
	Now       time.Time
	Seal      string
	Container string
	Boot, Seq int64        // of the last message
	Body      seal.Reading // what every reading starts from
	n         uint64
	notices   int
}

// New opens the stage: a parked truck with a good fix, armed at the Opening.
func New(hear func(event.Batch)) *Stage {
	s := &Stage{Hear: hear, Now: Opening, Seal: "SLB-00000007", Container: "SLBU0000078", Boot: 3}
	for f, v := range map[seal.Field]int64{
		seal.MsgKind: seal.Tele, seal.Status: seal.Armed, seal.ArmedAt: Opening.UnixMilli(), seal.ClkSrc: seal.ClockGNSS,
		seal.Lat: -1286389, seal.Lon: 36817223, seal.AccM: 32, seal.Fix: seal.Fix3D, seal.Sats: 11, seal.HDOP: 90,
		seal.CN0: 420, seal.CN0SD: 400, seal.Jam: 5, seal.TC: 24000, seal.RH: 550, seal.Lux: 4, seal.DoorOpen: 0,
		seal.GPeak: 40, seal.GRms: 6, seal.Pct: 900, seal.MV: 3600, seal.MCC: 639, seal.MNC: 2, seal.Cell: 4711,
	} {
		s.Body.Set(f, v)
	}
	return s
}

// Edit changes a reading before it is sent.
type Edit func(*seal.Reading)

// With sets one field.
func With(f seal.Field, v int64) Edit { return func(r *seal.Reading) { r.Set(f, v) } }

// Code makes the reading an event of this code.
func Code(code int64) Edit {
	return func(r *seal.Reading) {
		r.Set(seal.MsgKind, seal.EventMsg)
		r.Set(seal.Code, code)
	}
}

// Wait lets time pass and gives the ticks of the whole hours in between.
func (s *Stage) Wait(d time.Duration) *Stage {
	end := s.Now.Add(d)
	for hour := s.Now.Truncate(time.Hour).Add(time.Hour); !hour.After(end); hour = hour.Add(time.Hour) {
		s.tick(hour)
	}
	s.Now = end
	return s
}

// Say sends the seal's next reading.
func (s *Stage) Say(edits ...Edit) *Stage {
	s.Seq++
	r := s.Draw(edits...)
	return s.Send(&r)
}

// Draw makes the reading that the seal would say now, without sending it.
func (s *Stage) Draw(edits ...Edit) seal.Reading {
	r := s.Body
	r.Seal, r.Container = s.Seal, s.Container
	r.Set(seal.Boot, s.Boot)
	r.Set(seal.Seq, s.Seq)
	r.Set(seal.TS, s.Now.UnixMilli())
	r.Set(seal.Sent, s.Now.UnixMilli())
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

// Send delivers a reading at the present time, whatever time it carries.
func (s *Stage) Send(r *seal.Reading) *Stage {
	s.tick(s.tickEnd(), r)
	return s
}

// Note delivers a notice about the container; its time is the present one unless it says another.
func (s *Stage) Note(n notice.Notice) *Stage {
	s.notices++
	n.ID, n.Container = "N"+strconv.Itoa(s.notices), s.Container
	if n.TS == 0 {
		n.TS = s.Now.UnixMilli()
	}
	s.tick(s.tickEnd(), &n)
	return s
}

func (s *Stage) tickEnd() time.Time {
	end := s.Now.Truncate(time.Minute)
	if end.Before(s.Now) {
		end = end.Add(time.Minute)
	}
	return end
}

func (s *Stage) tick(end time.Time, messages ...event.Message) {
	b := event.Batch{Tick: int64(end.Sub(Opening) / time.Minute), Now: end}
	for _, m := range messages {
		s.n++
		b.Events = append(b.Events, event.Event{At: s.Now, N: s.n, Message: m})
	}
	s.Hear(b)
}
