package sim

import "fmt"

// This file is the settings that every kind of a scenario has, by which one may be left out or made more frequent.

// KindPrefix stands before the name of a kind where it is a setting.
const KindPrefix = "kind."

// KindSettings are the settings of a scenario's kinds: whether an attack happens, and how often a look-alike does.
func KindSettings(attacks []*Kind, alikes []LookAlike) []Setting {
	var list []Setting
	for _, k := range attacks {
		list = append(list, Setting{
			Name: KindPrefix + k.Name, Doc: fmt.Sprintf("whether %s is among the kinds that attacks and attack_rate bring about", k.Name),
			Default: 1, Min: 0, Max: 1, Whole: true, Words: []string{"off", "on"}, Mark: Known, Rare: true,
		})
	}
	for _, l := range alikes {
		list = append(list, Setting{
			Name: KindPrefix + l.Kind.Name, Doc: fmt.Sprintf("factor on the rate of %s (%s%s), on top of lookalikes", l.Kind.Name, AssumptionPrefix, l.PerTrip),
			Default: 1, Min: 0, Max: 10, Mark: Known, Rare: true,
		})
	}
	return list
}

// factor is what a kind's setting says; 1 where the scenario has none.
func (w *World) factor(k *Kind) float64 {
	if v, ok := w.set[KindPrefix+k.Name]; ok {
		return v
	}
	return 1
}

// hostileKinds are the scenario's attacks that are not switched off.
func (w *World) hostileKinds() []*Kind {
	list := make([]*Kind, 0, len(w.sc.Attacks))
	for _, k := range w.sc.Attacks {
		if w.factor(k) > 0 {
			list = append(list, k)
		}
	}
	return list
}
