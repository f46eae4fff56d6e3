// Which run each trial of a design rests on.

package proof

import (
	"sealab/catalog"
	"sealab/pocs/experiment"
)

// Linked gives the run of each trial of a design that has one. Links name arms and scenarios, so that they fit whatever
// order the design has them in; what the design does not know is left out.
func Linked(d *experiment.Design, links []catalog.Link) map[experiment.Job]string {
	type trial struct {
		arm, scenario string
		seed          uint64
	}
	run := make(map[trial]string, len(links))
	for _, l := range links {
		run[trial{l.Arm, l.Scenario, l.Seed}] = l.Run
	}
	out := make(map[experiment.Job]string, len(links))
	for _, j := range d.Trials() {
		if id, linked := run[trial{d.Arms[j.Arm].Name, d.Scenarios[j.Scenario].Name, j.Seed}]; linked {
			out[j] = id
		}
	}
	return out
}
