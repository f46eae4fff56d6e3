package sim

import (
	"fmt"
	"strings"

	"sealab/sim/exact"
)

// This file tells which trips a kind can happen on: it can be said of a trip before anything of it is built, so that
// victims are the same in a world of one seal.

// Traits are what a trip is; of a kind, what a trip must be.
type Traits uint8

// The traits of a trip.
const (
	NeedsSea Traits = 1 << iota
	NeedsRail
	NeedsRoad
	NeedsLand // by rail or by road
	NeedsReefer
)

var traitNames = [...]string{"by sea", "by rail", "by road", "on land", "with a reefer"}

// Has reports whether a trip of these traits is all that is needed.
func (t Traits) Has(needed Traits) bool { return t&needed == needed }

// String reads as what comes after "trips": "on land with a reefer"; "of any kind" for none.
func (t Traits) String() string {
	var list []string
	for i, name := range traitNames {
		if t>>i&1 != 0 {
			list = append(list, name)
		}
	}
	if len(list) == 0 {
		return "of any kind"
	}
	return strings.Join(list, " ")
}

// traits are those of a seal that was made.
func (s *Seal) traits() Traits { return traitsOf(&s.lane, &s.cargo) }

// traitsOf are those of the j-th seal's trip, by its own dice.
func (w *World) traitsOf(j int) Traits {
	id := sealID(j)
	d := exact.NewDice(w.seed, "seal/"+id+"/trip")
	l := w.drawLane(&d)
	c := w.loadCargo(id, l)
	return traitsOf(l, &c)
}

// traitsOf gives a trip of several hops only what all hops have in common: one hop may lie before or after the world.
func traitsOf(l *Lane, c *cargo) Traits {
	by := [...]Traits{BySea: NeedsSea, ByRail: NeedsRail | NeedsLand, ByRoad: NeedsRoad | NeedsLand}
	t := by[l.By]
	for _, h := range l.Via {
		t &= by[h.By]
	}
	if c.reefer {
		t |= NeedsReefer
	}
	return t
}

// fitting lists the kinds that can happen on a trip of these traits.
func fitting(kinds []*Kind, t Traits) []*Kind {
	list := make([]*Kind, 0, len(kinds))
	for _, k := range kinds {
		if t.Has(k.Needs) {
			list = append(list, k)
		}
	}
	return list
}

// allHeld refuses a world in which a counted attack found no trip on which it can happen.
func (w *World) allHeld(slots []slot, holders []int) error {
	for n, holder := range holders {
		if holder != 0 {
			continue
		}
		k, fit, trips := slots[n].kind, 0, int(w.set["seals"])
		for j := 1; j <= trips; j++ {
			if w.traitsOf(j).Has(k.Needs) {
				fit++
			}
		}
		return &BadSetting{
			What: "setting", Name: "attacks", Value: Number(w.set["attacks"]),
			Allowed: fmt.Sprintf("%s happens only on trips %s; of %d trips %d are so, too few beside the other attacks; ask for fewer attacks or more seals",
				k.Name, k.Needs, trips, fit),
		}
	}
	return nil
}
