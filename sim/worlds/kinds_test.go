// The settings of kinds: an attack that is off happens to nobody, a look-alike as often as its factor says.
package worlds_test

import (
	"maps"
	"slices"
	"testing"

	"sealab/sim"
)

// counts are the incidents of a world by kind.
func counts(t sim.Truth) map[string]int {
	n := map[string]int{}
	for _, in := range t.Incidents {
		n[in.Kind]++
	}
	return n
}

func TestKindsOff(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		base := sim.Settings{"attack_rate": 2000}
		all := mustPlay(t, sc, base, 4)
		for _, k := range sc.Attacks[:2] {
			set := maps.Clone(base)
			set[sim.KindPrefix+k.Name] = 0
			without := mustPlay(t, sc, set, 4)
			if was, is := counts(all.truth)[k.Name], counts(without.truth)[k.Name]; was < 2 || is != 0 {
				t.Errorf("%d of %s, and %d when it is off", was, k.Name, is)
			}
			victim := map[string]bool{}
			for _, p := range []played{all, without} {
				for _, in := range p.truth.Incidents {
					if in.Hostile {
						victim[in.Seal] = true
					}
				}
			}
			for s, sum := range all.bySeal {
				if without.bySeal[s] != sum && !victim[s] {
					t.Errorf("%s off: %s, which no attack falls on, says something else", k.Name, s)
				}
			}
		}
		calm := maps.Clone(base)
		for _, k := range sc.Attacks {
			calm[sim.KindPrefix+k.Name] = 0
		}
		if list := acts(mustPlay(t, sc, calm, 4).truth); len(list) != 0 {
			t.Errorf("with every attack off there is %s", list[0])
		}
	})
}

func TestLookAlikeFactor(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		const name = "crane_shock"
		if !slices.ContainsFunc(sc.LookAlikes, func(l sim.LookAlike) bool { return l.Kind.Name == name }) {
			t.Fatalf("no %s here: choose another kind for this test", name)
		}
		at := func(factor float64) (int, []string) {
			truth := mustPlay(t, sc, sim.Settings{"seals": 300, sim.KindPrefix + name: factor}, 4).truth
			return counts(truth)[name], acts(truth)
		}
		once, want := at(1)
		none, calm := at(0)
		often, full := at(3)
		if none != 0 || once == 0 || often < 2*once || often > 4*once {
			t.Errorf("%d, with factor 0 %d, with factor 3 %d", once, none, often)
		}
		if !slices.Equal(want, calm) || !slices.Equal(want, full) {
			t.Error("a look-alike's factor changes acts of attacks")
		}
	})
}
