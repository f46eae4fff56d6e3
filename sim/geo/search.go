// Dijkstra's search, over nodes and the way one came to them.

package geo

import (
	"container/heap"
	"slices"
)

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
