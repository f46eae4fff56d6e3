// The decision: what an arm would cost and catch in somebody's trade, at prices that only they know.

package experiment

import (
	"fmt"

	"sealab/pocs"
)

// The measures that a decision rests on: the share of attacks that are caught, and of clean trips that are disturbed.
const (
	RecallMeasure   = "recall"
	NuisanceMeasure = "nuisance_trips"
)

// Stakes are what the user owns: trade, prices and worth. Nil is what nobody has said; no price has a default.
type Stakes struct {
	Seals          float64  // bought
	Price          *float64 // currency a seal
	Years          float64  // over which the price is spread, above 0
	Fee            *float64 // currency a seal and year
	Loss           *float64 // share of the seals that is lost or broken in a year and bought again
	FlowPerDay     float64  // trips a day
	TripsPerSeal   *float64 // trips a seal and year; nil: the seals carry the whole flow
	BaseRate       float64  // attacks per 10,000 trips
	CheckHours     *float64 // officer-hours a check
	HourCost       *float64 // currency an officer-hour
	CheckCO2eKg    *float64 // kg CO2e a check
	Value          *float64 // currency at stake in one opening
	Saved          float64  // share of it that detection saves
	RecallWithin   float64  // half width to which a pilot is to confirm the recall
	NuisanceWithin float64  // likewise the nuisance
}

// Figure is one output with its 95 % interval over the worlds, or why there is none.
type Figure struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low" doc:"of the 95 % interval over the worlds"`
	High  *float64 `json:"high"`
	Needs []string `json:"needs,omitempty" doc:"inputs that are missing"`
	Note  string   `json:"note,omitempty" enum:"no_gain,nothing,never,always,open" doc:"no_gain: the arm catches no more than the reference; nothing: it catches nothing; never, always: benefit equals cost at no base rate, or exceeds it at every; open: the interval has no end"`
}

// Advice is the word on buying.
type Advice string

// The three words.
const (
	Worth      Advice = "worth it"
	NotWorth   Advice = "not worth it"
	CannotTell Advice = "cannot be told"
)

// ArmDecision is one arm. Currency is the user's; a year has 365 days.
type ArmDecision struct {
	Arm       string `json:"arm"`
	Reference bool   `json:"reference" doc:"what the others are compared with: nothing is bought for it"`
	Worlds    int    `json:"worlds" doc:"independent worlds in which arm and reference have both measures"`

	Recall       Figure `json:"recall" doc:"share of heard attacks that it catches"`
	Nuisance     Figure `json:"nuisance" doc:"share of clean trips with a false alarm"`
	ChecksPerDay Figure `json:"checks_per_day" doc:"trips a day / 1 × (p·recall + (1 − p)·nuisance)"`
	Detected     Figure `json:"detected_per_year" doc:"trips a year × p × recall"`
	Extra        Figure `json:"extra_per_year" doc:"detected beyond the reference"`
	CO2eKg       Figure `json:"needless_co2e_kg_per_year" doc:"trips a year × (1 − p) × nuisance × kg a check"`
	CostPerYear  Figure `json:"cost_per_year" doc:"seals × (price × (1/years + loss) + fee) + checks a year × hours × cost of an hour"`
	CostPerDay   Figure `json:"cost_per_day"`
	CostPerFound Figure `json:"cost_per_detected" doc:"cost a year / detected a year"`
	CostPerExtra Figure `json:"cost_per_extra" doc:"what it costs more than the reference / what it detects beyond it"`
	Net          Figure `json:"net_per_year" doc:"extra detected × value × share saved − extra cost"`
	EvenValue    Figure `json:"break_even_value" doc:"value at stake at which benefit equals cost"`
	EvenRate     Figure `json:"break_even_base_rate" doc:"attacks per 10,000 trips at which benefit equals cost"`
	Pilot        *Pilot `json:"pilot" doc:"null where nothing was measured"`

	Advice Advice `json:"advice" enum:"worth it,not worth it,cannot be told," doc:"empty for the reference"`
	Why    string `json:"why" enum:"needs,nothing,one_world,chance,pays,loses," doc:"why it is said: inputs are missing, nothing was measured, one world has no interval, the interval holds 0, lies above 0, lies below 0"`
}

// Decision is several arms against a reference.
type Decision struct {
	Reference    string        `json:"reference" doc:"empty: no seal at all, which catches nothing and disturbs nobody"`
	TripsPerYear float64       `json:"trips_per_year" doc:"that carry a seal"`
	Arms         []ArmDecision `json:"arms"`
}

// Trips are the trips a year that carry a seal: all of the flow, or as many as the seals can make.
func (s *Stakes) Trips() float64 {
	flow := float64(s.FlowPerDay * 365)
	if s.TripsPerSeal == nil {
		return flow
	}
	return min(flow, float64(s.Seals**s.TripsPerSeal))
}

// CanDecide says whether a challenge has what a decision rests on; the error names what it lacks.
func CanDecide(c *pocs.Challenge) error {
	for _, name := range []string{RecallMeasure, NuisanceMeasure} {
		if !knows(c.Measures, name) {
			return fmt.Errorf("decide: the challenge %s has no measure %s: only a challenge that catches something at the price of disturbing somebody can be decided on", c.Name, name)
		}
	}
	return nil
}

// Decide works the stakes out for some arms of a design against a reference arm, or against no seal at all where that is
// −1. Every figure is a mean over the worlds in which arm and reference have both measures, pooled as comparisons are.
//
// With p = base rate / 10,000, R recall and U nuisance of an arm, n trips a year: it checks n·(p·R + (1 − p)·U) trips a
// year, finds n·p·R and is needless on n·(1 − p)·U. Net = n·p·(R − R₀)·value·saved − purchase − n·h·(checks − checks₀)
// with h the cost of a check, the expected value of the decision in the sense of Raiffa and Schlaifer (Applied
// Statistical Decision Theory, 1961). The word is by the 95 % interval of Net alone.
func Decide(d *Design, out map[Job]Outcome, reference int, arms []int, s Stakes) (*Decision, error) {
	if err := CanDecide(d.Challenge); err != nil {
		return nil, err
	}
	q := question{results: newResults(d, out), Stakes: s, reference: reference}
	dec := &Decision{TripsPerYear: s.Trips(), Arms: []ArmDecision{}}
	if reference >= 0 {
		dec.Reference = d.Arms[reference].Name
	}
	for _, a := range arms {
		dec.Arms = append(dec.Arms, q.decide(a))
	}
	return dec, nil
}
