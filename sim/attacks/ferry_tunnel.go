package attacks

import (
	"time"

	"sealab/sim"
	"sealab/sim/exact"
)

// FerryTunnel: the truck goes through a tunnel or stands in the hold of a ferry.
var FerryTunnel = sim.Kind{
	Name: "ferry_tunnel",
	Doc: "The truck passes a long tunnel, or is carried for some hours in the closed deck of a ferry: steel or rock above, " +
		"a weak network through it. It comes out where the way leads.",
	Observables: "pos.fix none, pos.sats 0–3, pos.cn0 low and pos.jam low; net.rsrp some 20 dB down; then the " +
		"position goes on farther along the way, at a speed that a truck or ferry has.",
	Source: "seal model, section e row 14 (ferry, tunnel)",
	Needs:  sim.NeedsRoad,
	When:   whileDriving,
	Attack: mount(cover),
}

// whileDriving takes a moment of the drive; none where it lies outside the world.
func whileDriving(w *sim.World, s *sim.Seal, d *exact.Dice) time.Time {
	at, ok := w.PickDrive(s, d, 6*time.Hour)
	if !ok {
		return time.Time{}
	}
	return at
}

func cover(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	ferry, weak := d.Chance(w.Assumed(sim.FerryShare)), d.Range(15, 25)
	length := ms(60_000 * d.Range(w.Assumed(sim.TunnelMin), w.Assumed(sim.TunnelMax)))
	if ferry {
		length = ms(3600_000 * d.Range(w.Assumed(sim.FerryMinH), w.Assumed(sim.FerryMaxH)))
	}
	end := at.Add(length)
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) {
		sc.Covered, sc.WeakDB = true, weak
		if ferry {
			sc.GPeak, sc.GRms = sc.GPeak/3, sc.GRms/3 // lashed on a deck that rolls a little
		}
	})
	return &sim.Incident{End: end, Params: map[string]float64{"minutes": length.Minutes(), "ferry": asNumber(ferry), "weak_db": weak}}
}
