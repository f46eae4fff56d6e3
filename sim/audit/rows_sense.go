package audit

import (
	"strings"

	"sealab/sim"
)

// This file is the reference's values of what devices sense and use, and of how long acts last.

const (
	srcGNSS     = "https://coordinately.org/learn/gps-accuracy-explained"
	srcCoverage = "https://marinos.es/que-cobertura-movil-hay-en-el-mar/"
	srcHeat     = "https://epgna.com/how-hot-do-shipping-containers-get/"
	srcNuisance = "http://blogonlog.blogspot.com/2006/02"
	srcStandard = "https://theiteh.com/catalog/standards/iso/11b75af0-d42a-455c-b35e-c80e9250755f/iso-18185-2-2007"
)

var positionRows = []Row{
	{Section: "c1", What: "error of a fix, open sky", Unit: "m", Published: "2.5 (here ± 10 %)", Mark: sim.Read, Source: srcGNSS, Of: "fix open", Stat: Median, Low: 2.25, High: 2.75},
	{Section: "c1", What: "error of a fix, open sky", Unit: "m", Published: "5.1 (here ± 10 %)", Mark: sim.Read, Source: srcGNSS, Of: "fix open", Stat: P95, Low: 4.6, High: 5.6},
	{Section: "c1", What: "error of a fix, under cranes", Unit: "m", Published: "8 and 5 % outliers (here 7.2–9.2)", Mark: sim.Assumption, Of: "fix cranes", Stat: Median, Low: 7.2, High: 9.2},
	{Section: "c1", What: "error of a fix, in a stack", Unit: "m", Published: "30–60", Mark: sim.Assumption, Of: "fix stack", Stat: Median, Low: 30, High: 60},
	{Section: "c1", What: "error of a fix, in a hold", Unit: "m", Published: "30–60", Mark: sim.Assumption, Of: "fix hold", Stat: Median, Low: 30, High: 60},
	{Section: "c1", What: "no fix in a stack", Published: "0.7 (here ± 0.05)", Mark: sim.Assumption, Of: "no fix stack", Stat: Share, Low: 0.65, High: 0.75},
	{Section: "c1", What: "no fix in a hold", Published: "0.98 (here ± 0.01)", Mark: sim.Assumption, Of: "no fix hold", Stat: Share, Low: 0.97, High: 0.99},
	{Section: "c1", What: "error of a cell's place", Unit: "m", Published: "500–3000", Mark: sim.Assumption, Of: "fix cell", Stat: All, Low: 500, High: 3000},
	{Section: "c1", What: "C/N0, clear", Unit: "dB-Hz", Published: "42 (here ± 1)", Mark: sim.Known, Of: "cn0", Stat: Mean, Low: 41, High: 43},
	{Section: "c1", What: "spread of C/N0, clear", Unit: "dB", Published: "4 (here ± 0.4)", Mark: sim.Known, Of: "cn0sd", Stat: Mean, Low: 3.6, High: 4.4},
	{Section: "c1", What: "spread of C/N0, spoofed", Unit: "dB", Published: "below 1", Mark: sim.Assumption, Of: "cn0sd spoofed", Stat: All, Low: 0, High: 1},
	{Section: "c1", What: "interference indicator, jammed", Published: "above 150", Mark: sim.Assumption, Of: "jam", Stat: Middle, Low: 150, High: 255},
	{Section: "c2", What: "network ends off shore", Unit: "nm", Published: "10–25", Mark: sim.Read, Source: srcCoverage, Of: "coverage ends", Stat: Middle, Low: 10, High: 25,
		Because: "off shore is measured every five miles of the way, and the network ends at the first such point beyond the limit"},
	{Section: "c2", What: "off line at sea, stretches of a day and more", Unit: "d", Published: "typically 3–14", Mark: sim.Assumption, Of: "offline at sea", Stat: Median, Low: 3, High: 14,
		Because: "most stretches lie between two coasts on the way, each is counted, and the open ocean's long ones are fewer; those that cross the world's end are left out"},
	{Section: "c2", What: "messages of a backlog", Unit: "/s", Published: "5–20", Mark: sim.Assumption, Of: "burst", Stat: Middle, Low: 5, High: 20},
	{Section: "c2", What: "clock at a fix", Unit: "ms", Published: "0 ± 50", Mark: sim.Known, Of: "clock at a fix", Stat: P95, Low: 0, High: 50},
	{Section: "c2", What: "clock's drift", Unit: "s/d", Published: "5 at most (58 ppm)", Mark: sim.Read, Source: srcStandard, Of: "clock drift", Stat: Most, Low: 0, High: 5},
}

