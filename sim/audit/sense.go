package audit

import (
	"math"
	"strings"
	"time"

	"sealab/sim"
	"sealab/sim/geo"
	"sealab/sim/seal"
)

// This file measures what devices sense and use: places, skies, climate, shocks, light, charge, clocks, and how often
// they report. What an incident shows in is left out, but where the row is about that incident.

// sense compares each message at its source with the truth.
type sense struct {
	silent
	bodies map[string]*sim.Body
	acts   map[string]*sim.Incident
	attack map[string]time.Time // when a seal is attacked first
	quiet  map[string]time.Time // when a seal's newest message before that was made
	last   map[string]*before
}

// before is what is kept of a device's message before.
type before struct {
	made, at time.Time
	boot     int64
	seq      int64
	mAh      float64
	doing    sim.Doing
	tele     time.Time // when its last scheduled report was made; zero after anything unusual
	set      time.Time // when its clock was last set by satellites
	setOff   float64   // how far it was off then, s
}

func newSense(t *Tape, w *sim.World) *sense {
	m := &sense{silent{t}, map[string]*sim.Body{}, map[string]*sim.Incident{}, map[string]time.Time{}, map[string]time.Time{}, map[string]*before{}}
	for _, b := range w.Bodies() {
		m.bodies[b.ID()] = b
	}
	truth := w.Truth()
	for i := range truth.Incidents {
		in := &truth.Incidents[i]
		m.acts[in.ID] = in
		if _, known := m.attack[in.Seal]; in.Hostile && !known { // they are in the order of their beginning
			m.attack[in.Seal] = in.Start
		}
	}
	return m
}

func (m *sense) sent(s *sim.Sent) {
	if s.Foreign {
		return
	}
	r, at := s.Reading, m.bodies[s.Reading.Seal].At(s.Made)
	m.underAct(s, r)
	m.spurious(s, r)
	if s.Attack != "" || s.LookAlike != "" && kindOf(s.LookAlike) != sim.DeadZone { // which changes nothing but when it is heard
		delete(m.last, r.Seal)
		return
	}
	m.position(r, at)
	m.inside(r, at)
	was := m.last[r.Seal]
	if was == nil {
		was = &before{}
		m.last[r.Seal] = was
	}
	m.since(s, r, at.Doing, at.Sky, was)
}

// kindOf is the kind of an incident by its id.
func kindOf(incident string) string {
	kind, _, _ := strings.Cut(incident, "/")
	return kind
}

// underAct measures what is made while an act goes on that changes the receiver or its sky.
func (m *sense) underAct(s *sim.Sent, r *seal.Reading) {
	for _, id := range []string{s.Attack, s.LookAlike} {
		in := m.acts[id]
		if in == nil || s.Made.Before(in.Start) || s.Made.After(in.End) {
			continue
		}
		switch kindOf(id) {
		case "drag_off", "spoof_teleport", "spoof_ring":
			if r.Is(seal.Fix, seal.Fix3D) {
				m.add("cn0sd spoofed", unit(r, seal.CN0SD))
			}
		case "gnss_jam":
			m.add("jam", unit(r, seal.Jam))
		case "port_stack":
			m.share("no fix stack", !r.Is(seal.Fix, seal.Fix3D))
			m.fixed("stack", r, m.bodies[r.Seal].At(s.Made))
		}
	}
}

// unit is a field's value in its unit.
func unit(r *seal.Reading, f seal.Field) float64 { return float64(r.Val[f]) / float64(f.PerUnit()) }

// fixed measures how far a satellite fix is from the true place.
func (m *sense) fixed(name string, r *seal.Reading, at sim.Where) {
	if r.Is(seal.Fix, seal.Fix3D) {
		m.add("fix "+name, geo.DistanceM(at.Lat, at.Lon, unit(r, seal.Lat), unit(r, seal.Lon)))
	}
}

func (m *sense) position(r *seal.Reading, at sim.Where) {
	m.fixed(string(at.Sky), r, at)
	switch {
	case r.Is(seal.Fix, seal.FixCell):
		m.add("fix cell", geo.DistanceM(at.Lat, at.Lon, unit(r, seal.Lat), unit(r, seal.Lon)))
	case at.Sky == sim.OpenSky && r.Is(seal.Fix, seal.Fix3D):
		m.add("cn0", unit(r, seal.CN0))
		m.add("cn0sd", unit(r, seal.CN0SD))
	}
	if at.Sky == sim.InHold {
		m.share("no fix hold", !r.Is(seal.Fix, seal.Fix3D))
	}
}

func (m *sense) inside(r *seal.Reading, at sim.Where) {
	where := "land"
	if at.Doing == sim.AtSea {
		where = "sea"
	}
	m.add("temperature "+where, unit(r, seal.TC))
	m.add("lux", unit(r, seal.Lux))
	if r.Is(seal.MsgKind, seal.Tele) && at.Doing.Moves() {
		m.add("peak "+string(at.Doing), unit(r, seal.GPeak))
		m.add("rms "+string(at.Doing), unit(r, seal.GRms))
	}
}

