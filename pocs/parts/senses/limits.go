package senses

import (
	"slices"

	"sealab/pocs/parts"
)

// Thresholds are the numbers beyond those of the desk (parts.DeskThresholds).
var Thresholds = slices.Concat(placeThresholds, senseThresholds)

// placeThresholds are the numbers behind place and counters.
var placeThresholds = []parts.Threshold{
	{Name: "nis", Default: 13.8, Min: 1, Max: 1000,
		Source: "χ² with 2 degrees of freedom: 9.21 is 99 %, 13.8 is 99.9 % (seal model, f)",
		Doc:    "normalised innovation squared beyond which a fix does not fit the track"},
	{Name: "leap_m", Unit: "m", Default: 3000, Min: 10, Max: 50000,
		Doc: "a box that feels no motion must also have leapt this far, under the same cell: yards move it by less"},
	{Name: "place_km", Unit: "km", Default: 3, Min: 0, Max: 50,
		Doc: "a leap that ends so near a port, terminal or border is a short drive between two reports"},
	{Name: "rest_g", Unit: "g", Default: 0.03, Min: 0, Max: 1,
		Source: "seal model, c3: vibration under way 0.05–0.5 g rms",
		Doc:    "below this vibration since the last reading the box was at rest"},
	{Name: "wander_m", Unit: "m", Default: 100, Min: 1, Max: 5000,
		Doc: "how far a box at rest may seem to wander from reading to reading, one σ: multipath, yard moves"},
	{Name: "noise_sea", Unit: "m²/s³", Default: 0.006, Min: 0, Max: 10,
		Doc: "acceleration noise at sea: a ship that stops within one hourly report is 3 σ"},
	{Name: "noise_rail", Unit: "m²/s³", Default: 0.1, Min: 0, Max: 10,
		Doc: "acceleration noise by rail: a train that stops within one report of 15 min is 3 σ"},
	{Name: "noise_road", Unit: "m²/s³", Default: 0.25, Min: 0, Max: 10,
		Doc: "acceleration noise by road: a truck that stops within one report of 5 min is 3 σ"},
	{Name: "vmax_sea_kn", Unit: "kn", Default: 30, Min: 1, Max: 100, Source: "seal model, f: speed gate",
		Doc: "fastest plausible speed at sea"},
	{Name: "vmax_rail_kmh", Unit: "km/h", Default: 160, Min: 1, Max: 500, Source: "seal model, f: speed gate",
		Doc: "fastest plausible speed by rail, and where the mode of travel is not known"},
	{Name: "vmax_road_kmh", Unit: "km/h", Default: 130, Min: 1, Max: 300, Source: "seal model, f: speed gate",
		Doc: "fastest plausible speed by road"},
	{Name: "skew_s", Unit: "s", Default: 120, Min: 0, Max: 3600,
		Doc: "how wrong the times of two fixes may be against each other in the speed gate"},
	{Name: "cusum_k", Default: 0.5, Min: 0, Max: 5, Source: "NIST/SEMATECH handbook 6.3.2.3 (seal model, f)",
		Doc: "allowance of the CUSUM over standardised innovations of a box at rest"},
	{Name: "cusum_h", Default: 12, Min: 1, Max: 100,
		Source: "h 5 is a false alarm in 465 samples, too many for a fleet (seal model, f); 12 is one in about 500,000",
		Doc:    "CUSUM beyond which a slow drag-off is said"},
	{Name: "cn0sd_db", Unit: "dB", Default: 1, Min: 0, Max: 15, Source: "seal model, c1: open sky 4 dB, spoofed below 1 dB",
		Doc: "satellites whose strengths differ by less than this come from one transmitter"},
	{Name: "cn0sd_sats", Default: 5, Min: 1, Max: 40,
		Doc: "satellites needed before their spread says anything"},
	{Name: "odd_fixes", Default: 2, Min: 1, Max: 20, Source: "seal model, f: 2 readings running",
		Doc: "odd fixes running before one sort of evidence alone is an alarm"},
	{Name: "cell_km", Unit: "km", Default: 30, Min: 1, Max: 500, Source: "seal model, f: rural cell radius 15 km",
		Doc: "a fix this far from where the same cell was first heard does not fit the cell"},
	{Name: "clock_min", Unit: "min", Default: 10, Min: 0, Max: 1440,
		Source: "seal model, c2: 5 s a day at most, so 70 s after two weeks without a fix",
		Doc:    "counters and times may disagree by this before two devices are suspected"},
}

// Limits are the thresholds in the units they are used in.
type Limits struct {
	nis, leapM, restMilliG, wanderVar float64
	noiseSea, noiseRail, noiseRoad    float64
	gateSea, gateRail, gateRoad       parts.Gate
	cusumK, cusumH, cellM, placeM     float64
	cn0sd, sats, oddFixes             int64
	clockMs, seaMs, cooldownMs        int64
	senseLimits
}

func newLimits(v parts.Values) Limits {
	gate := func(mps float64) parts.Gate { return parts.Gate{MaxMps: mps, SkewS: v["skew_s"]} }
	return Limits{
		nis: v["nis"], leapM: v["leap_m"], restMilliG: v["rest_g"] * 1000, wanderVar: v["wander_m"] * v["wander_m"],
		noiseSea: v["noise_sea"], noiseRail: v["noise_rail"], noiseRoad: v["noise_road"],
		gateSea: gate(v["vmax_sea_kn"] * 1852 / 3600), gateRail: gate(v["vmax_rail_kmh"] / 3.6), gateRoad: gate(v["vmax_road_kmh"] / 3.6),
		cusumK: v["cusum_k"], cusumH: v["cusum_h"], cellM: v["cell_km"] * 1000, placeM: v["place_km"] * 1000,
		cn0sd: int64(v["cn0sd_db"] * 100), sats: int64(v["cn0sd_sats"]), oddFixes: int64(v["odd_fixes"]),
		clockMs: int64(v["clock_min"] * float64(parts.MinuteMs)), seaMs: parts.HoursMs(v["sea_slack_h"]),
		cooldownMs: parts.HoursMs(v["cooldown_h"]), senseLimits: newSenseLimits(v),
	}
}
