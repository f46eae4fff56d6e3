// Forks: a run that was, with something about it changed and all chance left as it fell.

package pocs

import (
	"fmt"

	"sealab/sim"
)

// Change is what a fork alters. Settings and parameters that it does not name are the parent's.
type Change struct {
	Settings, Params map[string]string // as a user types them; checked against range
}

// Fork makes the trial of a run with a change: same seed and so the same chance (common random numbers, DESIGN section
// 3), same terms, and the same detector's dice while it is the same proof of concept; for another one the caller must
// set DiceSeed. Nothing changed, it is the parent's own trial, whose digest comes out again if the code is the same.
//
// c, p and sc are what the names of the fork stand for in this code; settings that it no longer has are left out. From
// a parent of another proof of concept those parameters are taken over that p has too and whose range they keep. An
// error about a change is a *sim.BadSetting. A live run cannot be forked: when its messages arrived was real.
func Fork(parent *Run, c *Challenge, p *PoC, sc *sim.Scenario, ch Change) (Trial, error) {
	if parent.Carrier == "live" {
		return Trial{}, fmt.Errorf("fork run %s: it was carried live, and when its messages arrived comes only once; "+
			"play the same arm with the carrier direct and fork that", parent.ID)
	}
	t := Trial{Challenge: c, PoC: p, Scenario: sc, Seed: parent.Seed, Terms: parent.Terms, CarrierName: parent.Carrier}
	if p.Name == parent.PoC {
		t.DiceSeed = parent.DiceSeed
	}
	var err error
	if t.Settings, err = amend("setting", sc.Settings, parent.Settings, ch.Settings); err != nil {
		return Trial{}, err
	}
	inherited := parent.Params
	if p.Name != parent.PoC {
		inherited = shared(parent.Params, p.Params)
	}
	if t.Params, err = amend("parameter", p.Params, inherited, ch.Params); err != nil {
		return Trial{}, err
	}
	t.Terms.Set(amended(t.Settings, ch.Settings))
	return t, nil
}

// amend gives every value of the list: as changed, or else as inherited, or else its default.
func amend(what string, list []sim.Setting, inherited sim.Settings, changed map[string]string) (sim.Settings, error) {
	out, err := sim.Resolve(what, list, changed)
	if err != nil {
		return nil, err
	}
	given := amended(out, changed)
	for i := range list {
		name := list[i].Name
		v, known := inherited[name]
		if _, ok := given[name]; known && !ok {
			out[name] = v
		}
	}
	return out, nil
}

// amended are those of the values that a change names.
func amended(values sim.Settings, changed map[string]string) sim.Settings {
	out := make(sim.Settings, len(changed))
	for name := range changed {
		if _, ok := values[name]; !ok {
			name = sim.FullName(name)
		}
		out[name] = values[name]
	}
	return out
}

// shared are those values that a list has too, with a range that holds them.
func shared(values Params, list []Param) Params {
	out := Params{}
	for i := range list {
		if v, ok := values[list[i].Name]; ok && v >= list[i].Min && v <= list[i].Max {
			out[list[i].Name] = v
		}
	}
	return out
}
