package parts

import (
	"math"

	"sealab/sim/exact"
	"sealab/sim/geo"
)

// degreeM is one degree of latitude in metres.
const degreeM = geo.EarthRadiusM * math.Pi / 180

// Plane is a local plane: metres east and north of an anchor. It is good to a per cent within about 100 km, save near
// the poles; farther off it still tells far from near.
type Plane struct {
	lat, lon float64 // degrees, of the anchor
	perLon   float64 // metres east per degree of longitude
}

// NewPlane puts the anchor at a place in degrees × 1e6.
func NewPlane(latE6, lonE6 int64) Plane {
	lat := float64(latE6) / 1e6
	return Plane{lat, float64(lonE6) / 1e6, float64(degreeM * exact.Cos(float64(lat*(math.Pi/180))))}
}

// At gives the metres east and north of a place in degrees × 1e6.
func (p *Plane) At(latE6, lonE6 int64) (east, north float64) {
	dLon := float64(lonE6)/1e6 - p.lon
	if dLon > 180 {
		dLon -= 360
	} else if dLon < -180 {
		dLon += 360
	}
	return float64(dLon * p.perLon), float64((float64(latE6)/1e6 - p.lat) * degreeM)
}

// DistanceM is the great-circle distance in metres between two places in degrees × 1e6.
func DistanceM(lat1, lon1, lat2, lon2 int64) float64 {
	return geo.DistanceM(float64(lat1)/1e6, float64(lon1)/1e6, float64(lat2)/1e6, float64(lon2)/1e6)
}
