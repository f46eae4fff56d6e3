package check

import (
	"fmt"
	"time"

	"sealab/sim"
	"sealab/sim/geo"
)

// This file looks at where boxes truly are.

// traveller is a box on its way: a *sim.Body.
type traveller interface {
	ID() string
	Span() (start, end time.Time)
	At(time.Time) sim.Where
}

// The limits of motion. Speeds are the reference's largest (section c4); a box within a port or terminal is carried about.
const (
	stepTime    = 10 * time.Minute
	seaMS       = 21 * geo.NauticalMileM / 3600
	landMS      = 60 / 3.6
	speedSlack  = 1.01   // of whole milliseconds and straight pieces
	handlingM   = 6000.0 // between two places of one port or terminal
	longestShip = 500.0  // metres from the point that stands for a vessel
	longestLand = 1000.0 // and for a train
)

// travel walks a trip, as far as it lies within the world.
func (c *Checker) travel(b traveller) {
	from, to := b.Span()
	if from.Before(c.start) {
		from = c.start
	}
	if to.After(c.end) {
		to = c.end
	}
	for at := from; at.Before(to); at = at.Add(stepTime) {
		c.stretch(b, at, at.Add(stepTime))
		c.onBoard(b.ID(), at, b.At(at))
	}
}

// stretch looks at the way in a span of time: on each vehicle or at each place, and each change between two of them.
func (c *Checker) stretch(b traveller, from, to time.Time) {
	a, z := b.At(from), b.At(to)
	for a.On() != z.On() {
		before, after := from, to
		here, there := a, z
		for after.Sub(before) > time.Second {
			middle := before.Add(after.Sub(before) / 2)
			if m := b.At(middle); m.On() == a.On() {
				before, here = middle, m
			} else {
				after, there = middle, m
			}
		}
		c.same(b.ID(), before, a, here, before.Sub(from))
		c.went(b.ID(), after, here, there, after.Sub(before), handlingM)
		from, a = after, there
	}
	c.same(b.ID(), to, a, z, to.Sub(from))
}

// same looks at the way on one vehicle or at one place.
func (c *Checker) same(id string, at time.Time, a, b sim.Where, took time.Duration) {
	most := 1 + float64(landMS*took.Seconds()*speedSlack)
	switch {
	case a.Vehicle == "":
		most = handlingM
	case a.Doing == sim.AtSea:
		most = 1 + float64(seaMS*took.Seconds()*speedSlack)
	}
	c.went(id, at, a, b, took, most)
}

// went looks at a way and the most that it may be.
func (c *Checker) went(id string, at time.Time, a, b sim.Where, took time.Duration, most float64) {
	m := geo.DistanceM(a.Lat, a.Lon, b.Lat, b.Lon)
	c.look(speed, m > most, id, at, nil, func() (string, string) {
		return fmt.Sprintf("%.0f m in %v, %s %s to %s %s", m, took, a.Doing, a.On(), b.Doing, b.On()), fmt.Sprintf("%.0f m", most)
	})
}

// onBoard looks at a box on a vehicle, and at the vehicle's water.
func (c *Checker) onBoard(id string, at time.Time, b sim.Where) {
	if b.Vehicle == "" {
		return
	}
	off, most := geo.DistanceM(b.Lat, b.Lon, b.VehicleLat, b.VehicleLon), longestLand
	if b.Doing == sim.AtSea {
		most = longestShip
	}
	c.look(vehicle, off > most, id, at, nil, func() (string, string) {
		return fmt.Sprintf("%.0f m from %s", off, b.Vehicle), fmt.Sprintf("%.0f m", most)
	})
	if b.Mode != geo.Sea || b.Doing != sim.AtSea {
		return
	}
	aside := geo.DistanceM(b.VehicleLat, b.VehicleLon, b.RouteLat, b.RouteLon) / geo.NauticalMileM
	dry := aside > 0.01 && aside >= b.OffshoreNM || b.OffshoreNM <= 0
	c.look(water, dry, id, at, nil, func() (string, string) {
		return fmt.Sprintf("%s at %.4f, %.4f, %.1f nm beside its route, which is %.1f nm off shore there", b.Vehicle, b.VehicleLat, b.VehicleLon, aside, b.OffshoreNM),
			"nearer to the route than the route to land"
	})
}