var boxRows = []Row{
	{Section: "c3", What: "temperature in the box on land", Unit: "°C", Published: "−29…+57", Mark: sim.Read, Source: srcHeat, Of: "temperature land", Stat: All, Low: -29, High: 57},
	{Section: "c3", What: "temperature in the box at sea", Unit: "°C", Published: "up to 50", Mark: sim.Read, Source: srcHeat, Of: "temperature sea", Stat: All, Low: -29, High: 50},
	{Section: "c3", What: "shocks at sea", Unit: "g", Published: "0.3–0.8", Mark: sim.Assumption, Of: "peak at sea", Stat: Middle, Low: 0.3, High: 0.8},
	{Section: "c3", What: "shocks on the road", Unit: "g", Published: "0.2–0.7", Mark: sim.Assumption, Of: "peak on road", Stat: Middle, Low: 0.2, High: 0.7},
	{Section: "c3", What: "vibration at sea", Unit: "g rms", Published: "0.05–0.5", Mark: sim.Assumption, Of: "rms at sea", Stat: Middle, Low: 0.05, High: 0.5},
	{Section: "c3", What: "vibration on the road", Unit: "g rms", Published: "0.05–0.5", Mark: sim.Assumption, Of: "rms on road", Stat: Middle, Low: 0.05, High: 0.5},
	{Section: "c3", What: "vibration on rails", Unit: "g rms", Published: "0.05–0.5", Mark: sim.Assumption, Of: "rms on rail", Stat: Middle, Low: 0.05, High: 0.5},
	{Section: "c3", What: "light behind a shut door", Unit: "lx", Published: "0–1", Mark: sim.Assumption, Of: "lux", Stat: Middle, Low: 0, High: 1},
	{Section: "c3", What: "charge of a fix and a message, open sky", Unit: "mAh", Published: "0.34–1.04", Mark: sim.Assumption, Of: "charge open", Stat: Middle, Low: 0.335, High: 1.035},
	{Section: "c3", What: "charge of a fix and a message, in a hold", Unit: "mAh", Published: "up to 3 (poor cover)", Mark: sim.Assumption, Of: "charge hold", Stat: Middle, Low: 0.335, High: 3.035},
	{Section: "c3", What: "light alarms from nothing", Unit: "/30 d", Published: "0.2 (here ± 15 %)", Mark: sim.Assumption, Of: "spurious light", Stat: Rate, Low: 0.17, High: 0.23},
	{Section: "c3", What: "shock alarms from nothing", Unit: "/30 d", Published: "0.5 (here ± 15 %)", Mark: sim.Assumption, Of: "spurious shock", Stat: Rate, Low: 0.425, High: 0.575},
	{Section: "c3", What: "bounces of the door contact", Unit: "/30 d", Published: "0.05 (here ± 15 %)", Mark: sim.Assumption, Of: "spurious bounce", Stat: Rate, Low: 0.0425, High: 0.0575},
	intervalRow(sim.AtSea, 60), intervalRow(sim.InPort, 60), intervalRow(sim.OnRail, 15), intervalRow(sim.OnRoad, 5), intervalRow(sim.RoadStop, 30),
}

