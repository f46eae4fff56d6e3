// The planned motion against the true one: between its points a plan never strays from the way.
package sim

import (
	"testing"
	"time"

	"sealab/sim/geo"
)

func TestPlanKeepsToTheWay(t *testing.T) {
	sc := Scenario{
		Name: "plan", Settings: CommonSettings(20, 3600), Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
		Tick: time.Minute,
		Build: func(w *World) {
			w.Trade(Lane{From: "CNSHA", To: "NLRTM", By: BySea, Weight: 1}, Lane{From: "KEMBA", To: "UGKLA", By: ByRoad, Weight: 1})
		},
	}
	w, err := New(sc, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	plan := w.Plan()
	for n, v := range w.vehicles {
		var c cursor
		p := &plan.Vehicles[n]
		for i := 1; i < len(p.Times); i++ {
			if p.Times[i] < p.Times[i-1] {
				t.Fatalf("%s: the plan goes back in time at point %d", v.id, i)
			}
			mid := (p.Times[i] + p.Times[i-1]) / 2
			lat, lon, _ := v.at(mid, &c)
			planLat := float64(p.LatE4[i]+p.LatE4[i-1]) / 2e4
			planLon := float64(p.LonE4[i]+p.LonE4[i-1]) / 2e4
			if d := geo.DistanceM(lat, lon, planLat, planLon); d > 1500 {
				t.Errorf("%s: at point %d the plan is %.0f m off the way", v.id, i, d)
			}
		}
	}
}
