package parts

// This file knows where boxes are lifted and set down.

import (
	"math"
	"sync"

	"sealab/sim/geo"
)

var ports = sync.OnceValue(geo.Ports)

// HandlingPlace reports whether a place in degrees × 1e6 lies within so many metres of a port or terminal, where boxes
// are lifted and set down.
func HandlingPlace(latE6, lonE6 int64, withinM float64) bool {
	lat, lon := float64(latE6)/1e6, float64(lonE6)/1e6
	for _, n := range ports() {
		if float64(math.Abs(lat-n.Lat)*degreeM) <= withinM && geo.DistanceM(lat, lon, n.Lat, n.Lon) <= withinM {
			return true
		}
	}
	return false
}
