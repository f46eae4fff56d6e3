package worlds

import (
	"time"

	"sealab/sim"
)

// AsiaEurope is the long sea lane through Suez: weeks without a network, and yards at both ends.
var AsiaEurope = sim.Scenario{
	Name: "asia-europe",
	Doc: "Boxes by sea from Shanghai, Ningbo, Yantian, Singapore and Nhava Sheva to Rotterdam, Hamburg, Felixstowe, Le " +
		"Havre and Antwerp through Suez. At sea a seal is beyond any network for days and sends its backlog off the next " +
		"coast.",
	Settings:   sim.CommonSettings(30, 3600, sim.KindSettings(firstAttacks, alikes)...),
	Start:      start,
	Span:       30 * 24 * time.Hour,
	Tick:       time.Minute,
	Attacks:    firstAttacks,
	LookAlikes: alikes,
	Build:      func(w *sim.World) { w.Trade(asiaEuropeLanes()...) },
}

func asiaEuropeLanes() []sim.Lane {
	return []sim.Lane{
		{From: "CNSHA", To: "NLRTM", By: sim.BySea, Weight: 4},
		{From: "CNNGB", To: "DEHAM", By: sim.BySea, Weight: 2},
		{From: "CNYTN", To: "GBFXT", By: sim.BySea, Weight: 2},
		{From: "SGSIN", To: "FRLEH", By: sim.BySea, Weight: 1},
		{From: "INNSA", To: "BEANR", By: sim.BySea, Weight: 1},
	}
}
