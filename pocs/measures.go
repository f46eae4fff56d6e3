// The table of measures of the challenge seals: name, unit, formula, and which way is better.

package pocs

// SealMeasures are the measures of the challenge seals that do not depend on which attacks a scenario contains.
// Fractions are 0–1. A measure is null where its formula has nothing to stand on, never 0 for want of a value.
var SealMeasures = SealMeasuresFor()

// SealMeasuresFor is the same table with `recall_<kind>` for each of these hostile kinds, in their order, after recall.
func SealMeasuresFor(kinds ...string) []Measure {
	list := []Measure{
		{"score_balanced", "points", scoreDoc("a 0.11, b 1"), Higher},
		{"score_few_false_alarms", "points", scoreDoc("a 0.22, b 1"), Higher},
		{"score_few_misses", "points", scoreDoc("a 0.11, b 2"), Higher},
		{"recall", "1", "hits / heard hostile incidents; null where none was heard", Higher},
	}
	for _, kind := range kinds {
		list = append(list, Measure{"recall_" + kind, "1",
			"hits / heard hostile incidents of kind " + kind + ", whatever kind the findings named; null where none was heard", Higher})
	}
	return append(list, sealMeasuresRest...)
}

func scoreDoc(weights string) string {
	return "100 × (value of hits − a·false episodes − b·misses + b·incidents) / ((1 + b)·incidents) with " + weights +
		"; a hit is worth 1 at heard_at, falling to 0.5 at the window's end; silence is 0, the oracle 100, not clipped; null where nothing hostile was heard"
}

var sealMeasuresRest = []Measure{
	{"precision", "1", "hits / (hits + false episodes); null where there is neither", Higher},
	{"f1", "1", "2·hits / (2·hits + false episodes + misses), which is the harmonic mean of precision and recall; null where nothing hostile was heard", Higher},
	{"false_alarms_per_1000_seal_days", "1/1000 seal-days", "1000 × false episodes / armed days of all seals; null without armed days", Lower},
	{"false_alarms_per_trip", "1/trip", "false episodes / trips; null without trips", Lower},
	{"nuisance_trips", "1", "clean trips with any false finding / clean trips, where a clean trip has no hostile act in it, heard or not; null without clean trips", Lower},
	{"delay_p50_s", "s", "median over hits of finding − heard_at; quantiles after Hyndman and Fan's definition 7; null without hits", Lower},
	{"delay_p90_s", "s", "0.9-quantile over hits of finding − heard_at, likewise; null without hits", Lower},
	{"delay_since_act_p50_s", "s", "median over hits of finding − start of the act, likewise; null without hits", Lower},
	{"kind_accuracy", "1", "hits that named the right kind / hits; null without hits", Higher},
	{"repeats", "findings", "findings in a hostile window beyond those that hit", Lower},
	{"unheard", "incidents", "hostile incidents that nothing ever showed; outside recall", Neutral},
	{"precision_at_base_rate", "1", "p·recall / (p·recall + (1 − p)·nuisance_trips), where p is the stated base rate (attacks per 10,000 trips) / 10,000; null where either is null or both are 0", Higher},
	{"checks_per_day", "1/d", "flow × (p·recall + (1 − p)·nuisance_trips): trips a day on which an officer is called out; null where either is null", Lower},
	{"check_cost", "currency/d", "checks_per_day × the user's cost of a check; null where none was given", Lower},
	{"check_co2e_kg", "kg/d", "checks_per_day × the user's kg CO2e of a check; null where none was given", Lower},
}
