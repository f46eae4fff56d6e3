package sim

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"sealab/sim/exact"
)

// This file chooses victims, so that a seal more can move an attack only onto itself and an attack more moves none.
//
// The slots are the counted attacks in the order (i, kind). Seals come one by one: a newcomer takes the first slot in
// whose hash(seed, kind, i, seal) it is smaller than the holder. While there are fewer seals than slots, whoever is
// left without one holds the next slot. So the first slot goes to the smallest hash of all, no trip has two, and every
// slot is held as soon as there are as many trips as slots.
//
// A kind that needs a trip of some traits passes over all others. So that few such trips go a long way, a free slot that
// asks for something is taken first by whoever meets that, and whoever is left over holds, among the free slots of the
// same i, one that asks for the most. All of this looks at one i after the other, so that asking for more attacks moves
// none.

// assault is an attack that is to come: who, what and when, chosen before any look-alike is.
type assault struct {
	kind *Kind
	s    *Seal
	name string
	at   time.Time
}

// assaults chooses the counted attacks of every kind (setting `attacks`) and those of the rate (`attack_rate`).
func (w *World) assaults(kinds []*Kind) ([]assault, error) {
	var slots []slot
	for i := 1; i <= int(w.set["attacks"]); i++ {
		for _, k := range kinds {
			slots = append(slots, slot{k, i})
		}
	}
	holders := chooseVictims(int(w.set["seals"]), slots, w.traitsOf, func(s, seal int) uint64 {
		return exact.Hash(w.seed, slots[s].kind.Name, strconv.Itoa(slots[s].i), sealID(seal))
	})
	if err := w.allHeld(slots, holders); err != nil {
		return nil, err
	}
	var list []assault
	victims := make(map[string]bool, len(slots))
	for n, seal := range holders {
		id := sealID(seal)
		victims[id] = true
		if s := w.bySeal(id); s != nil {
			list = append(list, w.assault(slots[n].kind, s, strconv.Itoa(slots[n].i)))
		}
	}
	if rate := w.set["attack_rate"] / 10000; rate > 0 {
		list = append(list, w.rated(kinds, rate, victims)...)
	}
	return list, nil
}

// rated chooses the attacks that fall on each trip by its own dice; a trip that is a counted victim has enough.
func (w *World) rated(kinds []*Kind, rate float64, victims map[string]bool) []assault {
	var list []assault
	for _, s := range w.honest() {
		d := exact.NewDice(w.seed, "rated/"+s.id)
		if !d.Chance(rate) || victims[s.id] {
			continue
		}
		if fit := fitting(kinds, s.traits()); len(fit) > 0 {
			list = append(list, w.assault(fit[d.IntN(len(fit))], s, "rate"))
		}
	}
	return list
}

func (w *World) assault(k *Kind, s *Seal, which string) assault {
	name := fmt.Sprintf("%s/%s/%s", k.Name, which, s.id)
	at := w.moment(k, s, name)
	if !at.IsZero() {
		s.assaultAt = at.UnixMilli()
	}
	return assault{k, s, name, at}
}

// attack mounts a hostile kind. The honest twin is the seal as it was before, with its look-alikes.
func (w *World) attack(a assault) {
	if a.at.IsZero() {
		return // a look-alike that is mounted as an attack, on a trip that gives no occasion
	}
	honest := *a.s
	honest.todo, honest.around, honest.gaps = slices.Clone(a.s.todo), slices.Clone(a.s.around), slices.Clone(a.s.gaps)
	honest.drifts, honest.stutters = slices.Clone(a.s.drifts), slices.Clone(a.s.stutters)
	a.s.victimOf = int32(len(w.incidents))
	w.mount(a.kind, a.s, a.name, a.name, a.at)
	w.playTwin(a.s, honest)
}

// askable refuses more victims than there are trips.
func (w *World) askable() error {
	kinds := len(w.hostileKinds())
	if asked, trips := int(w.set["attacks"])*kinds, int(w.set["seals"]); kinds > 0 && asked > trips {
		return &BadSetting{
			What: "setting", Name: "attacks", Value: Number(w.set["attacks"]),
			Allowed: fmt.Sprintf("%d kinds make %d victims, but there are %d trips; allowed is at most %d attacks, or more seals",
				kinds, asked, trips, trips/kinds),
		}
	}
	return nil
}

// lookAlikes mounts an innocent kind on every trip by its own dice: so many on average as assumed, times the settings
// `lookalikes` and the kind's own.
func (w *World) lookAlikes(l LookAlike) {
	k, mean := l.Kind, float64(float64(w.a[l.PerTrip]*w.set["lookalikes"])*w.factor(l.Kind))
	for _, s := range w.honest() {
		if !s.traits().Has(k.Needs) {
			continue
		}
		who := s.id
		if l := s.aboard(); k.Shared && l != nil {
			who = w.vehicles[l.vehicle].id
		}
		d := exact.NewDice(w.seed, "alike/"+k.Name+"/"+who)
		n := int(mean)
		if d.Chance(mean - float64(n)) {
			n++
		}
		for i := 1; i <= n; i++ {
			name, dice := fmt.Sprintf("%s/%d/%s", k.Name, i, s.id), fmt.Sprintf("%s/%d/%s", k.Name, i, who)
			at := w.moment(k, s, dice)
			if at.IsZero() {
				continue
			}
			if l.Yields && s.yields(k, at.UnixMilli()) {
				continue
			}
			w.mount(k, s, name, dice, at)
		}
	}
}

// yields reports whether an attack on the seal is to come too near to a look-alike at time t.
func (s *Seal) yields(k *Kind, t int64) bool {
	return s.assaultAt != 0 && (abs(t-s.assaultAt) < yieldMs || t < s.assaultAt && (k.Ends || s.assaultAt-t < k.Hides.Milliseconds()))
}

// yieldMs is how long before and after an attack a look-alike that yields does not happen.
const yieldMs = 12 * hourMs

func abs(v int64) int64 { return max(v, -v) }

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
