package senses

import (
	"fmt"
	"math"

	"sealab/pocs/parts"
	"sealab/sim/geo"
	"sealab/sim/seal"
)

// This file matches boxes by road with the road that leads from stop to stop of their booking.

// roads are the booked ways by road, planned once each.
type roads struct{ byEnds map[[2]string][]geo.Point }

// between gives the road between two nodes; empty where the map knows none.
func (d *roads) between(from, to string) []geo.Point {
	if from == "" {
		return nil
	}
	ends := [2]string{from, to}
	points, known := d.byEnds[ends]
	if known {
		return points
	}
	if route, err := geo.Plan(from, to, geo.ByRoad); err == nil {
		points = route.Path().Points()
	}
	if d.byEnds == nil {
		d.byEnds = map[[2]string][]geo.Point{}
	}
	d.byEnds[ends] = points // no way: there is nothing to leave
	return points
}

// corridor is how a box keeps to its roads.
type corridor struct {
	on    [2]string // ends of the road that it was last found on
	near  int       // number of the piece of it
	off   int64     // fixes in a row off all roads
	first uint64    // delivery of the first of them
}

// hear takes in the next report with a fix of its own. A box that is booked by road alone has no business off its roads at
// any time; one that is also shipped, only while it is booked to be on the road.
func (c *corridor) hear(r *seal.Reading, n uint64, p *parts.Papers, d *roads, l *Limits) Verdict {
	if !p.Only("road") && p.Mode(r.Val[seal.TS], l.seaMs) != "road" {
		c.off = 0
		return Verdict{}
	}
	lat, lon := r.Val[seal.Lat], r.Val[seal.Lon]
	enough := l.corridorM + float64(3*accuracy(r))
	off := !c.keeps(p, d, lat, lon, enough) && !parts.HandlingPlace(lat, lon, l.placeM)
	if c.off = run(c.off, off); c.off == 1 {
		c.first = n
	}
	if c.off != l.corridorFixes {
		return Verdict{}
	}
	return Verdict{Kind: parts.Diversion, Level: levelRepeat, Sense: OffRoad, with: [4]uint64{c.first}}
}

// nearBy is how many pieces of road before and after the last one are tried before all are.
const nearBy = 12

// keeps reports whether a place is within enough metres of a booked road; where there is none to leave, it is.
func (c *corridor) keeps(p *parts.Papers, d *roads, lat, lon int64, enough float64) bool {
	plane := parts.NewPlane(lat, lon)
	if road := d.between(c.on[0], c.on[1]); c.within(&plane, road, c.near-nearBy, c.near+nearBy, enough) {
		return true
	}
	found, any := false, false
	p.Roads(func(from, to string) bool {
		road := d.between(from, to)
		any = any || len(road) > 1
		if found = c.within(&plane, road, 0, len(road)-1, enough); found {
			c.on = [2]string{from, to}
		}
		return !found
	})
	return found || !any
}

// within looks among the pieces first … last−1 of a road for one that is near enough.
func (c *corridor) within(plane *parts.Plane, road []geo.Point, first, last int, enough float64) bool {
	first, last = max(0, first), min(len(road)-1, last)
	if first >= last {
		return false
	}
	e1, n1 := plane.At(microDegrees(road[first].Lat), microDegrees(road[first].Lon))
	for i := first; i < last; i++ {
		e2, n2 := plane.At(microDegrees(road[i+1].Lat), microDegrees(road[i+1].Lon))
		if toPiece(e1, n1, e2, n2) <= square(enough) {
			c.near = i
			return true
		}
		e1, n1 = e2, n2
	}
	return false
}

func microDegrees(v float64) int64 { return int64(math.Floor(float64(v*1e6) + 0.5)) }

// toPiece is the square of the distance from the origin to the straight piece between two places of a plane.
func toPiece(e1, n1, e2, n2 float64) float64 {
	de, dn := e2-e1, n2-n1
	share := 0.0
	if long := square(de) + square(dn); long > 0 {
		share = max(0, min(1, -(float64(e1*de)+float64(n1*dn))/long))
	}
	return square(e1+float64(share*de)) + square(n1+float64(share*dn))
}

func whyOffRoad(r *seal.Reading, _ oddity) string {
	return "The truck has left its road: it is at " + at(r) + fmt.Sprintf(", going %s kn.", seal.Format(seal.SpdKn, r.Val[seal.SpdKn]))
}
