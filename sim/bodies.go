package sim

import (
	"time"

	"sealab/sim/geo"
)

// This file tells where boxes and vehicles truly are, for whoever checks or measures a world.

// Sky is how much of the sky a seal's antenna sees.
type Sky string

// The skies.
const (
	OpenSky     Sky = "open"
	UnderCranes Sky = "cranes"
	InStack     Sky = "stack"
	InHold      Sky = "hold"
)

var skies = [...]Sky{openSky: OpenSky, underCranes: UnderCranes, inStack: InStack, inHold: InHold}

// Doing is what a box is doing, which decides how often its seal reports.
type Doing string

// What boxes do.
const (
	AtSea    Doing = "at sea"
	InPort   Doing = "in port"
	OnRail   Doing = "on rail"
	RailStop Doing = "rail stop"
	OnRoad   Doing = "on road"
	RoadStop Doing = "road stop"
)

var doings = [numPaces]Doing{atSea: AtSea, inPort: InPort, onRail: OnRail, railStop: RailStop, onRoad: OnRoad, roadStop: RoadStop}

// Moves reports whether a box that does this changes its place.
func (d Doing) Moves() bool { return d == AtSea || d == OnRail || d == OnRoad }

// Where is the true place of a box at a moment.
type Where struct {
	Lat, Lon   float64 // degrees; longitude unwrapped along a route
	Doing      Doing
	Sky        Sky
	Spot       string // the node where it stands; empty on a vehicle, and at a place that is no node
	Vehicle    string // empty where it stands at a place
	VehicleLat float64
	VehicleLon float64
	RouteLat   float64 // the point of the vehicle's route that it is at
	RouteLon   float64
	Mode       geo.Mode // of the route there
	OffshoreNM float64  // of the route there
}

// Body is one honest seal's box on its way. It remembers where it looked last: moments in order are found at once.
type Body struct {
	w *World
	s Seal
}

// Bodies gives every honest seal's box, in the order of the seals.
func (w *World) Bodies() []*Body {
	list := make([]*Body, w.born)
	for i, s := range w.honest() {
		list[i] = &Body{w, *s}
	}
	return list
}

// ID is the seal's id.
func (b *Body) ID() string { return b.s.id }

// Lane gives the nodes between which the box travels.
func (b *Body) Lane() (from, to string) { return b.s.lane.From, b.s.lane.To }

// Span gives the trip's start and end, beyond the world's too.
func (b *Body) Span() (start, end time.Time) { return b.w.time(b.s.start), b.w.time(b.s.end) }

// Part is one part of a box's trip, on a vehicle or at a place.
type Part struct {
	From, To time.Time
	Doing    Doing
	Sky      Sky
	Spot     string // the node's id, or empty
	Vehicle  string // or empty
}

// Parts gives the parts of the trip in order, beyond the world's span too.
func (b *Body) Parts() []Part {
	list := make([]Part, len(b.s.legs))
	for i := range b.s.legs {
		l := &b.s.legs[i]
		list[i] = Part{From: b.w.time(l.from), To: b.w.time(l.to), Doing: doings[l.pace], Sky: skies[l.sky]}
		if l.vehicle >= 0 {
			list[i].Vehicle = b.w.vehicles[l.vehicle].id
		} else {
			list[i].Spot = b.w.places[l.place].node.ID
		}
	}
	return list
}

// At gives the true place at a moment; before the trip that of its start, after it that of its end.
func (b *Body) At(at time.Time) Where {
	t := at.UnixMilli()
	l := b.s.legAt(t)
	where := Where{Doing: doings[l.pace], Sky: skies[l.sky]}
	where.Lat, where.Lon, _, _ = b.w.place(&b.s, l, t)
	if l.vehicle < 0 {
		where.Spot = b.w.places[l.place].node.ID
		return where
	}
	v := b.w.vehicles[l.vehicle]
	where.Vehicle = v.id
	where.VehicleLat, where.VehicleLon, _ = v.at(t, &b.s.cur)
	d, _ := v.when(t, &b.s.cur)
	where.RouteLat, where.RouteLon = v.track.path.At(d, &b.s.cur.path)
	where.Mode = v.track.path.ModeAt(d, &b.s.cur.path)
	where.OffshoreNM = v.track.path.OffshoreNM(d, &b.s.cur.path)
	return where
}

// Journey is what one vehicle truly does.
type Journey struct {
	ID, Kind string // kind: vessel, train, truck
	Route    geo.Route
	NodeAtM  []float64 // metres along the route at which each of its nodes is passed
	Knots    []Knot
}

// Knot is a moment at which a vehicle's speed changes: between two of them it is constant, and two at the same distance
// are a stop.
type Knot struct {
	At    time.Time
	DistM float64 // metres along the route
}

// Journeys gives the vehicles that boxes of this world travel on, as they were booked.
func (w *World) Journeys() []Journey {
	var list []Journey
	for _, v := range w.vehicles {
		if v.hidden {
			continue
		}
		j := Journey{ID: v.id, Kind: v.kind, Route: v.track.route}
		for n := range v.track.route.Nodes {
			j.NodeAtM = append(j.NodeAtM, v.track.path.NodeDistM(n))
		}
		for _, k := range v.knots {
			j.Knots = append(j.Knots, Knot{w.time(k.t), k.d})
		}
		list = append(list, j)
	}
	return list
}

// On names what the box is on or at.
func (w Where) On() string {
	switch {
	case w.Vehicle != "":
		return w.Vehicle
	case w.Spot != "":
		return w.Spot
	}
	return "the ground"
}
