package sim

import (
	"fmt"
	"slices"
	"strconv"

	"sealab/sim/exact"
)

// This file chooses victims, so that a seal more can move an attack only onto itself and an attack more moves none.
//
// The slots are the counted attacks in the order (i, kind). Seals come one by one: a newcomer takes the first slot in
// whose hash(seed, kind, i, seal) it is smaller than the holder. While there are fewer seals than slots, whoever is
// left without one holds the next slot. So the first slot goes to the smallest hash of all, no trip has two, and every
// slot is held as soon as there are as many trips as slots.

// attacks mounts the counted attacks of every kind (setting `attacks`) and those of the rate (`attack_rate`).
func (w *World) attacks(kinds []*Kind) {
	type slot struct {
		kind *Kind
		i    int
	}
	var slots []slot
	for i := 1; i <= int(w.set["attacks"]); i++ {
		for _, k := range kinds {
			slots = append(slots, slot{k, i})
		}
	}
	holders := chooseVictims(int(w.set["seals"]), len(slots), func(s, seal int) uint64 {
		return exact.Hash(w.seed, slots[s].kind.Name, strconv.Itoa(slots[s].i), sealID(seal))
	})
	victims := make(map[string]bool, len(slots))
	for n, seal := range holders {
		id := sealID(seal)
		victims[id] = true
		if s := w.bySeal(id); s != nil {
			w.attack(slots[n].kind, s, fmt.Sprintf("%s/%d/%s", slots[n].kind.Name, slots[n].i, id))
		}
	}
	if rate := w.set["attack_rate"] / 10000; rate > 0 {
		w.rated(kinds, rate, victims)
	}
}

// rated mounts the attacks that fall on each trip by its own dice; a trip that is a counted victim has enough.
func (w *World) rated(kinds []*Kind, rate float64, victims map[string]bool) {
	for _, s := range w.honest() {
		d := exact.NewDice(w.seed, "rated/"+s.id)
		if !d.Chance(rate) || victims[s.id] {
			continue
		}
		k := kinds[d.IntN(len(kinds))]
		w.attack(k, s, fmt.Sprintf("%s/rate/%s", k.Name, s.id))
	}
}

// attack mounts a hostile kind. The honest twin is the seal as it was before, with its look-alikes.
func (w *World) attack(k *Kind, s *Seal, name string) {
	honest := *s
	honest.todo, honest.around, honest.gaps = slices.Clone(s.todo), slices.Clone(s.around), slices.Clone(s.gaps)
	s.victimOf = int32(len(w.incidents))
	w.mount(k, s, name)
	w.playTwin(s, honest)
}

// chooseVictims gives the seal (1 … n) that holds each of m slots; n ≥ m.
func chooseVictims(n, m int, hash func(slot, seal int) uint64) []int {
	holder := make([]int, 0, m)
	held := make([]uint64, 0, m)
	for seal := 1; seal <= n; seal++ {
		loser := seal
		for s := range holder {
			if h := hash(s, seal); h < held[s] {
				loser = holder[s]
				holder[s], held[s] = seal, h
				break
			}
		}
		if len(holder) < m {
			holder = append(holder, loser)
			held = append(held, hash(len(holder)-1, loser))
		}
	}
	return holder
}

// askable refuses more victims than there are trips.
func (w *World) askable() error {
	kinds := len(w.sc.Attacks)
	if asked, trips := int(w.set["attacks"])*kinds, int(w.set["seals"]); kinds > 0 && asked > trips {
		return &BadSetting{
			What: "setting", Name: "attacks", Value: Number(w.set["attacks"]),
			Allowed: fmt.Sprintf("%d kinds make %d victims, but there are %d trips; allowed is at most %d attacks, or more seals",
				kinds, asked, trips, trips/kinds),
		}
	}
	return nil
}

// lookAlikes mounts an innocent kind on every trip by its own dice: so many on average as assumed, times the setting
// `lookalikes`.
func (w *World) lookAlikes(l LookAlike) {
	k, mean := l.Kind, float64(w.a[l.PerTrip]*w.set["lookalikes"])
	for _, s := range w.honest() {
		d := exact.NewDice(w.seed, "alike/"+k.Name+"/"+s.id)
		n := int(mean)
		if d.Chance(mean - float64(n)) {
			n++
		}
		for i := 1; i <= n; i++ {
			w.mount(k, s, fmt.Sprintf("%s/%d/%s", k.Name, i, s.id))
		}
	}
}

// bySeal finds a seal of this world by its id; nil where only others are rebuilt.
func (w *World) bySeal(id string) *Seal {
	for _, s := range w.seals {
		if s.id == id && s.ghostOf == nil {
			return s
		}
	}
	return nil
}

// honest lists the seals without the clones that attacks have set up.
func (w *World) honest() []*Seal { return w.seals[:w.born] }
