package worlds

import (
	"time"

	"sealab/sim"
)

// IntraAsia is the short-sea trade within ASEAN and East Asia: small ships, transhipment, coasts mostly in sight.
var IntraAsia = sim.Scenario{
	Name: "intra-asia",
	Doc: "Boxes on short-sea services between Laem Chabang, Jakarta, Surabaya, Cai Mep, Manila, Hai Phong, Singapore, Hong " +
		"Kong, Kaohsiung and Busan: one to three hops, with days in the yards of the transhipment ports. The ships keep " +
		"near the coasts, so a seal is seldom out of reach for more than a day or two.",
	Settings:   sim.CommonSettings(21, 3600, sim.KindSettings(someAttacks, alikes)...),
	Start:      start,
	Span:       21 * 24 * time.Hour,
	Tick:       time.Minute,
	Attacks:    someAttacks,
	LookAlikes: alikes,
	Build:      func(w *sim.World) { w.Trade(intraAsiaLanes()...) },
}

func intraAsiaLanes() []sim.Lane {
	sea := func(to string) sim.Hop { return sim.Hop{To: to, By: sim.BySea} }
	return []sim.Lane{
		{From: "THLCH", To: "SGSIN", By: sim.BySea, Weight: 1},
		{From: "VNHPH", To: "HKHKG", By: sim.BySea, Weight: 1},
		{From: "IDTPP", Via: []sim.Hop{sea("SGSIN")}, To: "VNVUT", By: sim.BySea, Weight: 2},
		{From: "KHKOS", Via: []sim.Hop{sea("SGSIN")}, To: "PHMNL", By: sim.BySea, Weight: 1},
		{From: "VNVUT", Via: []sim.Hop{sea("HKHKG")}, To: "KRPUS", By: sim.BySea, Weight: 2},
		{From: "IDSUB", Via: []sim.Hop{sea("SGSIN"), sea("HKHKG")}, To: "JPYOK", By: sim.BySea, Weight: 2},
		{From: "PHMNL", Via: []sim.Hop{sea("TWKHH"), sea("CNSHA")}, To: "KRPUS", By: sim.BySea, Weight: 1},
	}
}
