package quorum

import (
	"slices"

	"sealab/pocs/parts"
)

// thresholds are the numbers that the method rests on.
var thresholds = slices.Concat(deskThresholds(), []parts.Threshold{
	{Name: "quorum", Default: 3, Min: 1, Max: 1000, Source: "seal model, f: at least 3",
		Doc: "so many neighbours must do well before a box is accused, and so many must share an oddity before it is the place's"},
	{Name: "share", Default: 0.5, Min: 0, Max: 1, Source: "seal model, f: at least 50 %",
		Doc: "and so large a share of them"},
	{Name: "within_h", Unit: "h", Default: 4, Min: 0.1, Max: 48,
		Doc: "what neighbours showed within this counts"},
	{Name: "alpha", Default: 1e-6, Min: 1e-9, Max: 1, Source: "seal model, f: silence model, 1e-3",
		Doc: "chance that an honest seal is silent for so long, below which silence is said"},
	{Name: "dead_per_h", Unit: "1/h", Default: 0.002, Min: 0, Max: 1, Source: "seal model, e5: 0.4 dead zones a trip on land",
		Doc: "how often a single box comes to stand where there is no network"},
	{Name: "dead_max_h", Unit: "h", Default: 8, Min: 1, Max: 240,
		Doc: "how long that lasts at most, on land"},
	{Name: "gone_h", Unit: "h", Default: 1, Min: 0, Max: 240,
		Doc: "a seal that said that it was broken, and is silent so long after it should have been heard, is gone"},
	{Name: "pace_min", Unit: "min", Default: 60, Min: 1, Max: 10080,
		Doc: "shortest time between two reports that is counted with: a box that comes to rest reports less often"},
	{Name: "slack_min", Unit: "min", Default: 30, Min: 0, Max: 1440,
		Doc: "how much later than that a report may come"},
	{Name: "late_min", Unit: "min", Default: 30, Min: 1, Max: 10080,
		Doc: "a message that comes later than this waited for a network"},
	{Name: "bag_dbm", Unit: "dBm", Default: -120, Min: -140, Max: -44,
		Doc: "signal of the network, and no satellite at all, below which a seal is in a bag"},
	{Name: "far_km", Unit: "km", Default: 5, Min: 0.1, Max: 1000,
		Doc: "a seal that is farther than this from its neighbours is not with them"},
	{Name: "far_reports", Default: 2, Min: 1, Max: 100, Source: "seal model, f: 2 readings running",
		Doc: "in so many fixes in a row"},
	{Name: "vehicle_kmh", Unit: "km/h", Default: 60, Min: 0, Max: 300,
		Doc: "how fast a vessel or train goes on between the fixes of two of its boxes"},
	{Name: "together_min", Unit: "min", Default: 60, Min: 1, Max: 1440,
		Doc: "fixes that were made within this are compared"},
	{Name: "early_h", Unit: "h", Default: 6, Min: 0, Max: 240,
		Doc: "a box may leave its yard so much earlier than booked, and be told of so much later"},
	{Name: "sky_reports", Default: 2, Min: 1, Max: 100,
		Doc: "false satellites that leave a seal with its neighbours are said after so many fixes in a row"},
	{Name: "cn0sd_db", Unit: "dB", Default: 1, Min: 0, Max: 15, Source: "seal model, c1: open sky 4 dB, spoofed below 1 dB",
		Doc: "satellites whose strengths differ by less than this come from one transmitter"},
	{Name: "jam_level", Default: 150, Min: 0, Max: 255, Source: "seal model, c1: jammed above 150",
		Doc: "interference indicator above which a lost fix is a jammer's work"},
	{Name: "warm_c", Unit: "°C", Default: 3, Min: 0.1, Max: 50, Source: "seal model, d18",
		Doc: "a box that is held at a temperature and is this much above it is too warm"},
	{Name: "warm_h", Unit: "h", Default: 2, Min: 0, Max: 72,
		Doc: "for longer than this, which no defrosting lasts"},
	{Name: "held_spread_c", Unit: "°C", Default: 1, Min: 0.1, Max: 20,
		Doc: "a box whose temperature varies by less than this is held at it"},
	{Name: "held_rh", Unit: "%", Default: 75, Min: 0, Max: 100,
		Doc: "and whose air is damper than this: a dry box in a hold is steady too"},
	{Name: "terminal_km", Unit: "km", Default: 3, Min: 0, Max: 50,
		Doc: "a seal so near another terminal of the same city is not lost: papers are late"},
	{Name: "weak_pct", Unit: "%", Default: 20, Min: 0, Max: 100, Source: "seal model, b3: BAT_LOW at 20 %",
		Doc: "a seal with less charge than this may fall silent by itself"},
})

