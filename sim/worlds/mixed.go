package worlds

import (
	"time"

	"sealab/sim"
	"sealab/sim/attacks"
)

// Mixed is all the trade of the other scenarios in one world, with every attack and every look-alike.
var Mixed = sim.Scenario{
	Name: "mixed",
	Doc: "Every lane of all other scenarios in one world, by sea, rail and road, with every attack and every look-alike " +
		"that Sealab knows: what a national targeting centre would hear, and the hardest world for a method that was " +
		"tuned on one trade.",
	Settings:   sim.CommonSettings(21, 3600, sim.KindSettings(attacks.Hostile(), everyAlike)...),
	Start:      start,
	Span:       21 * 24 * time.Hour,
	Tick:       time.Minute,
	Attacks:    attacks.Hostile(),
	LookAlikes: everyAlike,
	Build: func(w *sim.World) {
		var lanes []sim.Lane
		for _, of := range [][]sim.Lane{
			asiaEuropeLanes(), northernCorridorLanes(), landBridgeLanes(), transpacificLanes(), intraAsiaLanes(), drayageLanes(),
		} {
			lanes = append(lanes, of...)
		}
		for i := range lanes {
			lanes[i].Reefers = 0.2
		}
		w.Trade(lanes...)
	},
}
