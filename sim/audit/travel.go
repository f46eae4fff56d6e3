package audit

import (
	"time"

	"sealab/sim"
	"sealab/sim/geo"
)

// This file measures journeys: speeds, stops, passages, and how long boxes stay in ports.

// travel measures the vehicles and boxes of a world; nothing that is heard changes them.
type travel struct{ silent }

func newTravel(t *Tape, w *sim.World) *travel {
	m := &travel{silent{t}}
	for _, j := range w.Journeys() {
		m.journey(&j)
	}
	for _, b := range w.Bodies() {
		m.stays(b)
	}
	return m
}

const (
	knot = geo.NauticalMileM / 3600 // m/s
	kmh  = 1 / 3.6                  // m/s
)

// journey takes the figures of one vehicle.
func (m *travel) journey(j *sim.Journey) {
	first, last := j.Knots[0], j.Knots[len(j.Knots)-1]
	took := last.At.Sub(first.At)
	nodes := j.Route.Nodes
	lane := nodes[0] + "-" + nodes[len(nodes)-1]
	m.add("transit "+lane, took.Hours())
	m.add("distance "+lane, j.Route.LengthM/1000)
	m.add("miles "+lane, j.Route.LengthM/geo.NauticalMileM)
	if j.Kind == "train" && bridges(j) {
		m.add("rail overall", j.Route.LengthM/took.Seconds()/kmh)
	}
	m.passes(j, nodes)
	for i := 1; i < len(j.Knots); i++ {
		a, b := j.Knots[i-1], j.Knots[i]
		if b.DistM > a.DistM {
			m.run(j, a, b)
		} else {
			m.stop(j, a, b.At.Sub(a.At))
		}
	}
}

// bridges reports whether a route crosses a border, as the land bridge does, which the published overall speed is of.
func bridges(j *sim.Journey) bool {
	for _, id := range j.Route.Nodes {
		if n, _ := geo.Find(id); n.Kind == "border" {
			return true
		}
	}
	return false
}

// passes takes how long a truck needs to each border on its way.
func (m *travel) passes(j *sim.Journey, nodes []string) {
	if j.Kind != "truck" {
		return
	}
	for i := 1; i < len(nodes)-1; i++ {
		if n, _ := geo.Find(nodes[i]); n.Kind != "border" {
			continue
		}
		for _, k := range j.Knots {
			if k.DistM >= j.NodeAtM[i] {
				m.add("transit "+nodes[0]+"-"+nodes[i], k.At.Sub(j.Knots[0].At).Hours())
				break
			}
		}
	}
}

// run takes the speed of a stretch.
func (m *travel) run(j *sim.Journey, a, b sim.Knot) {
	took := b.At.Sub(a.At)
	speed := (b.DistM - a.DistM) / took.Seconds()
	switch j.Kind {
	case "truck":
		m.add("truck speed", speed/kmh)
	case "train":
		m.add("rail speed", speed/kmh)
	case "vessel":
		switch e := edgeAt(j, a.DistM); {
		case e.Mode == geo.Canal:
			m.add("canal hours "+e.From, took.Hours())
			m.add("canal speed "+e.From, speed/knot)
		case a.DistM == 0 || b.DistM == j.Route.LengthM:
			m.add("approach speed", speed/knot)
		default:
			m.add("sea speed", speed/knot)
		}
	}
}

// edgeAt is the edge of the route that begins at or before a distance.
func edgeAt(j *sim.Journey, distM float64) geo.Edge {
	i := 0
	for i+1 < len(j.Route.Edges) && j.NodeAtM[i+1] <= distM {
		i++
	}
	return j.Route.Edges[i]
}

// nodeAt is the node that a vehicle stands at, if it stands at one.
func nodeAt(j *sim.Journey, distM float64) (geo.Node, bool) {
	for i, d := range j.NodeAtM {
		if d == distM {
			return geo.Find(j.Route.Nodes[i])
		}
	}
	return geo.Node{}, false
}

// shortRest parts a driver's pause from a night.
const shortRest = 3 * time.Hour

// stop takes how long a vehicle stood, by where.
func (m *travel) stop(j *sim.Journey, a sim.Knot, took time.Duration) {
	n, at := nodeAt(j, a.DistM)
	switch {
	case j.Kind == "vessel" && edgeAt(j, a.DistM).Mode == geo.Canal:
		m.add("canal wait", took.Hours())
	case j.Kind == "vessel":
		m.add("anchorage", took.Hours())
	case j.Kind == "train" && at && n.Kind == "border" && changesGauge(j, a.DistM):
		m.add("rail gauge", took.Hours())
	case j.Kind == "truck" && at && n.Kind == "border":
		m.add("road border", took.Hours())
	case j.Kind == "truck" && took < shortRest:
		m.add("truck rest", took.Minutes())
	case j.Kind == "truck":
		m.add("truck night", took.Hours())
	}
}

// changesGauge reports whether a stop is on the far side of a border, where wagons or wheels are changed.
func changesGauge(j *sim.Journey, distM float64) bool {
	for i, d := range j.NodeAtM {
		if d == distM && i > 0 {
			before, _ := geo.Find(j.Route.Nodes[i-1])
			return before.Kind == "border"
		}
	}
	return false
}

// stays takes how long a box stands in ports and terminals, beyond the world's ends too.
func (m *travel) stays(b *sim.Body) {
	parts := b.Parts()
	for i := 0; i < len(parts); {
		k := i
		for k+1 < len(parts) && parts[k+1].Spot == parts[i].Spot {
			k++
		}
		if n, ok := geo.Find(parts[i].Spot); ok && parts[i].Doing == sim.InPort {
			days := parts[k].To.Sub(parts[i].From).Hours() / 24
			if n.Kind == "seaport" {
				m.add("dwell "+n.Country, days)
			}
			m.add("dwell over typical", 24*days/n.DwellH)
		}
		i = k + 1
	}
}
