package quorum

import (
	"math"

	"sealab/pocs/parts"
)

// This file is the test for silence. Honest seals fall silent too: one report in a thousand is lost, and a box comes to
// stand where there is no network. So silence counts only while neighbours in the same place are heard, and only from
// where an honest one would hardly last as long: with r dead zones an hour, whose lengths lie evenly between 1 h and T,
// the chance to be in one for t hours or longer is r·(T − t)² / (2·(T − 1)), and t is where that is alpha.

// silentHours solves r·(T − t)² / (2·(T − 1)) = alpha for t; 1 at least.
func silentHours(alpha, deadPerH, deadMaxH float64) float64 {
	if deadPerH <= 0 || deadMaxH <= 1 {
		return 1
	}
	return max(1, deadMaxH-math.Sqrt(float64(2*(deadMaxH-1)*alpha)/deadPerH))
}

// silence counts, at a whole hour, for whom of a place the others speak and who does not. Whoever left the place by the
// notices since it was last heard is somewhere else.
func (d *detector) silence(p *place, nowMs int64) {
	if len(p.members) <= d.limits.quorum {
		return
	}
	heard, silent := 0, 0
	for _, m := range p.members {
		switch {
		case !m.expected(nowMs, &d.limits):
		case m.overdue(nowMs, &d.limits):
			silent++
		default:
			heard++
		}
	}
	if silent == 0 || heard < d.limits.quorum || d.limits.area(silent, heard) {
		return
	}
	for _, m := range p.members {
		if m.expected(nowMs, &d.limits) && !m.weak && m.overdue(nowMs, &d.limits) {
			m.alone++
			d.accuse(m, verdict{odd: silent - 1, well: heard}, nowMs)
		}
	}
}

// expected reports whether a seal should be heard in the place where it was heard last. Off a coast the boxes of one vessel
// lose the network hours apart: nobody is expected there.
func (m *member) expected(nowMs int64, l *limits) bool {
	return m.armed && m.stay.where == m.place.name && !m.box.Papers.Ended(nowMs) && !m.box.Papers.AtSea(nowMs, l.earlyMs)
}

// accuse says that a box is silent, once it has been for long enough, most of it beside neighbours who were heard, and no
// opening was announced.
func (d *detector) accuse(m *member, v verdict, nowMs int64) {
	l := &d.limits
	due := m.heardMs + max(m.paceMs, l.paceMs)
	since := m.overdueMs(nowMs, l) / parts.HourMs // in which it was not counted, or counted as alone
	v.kind, v.level, v.why = parts.RadioWrap, levelSilent, whySilent
	least := l.silentH
	if m.broken {
		v.kind, v.level, v.why, least = parts.SealTheft, levelGone, whyGone, l.goneH
	}
	silentH := float64(nowMs-due) / float64(parts.HourMs)
	if m.said || silentH < least || int64(2*m.alone) < since || overlapsOpening(&m.box.Papers, due, l) {
		return
	}
	m.said = true
	d.desk.Say(m.box, v.kind, v.level, nowMs, func() (string, []uint64) { return v.why(m, v), parts.Basis(m.heardN) })
}
