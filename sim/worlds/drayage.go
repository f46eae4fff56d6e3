package worlds

import (
	"time"

	"sealab/sim"
)

// Drayage is what trucks do in a port city: many short drives between terminal, yards and warehouses.
var Drayage = sim.Scenario{
	Name: "drayage",
	Doc: "Boxes on trucks in two port cities, Los Angeles with Long Beach and Laem Chabang with Bangkok: from the " +
		"terminal by depots, exam yards and cross-docks to a warehouse, or back for export. Short drives, several stops " +
		"a day, much standing on chassis beside other people's boxes, and a network everywhere.",
	Settings:   sim.CommonSettings(9, 300, sim.KindSettings(someAttacks, landAlikes)...),
	Start:      start,
	Span:       9 * 24 * time.Hour,
	Tick:       time.Minute,
	Attacks:    someAttacks,
	LookAlikes: landAlikes,
	Build:      func(w *sim.World) { w.Trade(drayageLanes()...) },
}

func drayageLanes() []sim.Lane {
	return []sim.Lane{
		byTruck(3, "USLAX", "US0CA", "US0CM", "US0VE", "US0SF", "US0ON", "US0FO"),
		byTruck(2, "USLGB", "US0CM", "US0SF", "US0VE", "US0ON", "US0FO"),
		byTruck(1, "US0FO", "US0ON", "US0SF", "US0CM", "US0CA", "USLAX"),
		byTruck(2, "THLCH", "TH0SR", "TH0AM", "THLKR", "TH0BN", "TH0KT"),
		byTruck(1, "TH0KT", "TH0BN", "TH0AM", "TH0SR", "THLCH"),
	}
}

// byTruck is a lane of drives from stop to stop.
func byTruck(weight int, from string, stops ...string) sim.Lane {
	last := len(stops) - 1
	l := sim.Lane{From: from, To: stops[last], By: sim.ByRoad, Weight: weight}
	for _, stop := range stops[:last] {
		l.Via = append(l.Via, sim.Hop{To: stop, By: sim.ByRoad})
	}
	return l
}
