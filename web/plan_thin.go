// Thinning the plan's polylines: a point that the straight line between its neighbours in time would give anyway is not
// sent.

package web

import "sealab/sim"

// planSlackE4 is how far a thinned way may lie from the full one, in degrees × 1e4: 50 are 550 m, less than the mark of
// a vessel at the closest zoom.
const planSlackE4 = 50

// thinnedWay gives the indices of the points that are sent, by Douglas and Peucker's method (1973) over time.
func thinnedWay(v *sim.PlanVehicle) []int {
	last := len(v.Times) - 1
	if last < 1 {
		return []int{0}
	}
	keep := make([]bool, last+1)
	keep[0], keep[last] = true, true
	spans := [][2]int{{0, last}}
	for len(spans) > 0 {
		s := spans[len(spans)-1]
		spans = spans[:len(spans)-1]
		if worst, off := farthest(v, s[0], s[1]); off > planSlackE4 {
			keep[worst] = true
			spans = append(spans, [2]int{s[0], worst}, [2]int{worst, s[1]})
		}
	}
	var out []int
	for i, k := range keep {
		if k {
			out = append(out, i)
		}
	}
	return out
}

// farthest finds the point between a and b that lies farthest from where the line from a to b has it at its time.
func farthest(v *sim.PlanVehicle, a, b int) (worst int, off float64) {
	for i := a + 1; i < b; i++ {
		share := float64(v.Times[i]-v.Times[a]) / float64(v.Times[b]-v.Times[a])
		lat := float64(v.LatE4[a]) + share*float64(v.LatE4[b]-v.LatE4[a]) - float64(v.LatE4[i])
		lon := float64(v.LonE4[a]) + share*float64(v.LonE4[b]-v.LonE4[a]) - float64(v.LonE4[i])
		if d := max(lat, -lat, lon, -lon); d > off {
			worst, off = i, d
		}
	}
	return worst, off
}