func intervalRow(doing sim.Doing, minutes float64) Row {
	return Row{Section: "c4", What: "time between reports, " + string(doing), Unit: "min", Published: sim.Number(minutes), Mark: sim.Assumption,
		Of: "interval " + string(doing), Stat: Median, Low: minutes, High: minutes}
}

// nuisanceRows say how often innocent trips raise an alarm; the caller plays the detector (Tape.Disturbed).
var nuisanceRows = []Row{
	{Section: "g", What: "clean trips with an alarm of the plain rules", Published: "0.3 % measured, 4 % asked for", Mark: sim.Read, Source: srcNuisance, Of: "disturbed", Stat: Mean, Low: 0, High: 0.04,
		Because: "the rules cry at every alarm of a device, and look-alikes are frequent by choice, so that detectors have something to err on: inspections alone are assumed on one trip in eight (inspection_rate)"},
}

// actRows are the durations of acts, in minutes. Where the reference speaks of hours or days, the bounds here are ours.
var actRows = []Row{
	actRow("d1", "bolt_cut, door open", "15–60 min", 15, 60), actRow("d2", "quick_open", "2–15 min", 2, 15),
	actRow("d3", "hinge_bypass, door off", "20–90 min", 20, 90), actRow("d4", "seal_swap", "5–20 min", 5, 20),
	actRow("d5", "clone", "hours–days (here 1 h–14 d)", hour, 14*day), actRow("d6", "replay", "minutes–days (here 10 min–14 d)", 10, 14*day),
	actRow("d7", "relay", "hours (here 1–24)", hour, 24*hour), actRow("d8", "gnss_jam", "10 min–hours (here 12)", 10, 12*hour),
	actRow("d9", "spoof_teleport", "minutes–days (here 10 min–14 d)", 10, 14*day), actRow("d10", "spoof_ring", "10 min–hours (here 12)", 10, 12*hour),
	actRow("d11", "drag_off, pull", "5–60 min", 5, 60), actRow("d12", "radio_wrap", "20 min–days (here 14)", 20, 14*day),
	actRow("d13", "delayed_alarm", "hours (here 1–24)", hour, 24*hour), actRow("d15", "moved_seal", "5–30 min", 5, 30),
	actRow("d16", "seal_theft", "1–5 min", 1, 5), actRow("d17", "diversion, in the yard", "30 min–6 h", 30, 6*hour),
	actRow("d18", "temp_abuse", "2–24 h", 2*hour, 24*hour), actRow("e", "authorised_inspection", "20 min–8 h", 20, 8*hour),
	actRow("e", "crane_shock", "below 1 s", 0, 1.0/60), actRow("e", "rail_hump", "10–90 min", 10, 90),
	actRow("e", "port_stack", "hours–days (here 1 h–14 d)", hour, 14*day), actRow("e", "low_battery", "days (here half a day–14 d)", day/2, 14*day),
	actRow("e", "reboot, device off", "10–120 s", 10.0/60, 2), actRow("e", "light_leak, a day", "1–3 h", hour, 3*hour), restRow(),
	actRow("e", "weather_diversion", "1–5 d", day, 5*day), actRow("e", "ferry_tunnel", "10 min–24 h", 10, 24*hour),
	actRow("e", "roaming_change, search", "1–30 min", 1, 30),
}

// In minutes.
const (
	hour = 60.0
	day  = 24 * hour
)

// actRow is about a kind, or a part of it that stands behind a comma.
func actRow(section, what, published string, low, high float64) Row {
	kind, _, _ := strings.Cut(what, ",")
	return Row{Section: section, What: "how long it lasts: " + what, Unit: "min", Published: published, Mark: sim.Assumption,
		Of: "act " + kind, Stat: All, Low: low, High: high}
}

func restRow() Row {
	row := actRow("e", "rest_stop", "45 min–11 h", 45, 11*hour)
	row.Because = "a wait at a border, of up to a day, is a rest too, and may follow a night at the same place"
	return row
}
