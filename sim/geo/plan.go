// Planning a trip: the shortest way over the allowed modes, always the same one.

package geo

import (
	"fmt"
	"strings"
)

// Edge is one piece of a route in the direction of travel. LengthM is in metres as travelled: the great circle, times
// 1.17 by road and 1.24 by rail.
type Edge struct {
	From, To string
	Mode     Mode
	LengthM  float64
}

// Route is a way from the first node to the last: node i is where edge i begins. LengthM is the sum over the edges.
type Route struct {
	Nodes   []string
	Edges   []Edge
	LengthM float64
}

// Plan gives the shortest route between two nodes over the allowed modes (E. W. Dijkstra 1959), changing between
// water, rail and road at ports only. What is named in avoid is left out: a node ("suez_s", for the way round the
// Cape) or an edge by its ends in either order ("balboa_off-colon_off"). Of two ways equally long the one found first
// in the order of the files is taken, so the answer is always the same. An unknown name is an error that suggests the
// nearest id.
func Plan(from, to string, allowed Modes, avoid ...string) (Route, error) {
	r, err := world().plan(from, to, allowed, avoid)
	if err != nil {
		return Route{}, fmt.Errorf("plan route: %w", err)
	}
	return r, nil
}

// plan looks up every name, then searches.
func (g *graph) plan(from, to string, allowed Modes, avoid []string) (Route, error) {
	start, err := g.number(from)
	if err != nil {
		return Route{}, err
	}
	end, err := g.number(to)
	if err != nil {
		return Route{}, err
	}
	if start == end {
		return Route{}, fmt.Errorf("go from %s to %s: the ends must be two different nodes", from, to)
	}
	s := search{graph: g, allowed: allowed, shutNode: make([]bool, len(g.nodes)), shutEdge: make([]bool, len(g.edges))}
	for _, name := range avoid {
		if err := s.shut(name); err != nil {
			return Route{}, err
		}
	}
	last := -1
	if !s.shutNode[start] && !s.shutNode[end] {
		last = s.run(start, end)
	}
	if last < 0 {
		without := ""
		if len(avoid) > 0 {
			without = " without " + strings.Join(avoid, ", ")
		}
		return Route{}, fmt.Errorf("go from %s to %s: there is no way by %v%s; allow another mode or avoid less", from, to, allowed, without)
	}
	return s.route(last), nil
}

// shut leaves out one node or edge.
func (s *search) shut(name string) error {
	a, b, isEdge := strings.Cut(name, "-")
	i, err := s.number(a)
	if err != nil {
		return fmt.Errorf("avoid %q: %w", name, err)
	}
	if !isEdge {
		s.shutNode[i] = true
		return nil
	}
	j, err := s.number(b)
	if err != nil {
		return fmt.Errorf("avoid %q: %w", name, err)
	}
	found := false
	for m := range modeNames {
		if e := s.edgeBetween(i, j, Mode(m)); e >= 0 {
			s.shutEdge[e], found = true, true
		}
	}
	if !found {
		return fmt.Errorf("avoid %q: no edge joins these two; name two neighbours, or one node", name)
	}
	return nil
}
