// The whole library is in one world, each kind has what everyone needs to know of it, and its rate decides.
package worlds_test

import (
	"slices"
	"strings"
	"testing"

	"sealab/sim"
	"sealab/sim/attacks"
	"sealab/sim/worlds"
)

func TestMixedHoldsTheLibrary(t *testing.T) {
	for _, k := range attacks.All {
		if in, _ := attacks.Within(k, &worlds.Mixed); !in {
			t.Errorf("mixed does not hold %s", k.Name)
		}
		e := attacks.Describe(k, worlds.All)
		if e.Doc == "" || e.Observables == "" || e.Source == "" || len(e.Rates) == 0 {
			t.Errorf("%s: what happens, what is seen, the source or the rate is missing: %+v", k.Name, e)
		}
		if k.Hostile != (e.Effort != nil) {
			t.Errorf("%s: hostile %v, effort %v", k.Name, k.Hostile, e.Effort)
		}
		if e.Effort != nil && (e.Effort.Minutes <= 0 || e.Effort.MoneyUSD < 0 || !slices.Contains([]string{"anyone", "trained", "expert"}, e.Effort.Skill)) {
			t.Errorf("%s: effort %+v", k.Name, *e.Effort)
		}
	}
}

// TestRatesDecide sets the rate of each look-alike to nothing, and every trip under attack.
func TestRatesDecide(t *testing.T) {
	for _, l := range worlds.Mixed.LookAlikes {
		none := sim.Settings{"attacks": 0, sim.AssumptionPrefix + l.PerTrip.String(): 0}
		for _, in := range mustPlay(t, worlds.Mixed, none, 3).truth.Incidents {
			if in.Kind == l.Kind.Name && !strings.HasPrefix(in.ID, sim.DeadZone+"/sea-") { // the sea's are geography
				t.Fatalf("%s happens at a rate of 0: %s", l.Kind.Name, in.ID)
			}
		}
	}
	p := mustPlay(t, worlds.Mixed, sim.Settings{"attacks": 0, "attack_rate": 10_000, "seals": 300}, 3)
	victims, kinds := map[string]bool{}, map[string]int{}
	for _, in := range p.truth.Incidents {
		if in.Hostile {
			victims[in.Seal] = true
			kinds[in.Kind]++
		}
	}
	if len(victims) != 300 || len(kinds) != len(worlds.Mixed.Attacks) {
		t.Errorf("an attack on each of 300 trips: %d victims, %d kinds: %v", len(victims), len(kinds), kinds)
	}
}
