package pocs

import (
	"time"

	"sealab/sim"
)

// Challenge is a family of scenarios with its measures and its judge.
type Challenge struct {
	Name, Doc string
	Scenarios []sim.Scenario
	Measures  []Measure
	Judge     func(sim.Truth, []Finding, Terms) Score
	// Project works out anew, from a run's values, those measures that follow from them and the terms alone, so that
	// other terms need no other judgement; nil where the challenge has none.
	Project func(map[string]*float64, Terms) map[string]*float64
}

// Direction says which way a measure is better.
type Direction string

// The directions of measures.
const (
	Higher  Direction = "higher"
	Lower   Direction = "lower"
	Neutral Direction = "neutral"
)

// Measure is a named number with unit and direction. Fractions are 0–1.
type Measure struct {
	Name, Unit, Doc string
	Better          Direction
}

// Terms are the conditions of judging. Cost and kg are nil where the user gave none.
type Terms struct {
	Grace       time.Duration // window after the act or the hearing, above 0; default 6 h
	BaseRate    float64       // attacks per 10,000 trips; default 1
	FlowPerDay  float64       // trips a day; default 1,000
	CheckCost   *float64      // the user's cost of one check
	CheckCO2eKg *float64      // kg CO2e of one check
}

// DefaultTerms are the terms where nobody said otherwise (DESIGN section 4).
func DefaultTerms() Terms { return Terms{Grace: 6 * time.Hour, BaseRate: 1, FlowPerDay: 1000} }

// Set takes over what settings say of the terms, where they do: the grace and the base rate.
func (t *Terms) Set(set sim.Settings) {
	if hours, ok := set["grace_h"]; ok {
		t.Grace = time.Duration(hours * float64(time.Hour))
	}
	if rate, ok := set[BaseRateSetting]; ok {
		t.BaseRate = rate
	}
}

// BaseRateSetting is the name of the setting for Terms.BaseRate.
const BaseRateSetting = "base_rate"

// Score is what a judge says of one run.
type Score struct {
	Values   map[string]*float64 // measure → number, nil where it is not defined
	Findings []Judged            // in the order of the findings
	// MatchedBy gives, for each incident of the truth in order, the index of the finding that hit it, or −1.
	MatchedBy []int
	Counts    Counts
}

// Counts are the whole numbers behind a score.
type Counts struct {
	Incidents  int `json:"incidents"` // hostile and heard
	Unheard    int `json:"unheard"`   // hostile and never heard
	LookAlikes int `json:"lookalikes"`
	Hits       int `json:"hits"`
	Misses     int `json:"misses"`
	Repeats    int `json:"repeats"`
	Neither    int `json:"neither"`
	False      int `json:"false_findings"`
	Episodes   int `json:"false_episodes"`
}

// Sort says how the judge sorted a finding.
type Sort string

// The sorts of findings, in the order in which they are tried (DESIGN section 4).
const (
	Hit     Sort = "hit"
	Repeat  Sort = "repeat"
	Neither Sort = "neither" // between a hostile act and its being heard
	False   Sort = "false"
)

// Judged is one finding with the judge's word on it.
type Judged struct {
	Sort     Sort
	Incident int     // index into the truth's incidents, where one is concerned (also a look-alike); else −1
	Value    float64 // of a hit: 1 at heard_at, falling linearly to 0.5 at the window's end
	DelayS   float64 // of a hit: since heard_at
	KindOK   bool    // a hit that named the right kind
	Opens    bool    // a false finding that opens an episode
}
