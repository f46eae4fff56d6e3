package hmm

import (
	"slices"

	"sealab/pocs/parts"
)

// thresholds are the numbers that the method rests on.
var thresholds = slices.Concat(deskThresholds(), []parts.Threshold{
	{Name: "road_m", Unit: "m", Default: 100, Min: 1, Max: 20000,
		Doc: "how far a truck on its road is off the road as the map draws it, one σ: 5–10 m on a survey's map (Newson and Krumm), far more on a coarse one"},
	{Name: "rail_m", Unit: "m", Default: 400, Min: 1, Max: 20000,
		Doc: "the same by rail; half a train's length belongs to it"},
	{Name: "off_km", Unit: "km", Default: 7.5, Min: 0.1, Max: 500, Source: "seal model, d17: the yard's distance is an assumption of 5–40 km",
		Doc: "how far a box that has left its ways is off them in the mean"},
	{Name: "outlier", Default: 0.001, Min: 0, Max: 0.5,
		Doc: "share of fixes on a way that lie anywhere: the larger, the more of them it takes to say that a box has left"},
	{Name: "leave_per_h", Unit: "1/h", Default: 0.01, Min: 1e-9, Max: 1,
		Doc: "how often an honest box seems to leave its way, or to take another road, per hour"},
	{Name: "back_per_h", Unit: "1/h", Default: 0.1, Min: 0.001, Max: 10,
		Doc: "how soon one that has left comes back, per hour"},
	{Name: "beta_m", Unit: "m", Default: 1000, Min: 1, Max: 100000, Source: "Newson and Krumm 2009, from data for each sampling period",
		Doc: "by how much the way between two fixes differs from the straight line, in the mean"},
	{Name: "beta_m_per_h", Unit: "m/h", Default: 5000, Min: 0, Max: 500000,
		Doc: "and by how much more for each hour between them"},
	{Name: "place_km", Unit: "km", Default: 3, Min: 0.01, Max: 50,
		Doc: "so near a port, terminal, depot or border a box may be anywhere and stand for as long as it likes"},
	{Name: "sure", Default: 0.8, Min: 0.5, Max: 1,
		Doc: "probability of having left the booked ways from which on it is said"},
	{Name: "stop_min", Unit: "min", Default: 20, Min: 1, Max: 1440, Source: "seal model, f: stop over 20 min outside known places",
		Doc: "a box off its ways that has stood for so long is at a yard"},
	{Name: "stand_m", Unit: "m", Default: 300, Min: 1, Max: 5000,
		Doc: "a box that stays within this has not moved"},
	{Name: "night_h", Unit: "h", Default: 15, Min: 0, Max: 240, Source: "seal model, e12: rest stops last 45 min to 11 h",
		Doc: "a box by road that stands on the open way for longer is no driver's night; 0: it is not asked"},
	{Name: "gate_kmh", Unit: "km/h", Default: 160, Min: 1, Max: 1000, Source: "seal model, f: speed gate",
		Doc: "fastest plausible speed by road or rail"},
	{Name: "skew_s", Unit: "s", Default: 120, Min: 0, Max: 3600,
		Doc: "how wrong the times of two fixes may be against each other in the speed gate"},
	{Name: "rest_g", Unit: "g", Default: 0.03, Min: 0, Max: 1, Source: "seal model, c3: vibration under way 0.05–0.5 g rms",
		Doc: "below this vibration since the last reading the seal felt no journey"},
	{Name: "cn0sd_db", Unit: "dB", Default: 1, Min: 0, Max: 15, Source: "seal model, c1: open sky 4 dB, spoofed below 1 dB",
		Doc: "satellites whose strengths differ by less than this come from one transmitter"},
	{Name: "jam_level", Default: 150, Min: 0, Max: 255, Source: "seal model, c1: jammed above 150; in a stack, hold or tunnel it stays low",
		Doc: "interference indicator above which a lost fix is a jammer's work"},
	{Name: "jam_reports", Default: 1, Min: 1, Max: 50,
		Doc: "in so many reports in a row"},
})

// deskThresholds are those of the duty desk that matter here.
func deskThresholds() []parts.Threshold {
	var list []parts.Threshold
	for _, t := range parts.DeskThresholds {
		if t.Name == "cooldown_h" || t.Name == "sea_slack_h" {
			list = append(list, t)
		}
	}
	return list
}

