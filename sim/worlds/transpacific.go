package worlds

import (
	"time"

	"sealab/sim"
)

// Transpacific is the sea lane from Asia to the west coast of North America, with a share onward by rail.
var Transpacific = sim.Scenario{
	Name: "transpacific",
	Doc: "Boxes by sea from Shanghai, Ningbo, Yantian, Busan and Cai Mep to Los Angeles, Long Beach, Oakland and Seattle; " +
		"one in three goes on by train to Chicago. Two weeks of open ocean, then the network is back at once, off a " +
		"crowded coast; the train runs inland while the sea's backlog is still being sorted out.",
	Settings:   sim.CommonSettings(30, 3600, sim.KindSettings(someAttacks, alikes)...),
	Start:      start,
	Span:       30 * 24 * time.Hour,
	Tick:       time.Minute,
	Attacks:    someAttacks,
	LookAlikes: alikes,
	Build:      func(w *sim.World) { w.Trade(transpacificLanes()...) },
}

func transpacificLanes() []sim.Lane {
	return []sim.Lane{
		{From: "CNSHA", To: "USLAX", By: sim.BySea, Weight: 2},
		{From: "CNNGB", To: "USOAK", By: sim.BySea, Weight: 1},
		{From: "KRPUS", To: "USSEA", By: sim.BySea, Weight: 1},
		{From: "CNYTN", Via: []sim.Hop{{To: "USLGB", By: sim.BySea}}, To: "USCHI", By: sim.ByRail, Weight: 1},
		{From: "VNVUT", Via: []sim.Hop{{To: "USLAX", By: sim.BySea}}, To: "USCHI", By: sim.ByRail, Weight: 1},
	}
}
