package fusion

import (
	"sealab/pocs"
	"sealab/pocs/parts"
	"sealab/pocs/parts/senses"
	"sealab/pocs/parts/terms"
)

// weightName is the parameter that holds a clue's weight.
func weightName(c clue) string { return "w_" + clues[c].name }

// own are the numbers beyond those of the senses.
var own = []parts.Threshold{
	{Name: "alarm_db", Unit: "dB", Default: 30, Min: -100, Max: 300, Doc: "clues that come to this much together are an alarm; 10 dB are odds of 10 to 1"},
	{Name: "half_life_h", Unit: "h", Default: 12, Min: 0.1, Max: 1000, Doc: "a clue's weight halves in so long"},
	{Name: "memory_h", Unit: "h", Default: 24, Min: 0.1, Max: 720, Doc: "a clue that went on is news again after so long without it"},
	{Name: "short_min", Unit: "min", Default: 18, Min: 0, Max: 600, Source: "seal model, d2: 2–15 min; e: inspections 20 min–8 h",
		Doc: "an opening under an armed seal that is shorter than this is no inspection"},
	{Name: "hard_g", Unit: "g", Default: 4, Min: 0, Max: 16, Source: "seal model, c3: set-down 0.5–2 g", Doc: "a blow above this is hard"},
	{Name: "extreme_g", Unit: "g", Default: 5, Min: 0, Max: 16, Source: "seal model, c3: a hard set-down is 3–5 g, tools 1–6 g",
		Doc: "a blow above this is harder than cranes deal"},
	{Name: "held_dbm", Unit: "dBm", Default: -125, Min: -140, Max: -44, Doc: "below this no network is left at all"},
	{Name: "weak_pct", Unit: "%", Default: 20, Min: 0, Max: 100, Source: "seal model, b3: BAT_LOW at 20 %", Doc: "a cell below this may fall silent any time"},
	{Name: "late_h", Unit: "h", Default: 1, Min: 0, Max: 100, Doc: "in later than booked by this is late"},
	{Name: "aftermath_h", Unit: "h", Default: 168, Min: 0, Max: 1000, Doc: "silence and delay of a box that was accused within so long follow from that and are no news"},
	{Name: "stood_reports", Default: 3, Min: 1, Max: 100, Doc: "so many reports in a row, made standing and heard at once, are a place with coverage"},
	{Name: "near_sea_h", Unit: "h", Default: 6, Min: 0, Max: 240, Doc: "a vessel may leave earlier than booked, and be told of later, by this"},
}

// limits are these in the units of the wire.
type limits struct {
	openingMs, cooldownMs, seaMs, nearSeaMs, gnssMs, shortMs, slackMs, lateMs, aftermathMs int64
	blind, stood, lux, hardMilliG, extremeMilliG, heldDBm, bagCN0, weakPct                 int64
}

func newLimits(v pocs.Params) limits {
	return limits{
		openingMs: parts.HoursMs(v["opening_slack_h"]), cooldownMs: parts.HoursMs(v["cooldown_h"]), seaMs: parts.HoursMs(v["sea_slack_h"]),
		nearSeaMs: parts.HoursMs(v["near_sea_h"]), gnssMs: parts.HoursMs(v["gnss_lost_h"]), lateMs: parts.HoursMs(v["late_h"]), aftermathMs: parts.HoursMs(v["aftermath_h"]),
		shortMs: int64(v["short_min"] * float64(parts.MinuteMs)), slackMs: 3 * parts.MinuteMs,
		blind: int64(v["gnss_lost_reports"]), stood: int64(v["stood_reports"]), lux: int64(v["lux_lx"] * 10),
		hardMilliG: int64(v["hard_g"] * 1000), extremeMilliG: int64(v["extreme_g"] * 1000), heldDBm: int64(v["held_dbm"]),
		bagCN0: int64(v["bag_dbhz"] * 10), weakPct: int64(v["weak_pct"] * 10),
	}
}

// declare lists all parameters: the method's own, a weight a clue, and the senses' thresholds.
func declare() []pocs.Param {
	var weights, desk []parts.Threshold
	for c := range clue(numClues) {
		if name := clues[c].name; name != "" {
			weights = append(weights, parts.Threshold{Name: weightName(c), Unit: "dB", Default: table.weight[name], Min: -100, Max: 100,
				Source: "learnt on seeds 1–999", Doc: "weight of the clue: " + clues[c].why})
		}
	}
	for _, t := range parts.DeskThresholds {
		if used[t.Name] {
			desk = append(desk, t)
		}
	}
	return terms.Params(own, weights, desk, senses.Thresholds)
}

// used are the thresholds of the desk that this method has a use for.
var used = map[string]bool{
	"cooldown_h": true, "opening_slack_h": true, "lux_lx": true, "gnss_lost_h": true, "gnss_lost_reports": true, "sea_slack_h": true,
}
