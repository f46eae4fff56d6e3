package worlds

import (
	"time"

	"sealab/sim"
)

// NorthernCorridor is road transit in East Africa: trucks, nights, borders.
var NorthernCorridor = sim.Scenario{
	Name: "northern-corridor",
	Doc: "Boxes by truck in Customs transit from Mombasa to Kampala and Kigali: some days at the wheel, pauses, nights " +
		"and borders where a truck can stand for a day.",
	Settings:   sim.CommonSettings(14, 300, sim.KindSettings(firstAttacks, landAlikes)...),
	Start:      start,
	Span:       14 * 24 * time.Hour,
	Tick:       time.Minute,
	Attacks:    firstAttacks,
	LookAlikes: landAlikes,
	Build:      func(w *sim.World) { w.Trade(northernCorridorLanes()...) },
}

func northernCorridorLanes() []sim.Lane {
	return []sim.Lane{
		{From: "KEMBA", To: "UGKLA", By: sim.ByRoad, Weight: 3},
		{From: "KEMBA", To: "RWKGL", By: sim.ByRoad, Weight: 1},
	}
}
