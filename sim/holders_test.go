// The choice of victims keeps its promises, whatever the kinds need.
package sim

import (
	"testing"

	"pgregory.net/rapid"

	"sealab/sim/exact"
)

// choice is a drawn problem: slots of some kinds, and what each trip is.
type choice struct {
	kinds  []*Kind
	traits []Traits // of seal j at j−1
	seed   uint64
}

func drawChoice(t *rapid.T, needs []Traits) choice {
	c := choice{seed: rapid.Uint64().Draw(t, "seed")}
	for i := range rapid.IntRange(1, 5).Draw(t, "kinds") {
		c.kinds = append(c.kinds, &Kind{Name: string(rune('a' + i)), Needs: rapid.SampledFrom(needs).Draw(t, "needs")})
	}
	trips := []Traits{NeedsSea, NeedsRoad | NeedsLand, NeedsRail | NeedsLand, NeedsSea | NeedsReefer, NeedsRoad | NeedsLand | NeedsReefer}
	c.traits = rapid.SliceOfN(rapid.SampledFrom(trips), 40, 60).Draw(t, "trips")
	return c
}

func (c *choice) choose(seals, attacks int) []int {
	var slots []slot
	for i := 1; i <= attacks; i++ {
		for _, k := range c.kinds {
			slots = append(slots, slot{k, i})
		}
	}
	return chooseVictims(seals, slots, func(j int) Traits { return c.traits[j-1] }, func(s, j int) uint64 {
		return exact.Hash(c.seed, slots[s].kind.Name, string(rune('0'+slots[s].i)), sealID(j))
	})
}

func whole(holders []int) bool {
	for _, h := range holders {
		if h == 0 {
			return false
		}
	}
	return true
}

var someNeeds = []Traits{0, 0, NeedsSea, NeedsLand, NeedsReefer, NeedsRoad | NeedsReefer}

// TestVictimsFit: who holds a slot is eligible, and no trip holds two.
func TestVictimsFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawChoice(t, someNeeds)
		seen := map[int]bool{}
		for s, h := range c.choose(len(c.traits), 3) {
			if h == 0 {
				continue
			}
			if k := c.kinds[s%len(c.kinds)]; !c.traits[h-1].Has(k.Needs) || seen[h] {
				t.Fatalf("slot %d is held by seal %d (%s), needs %s, held another before: %v", s, h, c.traits[h-1], k.Needs, seen[h])
			}
			seen[h] = true
		}
	})
}

// TestOneSealMore: as soon as every slot is held, a newcomer takes at most one, and nobody else gets any.
func TestOneSealMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawChoice(t, someNeeds)
		n := rapid.IntRange(10, len(c.traits)-1).Draw(t, "n")
		was, is := c.choose(n, 2), c.choose(n+1, 2)
		if !whole(was) {
			return
		}
		moved := 0
		for s := range was {
			if was[s] != is[s] {
				moved++
				if is[s] != n+1 {
					t.Fatalf("slot %d moved from %d to %d, newcomer is %d", s, was[s], is[s], n+1)
				}
			}
		}
		if moved > 1 {
			t.Fatalf("a newcomer took %d slots", moved)
		}
	})
}

// TestOneAttackMore: asking for more attacks of each kind moves none of those asked for before.
func TestOneAttackMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawChoice(t, someNeeds)
		two, three := c.choose(len(c.traits), 2), c.choose(len(c.traits), 3)
		for s := range two {
			if two[s] != three[s] {
				t.Fatalf("slot %d moved from %d to %d", s, two[s], three[s])
			}
		}
	})
}

// TestScarceTripsGoFar: where a kind needs what few trips are, it gets them, and smallest hashes win among many.
func TestScarceTripsGoFar(t *testing.T) {
	c := choice{seed: 3, kinds: []*Kind{{Name: "a"}, {Name: "b", Needs: NeedsReefer}}}
	for range 20 {
		c.traits = append(c.traits, NeedsSea)
	}
	c.traits[0], c.traits[1] = NeedsSea|NeedsReefer, NeedsSea|NeedsReefer
	if got := c.choose(20, 2); !whole(got) || got[1] > 2 || got[3] > 2 {
		t.Errorf("two reefers among twenty trips do not hold the two slots that need them: %v", got)
	}
	if got := c.choose(20, 3); whole(got) {
		t.Errorf("three slots that need a reefer are held by two: %v", got)
	}
	for j := range c.traits {
		c.traits[j] = NeedsSea | NeedsReefer
	}
	best := 1
	for j := 2; j <= 20; j++ {
		if exact.Hash(c.seed, "a", "1", sealID(j)) < exact.Hash(c.seed, "a", "1", sealID(best)) {
			best = j
		}
	}
	if got := c.choose(20, 1); got[0] != best {
		t.Errorf("the first slot is held by %d, the smallest hash has %d", got[0], best)
	}
}
