package sim

import "sealab/sim/exact"

// This file tells the planned motion of a world, for maps: no future event and no incident is in it.

// Plan is how everything would move if nothing happened.
type Plan struct {
	Vehicles []PlanVehicle
	Seals    []PlanSeal
}

// PlanVehicle is a timed polyline; a place is a vehicle that stands still.
type PlanVehicle struct {
	ID, Kind, Name string  // kind: vessel, train, truck, place
	Times          []int64 // ms since 1970
	LatE4, LonE4   []int32 // degrees × 1e4, longitude unwrapped
}

// PlanSeal is one container's way from vehicle to vehicle.
type PlanSeal struct {
	Seal, Container, Trip, From, To string
	Legs                            []PlanLeg
}

// PlanLeg says on which vehicle (index into Plan.Vehicles) the box is in [From, To], ms since 1970, and where on it,
// in metres east and north.
type PlanLeg struct {
	Vehicle     int
	From, To    int64
	East, North int
}

// planStepM is the length of a polyline's pieces: fine enough to look right at the closest zoom.
const planStepM = 60_000

// Plan returns the planned motion.
func (w *World) Plan() Plan {
	var p Plan
	for _, v := range w.vehicles {
		if v.hidden {
			continue // it was boarded after all others
		}
		p.Vehicles = append(p.Vehicles, v.plan())
	}
	spots := make(map[int32]int)
	for _, s := range w.honest() {
		ps := PlanSeal{Seal: s.id, Container: s.container, Trip: s.trip, From: s.lane.From, To: s.lane.To}
		legs := s.planned()
		for i := range legs {
			l := &legs[i]
			on := int(l.vehicle)
			if on < 0 {
				at, known := spots[l.place]
				if !known {
					at = len(p.Vehicles)
					spots[l.place] = at
					p.Vehicles = append(p.Vehicles, w.places[l.place].plan())
				}
				on = at
			}
			if n := len(ps.Legs); n > 0 && ps.Legs[n-1].Vehicle == on {
				ps.Legs[n-1].To = l.to
				continue
			}
			ps.Legs = append(ps.Legs, PlanLeg{on, l.from, l.to, int(l.offE), int(l.offN)})
		}
		p.Seals = append(p.Seals, ps)
	}
	return p
}

func (s *spot) plan() PlanVehicle {
	return PlanVehicle{
		ID: s.node.ID, Kind: "place", Name: s.node.Name, Times: []int64{0},
		LatE4: []int32{int32(exact.Round(1e4 * s.lat))}, LonE4: []int32{int32(exact.Round(1e4 * s.lon))},
	}
}

// plan draws the vehicle's way: a point at every knot, at every corner of its route, and every planStepM between.
func (v *vehicle) plan() PlanVehicle {
	p := PlanVehicle{ID: v.id, Kind: v.kind, Name: v.name}
	put := func(t int64, d float64) {
		var at int
		lat, lon := v.track.path.At(d, &at)
		p.Times = append(p.Times, t)
		p.LatE4 = append(p.LatE4, int32(exact.Round(1e4*lat)))
		p.LonE4 = append(p.LonE4, int32(exact.Round(1e4*lon)))
	}
	corner := 1
	for i, k := range v.knots {
		put(k.t, k.d)
		if i+1 == len(v.knots) {
			break
		}
		next := v.knots[i+1]
		for d := k.d; d < next.d; {
			for corner < len(v.track.route.Nodes) && v.track.path.NodeDistM(corner) <= d {
				corner++
			}
			d += planStepM
			if corner < len(v.track.route.Nodes) {
				d = min(d, v.track.path.NodeDistM(corner))
			}
			if d < next.d {
				put(k.t+int64(float64(next.t-k.t)*(d-k.d)/(next.d-k.d)), d)
			}
		}
	}
	return p
}
