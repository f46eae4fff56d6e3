package quorum

import (
	"sealab/pocs/parts"
	"sealab/sim/seal"
)

// This file is one seal among others: what it showed last of each sign by which neighbours are told apart.

// channel is a sign that a seal shows or not.
type channel int

// The channels. Each is judged by itself.
const (
	jammed      channel = iota // drowned by a jammer
	falseSky                   // all satellites equally strong
	displaced                  // somewhere else than its neighbours
	late                       // its messages waited, and its neighbours' did not
	warm                       // held cool, and not cool any more
	numChannels                // how many there are
)

// sign is what a seal showed last on one channel.
type sign struct {
	atMs    int64 // when; 0: never
	odd     bool
	running int    // times in a row that it was odd
	firstN  uint64 // delivery of the first of these
}

// member is one seal on one container.
type member struct {
	box   *parts.Box
	stay  *stay
	place *place // where its box is; nil: nobody knows

	newest  int64  // time of the newest reading
	number  int64  // boot and seq of it
	prompt  int64  // time of the newest that did not come late
	heardMs int64  // when it was last heard, and by which delivery
	heardN  uint64 //
	paceMs  int64  // time between two reports in a row
	tele    int64  // boot and seq of the newest report, and its time
	teleMs  int64
	armed   bool
	weak    bool // its cell runs out: its silence is no wonder
	broken  bool // its newest word was that it had just been broken open

	signs  [numChannels]sign
	fix    fix     // newest by satellites
	before fix     // the one before
	farM   float64 // how far from its yard, or from its vehicle's others, it is
	leapt  bool    // no vehicle could have brought it there, from where it was among them
	same   bool    // and it was under the same cell there
	held   held

	alone int  // whole hours for which it was silent while its neighbours were heard
	said  bool // that was said
}

// fix is one position by satellites.
type fix struct {
	atMs, lat, lon int64 // ms; degrees × 1e6
	accM           float64
	cell           int64
}

// aheadMs is how far ahead of the hub's clock a message may be dated and still count.
const aheadMs = parts.HourMs

// hear takes in a reading's counters and its newest state, and reports whether it is newer than all before.
func (m *member) hear(r *seal.Reading, n uint64, nowMs int64, l *limits) bool {
	at, number := r.Val[seal.TS], r.Val[seal.Boot]<<32|r.Val[seal.Seq]
	if at < m.newest || at == m.newest && number <= m.number || at > nowMs+aheadMs {
		return false
	}
	m.newest, m.number, m.heardMs, m.heardN = at, number, nowMs, n
	m.pace(r)
	status := r.Val[seal.Status]
	m.armed = status == seal.Armed || status == seal.Open || status == seal.Tampered
	m.broken = status == seal.Tampered && at-r.Val[seal.TamperedAt] <= parts.HourMs
	if pct, told := r.Get(seal.Pct); told {
		m.weak = pct < l.weakPct
	}
	if r.Is(seal.MsgKind, seal.Death) { // it says itself that it goes to sleep
		m.armed = false
	}
	m.alone, m.said = 0, false
	return true
}

// maxPaceMs is the longest time between two reports that is taken for a pace.
const maxPaceMs = 7 * 24 * parts.HourMs

// pace learns how often the seal reports from two reports with numbers in a row.
func (m *member) pace(r *seal.Reading) {
	if !r.Is(seal.MsgKind, seal.Tele) {
		return
	}
	if m.number == m.tele+1 && m.newest > m.teleMs {
		m.paceMs = min(m.newest-m.teleMs, maxPaceMs)
	}
	m.tele, m.teleMs = m.number, m.newest
}

// overdue reports whether nothing was heard for longer than one lost report explains.
func (m *member) overdue(nowMs int64, l *limits) bool { return m.overdueMs(nowMs, l) > 0 }

// overdueMs is for how much longer.
func (m *member) overdueMs(nowMs int64, l *limits) int64 {
	return nowMs - m.heardMs - 2*max(m.paceMs, l.paceMs) - l.slackMs
}

// set notes what a reading shows on a channel.
func (m *member) set(c channel, odd bool, n uint64) {
	s := &m.signs[c]
	if s.atMs, s.odd = m.newest, odd; !odd {
		s.running, s.firstN = 0, 0
		return
	}
	if s.running++; s.running == 1 {
		s.firstN = n
	}
}

// notice looks for each sign in a reading.
func (m *member) notice(r *seal.Reading, n uint64, nowMs int64, l *limits) {
	f, own := position(r)
	jam := !own && r.Val[seal.Jam] > l.jam && r.Val[seal.Sats] <= l.jamSats
	if own || jam {
		m.set(jammed, jam, n)
	}
	if sd, told := r.Get(seal.CN0SD); own && told {
		m.set(falseSky, sd < l.cn0sd && r.Val[seal.Sats] > l.jamSats, n)
	}
	if lag := nowMs - m.newest; r.Has&(1<<seal.Sent) != 0 {
		if m.set(late, lag > l.lateMs, n); lag <= l.lateMs {
			m.prompt = m.newest
		}
	}
	if own {
		m.before, m.fix = m.fix, f
		m.locate(n, l)
	}
	switch known, warming, odd := m.held.hear(r, l); {
	case known && warming && !odd:
		m.signs[warm] = sign{} // it neither does well nor badly
	case known:
		m.set(warm, odd, n)
	}
}

// position is a reading's own fix.
func position(r *seal.Reading) (fix, bool) {
	lat, told := r.Get(seal.Lat)
	lon, also := r.Get(seal.Lon)
	known := r.Val[seal.Fix] == seal.Fix2D || r.Val[seal.Fix] == seal.Fix3D
	if !known || !told || !also || lat < -90e6 || lat > 90e6 || lon < -180e6 || lon > 180e6 {
		return fix{}, false
	}
	return fix{r.Val[seal.TS], lat, lon, float64(max(10, r.Val[seal.AccM])) / 10, r.Val[seal.Cell]}, true
}

// locate says whether the newest fix is where it should be, if enough neighbours tell where they are. Aboard a vehicle that is
// beside them, and it goes on between two fixes; in a yard it is the yard, as long as no leg that was booked has begun.
func (m *member) locate(n uint64, l *limits) {
	lat, lon, others := m.place.where(m, m.fix.atMs, l)
	if m.place.yard {
		lat, lon = m.place.lat, m.place.lon
		m.farM = m.fix.distance(lat, lon)
	}
	if others < l.quorum {
		return
	}
	m.farM = m.fix.distance(lat, lon)
	most := l.farM + float64(3*m.fix.accM)
	if !m.place.yard {
		most += float64(l.vehicleMps * float64(l.togetherMs) / 1000)
	} else if p := &m.box.Papers; p.Mode(m.fix.atMs, 0) != "" || p.Mode(m.fix.atMs+l.earlyMs, 0) != "" || p.Mode(m.fix.atMs-l.earlyMs, 0) != "" {
		return
	}
	near := m.farM < teleportM && parts.HandlingPlace(m.fix.lat, m.fix.lon, l.terminalM) // another terminal of the same city
	if m.set(displaced, m.farM > most && !near, n); m.signs[displaced].running == 1 {
		m.leapt = m.before.atMs != 0 && l.gate.Beyond(m.fix.distance(m.before.lat, m.before.lon),
			float64(m.fix.atMs-m.before.atMs)/1000, m.fix.accM, m.before.accM)
		m.same = m.fix.cell == m.before.cell
	}
}
