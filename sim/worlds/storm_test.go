// A storm leads a vessel aside: all boxes aboard alike, smoothly, and over open water alone.
package worlds_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"sealab/sim"
	"sealab/sim/attacks"
	"sealab/sim/geo"
	"sealab/sim/worlds"
)

func TestStorms(t *testing.T) {
	storms := 0
	for seed := uint64(1); seed <= 3; seed++ {
		w, err := sim.New(worlds.Mixed, sim.Settings{"attacks": 0, "assumption.storm_rate": 0.5}, seed)
		if err != nil {
			t.Fatal(err)
		}
		bodies := map[string]*sim.Body{}
		for _, b := range w.Bodies() {
			bodies[b.ID()] = b
		}
		byVessel := map[string]map[string]bool{} // vessel and act: who has it
		for _, in := range w.Truth().Incidents {
			if in.Kind != attacks.WeatherDiversion.Name {
				continue
			}
			ship := bodies[in.Seal].At(in.Start).Vehicle
			act := fmt.Sprint(ship, " ", in.Start, in.End, in.Params)
			if byVessel[act] == nil {
				storms++
				byVessel[act] = map[string]bool{}
				checkBend(t, bodies[in.Seal], in)
			}
			byVessel[act][in.Seal] = true
			for _, b := range bodies {
				if at := b.At(in.Start); at.Vehicle == ship && firstVessel(b) == ship {
					defer func(id string) {
						if !byVessel[act][id] {
							t.Errorf("seed %d: %s is aboard %s and has no part in its storm", seed, id, ship)
						}
					}(b.ID())
				}
			}
		}
	}
	if storms < 5 {
		t.Errorf("only %d storms in three worlds", storms)
	}
}

// firstVessel is the vessel of the trip's first part at sea: a storm asks no other.
func firstVessel(b *sim.Body) string {
	for _, p := range b.Parts() {
		if p.Doing == sim.AtSea {
			return p.Vehicle
		}
	}
	return ""
}

// checkBend follows one box through the storm.
func checkBend(t *testing.T, b *sim.Body, in sim.Incident) {
	t.Helper()
	most := 0.0
	for i := range 200 {
		at := b.At(in.Start.Add(in.End.Sub(in.Start) * time.Duration(i) / 200))
		aside := geo.DistanceM(at.VehicleLat, at.VehicleLon, at.RouteLat, at.RouteLon) / geo.NauticalMileM
		if most = max(most, aside); aside > 0.01 && at.OffshoreNM < geo.MaxOffshoreNM-0.5 {
			t.Errorf("%s: %.1f nm aside where the route is %.1f nm off shore", in.ID, aside, at.OffshoreNM)
		}
		if i == 0 && aside > 0.1 {
			t.Errorf("%s: it begins with %.1f nm aside", in.ID, aside)
		}
	}
	if want := math.Abs(in.Params["aside_nm"]); most > want*1.01 || most < want*0.5 {
		t.Errorf("%s: %.1f nm aside, want %.1f", in.ID, most, want)
	}
}

// TestMixedHoldsEveryKind wants the whole library in mixed.
func TestMixedHoldsEveryKind(t *testing.T) {
	for _, k := range attacks.All {
		alike := slices.ContainsFunc(worlds.Mixed.LookAlikes, func(l sim.LookAlike) bool { return l.Kind == k })
		if hostile := slices.Contains(worlds.Mixed.Attacks, k); hostile != k.Hostile || alike == k.Hostile {
			t.Errorf("%s: among the attacks of mixed %v, among its look-alikes %v", k.Name, hostile, alike)
		}
	}
}
