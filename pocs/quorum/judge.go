package quorum

import (
	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file says what is odd about a box that is alone, and what a whole place shows that is no accident.

// verdict is what neighbours have to say of a box; a nil why is nothing.
type verdict struct {
	kind      parts.Kind
	level     int
	why       func(*member, verdict) string
	odd, well int // neighbours that show the same, and that do not
}

// judge lays one channel of a seal beside its neighbours'.
func (m *member) judge(c channel, r *seal.Reading, l *limits) verdict {
	s := &m.signs[c]
	if !s.odd || s.atMs != m.newest {
		return verdict{}
	}
	odd, well := m.place.tally(m, c, m.newest, l)
	v := verdict{odd: odd, well: well}
	switch area := l.area(odd+1, well); {
	case area && c == falseSky:
		v.kind, v.level, v.why = m.falsePlace(), levelArea, whySpoofedYard
	case area || well < l.quorum:
	default:
		m.alike(c, r, &v, l)
	}
	return v
}

// alike names what a seal shows alone.
func (m *member) alike(c channel, r *seal.Reading, v *verdict, l *limits) {
	switch c {
	case jammed:
		v.kind, v.level, v.why = parts.GNSSJam, levelJam, whyJammed
	case falseSky:
		if m.signs[c].running >= l.skyReports || m.signs[displaced].odd && m.signs[displaced].atMs == m.newest {
			v.kind, v.level, v.why = m.falsePlace(), levelSky, whyFalseSky
		}
	case displaced:
		if m.signs[c].running == l.farReports { // said once, until it is back
			v.kind, v.level, v.why = m.displacedKind(), levelFar, whyDisplaced
		}
	case late:
		m.lateAlone(r, v, l)
	case warm:
		if !overlapsOpening(&m.box.Papers, m.newest, l) {
			v.kind, v.level, v.why = parts.TempAbuse, levelWarm, whyWarm
		}
	}
}

// ringM is within how many metres of its neighbours a seal on false satellites is led in a ring, and teleportM from how many
// on it is at a far point.
const (
	ringM     = 1500
	teleportM = 50_000
)

// falsePlace names what false satellites do with a position.
func (m *member) falsePlace() parts.Kind {
	switch {
	case m.farM >= teleportM:
		return parts.SpoofTeleport
	case m.before.atMs != 0 && m.fix.distance(m.before.lat, m.before.lon) < ringM && m.farM < 2*ringM:
		return parts.SpoofRing
	}
	return parts.DragOff
}

// displacedKind names what it means to be somewhere else.
func (m *member) displacedKind() parts.Kind {
	sky := &m.signs[falseSky]
	switch {
	case sky.odd && sky.atMs == m.newest:
		return m.falsePlace()
	case m.leapt && m.same:
		return parts.SpoofTeleport
	case m.leapt:
		return parts.Clone
	case m.before.atMs != 0 && m.fix.distance(m.before.lat, m.before.lon) < ringM:
		return parts.MovedSeal // it stands where its box is not
	}
	return parts.Diversion
}

// lateAlone tells a bag and a held-back alarm from a dead zone: in a bag there are no satellites either.
func (m *member) lateAlone(r *seal.Reading, v *verdict, l *limits) {
	at := r.Val[seal.TS]
	rsrp, told := r.Get(seal.RSRP)
	bagged := r.Is(seal.Fix, seal.FixNone) && r.Val[seal.Sats] == 0 && r.Val[seal.Jam] <= l.jam && told && rsrp < l.bagDBm
	alarmed := r.Is(seal.Code, seal.CodeRopeCut) || r.Is(seal.Code, seal.CodeDetached) || r.Is(seal.Code, seal.CodeCaseOpen) ||
		r.Val[seal.TamperedAt] > m.prompt || r.Val[seal.OpenedAt] > m.prompt
	switch {
	case m.prompt == 0 || overlapsOpening(&m.box.Papers, at, l) || m.box.Papers.AtSea(m.prompt, l.earlyMs) || m.box.Papers.AtSea(at, l.earlyMs):
	case alarmed:
		v.kind, v.level, v.why = parts.DelayedAlarm, levelLate, whyHeldBack
	case bagged:
		v.kind, v.level, v.why = parts.RadioWrap, levelLate, whyBagged
	}
}
