package worlds

import (
	"time"

	"sealab/sim"
)

// LandBridge is the railway from China to Europe: long runs, terminals, two changes of gauge.
var LandBridge = sim.Scenario{
	Name: "land-bridge",
	Doc: "Boxes by rail from Chongqing and Xi'an to Duisburg through Kazakhstan, Russia, Belarus and Poland: some sixteen " +
		"days, with two changes of gauge.",
	Settings:   sim.CommonSettings(9, 900, sim.KindSettings(firstAttacks, landAlikes)...),
	Start:      start,
	Span:       9 * 24 * time.Hour,
	Tick:       time.Minute,
	Attacks:    firstAttacks,
	LookAlikes: landAlikes,
	Build:      func(w *sim.World) { w.Trade(landBridgeLanes()...) },
}

func landBridgeLanes() []sim.Lane {
	return []sim.Lane{
		{From: "CNCKG", To: "DEDUI", By: sim.ByRail, Weight: 3, Avoid: []string{"CN0AK"}},
		{From: "CNSIA", To: "DEDUI", By: sim.ByRail, Weight: 1, Avoid: []string{"CN0KH"}},
	}
}
