// The field pilot: how many trips it takes to confirm in the field what the simulation says.

package experiment

import "math"

// Pilot is what a pilot in the field would need. Trips are trips with a seal, at the user's base rate.
type Pilot struct {
	Attacks       float64  `json:"attacks" doc:"attacks that must be met to confirm the recall to the half width asked for"`
	RecallTrips   *float64 `json:"recall_trips" doc:"trips on which so many attacks are met on average; null at a base rate of 0"`
	RecallYears   *float64 `json:"recall_years" doc:"years that all sealed trips take for it"`
	OneAttack     *float64 `json:"one_attack_trips" doc:"trips after which at least one attack was met with 95 % certainty (the rule of three)"`
	NuisanceTrips float64  `json:"nuisance_trips" doc:"clean trips to confirm the nuisance to the half width asked for"`
	NuisanceDays  float64  `json:"nuisance_days" doc:"days that all sealed trips take for it"`
}

// pilot sizes a pilot. A share P is known to within ±w at 95 % after z²·P·(1 − P)/w² independent cases, z = 1.96
// (Cochran, Sampling Techniques, 1977, section 4.4). Where P is near 0 or 1 that is too few, and the rule of three takes
// its place: after 3/w cases without one exception the share of exceptions is below w (Hanley and Lippman-Hand, Journal
// of the American Medical Association 249, 1983, 1743–1745). Attacks cannot be ordered: at a base rate p so many of them
// take attacks/p trips on average, and even one is met within 3/p trips only with 95 % certainty.
func (q *question) pilot(recall, nuisance float64) *Pilot {
	p := &Pilot{Attacks: cases(recall, q.RecallWithin), NuisanceTrips: cases(nuisance, q.NuisanceWithin)}
	n := q.Trips()
	p.NuisanceDays = p.NuisanceTrips / n * 365
	if q.BaseRate > 0 {
		p.RecallTrips = defined(math.Ceil(p.Attacks / q.p()))
		p.RecallYears = defined(*p.RecallTrips / n)
		p.OneAttack = defined(math.Ceil(3 / q.p()))
	}
	return p
}

// cases are how many independent cases confirm a share to within ±w.
func cases(share, w float64) float64 {
	normal := float64(z975*z975) * share * (1 - share) / float64(w*w)
	return math.Ceil(max(normal, 3/w) - rounding)
}
