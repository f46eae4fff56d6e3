package audit

import "sealab/sim"

// This file is the table of the reference's values, in its order. A range that the reference does not give is named in
// Published. What is explained is the model as it stands: a reason, no excuse.

const (
	srcSpeed   = "https://porteconomicsmanagement.org/pemp/contents/part1/interoceanic-passages/routing-options-shanghai-rotterdam"
	srcSuez    = "https://mykn.kuehne-nagel.com/news/article/passage-through-the-suez-canal-13-Sep-2024"
	srcDwell   = "https://indianarrative.com/economy-news/indias-sea-ports-surpass-usa-germany-uae-ports-in-speed-of-handling-ship-containers-137228.html"
	srcTransit = "https://ttcanc.org/northern-corridor-transit-time-indicator-improves-last-quarter-2020"
	srcRail    = "https://macauhub.com.mo/feature/carriage-of-trade-railway-from-chongqing-opens-new-silk-road-to-europe/"
)

// table gives every row.
func table() []Row {
	var rows []Row
	for _, part := range [][]Row{messageRows, positionRows, radioRows, boxRows, travelRows, portRows, actRows, nuisanceRows} {
		rows = append(rows, part...)
	}
	return rows
}

var messageRows = []Row{
	{Section: "b2", What: "size of a reading in JSON", Unit: "B", Published: "450–700", Mark: sim.Assumption, Of: "json", Stat: Middle, Low: 450, High: 700,
		Because: "every field of protocol v1 that the device has is sent in each message, under its full name; the figure is a guess that was to be measured"},
}

var radioRows = []Row{
	{Section: "c2", What: "radio attempts lost", Published: "2–5 %", Mark: sim.Assumption, Of: "attempt lost", Stat: Share, Low: 0.02, High: 0.05},
	{Section: "c2", What: "readings lost after retries", Published: "0.1 % (here up to 0.2 %)", Mark: sim.Assumption, Of: "reading lost", Stat: Share, Low: 0.0005, High: 0.002},
	{Section: "c2", What: "latency, repeated attempts included", Unit: "s", Published: "2.5 (here ± 10 %)", Mark: sim.Assumption, Of: "latency", Stat: Median, Low: 2.25, High: 2.75},
	{Section: "c2", What: "latency of first attempts", Unit: "s", Published: "2.5 (here ± 10 %)", Mark: sim.Assumption, Of: "latency of first attempts", Stat: Median, Low: 2.25, High: 2.75},
	{Section: "c2", What: "latency of first attempts", Unit: "s", Published: "15 (here ± 15 %)", Mark: sim.Assumption, Of: "latency of first attempts", Stat: P95, Low: 12.75, High: 17.25,
		Because: "one message in a hundred is held up by a minute or two on top, so that this is the 96 % point of the latency that is meant"},
	{Section: "c2", What: "latency of first attempts", Unit: "s", Published: "90 (here ± 15 %)", Mark: sim.Assumption, Of: "latency of first attempts", Stat: P99, Low: 76.5, High: 103.5,
		Because: "messages that are held up on top, by chance or in a while of lost acknowledgements, lie above this point of the latency that is meant"},
	{Section: "c2", What: "messages heard twice", Published: "0.5–2 %", Mark: sim.Assumption, Of: "heard twice", Stat: Share, Low: 0.005, High: 0.02},
	{Section: "c2", What: "messages overtaken by later ones", Published: "1 % (here 0.5–2 %)", Mark: sim.Assumption, Of: "overtaken", Stat: Share, Low: 0.005, High: 0.02,
		Because: "the model holds one message in a hundred up by a minute or two, and at intervals of five minutes and more that overtakes none: what is out of order is late rather than overtaken"},
	{Section: "c2", What: "messages overtaken within a backlog", Published: "1 % (here 0.5–2 %)", Mark: sim.Assumption, Of: "overtaken in a backlog", Stat: Share, Low: 0.005, High: 0.02,
		Because: "each message of a burst draws a latency of its own, seconds wide, while they follow each other in a tenth of a second; a modem that keeps one connection would deliver them in order. Detectors must order by (boot, seq) all the same"},
}

