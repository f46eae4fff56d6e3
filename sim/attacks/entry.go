package attacks

import "sealab/sim"

// This file is a kind as an entry of the library: what `sealab list attacks --json`, the API and the pages tell of it.

// Entry is what is known of one kind.
type Entry struct {
	Name         string   `json:"name"`
	Kind         string   `json:"kind" doc:"as incidents and findings say it: the same as the name"`
	Hostile      bool     `json:"hostile"`
	Doc          string   `json:"doc" doc:"what physically happens"`
	Observables  string   `json:"observables" doc:"which fields change, and what is heard first"`
	Source       string   `json:"source"`
	Effort       *Effort  `json:"effort,omitempty" doc:"of the adversary; a look-alike takes none"`
	ConfusedWith []string `json:"confused_with" doc:"look-alikes that resemble the attack, or the attacks that the look-alike resembles"`
	Chance       string   `json:"confused_with_chance,omitempty" doc:"what of an ordinary trip resembles the attack"`
	Scenarios    []string `json:"scenarios" doc:"that contain it"`
	Rates        []string `json:"rates" doc:"settings that decide how often it happens"`
	Unseen       string   `json:"unseen,omitempty" doc:"why no message of a seal can show it, where that is so"`
}

// Effort is what an attack takes; assumed, like all of it.
type Effort struct {
	MoneyUSD float64 `json:"money_usd"`
	Minutes  float64 `json:"minutes"`
	Skill    string  `json:"skill" enum:"anyone,trained,expert"`
}

// Describe gives the entry of kind k, with those of the scenarios that contain it.
func Describe(k *sim.Kind, scenarios []sim.Scenario) Entry {
	e := Entry{Name: k.Name, Kind: k.Name, Hostile: k.Hostile, Doc: k.Doc, Observables: k.Observables, Source: k.Source,
		Unseen: k.Unseen, Chance: chances[k.Name], ConfusedWith: []string{}, Scenarios: []string{}, Rates: []string{}}
	for _, other := range ConfusedWith(k) {
		e.ConfusedWith = append(e.ConfusedWith, other.Name)
	}
	if k.Hostile {
		e.Effort = &Effort{k.Effort.MoneyUSD, k.Effort.Minutes, k.Effort.Skill}
		e.Rates = append(e.Rates, "attacks", "attack_rate")
	}
	for i := range scenarios {
		in, rate := Within(k, &scenarios[i])
		if !in {
			continue
		}
		e.Scenarios = append(e.Scenarios, scenarios[i].Name)
		if rate != "" && len(e.Rates) == 0 {
			e.Rates = append(e.Rates, rate, "lookalikes")
		}
	}
	if len(e.Scenarios) > 0 {
		e.Rates = append(e.Rates, sim.KindPrefix+k.Name)
	}
	return e
}

// Within reports whether a scenario contains kind k, and for a look-alike the setting of its rate.
func Within(k *sim.Kind, sc *sim.Scenario) (in bool, rate string) {
	for _, a := range sc.Attacks {
		if a.Name == k.Name {
			return true, ""
		}
	}
	for _, l := range sc.LookAlikes {
		if l.Kind.Name == k.Name {
			return true, sim.AssumptionPrefix + l.PerTrip.String()
		}
	}
	return false, ""
}
