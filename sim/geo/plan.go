// Planning a trip: the shortest way over the allowed modes, always the same one.

package geo

import (
	"container/heap"
	"fmt"
	"slices"
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

// search is one run of Dijkstra's algorithm. A state is a node together with the group of modes one arrived by: a
// waypoint where road and rail meet is no place to change.
type search struct {
	*graph
	allowed  Modes
	shutNode []bool
	shutEdge []bool
	lengthM  []float64 // by state, negative where not reached
	by       []int     // the edge one arrived by
	before   []int     // the state one came from, -1 at the start
	open     frontier
}

const groups = 3

// group is 0 for water, 1 for rail, 2 for road.
func (m Mode) group() int {
	switch m {
	case Rail:
		return 1
	case Road:
		return 2
	}
	return 0
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

// run searches until the end node is settled and returns the state it was reached in, or -1.
func (s *search) run(start, end int) int {
	n := len(s.nodes) * groups
	s.lengthM, s.by, s.before = make([]float64, n), make([]int, n), make([]int, n)
	for i := range s.lengthM {
		s.lengthM[i], s.by[i], s.before[i] = -1, -1, -1
	}
	for group := range groups {
		s.reach(start*groups+group, 0, -1, -1)
	}
	for len(s.open) > 0 {
		now := heap.Pop(&s.open).(reached)
		if now.lengthM > s.lengthM[now.state] {
			continue // a shorter way was found since
		}
		if now.state/groups == end {
			return now.state
		}
		s.leave(now)
	}
	return -1
}

// leave follows every allowed edge out of a settled state.
func (s *search) leave(now reached) {
	node, group := now.state/groups, now.state%groups
	stay := node >= s.ports
	for _, i := range s.at[node] {
		e := s.edges[i]
		next := e.from + e.to - node
		if !s.allowed.Has(e.mode) || s.shutEdge[i] || s.shutNode[next] || stay && e.mode.group() != group {
			continue
		}
		s.reach(next*groups+e.mode.group(), now.lengthM+e.lengthM, i, now.state)
	}
}

// reach notes a way to a state if it is the first or shorter than what was known.
func (s *search) reach(state int, lengthM float64, by, before int) {
	if s.lengthM[state] >= 0 && s.lengthM[state] <= lengthM {
		return
	}
	s.lengthM[state], s.by[state], s.before[state] = lengthM, by, before
	heap.Push(&s.open, reached{lengthM, state})
}

// route walks back from the last state.
func (s *search) route(last int) Route {
	r := Route{LengthM: s.lengthM[last]}
	for state := last; state >= 0; state = s.before[state] {
		to := s.nodes[state/groups].ID
		r.Nodes = append(r.Nodes, to)
		if s.by[state] >= 0 {
			e := s.edges[s.by[state]]
			from := s.nodes[e.from+e.to-state/groups].ID
			r.Edges = append(r.Edges, Edge{from, to, e.mode, e.lengthM})
		}
	}
	slices.Reverse(r.Nodes)
	slices.Reverse(r.Edges)
	return r
}

// reached is a state to be settled; the frontier gives out the nearest, and of equals the one with the smallest number.
type reached struct {
	lengthM float64
	state   int
}

type frontier []reached

func (f frontier) Len() int      { return len(f) }
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f frontier) Less(i, j int) bool {
	if f[i].lengthM != f[j].lengthM {
		return f[i].lengthM < f[j].lengthM
	}
	return f[i].state < f[j].state
}
func (f *frontier) Push(x any) { *f = append(*f, x.(reached)) }
func (f *frontier) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}
