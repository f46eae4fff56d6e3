package senses

import "sealab/pocs/parts"

// senseThresholds are the numbers behind the senses.
var senseThresholds = []parts.Threshold{
	{Name: "jam_level", Default: 150, Min: 0, Max: 255, Source: "seal model, c1: above 150 where jammed",
		Doc: "an interference indicator above this, with hardly a satellite, is a jammer"},
	{Name: "jam_sats", Default: 3, Min: 0, Max: 40, Source: "seal model, c1: 0–3 satellites where jammed",
		Doc: "so many satellites at most are left under a jammer"},
	{Name: "bag_dbhz", Unit: "dB-Hz", Default: 15, Min: 0, Max: 60, Source: "seal model, c1: 30 under steel, 42 in the clear",
		Doc: "satellites weaker than this are under no sky at all: foil, a tunnel, a roof"},
	{Name: "bag_reports", Default: 2, Min: 1, Max: 20,
		Doc: "reports in a row without network or sky, ashore, that are a bag"},
	{Name: "echo_h", Unit: "h", Default: 1, Min: 0.1, Max: 48, Source: "seal model, e: repeats come within minutes",
		Doc: "the same message this long after it was heard first is played back, and a time this far behind is false"},
	{Name: "charge_mah", Unit: "mAh", Default: 50, Min: 0, Max: 8000, Source: "seal model, c3: 3 mAh a message in poor cover, 72 mAh a day of failed attaching",
		Doc: "a device that has used more than its messages cost, by this, is another"},
	{Name: "magnet_mt", Unit: "mT", Default: 0.1, Min: 0.01, Max: 5,
		Doc: "σ of the door magnet's field from report to report"},
	{Name: "magnet_k", Default: 1.5, Min: 0, Max: 4, Source: "half of a shift of 3 σ (seal model, f: CUSUM)",
		Doc: "allowance of the CUSUM over the door magnet"},
	{Name: "magnet_h", Default: 7, Min: 1, Max: 100, Source: "three reports at 4 σ; chance alone passes it hardly ever",
		Doc: "CUSUM beyond which the door hangs otherwise"},
	{Name: "ajar_mt", Unit: "mT", Default: 2, Min: 0.1, Max: 20,
		Doc: "a field this far below the usual one, with light or shaking, is a door ajar"},
	{Name: "ajar_lx", Unit: "lx", Default: 2, Min: 0, Max: 10000, Source: "seal model, c3: 0–1 lx behind a shut door",
		Doc: "the light that goes with it"},
	{Name: "ajar_g", Unit: "g", Default: 0.04, Min: 0, Max: 4,
		Doc: "or the vibration that goes with it"},
	{Name: "loose_deg", Unit: "°", Default: 15, Min: 1, Max: 180,
		Doc: "a seal tilted by more than this, away from the magnet, is off its door"},
	{Name: "loose_mt", Unit: "mT", Default: 3, Min: 0, Max: 50,
		Doc: "below this field it is away from the magnet"},
	{Name: "tool_rms_g", Unit: "g", Default: 0.15, Min: 0, Max: 4, Source: "seal model, c3: tools 0.3–1.5 g rms for 20–90 s, at rest below 0.02 g",
		Doc: "vibration since the last report above which a standing box is worked on, if there were blows too"},
	{Name: "tool_peak_g", Unit: "g", Default: 1, Min: 0, Max: 16, Source: "seal model, c3: tools 1–6 g",
		Doc: "the blows that go with it"},
	{Name: "held_spread_c", Unit: "°C", Default: 1.5, Min: 0.1, Max: 20,
		Doc: "a box whose temperature deviates by less than this on average is held there"},
	{Name: "held_rh", Unit: "%", Default: 75, Min: 0, Max: 100,
		Doc: "and the air in it is as damp as under a running machine"},
	{Name: "warm_c", Unit: "°C", Default: 2.5, Min: 0.5, Max: 30,
		Doc: "above what is held by this is too warm"},
	{Name: "warm_h", Unit: "h", Default: 1, Min: 0, Max: 24,
		Doc: "a defrosting warms for less than this"},
	{Name: "warm_reports", Default: 2, Min: 1, Max: 50,
		Doc: "and in so many reports at least"},
	{Name: "damp_rh", Unit: "%", Default: 5, Min: 1, Max: 50, Source: "seal model, d18: a step of the humidity",
		Doc: "damper than usual by this, and a little warmer, is a machine that stands still"},
	{Name: "damp_reports", Default: 3, Min: 1, Max: 50,
		Doc: "in so many reports in a row"},
	{Name: "ride_kn", Unit: "kn", Default: 5, Min: 1, Max: 60,
		Doc: "whoever goes faster than this feels it"},
	{Name: "ride_g", Unit: "g", Default: 0.15, Min: 0.01, Max: 4, Source: "seal model, c3: vibration under way 0.05–0.5 g rms",
		Doc: "whoever is shaken by more than this for long is under way"},
	{Name: "ride_reports", Default: 3, Min: 1, Max: 50, Source: "seal model, f: 3 readings",
		Doc: "reports in a row in which motion and position disagree"},
	{Name: "shaken_reports", Default: 2, Min: 1, Max: 50,
		Doc: "reports in a row in which a box that does not move is shaken as on a ride"},
	{Name: "shaken_for_h", Unit: "h", Default: 6, Min: 0, Max: 48,
		Doc: "for so long one such report is remembered as a second sort of evidence"},
	{Name: "steady_s", Unit: "s", Default: 0.8, Min: 0, Max: 60, Source: "seal model, c2: the network's latency varies from 2.5 s to 15 s",
		Doc: "seven messages whose time under way differs by no more than this went over one link; three, if it was shaken too"},
	{Name: "steady_from_s", Unit: "s", Default: 5, Min: 0, Max: 600,
		Doc: "and were under way for longer than this"},
	{Name: "ring_m", Unit: "m", Default: 1500, Min: 10, Max: 20000, Source: "seal model, d10: radius 50–500 m",
		Doc: "false satellites that move a box and keep it within this lead it in a ring"},
	{Name: "corridor_km", Unit: "km", Default: 2, Min: 0.1, Max: 100, Source: "seal model, f: road 2 km",
		Doc: "a truck farther than this from its road has left it"},
	{Name: "corridor_fixes", Default: 2, Min: 1, Max: 50, Source: "seal model, f: 2 fixes",
		Doc: "in so many fixes in a row"},
}

