package attacks

import (
	"math"
	"time"

	"sealab/sim"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// SpoofTeleport: a false satellite signal shows another place at once.
var SpoofTeleport = sim.Kind{
	Name:    "spoof_teleport",
	Hostile: true,
	Doc: "A transmitter drowns the satellites of a whole yard with a false signal: every receiver there believes to be " +
		"at one far point, an airport for choice, so that what is done in the yard is done elsewhere on the map. Each " +
		"box that is to be hidden by it is an act of its own, while it stands there; those of one place jump to the same point.",
	Observables: "pos.lat and pos.lon jump farther than any vehicle goes; pos.sats and pos.hdop good, pos.cn0sd below 1 dB, " +
		"pos.spdKn 0 at the false place; net.cell and net.mcc unchanged; env.gRms as before. Some devices say " +
		"GNSS_SPOOF. First heard: the first report from the false place.",
	Source: "seal model, section d row 9 (spoof: teleport) and section c1 (spoofed; mass spoof, one point)",
	Effort: sim.Effort{MoneyUSD: 1500, Minutes: 15, Skill: "expert"},
	When:   inStay(3 * time.Hour),
	Attack: mount(teleport),
}

func teleport(w *sim.World, s *sim.Seal, at time.Time) *sim.Incident {
	d := w.Dice()
	length := longEnough(w, s, at, stretch(d, w.Assumed(sim.TeleportMin), w.Assumed(sim.TeleportMax)))
	end := whileParked(w, s, at, length)
	noticed := d.Chance(w.Assumed(sim.SpoofNoticed))
	lat, lon, site := w.Site(s, at, "false point")
	km, angle := site.Range(w.Assumed(sim.TeleportMinKm), w.Assumed(sim.TeleportMaxKm)), site.Range(0, 2*math.Pi)
	lat, lon = off(lat, lon, 1000*km, angle)
	w.Around(s, at, end, func(sc *sim.Scene, _ time.Time) {
		sc.Spoofed, sc.Placed, sc.FalseLat, sc.FalseLon = true, true, lat, lon
	})
	if noticed {
		w.Say(s, at.Add(time.Minute), sim.Saying{Code: seal.CodeGNSSSpoof, Sev: seal.SevWarn})
	}
	return &sim.Incident{End: end, Params: map[string]float64{
		"minutes": end.Sub(at).Minutes(), "distance_km": km, "false_lat": lat, "false_lon": lon, "noticed": asNumber(noticed),
	}}
}

// off is the place so many metres away from another, towards an angle from north, in degrees; no pole is crossed.
func off(lat, lon, distM, angle float64) (float64, float64) {
	const metresPerDeg = 111195
	to := max(-80, min(80, lat+float64(distM*exact.Cos(angle))/metresPerDeg))
	lon += float64(distM*exact.Sin(angle)) / (metresPerDeg * exact.Cos((lat+to)/2*math.Pi/180))
	return to, lon - float64(360*math.Floor((lon+180)/360))
}
