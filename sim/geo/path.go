// A route drawn out: a chain of points close enough that a straight line between two of them will do.

package geo

import "math"

// How far apart the points of a path are at most: half of the 10 nautical miles at which a straight line of latitude
// and longitude shows beside the great circle, which is also the spacing of the off-shore table; 5 km on land.
const (
	stepSeaM  = 5 * NauticalMileM
	stepLandM = 5000.0
)

// Point is one place on a path. Longitude is unwrapped: it goes on past ±180 where the path crosses that meridian, so
// neighbours never differ by more than 180. DistM is in metres from the start as travelled, land factor included. Mode
// is that of the piece that begins here (at the end of the path, of the last piece). OffshoreNM is the distance to the
// nearest land in nautical miles, at most MaxOffshoreNM, in steps of half a mile; 0 on land.
type Point struct {
	Lat, Lon   float64
	DistM      float64
	OffshoreNM float64
	Mode       Mode
}

// Path is a route drawn out to points at most 5 nautical miles apart on water and 5 km on land. It is made once per
// route, is not changed afterwards, and can be shared by all who travel that route.
//
// Its methods take a distance in metres from the start as travelled; before the start they answer for the start, beyond
// the end for the end. The cursor is the caller's memory of where it last was: any value gives the right answer, and
// one kept from call to call gives it at once as long as the distance moves on by little. Nothing is allocated.
type Path struct {
	points []Point
	nodes  []int // for each node of the route, the number of its point
}

// Path draws a route of Plan's out. It is nil for a route without edges; Plan gives none such.
func (r Route) Path() *Path {
	if len(r.Edges) == 0 {
		return nil
	}
	g, p, startM := world(), &Path{}, 0.0
	for _, e := range r.Edges {
		p.nodes = append(p.nodes, max(0, len(p.points)-1))
		p.addEdge(g, e, startM)
		startM += e.LengthM
	}
	p.nodes = append(p.nodes, len(p.points)-1)
	return p
}

// addEdge appends the points of one edge; its first point takes the place of the last point before.
func (p *Path) addEdge(g *graph, e Edge, startM float64) {
	from, to := g.nodes[g.index[e.From]], g.nodes[g.index[e.To]]
	n := pieces(e.Mode, e.LengthM)
	offshore := g.offshoreAlong(e)
	last := max(0, len(p.points)-1)
	lon := from.Lon
	if len(p.points) > 0 {
		lon = p.points[last].Lon
	}
	p.points = p.points[:last]
	for i, place := range greatCircle(from.Lat, from.Lon, to.Lat, to.Lon, n) {
		lon = unwrap(place[1], lon)
		alongM := float64(e.LengthM * (float64(i) / float64(n)))
		p.points = append(p.points, Point{place[0], lon, startM + alongM, offshore(i), e.Mode})
	}
}

// pieces is the number of straight pieces an edge of this length as travelled is cut into.
func pieces(m Mode, lengthM float64) int {
	step := stepLandM
	if Water.Has(m) {
		step = stepSeaM
	}
	return max(1, int(math.Ceil(lengthM/step)))
}

// unwrap adds full turns to a longitude until it lies within half a turn of the one before.
func unwrap(lon, before float64) float64 {
	return lon + float64(360*math.Floor((before-lon+180)/360))
}

// Points gives the points from first to last, for drawing. They belong to the path: read them, do not write.
func (p *Path) Points() []Point { return p.points }

// LengthM is the length in metres as travelled.
func (p *Path) LengthM() float64 { return p.points[len(p.points)-1].DistM }

// NodeDistM is the distance from the start at which the i-th node of the route is passed, counted from 0.
func (p *Path) NodeDistM(i int) float64 { return p.points[p.nodes[i]].DistM }
