// From sorted findings to the measures of the challenge seals; each formula stands beside its name in measures.go.

package pocs

import (
	"maps"
	"slices"

	"sealab/sim"
)

// measureSeals gives every measure its number, or nil where it is not defined.
func measureSeals(t sim.Truth, f []Finding, s *Score, terms Terms) map[string]*float64 {
	c := s.Counts
	v := make(map[string]*float64)
	value, heard, sinceAct, kinds := hitsOf(t, f, s)
	for _, p := range Profiles {
		v["score_"+p.Name] = p.Score(value, c)
	}
	v["recall"] = share(c.Hits, c.Incidents)
	for kind, k := range recallByKind(t.Incidents, s.MatchedBy) {
		v["recall_"+kind] = share(k.hits, k.heard)
	}
	v["precision"] = share(c.Hits, c.Hits+c.Episodes)
	if v["f1"] = nil; c.Incidents > 0 {
		v["f1"] = share(2*c.Hits, 2*c.Hits+c.Episodes+c.Misses)
	}
	v["false_alarms_per_1000_seal_days"] = nil
	if t.SealDays > 0 {
		v["false_alarms_per_1000_seal_days"] = number(1000 * float64(c.Episodes) / t.SealDays)
	}
	v["false_alarms_per_trip"] = share(c.Episodes, len(t.Trips))
	clean, disturbed := cleanTrips(t, f, s.Findings)
	v["nuisance_trips"] = share(disturbed, clean)
	v["delay_p50_s"] = quantileOf(heard, 0.5)
	v["delay_p90_s"] = quantileOf(heard, 0.9)
	v["delay_since_act_p50_s"] = quantileOf(sinceAct, 0.5)
	v["kind_accuracy"] = share(kinds, c.Hits)
	v["repeats"] = number(float64(c.Repeats))
	v["unheard"] = number(float64(c.Unheard))
	maps.Copy(v, ProjectSeals(v, terms))
	return v
}

// ProjectSeals says what a run's recall and nuisance would mean in a trade of the stated base rate and flow: checks a
// day = flow × (p·recall + (1 − p)·nuisance), of which p·recall are of attacks (DESIGN section 4). All are nil where the
// run lacks one of the two, cost and kg also where the terms do.
func ProjectSeals(v map[string]*float64, terms Terms) map[string]*float64 {
	out := map[string]*float64{"precision_at_base_rate": nil, "checks_per_day": nil, "check_cost": nil, "check_co2e_kg": nil}
	recall, nuisance := v["recall"], v["nuisance_trips"]
	if recall == nil || nuisance == nil {
		return out
	}
	found, disturbed := Workload(terms.BaseRate, *recall, *nuisance)
	if found+disturbed > 0 {
		out["precision_at_base_rate"] = number(found / (found + disturbed))
	}
	checks := float64(terms.FlowPerDay * (found + disturbed))
	out["checks_per_day"] = &checks
	if terms.CheckCost != nil {
		out["check_cost"] = number(checks * *terms.CheckCost)
	}
	if terms.CheckCO2eKg != nil {
		out["check_co2e_kg"] = number(checks * *terms.CheckCO2eKg)
	}
	return out
}

// Workload gives the checks that one trip costs on average at a base rate (attacks per 10,000 trips, p = rate/10,000):
// found = p·recall on a trip with an attack, needless = (1 − p)·nuisance on a clean one, where nuisance is the share of
// clean trips on which there is a false alarm. Unit: checks a trip.
func Workload(baseRate, recall, nuisance float64) (found, needless float64) {
	p := baseRate / 10_000
	return float64(p * recall), float64((1 - p) * nuisance)
}

// hitsOf sums the hits' values and gathers their delays in seconds, since heard_at and since the act, in order of
// size. The sum runs over the incidents as the truth lists them, so that the order of findings cannot change its bits.
func hitsOf(t sim.Truth, f []Finding, s *Score) (value float64, heard, sinceAct []float64, kinds int) {
	for i, by := range s.MatchedBy {
		if by < 0 {
			continue
		}
		j := &s.Findings[by]
		value += j.Value
		heard = append(heard, j.DelayS)
		sinceAct = append(sinceAct, f[by].At.Sub(t.Incidents[i].Start).Seconds())
		if j.KindOK {
			kinds++
		}
	}
	slices.Sort(heard)
	slices.Sort(sinceAct)
	return value, heard, sinceAct, kinds
}

type kindCount struct{ heard, hits int }

// recallByKind counts, for every hostile kind in the truth, what was heard of it and what was hit.
func recallByKind(incidents []sim.Incident, matchedBy []int) map[string]kindCount {
	kinds := make(map[string]kindCount)
	for i := range incidents {
		in := &incidents[i]
		if !in.Hostile {
			continue
		}
		k := kinds[in.Kind]
		if in.Heard() {
			k.heard++
		}
		if matchedBy[i] >= 0 {
			k.hits++
		}
		kinds[in.Kind] = k
	}
	return kinds
}

func number(v float64) *float64 { return &v }

// share is part of whole, nil where the whole is nothing.
func share(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	return number(float64(part) / float64(whole))
}

func quantileOf(sorted []float64, q float64) *float64 {
	if len(sorted) == 0 {
		return nil
	}
	return number(Quantile(sorted, q))
}