var travelRows = []Row{
	{Section: "c4", What: "speed of vessels at sea", Unit: "kn", Published: "16 (here 15.5–17)", Mark: sim.Read, Source: srcSpeed, Of: "sea speed", Stat: Mean, Low: 15.5, High: 17},
	{Section: "c4", What: "speed of vessels at sea", Unit: "kn", Published: "12–21", Mark: sim.Assumption, Of: "sea speed", Stat: All, Low: 12, High: 21},
	distanceRow("Shanghai–Rotterdam", "CNSHA-NLRTM", sim.Read, srcSpeed, 10600),
	distanceRow("Hong Kong–Singapore", "SGSIN-HKHKG", sim.Known, "", 1460),
	{Section: "c4", What: "Singapore–Jakarta by sea", Unit: "nm", Published: "525 (here ± 3 %)", Mark: sim.Known, Of: "miles IDTPP-SGSIN", Stat: Mean, Low: 509, High: 541,
		Because: "the graph leads through the few waypoints that it has in the straits between, a coarser way than a ship's"},
	{Section: "c4", What: "speed in port approaches", Unit: "kn", Published: "8–10", Mark: sim.Assumption, Of: "approach speed", Stat: All, Low: 8, High: 10},
	{Section: "c4", What: "wait at anchor", Unit: "h", Published: "0–24", Mark: sim.Assumption, Of: "anchorage", Stat: All, Low: 0, High: 24},
	{Section: "c4", What: "passage of Suez", Unit: "h", Published: "11–16", Mark: sim.Read, Source: srcSuez, Of: "canal hours suez_s", Stat: All, Low: 11, High: 16},
	{Section: "c4", What: "speed in Suez", Unit: "kn", Published: "7–8", Mark: sim.Read, Source: srcSuez, Of: "canal speed suez_s", Stat: Middle, Low: 7, High: 8,
		Because: "the hours of the passage are drawn evenly from 11 to 16 and the canal of the graph is 95 nm long: the two published ranges agree only if the longest passages wait in the lakes on the way"},
	{Section: "c4", What: "wait for the convoy", Unit: "h", Published: "6–18", Mark: sim.Assumption, Of: "canal wait", Stat: All, Low: 6, High: 18},
	{Section: "c4", What: "speed of trucks on the run", Unit: "km/h", Published: "45–60", Mark: sim.Assumption, Of: "truck speed", Stat: All, Low: 45, High: 60},
	{Section: "c4", What: "driver's rest", Unit: "min", Published: "45", Mark: sim.Assumption, Of: "truck rest", Stat: All, Low: 45, High: 45},
	{Section: "c4", What: "driver's night", Unit: "h", Published: "9–11", Mark: sim.Assumption, Of: "truck night", Stat: All, Low: 9, High: 11},
	{Section: "c4", What: "trucks at a border", Unit: "h", Published: "4–24", Mark: sim.Assumption, Of: "road border", Stat: All, Low: 4, High: 24},
	{Section: "c4", What: "Mombasa–Kampala by road", Unit: "km", Published: "1,169 (here ± 3 %)", Mark: sim.Known, Of: "distance KEMBA-UGKLA", Stat: Mean, Low: 1134, High: 1204},
	{Section: "c4", What: "Mombasa–Kigali by road", Unit: "km", Published: "1,682 (here ± 3 %)", Mark: sim.Known, Of: "distance KEMBA-RWKGL", Stat: Mean, Low: 1632, High: 1732},
	{Section: "c4", What: "transit Mombasa–Kampala", Unit: "h", Published: "131–167", Mark: sim.Read, Source: srcTransit, Of: "transit KEMBA-UGKLA", Stat: Mean, Low: 131, High: 167,
		Because: "the trucks of this world stop for rests, nights and one border alone. The published figures are of 2020, with weighbridges, checkpoints, yards and tests for the disease at the border, and none of these is modelled"},
	{Section: "c4", What: "transit Mombasa–Kigali", Unit: "h", Published: "187–214", Mark: sim.Read, Source: srcTransit, Of: "transit KEMBA-RWKGL", Stat: Mean, Low: 187, High: 214,
		Because: "the same holds as to Kampala: rests, nights and two borders, but no weighbridges, checkpoints, yards or tests"},
	{Section: "c4", What: "transit Mombasa–Malaba", Unit: "h", Published: "target 60, or less", Mark: sim.Read, Source: srcTransit, Of: "transit KEMBA-KE0ML", Stat: Mean, Low: 0, High: 60},
	{Section: "c4", What: "speed of trains on the run", Unit: "km/h", Published: "40–60", Mark: sim.Read, Source: srcRail, Of: "rail speed", Stat: All, Low: 40, High: 60},
	{Section: "c4", What: "speed of trains of the land bridge overall", Unit: "km/h", Published: "29 (here ± 10 %)", Mark: sim.Read, Source: srcRail, Of: "rail overall", Stat: Mean, Low: 26.1, High: 31.9},
	{Section: "c4", What: "change of gauge", Unit: "h", Published: "12–48", Mark: sim.Assumption, Of: "rail gauge", Stat: All, Low: 12, High: 48},
	{Section: "c4", What: "Chongqing–Duisburg by rail", Unit: "km", Published: "11,179 (here ± 3 %)", Mark: sim.Read, Source: srcRail, Of: "distance CNCKG-DEDUI", Stat: Mean, Low: 10844, High: 11514,
		Because: "this lane closes one crossing from China to Kazakhstan and takes the other, which is farther"},
	{Section: "c4", What: "Chongqing–Duisburg by rail", Unit: "h", Published: "384 (16 days; here ± 10 %)", Mark: sim.Read, Source: srcRail, Of: "transit CNCKG-DEDUI", Stat: Mean, Low: 346, High: 422},
}

