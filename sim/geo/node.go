// The nodes of the transport graph: ports, land terminals, borders and waypoints.

package geo

import "slices"

// Node is a place where edges meet. Latitude and longitude are in degrees (WGS 84, north and east positive); DwellH is
// the median stay of a box in hours, an assumption, not measured per port, and 0 at a waypoint. Kind is seaport,
// river_port, rail_terminal, border, dry_port, yard (a depot, warehouse or exam yard of a port city, where boxes stand on
// wheels) or waypoint; a waypoint has neither country nor region. Ids with the digit 0 in a port's place, such as KE0NV,
// are our own and no UN/LOCODE.
type Node struct {
	ID, Name, Country string
	Lat, Lon          float64
	Kind              string
	DwellH            float64
	Region            string
}

// Find gives the node of this id, a locode ("SGSIN") or a waypoint's id ("suez_s").
func Find(id string) (Node, bool) {
	g := world()
	if i, ok := g.index[id]; ok {
		return g.nodes[i], true
	}
	return Node{}, false
}

// Ports lists every node but the waypoints, in the order of ports.csv. The slice is the caller's own.
func Ports() []Node {
	g := world()
	return slices.Clone(g.nodes[:g.ports])
}

// Nodes lists every node, the ports first. The slice is the caller's own.
func Nodes() []Node { return slices.Clone(world().nodes) }

// Edges lists every edge of the graph once, in the direction in which edges.csv has it. The slice is the caller's own.
func Edges() []Edge {
	g := world()
	list := make([]Edge, len(g.edges))
	for i, e := range g.edges {
		list[i] = Edge{g.nodes[e.from].ID, g.nodes[e.to].ID, e.mode, e.lengthM}
	}
	return list
}