// senseLimits are these in the units of the wire.
type senseLimits struct {
	jam, jamSats, bagCN0, bagReports int64
	echoMs, openingMs, chargeUAh     int64

	magnetSD, magnetK, magnetH, ajar  float64 // 0.01 mT but for k and h
	ajarLux, ajarMilliG               int64
	looseTilt, looseMagnet            int64
	toolRms, toolPeak                 int64
	heldSpread, heldRH, warm, damp    float64
	warmMs, warmReports, dampReports  int64
	rideKn, shakenMilliG, rideReports int64
	shakenReports, shakenForMs        int64
	steadyMs, steadyFromMs            int64
	stillM, ringM, corridorM          float64
	corridorFixes                     int64
}

func newSenseLimits(v parts.Values) senseLimits {
	return senseLimits{
		jam: int64(v["jam_level"]), jamSats: int64(v["jam_sats"]), bagCN0: int64(v["bag_dbhz"] * 10), bagReports: int64(v["bag_reports"]),
		echoMs: parts.HoursMs(v["echo_h"]), openingMs: parts.HoursMs(v["opening_slack_h"]), chargeUAh: int64(v["charge_mah"] * 1000),
		magnetSD: v["magnet_mt"] * 100, magnetK: v["magnet_k"], magnetH: v["magnet_h"], ajar: v["ajar_mt"] * 100,
		ajarLux: int64(v["ajar_lx"] * 10), ajarMilliG: int64(v["ajar_g"] * 1000),
		looseTilt: int64(v["loose_deg"] * 10), looseMagnet: int64(v["loose_mt"] * 100),
		toolRms: int64(v["tool_rms_g"] * 1000), toolPeak: int64(v["tool_peak_g"] * 1000),
		heldSpread: v["held_spread_c"] * 1000, heldRH: v["held_rh"] * 10, warm: v["warm_c"] * 1000, damp: v["damp_rh"] * 10,
		warmMs: parts.HoursMs(v["warm_h"]), warmReports: int64(v["warm_reports"]), dampReports: int64(v["damp_reports"]),
		rideKn: int64(v["ride_kn"] * 10), shakenMilliG: int64(v["ride_g"] * 1000), rideReports: int64(v["ride_reports"]),
		shakenReports: int64(v["shaken_reports"]), shakenForMs: parts.HoursMs(v["shaken_for_h"]),
		steadyMs: int64(v["steady_s"] * 1000), steadyFromMs: int64(v["steady_from_s"] * 1000),
		stillM: 3 * v["wander_m"], ringM: v["ring_m"], corridorM: v["corridor_km"] * 1000, corridorFixes: int64(v["corridor_fixes"]),
	}
}