// distanceRow is about the length of a lane by sea, in nautical miles as sailed.
func distanceRow(what, lane string, mark sim.Mark, source string, nm float64) Row {
	return Row{Section: "c4", What: what + " by sea", Unit: "nm", Published: sim.Number(nm) + " (here ± 3 %)", Mark: mark, Source: source,
		Of: "miles " + lane, Stat: Mean, Low: 0.97 * nm, High: 1.03 * nm}
}

// portRows are the medians of the stays of boxes in the ports of five countries, and the graph's own elsewhere.
var portRows = []Row{
	dwellRow("IN", "India", 3, "Nhava Sheva is taken at two and a half days, Mundra and Chennai at three"),
	dwellRow("AE", "the Emirates", 4, "each port of the graph has a typical stay of its own"),
	dwellRow("ZA", "South Africa", 4, "each port of the graph has a typical stay of its own"),
	dwellRow("US", "the United States", 7, "Los Angeles, Long Beach, Oakland and Seattle are taken at four to five days each; the published figure is one for all ports of the country"),
	dwellRow("DE", "Germany", 10, "Hamburg is taken at seven days; the published figure is one for all ports of the country"),
	{Section: "c4", What: "box in port over the port's typical stay", Published: "1 (here ± 15 %)", Mark: sim.Assumption, Of: "dwell over typical", Stat: Median, Low: 0.85, High: 1.15,
		Because: "a stay is at least a day and takes in the wait on board before a departure; where a box is transhipped, it waits for a vessel that still has to come"},
}

func dwellRow(code, name string, days float64, because string) Row {
	return Row{Section: "c4", What: "box in port in " + name, Unit: "d", Published: sim.Number(days) + " (median; here ± 25 %)", Mark: sim.Read, Source: srcDwell,
		Of: "dwell " + code, Stat: Median, Low: 0.75 * days, High: 1.25 * days, Because: because}
}
