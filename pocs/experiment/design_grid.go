// Grids: the product of values given as lists.

package experiment

import (
	"iter"
	"maps"
	"math"
	"slices"
)

// choice is one point of a grid.
type choice struct {
	values []map[string]string // one for each of the grid's parts
	varies map[string]string
}

// expand gives the points of the product of several grids, the first name of the first grid turning slowest; nil if
// there are more than most.
func expand(most int, parts ...Values) []choice {
	list := []choice{{values: make([]map[string]string, len(parts)), varies: map[string]string{}}}
	for p, grid := range parts {
		for _, name := range slices.Sorted(keysOf(grid)) {
			if len(list)*len(grid[name]) > most {
				return nil
			}
			var next []choice
			for _, c := range list {
				for _, value := range grid[name] {
					next = append(next, c.with(p, name, value, len(grid[name]) > 1))
				}
			}
			list = next
		}
	}
	return list
}

func (c choice) with(part int, name, value string, varies bool) choice {
	out := choice{slices.Clone(c.values), c.varies}
	out.values[part] = plus(c.values[part], name, value)
	if varies {
		out.varies = plus(c.varies, name, value)
	}
	return out
}

// label names a point after what sets it apart: "kalman gate_km=2 strikes=3".
func (c choice) label(name string) string {
	for _, key := range slices.Sorted(keysOf(c.varies)) {
		name += " " + key + "=" + c.varies[key]
	}
	return name
}

func plus(m map[string]string, name, value string) map[string]string {
	out := make(map[string]string, len(m)+1)
	for k, v := range m {
		out[k] = v
	}
	out[name] = value
	return out
}

// product is how many points a grid has, as a float, which does not overflow.
func product(parts ...Values) float64 {
	n := 1.0
	for _, grid := range parts {
		for _, values := range grid {
			n *= float64(len(values))
		}
	}
	return math.Min(n, 1e15)
}

func keysOf[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
