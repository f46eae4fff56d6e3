package attacks

import (
	"fmt"
	"time"

	"sealab/sim"
)

// This file is the stages: small worlds with one kind and nothing else in them, on which a trace is taken. They are not
// scenarios: no detector is judged there, and what a scenario holds can change without changing a trace.

// stage is ground on which a kind can be shown.
type stage struct {
	name  string
	from  string
	to    string
	by    sim.Carriage
	days  float64
	every float64 // s between two reports on the main leg
	avoid []string
}

var stages = []stage{
	{name: "road", from: "KEMBA", to: "UGKLA", by: sim.ByRoad, days: 14, every: 300},
	{name: "rail", from: "CNCKG", to: "DEDUI", by: sim.ByRail, days: 9, every: 900, avoid: []string{"CN0AK"}},
	{name: "sea", from: "CNSHA", to: "NLRTM", by: sim.BySea, days: 30, every: 3600},
}

// stageOf is where a kind is looked for first; the others take the stages in their order.
var stageOf = map[string]string{CraneShock.Name: "rail", RailHump.Name: "rail", PortStack.Name: "sea", WeatherDiversion.Name: "sea"}

// stageSeals is how many trips there are to choose a victim among, and stageSeeds how many worlds are tried.
const (
	stageSeals = 20
	stageSeeds = 40
)

// scenario sets kind k on the stage, alone. It is mounted as an attack is, also where it is innocent: an attack's
// sayings have dice of their own, so that the honest twin stays in step and differs only by the act. A bare look-alike
// has no twin to differ from: it happens on every trip, as it is.
func (st *stage) scenario(k *sim.Kind) sim.Scenario {
	sc := sim.Scenario{
		Name:     "stage-" + st.name,
		Doc:      fmt.Sprintf("%s alone, from %s to %s", k.Name, st.from, st.to),
		Settings: sim.CommonSettings(st.days, st.every),
		Start:    time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC),
		Span:     time.Duration(st.days * 24 * float64(time.Hour)),
		Tick:     time.Minute,
		Build: func(w *sim.World) {
			lane := sim.Lane{From: st.from, To: st.to, By: st.by, Weight: 1, Avoid: st.avoid}
			if k.Needs.Has(sim.NeedsReefer) {
				lane.Reefers = 1
			}
			w.Trade(lane)
		},
	}
	if k.Bare {
		sc.LookAlikes = []sim.LookAlike{{Kind: k, PerTrip: sim.RestStopRate}}
		return sc
	}
	staged := *k
	staged.Hostile = true
	sc.Attacks = []*sim.Kind{&staged}
	return sc
}

// order lists the stages in the order in which kind k is looked for.
func order(k *sim.Kind) []*stage {
	first := stageOf[k.Name]
	var list []*stage
	for i := range stages {
		if stages[i].name == first {
			list = append([]*stage{&stages[i]}, list...)
		} else {
			list = append(list, &stages[i])
		}
	}
	return list
}
