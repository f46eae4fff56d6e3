package parts

import (
	"math"
	"sync"

	"sealab/sim/geo"
)

// degreeM is one degree of latitude in metres.
const degreeM = geo.EarthRadiusM * math.Pi / 180

var handlingPlaces = sync.OnceValue(geo.Ports)

// near is a cheap first look: whether two places lie within so many metres of latitude of each other.
func near(lat1, _, lat2, _, withinM float64) bool {
	return float64(math.Abs(lat1-lat2)*degreeM) <= withinM
}
