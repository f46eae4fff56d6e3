// The judgement of an answer: every clause of the rule, on the arm's mean over all worlds.

package call

import "sealab/pocs"

// Ruling is what came of one clause.
type Ruling struct {
	Clause  string   `json:"clause"`
	Measure string   `json:"measure"`
	Mean    *float64 `json:"mean" doc:"over all worlds in which the measure is not null; null: it is so everywhere"`
	Holds   bool     `json:"holds" doc:"a measure that is null everywhere does not hold"`
	Near    bool     `json:"near" doc:"the 95 % interval of the mean takes in the clause's number: other worlds might turn it"`
}

// Figure is a mean over all worlds with its 95 % interval; nil where there is none.
type Figure struct{ Mean, Low, High *float64 }

// Judge holds an arm's figures against the rule. It passes where every clause holds; the intervals decide nothing.
func (c *Call) Judge(of func(measure string) Figure) (list []Ruling, passes bool) {
	passes = true
	for _, text := range c.Rule {
		r := Ruling{Clause: text}
		if cl, err := pocs.ParseClaim(text); err == nil {
			f := of(cl.Measure)
			r.Measure, r.Mean = cl.Measure, f.Mean
			r.Holds = f.Mean != nil && cl.Holds(*f.Mean)
			r.Near = f.Low != nil && f.High != nil && *f.Low < *f.High && *f.Low <= cl.Number && cl.Number <= *f.High
		}
		passes = passes && r.Holds
		list = append(list, r)
	}
	return list, passes
}