// alarming are the look-alikes that make a seal say such alarms themselves.
var alarming = map[string]bool{"crane_shock": true, "rail_hump": true, "authorised_inspection": true}

// spurious counts the alarms that come from nothing, until an attack comes.
func (m *sense) spurious(s *sim.Sent, r *seal.Reading) {
	if at, ok := m.attack[r.Seal]; ok && s.Made.After(at) {
		return
	}
	if s.Made.After(m.quiet[r.Seal]) {
		m.quiet[r.Seal] = s.Made
	}
	if alarming[kindOf(s.LookAlike)] {
		return
	}
	for code, name := range map[int64]string{seal.CodeLightAlarm: "spurious light", seal.CodeShock: "spurious shock", seal.CodeDoorOpen: "spurious bounce"} {
		if r.Is(seal.Code, code) {
			m.count(name)
		}
	}
}

// fixAfter is how old a clock's last setting must be for its drift to be told from the error of the setting.
const fixAfter = 12 * time.Hour

// since measures what passed since the device's message before.
func (m *sense) since(s *sim.Sent, r *seal.Reading, doing sim.Doing, sky sim.Sky, was *before) {
	off := float64(r.Val[seal.TS]-s.Made.UnixMilli()) / 1000
	next := before{made: s.Made, at: s.At, boot: r.Val[seal.Boot], seq: r.Val[seal.Seq], mAh: unit(r, seal.MAhUsed), doing: doing, tele: was.tele, set: was.set, setOff: was.setOff}
	if r.Is(seal.ClkSrc, seal.ClockGNSS) {
		m.add("clock at a fix", math.Abs(1000*off))
		next.set, next.setOff = s.Made, off
	} else if age := s.Made.Sub(was.set); !was.set.IsZero() && age > fixAfter {
		m.add("clock drift", math.Abs(off-was.setOff)/(age.Hours()/24))
	}
	if took := s.Made.Sub(was.made); was.boot == next.boot && was.seq+1 == next.seq && was.doing == doing {
		m.add("charge "+string(sky), next.mAh-was.mAh-float64(sleepPerDay*took.Hours()/24))
		if wait := s.At.Sub(was.at).Seconds(); wait > 0 && wait < 1 && s.At.Sub(s.Made) > backlogFrom {
			m.add("burst", 1/wait)
		}
	}
	if r.Is(seal.MsgKind, seal.Tele) {
		if !was.tele.IsZero() && was.doing == doing {
			m.add("interval "+string(doing), s.Made.Sub(was.tele).Minutes())
		}
		next.tele = s.Made
	}
	*was = next
}

// sleepPerDay is what a device uses asleep, in mAh a day (reference c3).
const sleepPerDay = 0.6

// end takes the acts, the stretches of sea without a network, and the time in which alarms could come from nothing.
func (m *sense) end(t *sim.Truth) {
	months := 0.0
	for _, trip := range t.Trips {
		if last, spoke := m.quiet[trip.Seal]; spoke {
			months += last.Sub(trip.Start).Hours() / 24 / 30
		}
	}
	for _, name := range []string{"spurious light", "spurious shock", "spurious bounce"} {
		m.expose(name, months)
	}
	for i := range t.Incidents {
		in := &t.Incidents[i]
		whole := in.Start.After(t.Start) && in.End.Before(t.End)
		switch at := m.bodies[in.Seal].At(in.Start); {
		case !strings.HasPrefix(in.ID, sim.DeadZone+"/sea-"):
			if whole {
				m.add("act "+in.Kind, actMinutes(in))
			}
		case whole:
			m.add("offline at sea", in.End.Sub(in.Start).Hours()/24)
			fallthrough
		case in.Start.After(t.Start):
			m.add("coverage ends", at.OffshoreNM)
		}
	}
}

// partOf names the part of an act whose length the reference gives, by the parameter of the incident, in minutes where
// per is 1.
var partOf = map[string]struct {
	param string
	per   float64 // minutes
}{
	"bolt_cut": {"open_min", 1}, "hinge_bypass": {"open_min", 1}, "drag_off": {"pull_min", 1}, "diversion": {"yard_min", 1},
	"roaming_change": {"search_min", 1}, "light_leak": {"hours_a_day", 60}, "reboot": {"down_s", 1.0 / 60},
}

// actMinutes is how long an act lasts, or the part of it whose length the reference gives.
func actMinutes(in *sim.Incident) float64 {
	if part, ok := partOf[in.Kind]; ok {
		return in.Params[part.param] * part.per
	}
	return in.End.Sub(in.Start).Minutes()
}
