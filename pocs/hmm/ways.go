package hmm

import (
	"math"
	"sync"

	"sealab/pocs/parts"
	"sealab/sim/geo"
	"sealab/sim/notice"
)

// This file is the map: every road and railway, drawn out once, and those that a booking leads along.

// way is one road or railway between two nodes.
type way struct {
	from, to     string
	mode         geo.Mode
	points       []point
	south, north int64 // degrees × 1e6, of all its points
	west, east   int64
	lengthM      float64 // along its drawn pieces
}

// point is a corner of a way.
type point struct {
	lat, lon int64   // degrees × 1e6
	alongM   float64 // from the way's first point
}

// land is the map; it is made once and only read.
var land = sync.OnceValue(func() []way {
	var list []way
	for _, e := range geo.Edges() {
		if geo.Water.Has(e.Mode) {
			continue
		}
		list = append(list, draw(e))
	}
	return list
})

func draw(e geo.Edge) way {
	w := way{from: e.From, to: e.To, mode: e.Mode, south: math.MaxInt64, west: math.MaxInt64, north: math.MinInt64, east: math.MinInt64}
	route := geo.Route{Nodes: []string{e.From, e.To}, Edges: []geo.Edge{e}, LengthM: e.LengthM}
	for i, p := range route.Path().Points() {
		q := point{lat: microDegrees(p.Lat), lon: microDegrees(p.Lon - float64(360*math.Floor((p.Lon+180)/360)))}
		if i > 0 {
			before := w.points[i-1]
			w.lengthM += parts.DistanceM(before.lat, before.lon, q.lat, q.lon)
		}
		q.alongM = w.lengthM
		w.points = append(w.points, q)
		w.south, w.north, w.west, w.east = min(w.south, q.lat), max(w.north, q.lat), min(w.west, q.lon), max(w.east, q.lon)
	}
	return w
}

func microDegrees(v float64) int64 { return int64(math.Floor(float64(v*1e6) + 0.5)) }

// ports are where boxes are lifted, set down, cleared and kept.
var ports = sync.OnceValue(func() []point {
	var list []point
	for _, n := range geo.Ports() {
		list = append(list, point{lat: microDegrees(n.Lat), lon: microDegrees(n.Lon)})
	}
	return list
})

// stretch is a way as a trip takes it.
type stretch struct {
	way  int     // on the map
	back bool    // from its end to its start
	atM  float64 // how far the box has come by road and rail where the stretch begins
}

// plans are the ways between two stops, planned once each.
type plans struct{ byEnds map[[3]string][]stretch }

// between gives the ways by road or rail between two stops; none where the map has none, or by sea.
func (p *plans) between(from, to, mode string) []stretch {
	allowed := map[string]geo.Modes{"road": geo.ByRoad, "rail": geo.ByRail}[mode]
	ends := [3]string{from, to, mode}
	list, known := p.byEnds[ends]
	if known || allowed == 0 {
		return list
	}
	if route, err := geo.Plan(from, to, allowed); err == nil {
		for _, e := range route.Edges {
			list = append(list, find(e))
		}
	}
	if p.byEnds == nil {
		p.byEnds = map[[3]string][]stretch{}
	}
	p.byEnds[ends] = list
	return list
}

// find is the way of an edge of the graph, and in which direction it is taken.
func find(e geo.Edge) stretch {
	for i, w := range land() {
		if w.mode == e.Mode && w.from == e.From && w.to == e.To {
			return stretch{way: i}
		}
		if w.mode == e.Mode && w.from == e.To && w.to == e.From {
			return stretch{way: i, back: true}
		}
	}
	panic("hmm: find way " + e.From + "-" + e.To + ": the map is made of the same edges")
}

// trip is the way of one container by its newest booking.
type trip struct {
	ways       []stretch
	rail, road bool // whether one of its legs is by these

	freeFromMs, freeToMs int64 // while Customs has approved another way
	freed                uint64
}

// freeH is how long an approved diversion holds at least, in hours.
const freeH = 24

// book lays the ways of a route one behind the other.
func (t *trip) book(route []notice.Stop, p *plans) {
	*t = trip{}
	var came float64
	for i := 1; i < len(route); i++ {
		mode := route[i].Mode
		t.rail, t.road = t.rail || mode == "rail", t.road || mode == "road"
		for _, s := range p.between(route[i-1].Place, route[i].Place, mode) {
			s.atM = came
			came += land()[s.way].lengthM
			t.ways = append(t.ways, s)
		}
	}
}

// takes reports whether the booking leads along a way of the map.
func (t *trip) takes(way int) bool {
	for i := range t.ways {
		if t.ways[i].way == way {
			return true
		}
	}
	return false
}

// free reports whether Customs has approved that the box goes another way at this time.
func (t *trip) free(ms int64) bool { return t.freed != 0 && ms >= t.freeFromMs && ms <= t.freeToMs }
