// The judgement of an answer: every clause of the rule, on the arm's mean over all worlds.

package call

import "sealab/pocs"

// Ruling is what came of one clause.
type Ruling struct {
	Clause  string   `json:"clause"`
	Measure string   `json:"measure"`
	Mean    *float64 `json:"mean" doc:"over all worlds in which the measure is not null; null: it is so everywhere"`
	Holds   bool     `json:"holds" doc:"a measure that is null everywhere does not hold"`
}

// Judge holds an arm's means against the rule. It passes where every clause holds.
func (c *Call) Judge(mean func(measure string) *float64) (list []Ruling, passes bool) {
	passes = true
	for _, text := range c.Rule {
		r := Ruling{Clause: text}
		if cl, err := pocs.ParseClaim(text); err == nil {
			r.Measure, r.Mean = cl.Measure, mean(cl.Measure)
			r.Holds = r.Mean != nil && cl.Holds(*r.Mean)
		}
		passes = passes && r.Holds
		list = append(list, r)
	}
	return list, passes
}
