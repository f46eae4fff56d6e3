// Helping with a name that is not there: the nearest id.

package geo

import (
	"fmt"
	"strings"
)

// number is the position of a node, or an error that suggests the id whose spelling, or whose place's name, is nearest.
func (g *graph) number(id string) (int, error) {
	if i, ok := g.index[id]; ok {
		return i, nil
	}
	best, bestCost := "", 1<<30
	for _, n := range g.nodes {
		name, _, _ := strings.Cut(n.Name, " (")
		for _, text := range []string{n.ID, name} {
			if cost := spellingCost(strings.ToLower(id), strings.ToLower(text)); cost < bestCost {
				best, bestCost = n.ID, cost
			}
		}
	}
	return 0, fmt.Errorf("find node %q: no port or waypoint has this id; the nearest is %q", id, best)
}

// spellingCost is the number of letters to insert, delete or exchange to get from a to b (V. Levenshtein 1966).
func spellingCost(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
