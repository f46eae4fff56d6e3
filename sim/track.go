package sim

import (
	"math"

	"sealab/sim/exact"
	"sealab/sim/geo"
)

// This file draws tracks and knows which country's network serves a place.

const radPerDeg = math.Pi / 180

// metresPerDeg is the length of a degree of latitude on the mean sphere.
const metresPerDeg = geo.EarthRadiusM * radPerDeg

// mobileCountry maps ISO 3166-1 alpha-2 to the mobile country code of ITU-T E.212 (known, not re-read); 901 is the
// shared code for those not listed.
var mobileCountry = map[string]uint16{
	"AE": 424, "BD": 470, "BE": 206, "BN": 528, "BY": 257, "CA": 302, "CN": 460, "DE": 262, "DJ": 638, "EG": 602, "ES": 214,
	"FR": 208, "GB": 234, "GR": 202, "HK": 454, "ID": 510, "IN": 404, "IT": 222, "JP": 440, "KE": 639, "KH": 456,
	"KR": 450, "KZ": 401, "LA": 457, "LK": 413, "MA": 604, "MT": 278, "MY": 502, "NL": 204, "OM": 422, "PH": 515,
	"PK": 410, "PL": 260, "PT": 268, "RU": 250, "RW": 635, "SA": 420, "SE": 240, "SG": 525, "TH": 520, "TR": 286,
	"TW": 466, "TZ": 640, "UG": 641, "US": 310, "VN": 452, "ZA": 655,
}

// newTrack plans and draws a route; scenario authors name places that exist, so an error is theirs.
func newTrack(from, to string, modes geo.Modes, avoid ...string) *track {
	route, err := geo.Plan(from, to, modes, avoid...)
	if err != nil {
		panic("sim: plan lane: " + err.Error())
	}
	t := &track{route: route, path: route.Path()}
	ports := geo.Ports()
	var cur int
	for d := 0.0; d <= t.path.LengthM()+countryStepM; d += countryStepM {
		lat, lon := t.path.At(d, &cur)
		t.countries = append(t.countries, nearestCountry(ports, lat, lon))
	}
	return t
}

// country is the mobile country code d metres along the track.
func (t *track) country(d float64) uint16 {
	return t.countries[min(int(d/countryStepM), len(t.countries)-1)]
}

// nearestCountry takes the nearest port's country; a flat distance is near enough to choose by.
func nearestCountry(ports []geo.Node, lat, lon float64) uint16 {
	best, code := math.Inf(1), "??"
	squeeze := exact.Cos(lat * radPerDeg)
	for i := range ports {
		dLon := ports[i].Lon - lon
		dLon -= float64(360 * math.Floor((dLon+180)/360))
		dx, dy := dLon*squeeze, ports[i].Lat-lat
		if d := float64(dx*dx) + float64(dy*dy); d < best {
			best, code = d, ports[i].Country
		}
	}
	return mccOf(code)
}

func mccOf(country string) uint16 {
	if mcc, ok := mobileCountry[country]; ok {
		return mcc
	}
	return 901
}
