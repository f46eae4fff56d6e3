package audit

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"

	"sealab/sim"
)

// This file finds out on which assumptions a scenario rests: by changing each and looking whether the world is another.
// A list kept by hand would say what was meant; this says what is.

// Assumed is an assumption that a world rests on.
type Assumed struct {
	sim.Setting
	Value float64 // as it was set
}

// smaller gives settings that make a world small, and yet so large that everything a scenario holds happens in it:
// each kind once, and more look-alikes than usual. What was set to 0 stays away.
func smaller(sc *sim.Scenario, set sim.Settings, factor float64) sim.Settings {
	small := maps.Clone(set)
	small["seals"] = factor * float64(40+5*len(sc.Attacks))
	for name, v := range map[string]float64{"attacks": 1, "lookalikes": 4} {
		if set[name] > 0 {
			small[name] = v
		}
	}
	return small
}

// RestsOn gives the assumptions without which the scenario's worlds would be others: with one of them at its low or high,
// something else happens or is heard in a small world of that seed.
// stop is asked now and then with the share that is done, and ends it with its error.
func RestsOn(sc *sim.Scenario, set sim.Settings, seed uint64, stop func(done float64) error) ([]Assumed, error) {
	base, small, err := smallWorld(sc, set, seed)
	if err != nil {
		return nil, err
	}
	var asked []*sim.Setting
	for i := range sc.Settings {
		if s := &sc.Settings[i]; s.Mark == sim.Assumption && (s.Low != 0 || s.High != 0) {
			asked = append(asked, s)
		}
	}
	q := &quest{sc: sc, small: small, seed: seed, base: base, stop: stop, all: len(asked)}
	if err := q.ask(asked); err != nil {
		return nil, err
	}
	return q.found, nil
}

// quest looks for the assumptions that matter: a group that makes no other world is done with at once, so that the many
// that belong to kinds and lanes of other scenarios cost little.
type quest struct {
	sc    *sim.Scenario
	small sim.Settings
	seed  uint64
	base  [][]byte
	stop  func(done float64) error
	all   int
	done  int
	found []Assumed
}

// ask changes a group together and, where that makes another world, its halves apart.
func (q *quest) ask(group []*sim.Setting) error {
	if err := q.stop(float64(q.done) / float64(q.all)); err != nil || len(group) == 0 {
		return err
	}
	other, err := q.changes(group)
	switch {
	case err != nil:
		return err
	case !other || len(group) == 1:
		q.done += len(group)
		if other {
			q.found = append(q.found, Assumed{*group[0], q.small[group[0].Name]})
		}
		return nil
	}
	if err := q.ask(group[:len(group)/2]); err != nil {
		return err
	}
	return q.ask(group[len(group)/2:])
}

// smallWorld plays the smallest world in which enough trips are eligible, and keeps what came of each tick.
func smallWorld(sc *sim.Scenario, set sim.Settings, seed uint64) (ticks [][]byte, small sim.Settings, err error) {
	for factor := 1.0; factor <= 8; factor *= 2 {
		small = smaller(sc, set, factor)
		var w *sim.World
		if w, err = sim.New(*sc, small, seed); err == nil {
			unlike(w, func(tick []byte) bool {
				ticks = append(ticks, tick)
				return true
			})
			return ticks, small, nil
		}
		if bad := (*sim.BadSetting)(nil); !errors.As(err, &bad) {
			break
		}
	}
	return nil, nil, err
}

// changes reports whether a group of assumptions makes another world, all at their low or all at their high.
func (q *quest) changes(group []*sim.Setting) (bool, error) {
	for _, high := range []bool{false, true} {
		other := maps.Clone(q.small)
		for _, s := range group {
			other[s.Name] = s.Low
			if high {
				other[s.Name] = s.High
			}
		}
		w, err := sim.New(*q.sc, other, q.seed)
		if bad := (*sim.BadSetting)(nil); errors.As(err, &bad) {
			return true, nil // too few trips are eligible now
		} else if err != nil {
			return false, err
		}
		n, another := 0, false
		unlike(w, func(tick []byte) bool {
			another = n >= len(q.base) || !bytes.Equal(tick, q.base[n])
			n++
			return !another
		})
		if another || n != len(q.base) {
			return true, nil
		}
	}
	return false, nil
}

// unlike gives a sum over the acts, then one over each tick, until see has seen enough.
func unlike(w *sim.World, see func(sum []byte) bool) {
	var text []byte
	for _, in := range w.Truth().Incidents {
		text = fmt.Appendf(text, "%s %d %d %v\n", in.ID, in.Start.UnixMilli(), in.End.UnixMilli(), in.Params)
	}
	sum := sha256.Sum256(text)
	if !see(sum[:]) {
		return
	}
	for b := range w.Batches() {
		text = fmt.Appendf(text[:0], "%d\n", b.Tick)
		for _, e := range b.Events {
			text = e.Message.AppendRecord(fmt.Appendf(text, "%d ", e.At.UnixMilli()))
		}
		sum := sha256.Sum256(text)
		if !see(sum[:]) {
			return
		}
	}
}
