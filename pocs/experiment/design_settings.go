// The settings of every arm in every scenario, resolved.

package experiment

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"sealab/pocs"
	"sealab/sim"
)

// readSettings resolves the settings of every arm in every scenario; one name may not be set by both.
func (b *draft) readSettings() error {
	b.settings = make([][]sim.Settings, len(b.Arms))
	seen := make(map[string]bool)
	for s := range b.Scenarios {
		sc := &b.Scenarios[s]
		own, err := sim.Resolve("setting", sc.Scenario.Settings, sc.Set)
		if err != nil {
			return b.badSetting(fmt.Sprintf("scenarios[%d].set", sc.Of), err, "of "+sc.Scenario.Name)
		}
		if err := b.refuseTwice(s, own, seen); err != nil {
			return err
		}
		for a := range b.Arms {
			set, err := b.merged(&b.Arms[a], sc)
			if err != nil {
				return err
			}
			b.settings[a] = append(b.settings[a], set)
		}
	}
	return nil
}

// readBaseRate takes the file's own base rate, or else the one that all settings agree on: an experiment has one.
func (b *draft) readBaseRate() error {
	if b.BaseRate = pocs.DefaultTerms().BaseRate; b.file.BaseRate != nil {
		b.BaseRate = *b.file.BaseRate
		return nil
	}
	for a := range b.settings {
		for s, set := range b.settings[a] {
			rate, there := set[pocs.BaseRateSetting]
			switch {
			case !there:
			case a == 0 && s == 0:
				b.BaseRate = rate
			case rate != b.BaseRate:
				return b.file.wrong("", "%s in %s is judged at a base rate of %s, what stands before it at %s: an experiment has one; say base_rate: %s for all of it",
					b.Arms[a].Name, b.Scenarios[s].Name, sim.Number(rate), sim.Number(b.BaseRate), sim.Number(rate))
			}
		}
	}
	return nil
}

// refuseTwice refuses a scenario that is listed again with the same settings: its worlds would count twice. seen are
// those before it, by recipe and settings; comparing each with each would take a second at a few hundred.
func (b *draft) refuseTwice(s int, set sim.Settings, seen map[string]bool) error {
	sc := b.Scenarios[s].Scenario
	key := []byte(sc.Root())
	for _, name := range slices.Sorted(maps.Keys(set)) {
		key = binary.LittleEndian.AppendUint64(append(key, name...), math.Float64bits(set[name]+0))
	}
	if seen[string(key)] {
		return b.file.wrong(fmt.Sprintf("scenarios[%d]", b.Scenarios[s].Of), "%s stands twice with the same settings: its worlds would count twice", sc.Name)
	}
	seen[string(key)] = true
	return nil
}

func (b *draft) merged(a *PlannedArm, sc *PlannedScenario) (sim.Settings, error) {
	all := maps.Clone(sc.Set)
	if all == nil {
		all = make(map[string]string)
	}
	field := fmt.Sprintf("arms[%d].set", a.Of)
	for _, name := range slices.Sorted(keysOf(a.Set)) {
		if _, both := all[name]; both {
			return nil, b.file.wrong(field+"."+name, "%s is set by the scenario %s too: say it in one place", name, sc.Name)
		}
		all[name] = a.Set[name]
	}
	set, err := sim.Resolve("setting", sc.Scenario.Settings, all)
	if err != nil {
		return nil, b.badSetting(field, err, "of "+sc.Scenario.Name)
	}
	return set, nil
}

// badSetting puts line and field to what sim.Resolve refused.
func (b *draft) badSetting(field string, err error, whose string) error {
	var bad *sim.BadSetting
	if !errors.As(err, &bad) {
		return b.file.wrong(field, "%v", err)
	}
	field += "." + bad.Name
	if bad.Unknown {
		return b.file.wrong(field, "unknown %s %s: %s", bad.What, whose, bad.Allowed)
	}
	return b.file.wrong(field, "%s is not a value of this %s %s: %s", bad.Value, bad.What, whose, bad.Allowed)
}