// deskThresholds are those of the duty desk that matter here.
func deskThresholds() []parts.Threshold {
	var list []parts.Threshold
	for _, t := range parts.DeskThresholds {
		if t.Name == "cooldown_h" || t.Name == "opening_slack_h" {
			list = append(list, t)
		}
	}
	return list
}

// limits are the thresholds in the units that they are used in, and room to sort in.
type limits struct {
	quorum, farReports, skyReports       int
	share, silentH, goneH                float64
	withinMs, togetherMs, earlyMs        int64
	paceMs, slackMs, lateMs, openingMs   int64
	farM, vehicleMps                     float64
	jam, jamSats, cn0sd, bagDBm, weakPct int64
	heldSpread, warm, terminalM          float64
	warmMs, heldRH                       int64
	gate                                 parts.Gate
	lats, lons                           []int64
}

func newLimits(v parts.Values) limits {
	minutes := func(name string) int64 { return int64(v[name] * float64(parts.MinuteMs)) }
	return limits{
		quorum: int(v["quorum"]), share: v["share"], farReports: int(v["far_reports"]), skyReports: int(v["sky_reports"]),
		silentH: silentHours(v["alpha"], v["dead_per_h"], v["dead_max_h"]), goneH: v["gone_h"],
		withinMs: parts.HoursMs(v["within_h"]), togetherMs: minutes("together_min"), earlyMs: parts.HoursMs(v["early_h"]),
		paceMs: minutes("pace_min"), slackMs: minutes("slack_min"), lateMs: minutes("late_min"), openingMs: parts.HoursMs(v["opening_slack_h"]),
		farM: v["far_km"] * 1000, vehicleMps: v["vehicle_kmh"] / 3.6,
		jam: int64(v["jam_level"]), jamSats: 3, cn0sd: int64(v["cn0sd_db"] * 100), bagDBm: int64(v["bag_dbm"]), weakPct: int64(v["weak_pct"] * 10),
		heldSpread: v["held_spread_c"] * 1000, warm: v["warm_c"] * 1000, warmMs: parts.HoursMs(v["warm_h"]), heldRH: int64(v["held_rh"] * 10), terminalM: v["terminal_km"] * 1000,
		gate: parts.Gate{MaxMps: 160 / 3.6, SkewS: 120},
	}
}

// Levels of what is said, on the scale 0–1000.
const (
	levelSky    = 900
	levelLate   = 850
	levelArea   = 800
	levelFar    = 800
	levelGone   = 800
	levelJam    = 700
	levelWarm   = 600
	levelSilent = 500
)

// doc is what the dashboard says of the method.
const doc = `Is a box alone in what it shows? For ports, vessels and trains, where many seals stand or travel together: who is together
is told by the notices (gate, departure with its vehicle, arrival). What at least half of them show, and at least three, is
a matter of the place and not of a box (seal model, section f, quorum): a dead zone, a port stack, a storm. What one shows
while at least three neighbours do well is said of that box.

Five signs are compared, each with what the neighbours showed within some hours. A receiver drowned by a jammer while the
others fix: "gnss_jam". One transmitter in place of satellites: "drag_off", "spoof_ring" where it stays near,
"spoof_teleport" where it is far off; this alone is said also of a whole yard, since no accident makes all satellites
equally strong. A seal that is kilometres from the median of its vessel's or yard's others, in two fixes running:
"spoof_teleport" or "clone" where no vehicle could have brought it there, "moved_seal" where it stands, "diversion" where
it goes. Messages that waited while the others' did not: "delayed_alarm" where they bring an alarm, "radio_wrap" where
the satellites were gone too. A box held cool that warms while the others that are held stay as they are: "temp_abuse".

Silence is tested against the neighbours too. One lost report is borne; beyond it, hours count only while the others of the
place are heard. With r dead zones an hour that last from 1 h to T, evenly, an honest seal is silent for t hours or longer
with probability r·(T − t)² / (2·(T − 1)); silence is said, "radio_wrap", where that falls below alpha (section f, silence
model). A seal whose last word was that it was just broken, and which then falls silent, is gone: "seal_theft".

Claim. At most one innocent trip in a hundred is disturbed, in each run. How much is found depends on how densely boxes
stand: with few seals a port has no quorum, and a truck on the road never has one. It finds nothing that the door alone
shows (a cut, a quick opening); it is a part, for a detector that hears several.

Limits. Who is together is known from papers: a box whose departure is told hours late looks displaced until then, so that
none is called displaced near the time of a booked leg. Aboard a vessel off the coast silence says nothing, since boxes
lose the network there hours apart. A thief who wraps three of six seals is an area effect; so is a jammer that blinds a
yard, and yet the first two of that yard are accused, before it is seen to be the yard's. Neighbours that are copied or spoofed themselves vote as others do. A seal left behind is named days after it was
moved, when its box stands among others elsewhere: right, and by the judge's window too late. Dead zones that last longer
than dead_max_h accuse the innocent.`
