// What an arm's runs would mean under other terms: another base rate, flow or price of a check.

package experiment

import "sealab/pocs"

// Projection is an arm's means of the measures that depend on the terms.
type Projection struct {
	Arm    string              `json:"arm"`
	Values map[string]*float64 `json:"values"`
	N      int                 `json:"n"` // runs
}

// Project works the measures that depend on the terms out anew for every run, and takes each arm's means over its runs;
// nil where the challenge has no such measures.
func Project(d *Design, out map[Job]Outcome, terms pocs.Terms) []Projection {
	if d.Challenge.Project == nil {
		return nil
	}
	list := make([]Projection, len(d.Arms))
	sums := make([]map[string][]float64, len(d.Arms))
	for a := range d.Arms {
		list[a] = Projection{Arm: d.Arms[a].Name, Values: map[string]*float64{}}
		sums[a] = make(map[string][]float64)
	}
	for _, j := range d.Trials() {
		o := out[j]
		if o.Reason != "" {
			continue
		}
		list[j.Arm].N++
		projected := d.Challenge.Project(o.Values, terms)
		for _, m := range d.Challenge.Measures {
			if v, there := projected[m.Name]; there && finite(v) {
				sums[j.Arm][m.Name] = append(sums[j.Arm][m.Name], *v)
			}
		}
	}
	for a := range list {
		for _, m := range d.Challenge.Measures {
			if values := sums[a][m.Name]; len(values) > 0 {
				list[a].Values[m.Name] = defined(Mean(values))
			}
		}
	}
	return list
}