// limits are the thresholds in the units that they are used in.
type limits struct {
	roadM, railM, offM, outlier, leavePerH, backPerH, betaM, betaPerH, placeM, sure float64
	standM, restMilliG, cellAccM, doubt                                             float64
	stopMs, nightMs, seaMs                                                          int64
	gate                                                                            parts.Gate
	cn0sd, jam, jamSats                                                             int64
	darkReports                                                                     int
}

func newLimits(v parts.Values) limits {
	return limits{
		roadM: v["road_m"], railM: v["rail_m"], offM: v["off_km"] * 1000, outlier: v["outlier"], leavePerH: v["leave_per_h"], backPerH: v["back_per_h"],
		betaM: v["beta_m"], betaPerH: v["beta_m_per_h"], placeM: v["place_km"] * 1000, sure: v["sure"],
		standM: v["stand_m"], restMilliG: v["rest_g"] * 1000, cellAccM: 500, doubt: 0.05,
		stopMs: int64(v["stop_min"] * float64(parts.MinuteMs)), nightMs: parts.HoursMs(v["night_h"]),
		seaMs: parts.HoursMs(v["sea_slack_h"]), gate: parts.Gate{MaxMps: v["gate_kmh"] / 3.6, SkewS: v["skew_s"]},
		cn0sd: int64(v["cn0sd_db"] * 100), jam: int64(v["jam_level"]), jamSats: 3, darkReports: int(v["jam_reports"]),
	}
}

// Levels of what is said, on the scale 0–1000.
const (
	levelLeap     = 900
	levelStands   = 900 // off its ways, and it stands there
	levelLeft     = 800
	levelUnfelt   = 800
	levelFork     = 600
	levelHidden   = 600
	levelOverlong = 400
)

// doc is what the dashboard says of the method.
const doc = `Does the box follow the roads and railways of its booking? A hidden Markov model matches each fix with the map, after Newson
and Krumm (ACM SIGSPATIAL GIS 2009, doi:10.1145/1653771.1653818); it is for transit by road and rail, where a truck that
leaves its corridor has no business there.

States. The places on booked ways nearest to the fix, on any railway near it (a train is sent round by others), on a road
that is not booked, in a port, terminal, depot or border, and off all of these. A fix speaks for a state on a way by a
normal density in the distance to it (σ: the way's width on the map, and the fix's own accuracy), for a port evenly within
its radius, for being off by an exponential density; a share of outliers on every way keeps any single fix from settling
it. Between two places on the booking the transition is exp(−|route − straight line| / β), β growing with the time between
fixes, so that hourly reports are borne as well as reports every five minutes; ways are left, and come back to, at constant
rates. The filter runs forward: an alarm cannot wait for what comes later. Said is a "diversion" when the probability of
having left passes the parameter sure; with more certainty where the box stands there, with less where it took another road
at a fork. A box that stands by the open road for longer than a driver's night is said with little certainty.

Lost fixes leave the belief as it is, so that tunnels and ferries say nothing; the network's positions count by their poor
accuracy. A receiver that is drowned on the way, as no tunnel does, is "gnss_jam": a fifth of diversions here are hidden so.
A position farther off than any vehicle goes is "spoof_teleport" under the same cell, "clone" under another; a position that
leaves its way unfelt, or by satellites of one transmitter, is "drag_off". At sea it rests.

Claim. Of the diversions heard in a run, nine in ten are found; where a run holds none the claim is unknown. Of seals that
are opened, copied or silenced it knows nothing, so that its score is low where those are judged: it is a part, for a
detector that hears several.

Against kalman's corridor (two fixes in a row 2 km off), by findings that say "diversion" alone, in mixed with attacks=3, seeds
2001–2020: 48 of 60 against 45, half of them within 330 s against 600 s, no false one by either. It sees yards a few hundred
metres off the road. By whatever finding, kalman, which also feels the door, finds as many (0.99 both, seeds 2001–2040).

Limits. The map is the one that the trucks of this sandbox follow to the metre; on real roads the width must be far larger
(parameter road_m), and yards near the road are then lost. A diversion within the radius of a port, to a yard on the booked
road, or under a jammer that the receiver does not notice is not seen. A shortcut that drivers know and the map does not is
an alarm on every truck. Successive fixes are taken as independent, which a parked box's are not. A seal that stays behind
while its box leaves is on its way to nowhere, and not said: the papers tell that days too late.`
