package kalman

import (
	"sealab/pocs"
	"sealab/pocs/parts"
)

// doc is what the dashboard says of the method.
const doc = `The duty desk of "rules", rule for rule and at equal thresholds, with a sense for place, for identity and for
what the sensors say together: what it finds beyond "rules" is what these are worth.

Place. A constant-velocity Kalman filter follows each box in a plane of metres around it, with acceleration noise by
the booked mode of travel and each fix weighed by its own accuracy; a box that has felt no motion since the fix before
is held where it is. A fix is odd when it does not fit that track (normalised innovation squared, χ² with 2 degrees of
freedom), when all satellites are equally strong, as from one transmitter near by, or when the serving cell was first
heard far from there. Two sorts of evidence in one fix, or one in two fixes running, are a false position, "drag_off",
or "spoof_ring" where it moves and stays near. A CUSUM over the innovations of a box at rest finds the slow pull that no
single fix shows. A fix farther off than the fastest vehicle could have carried the box is a false position under the
same cell, "spoof_teleport", a second device under another. A truck in two fixes off its booked road is a "diversion".

Identity. A seal counts its starts, its messages and its charge. The same number with other content, or counters that run
against the times they carry, are two devices under one name, "clone", or a "clock_rollback" where the message is old
without having waited; the same words again after hours a "replay"; a charge that does not follow from the one before
another device, "seal_swap" where it counts anew. Repeats, late messages, reboots and backlogs are none of these: readings
are taken by their counters, not as they arrive.

Sensors. A drowned receiver shows its jammer, "gnss_jam"; network and sky lost together, ashore, a bag, "radio_wrap". A
magnet that leaves its usual field for good (CUSUM), or with light or shaking, a standing box shaken as by tools, are
"hinge_bypass"; tilt without magnet a "moved_seal"; a box held cool that warms for longer than a defrosting "temp_abuse".
A position that moves unfelt, a ride of a box that rests, or messages that are all under way for equally long, "relay".

Sources: the seal model's sections c1–c4, d, e and f; Kalman 1960; Page 1954; NIST/SEMATECH handbook 6.3.2.3.

Limits. Every false alarm of "rules" is one of its own too. The satellites' spread catches a spoofer with one antenna;
one with several is left to track and cell. A truck led astray on the move, at a plausible speed, under honest-looking
satellites, is seen only once it should have left its cell. A device that copies the charge too, and never speaks while
the honest one is heard, is not seen until the numbers meet; signed messages would do better. Its map of roads is the one
that trucks follow here: real ones have detours. A seal whose magnet is loose, or which stands beside a jammer meant for
another, is accused; of a silenced seal it knows no more than "rules". Cell positions are not used at all. The thresholds
were set on seeds 1–999 of the built-in scenarios: in other hands, other seas.`

// thresholds are the numbers beyond those of the desk.
var thresholds = []parts.Threshold{
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

// limits are the thresholds in the units they are used in.
type limits struct {
	nis, leapM, restMilliG, wanderVar float64
	noiseSea, noiseRail, noiseRoad    float64
	gateSea, gateRail, gateRoad       parts.Gate
	cusumK, cusumH, cellM, placeM     float64
	cn0sd, sats, oddFixes             int64
	clockMs, seaMs, cooldownMs        int64
	senseLimits
}

func newLimits(v pocs.Params) limits {
	gate := func(mps float64) parts.Gate { return parts.Gate{MaxMps: mps, SkewS: v["skew_s"]} }
	return limits{
		nis: v["nis"], leapM: v["leap_m"], restMilliG: v["rest_g"] * 1000, wanderVar: v["wander_m"] * v["wander_m"],
		noiseSea: v["noise_sea"], noiseRail: v["noise_rail"], noiseRoad: v["noise_road"],
		gateSea: gate(v["vmax_sea_kn"] * 1852 / 3600), gateRail: gate(v["vmax_rail_kmh"] / 3.6), gateRoad: gate(v["vmax_road_kmh"] / 3.6),
		cusumK: v["cusum_k"], cusumH: v["cusum_h"], cellM: v["cell_km"] * 1000, placeM: v["place_km"] * 1000,
		cn0sd: int64(v["cn0sd_db"] * 100), sats: int64(v["cn0sd_sats"]), oddFixes: int64(v["odd_fixes"]),
		clockMs: int64(v["clock_min"] * float64(parts.MinuteMs)), seaMs: parts.HoursMs(v["sea_slack_h"]),
		cooldownMs: parts.HoursMs(v["cooldown_h"]), senseLimits: newSenseLimits(v),
	}
}

// declare makes parameters of thresholds.
func declare(lists ...[]parts.Threshold) []pocs.Param {
	var out []pocs.Param
	for _, list := range lists {
		for _, t := range list {
			p := pocs.Param{
				Name: t.Name, Doc: t.Doc, Unit: t.Unit, Default: t.Default, Min: t.Min, Max: t.Max,
				Mark: "assumption", Source: t.Source,
			}
			out = append(out, p)
		}
	}
	return out
}
