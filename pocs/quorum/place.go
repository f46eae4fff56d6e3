package quorum

import (
	"math"
	"slices"
	"strings"

	"sealab/pocs/parts"
	"sealab/sim/geo"
	"sealab/sim/notice"
)

// This file knows who is together: aboard one vessel, train or truck by the notice of its departure, or in one yard.

// stay is where a container is by the notices of it: what happened last counts, not what was told last.
type stay struct {
	where  string // "on VEHICLE" or "at PLACE"; empty: it is not known
	node   string // of a yard
	fromMs int64  // since when
}

// hear takes in a notice. What says nothing of where the box is changes nothing.
func (s *stay) hear(n *notice.Notice) {
	where, node := "", ""
	switch n.What {
	case notice.Departure:
		if n.Vehicle != "" {
			where = "on " + n.Vehicle
		}
	case notice.GateIn, notice.Sealing, notice.Arrival:
		if n.Place != "" {
			where, node = "at "+n.Place, strings.Clone(n.Place)
		}
	case notice.GateOut: // on the road to somewhere, or gone
	default:
		return
	}
	if n.TS >= s.fromMs {
		s.where, s.node, s.fromMs = where, node, n.TS
	}
}

// place is a yard or a vehicle with the seals that are there, in the order in which they came.
type place struct {
	name     string
	members  []*member
	yard     bool
	lat, lon int64 // of a yard, degrees × 1e6
}

// locate finds a yard on the map.
func (p *place) locate(s *stay) {
	n, known := geo.Find(s.node)
	p.yard = known && s.node != ""
	p.lat, p.lon = microDegrees(n.Lat), microDegrees(n.Lon)
}

func microDegrees(v float64) int64 { return int64(math.Floor(float64(v*1e6) + 0.5)) }

// leave strikes a seal off.
func (p *place) leave(m *member) {
	if i := slices.Index(p.members, m); i >= 0 {
		p.members = slices.Delete(p.members, i, i+1)
	}
}

// where is the middle of the neighbours' newest fixes by satellites that were made within so many ms of a time, and how many
// there are: the median of latitude and of longitude, which no single one can pull away.
func (p *place) where(but *member, atMs int64, l *limits) (lat, lon int64, n int) {
	l.lats, l.lons = l.lats[:0], l.lons[:0]
	for _, m := range p.members {
		if m != but && m.fix.atMs != 0 && apart(m.fix.atMs, atMs) <= l.togetherMs && !m.signs[falseSky].odd {
			l.lats, l.lons = append(l.lats, m.fix.lat), append(l.lons, m.fix.lon)
		}
	}
	if len(l.lats) == 0 {
		return 0, 0, 0
	}
	slices.Sort(l.lats)
	slices.Sort(l.lons)
	return l.lats[len(l.lats)/2], l.lons[len(l.lons)/2], len(l.lats)
}

// tally counts the neighbours that show a sign, and those that do well, of those that said anything about it within so many
// ms of a time.
func (p *place) tally(but *member, c channel, atMs int64, l *limits) (odd, well int) {
	for _, m := range p.members {
		s := &m.signs[c]
		switch {
		case m == but || s.atMs == 0 || apart(s.atMs, atMs) > l.withinMs:
		case s.odd:
			odd++
		default:
			well++
		}
	}
	return odd, well
}

func apart(a, b int64) int64 { return max(a-b, b-a) }

// area reports whether so many odd ones beside so many that do well make it a matter of the place (seal model, f: at least
// half, and at least three).
func (l *limits) area(odd, well int) bool {
	return odd >= l.quorum && float64(odd) >= float64(l.share*float64(odd+well))
}

// distance is how far off a place a fix lies, in metres.
func (f *fix) distance(lat, lon int64) float64 { return parts.DistanceM(f.lat, f.lon, lat, lon) }
