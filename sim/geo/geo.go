// Package geo is the world a box travels in: ports, routes, distances, and how far off the coast a vessel is.
//
// The graph is coarse and made by hand (105 ports and land terminals, 326 waypoints, 570 edges), good for simulated
// trips and for nothing else: it is not for navigation. Its three CSV files and the off-shore table are embedded, so a
// world needs no file system; they are parsed at the first question and a test shows that they parse.
//
// Distances are over the sphere of the mean Earth radius, and every function of an angle is taken from sim/exact: a
// route has the same length, to the last bit, in every build.
package geo

import (
	"math"

	"sealab/sim/exact"
)

// EarthRadiusM is the mean radius of the Earth in metres (IUGG: (2a+b)/3 of the GRS 80 ellipsoid).
const EarthRadiusM = 6371008.8

// NauticalMileM is the international nautical mile in metres.
const NauticalMileM = 1852.0

// degree is one degree in radians.
const degree = math.Pi / 180

// DistanceM is the great-circle distance in metres between two places given in degrees. It is the haversine formula
// (R. W. Sinnott, Sky and Telescope 68, 1984) with cos φ₁·cos φ₂ written by the mean and half the difference of the
// latitudes, so that both the sine and the cosine of half the angle are sums of squares: exact to a micrometre from
// one metre to the antipode, and the same there and back.
func DistanceM(lat1, lon1, lat2, lon2 float64) float64 {
	diff := float64((lat2 - lat1) * (degree / 2))
	mean := float64((lat2 + lat1) * (degree / 2))
	turn := float64((lon2 - lon1) * (degree / 2))
	st, ct := exact.Sin(turn), exact.Cos(turn)
	a, b := float64(exact.Sin(diff)*ct), float64(exact.Cos(mean)*st)
	c, d := float64(exact.Cos(diff)*ct), float64(exact.Sin(mean)*st)
	sin := math.Sqrt(float64(a*a) + float64(b*b))
	cos := math.Sqrt(float64(c*c) + float64(d*d))
	return float64(2 * EarthRadiusM * exact.Atan2(sin, cos))
}

// vector is a place on the unit sphere; sums of vectors give the places between.
type vector struct{ x, y, z float64 }

// vectorAt is the unit vector of a place in degrees.
func vectorAt(lat, lon float64) vector {
	phi, lambda := float64(lat*degree), float64(lon*degree)
	c := exact.Cos(phi)
	return vector{float64(c * exact.Cos(lambda)), float64(c * exact.Sin(lambda)), exact.Sin(phi)}
}

// place is the latitude and longitude in degrees of a vector of any length.
func (v vector) place() (lat, lon float64) {
	flat := math.Sqrt(float64(v.x*v.x) + float64(v.y*v.y))
	return float64(exact.Atan2(v.z, flat) / degree), float64(exact.Atan2(v.y, v.x) / degree)
}

// mix is a·v + b·w.
func mix(a float64, v vector, b float64, w vector) vector {
	return vector{
		float64(a*v.x) + float64(b*w.x),
		float64(a*v.y) + float64(b*w.y),
		float64(a*v.z) + float64(b*w.z),
	}
}

// greatCircle gives n+1 places in degrees at equal distances from one place to another, which are themselves the first
// and the last, bit for bit; longitudes lie in ±180.
func greatCircle(lat1, lon1, lat2, lon2 float64, n int) [][2]float64 {
	places := make([][2]float64, n+1)
	places[0], places[n] = [2]float64{lat1, lon1}, [2]float64{lat2, lon2}
	from, to := vectorAt(lat1, lon1), vectorAt(lat2, lon2)
	angle := DistanceM(lat1, lon1, lat2, lon2) / EarthRadiusM
	for i := 1; i < n; i++ {
		share := float64(i) / float64(n)
		a, b := exact.Sin(float64((1-share)*angle)), exact.Sin(float64(share*angle))
		lat, lon := mix(a, from, b, to).place()
		places[i] = [2]float64{lat, lon}
	}
	return places
}
